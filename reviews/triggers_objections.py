"""Who decides an objection took no part before: one function that the desk asks and the database enforces.

Took part: whoever proposed, signed, sent back or had a task in the contested procedure, order or filing,
and every officer in whose name one of their events stands. What an order grew out of counts as well.
"""

INSTALL = """
CREATE OR REPLACE FUNCTION reviews_took_part(objection bigint) RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
  WITH RECURSIVE contested AS (
    SELECT m.parent_id, m.procedure_id, e.filing_id
    FROM filings_matter m JOIN filings_objection o ON o.matter_id = m.id
    LEFT JOIN filings_registerentry e ON e.id = o.entry_id WHERE m.id = objection
  ), chain AS (
    SELECT m.id, m.parent_id FROM filings_matter m JOIN contested c ON m.id = c.parent_id
    UNION SELECT m.id, m.parent_id FROM filings_matter m JOIN chain c ON m.id = c.parent_id
  ), procedures AS (
    SELECT p.id FROM filings_procedure p JOIN contested c ON p.id = c.procedure_id OR p.filing_id = c.filing_id
  ), proposals AS (
    SELECT p.id, p.proposed_by_id, p.sent_back_by_id FROM reviews_proposal p
    WHERE p.procedure_id IN (SELECT id FROM procedures) OR p.matter_id IN (SELECT id FROM chain)
  )
  SELECT proposed_by_id FROM proposals
  UNION SELECT sent_back_by_id FROM proposals WHERE sent_back_by_id IS NOT NULL
  UNION SELECT s.signed_by_id FROM reviews_signature s WHERE s.proposal_id IN (SELECT id FROM proposals)
  UNION SELECT t.claimed_by_id FROM reviews_reviewtask t
    WHERE t.claimed_by_id IS NOT NULL AND t.procedure_id IN (SELECT id FROM procedures)
  UNION SELECT e.actor_id FROM filings_event e
    WHERE e.side = 'officer' AND e.actor_id IS NOT NULL
      AND (e.procedure_id IN (SELECT id FROM procedures) OR e.matter_id IN (SELECT id FROM chain)
        OR (e.matter_id IS NULL AND e.filing_id IN (SELECT filing_id FROM contested)))
$$;

CREATE OR REPLACE FUNCTION reviews_decider_took_no_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE objection bigint; person bigint;
BEGIN
  IF TG_TABLE_NAME = 'filings_objection' THEN
    objection := NEW.matter_id; person := NEW.taken_by_id;
  ELSIF TG_TABLE_NAME = 'reviews_proposal' THEN
    objection := NEW.matter_id; person := NEW.proposed_by_id;
  ELSE
    SELECT p.matter_id INTO objection FROM reviews_proposal p WHERE p.id = NEW.proposal_id;
    person := NEW.signed_by_id;
  END IF;
  IF objection IS NOT NULL AND person IN (SELECT reviews_took_part(objection)) THEN
    RAISE EXCEPTION 'who decides an objection took no part before'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'an_objection_is_decided_by_others';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER decided_by_others BEFORE INSERT OR UPDATE OF taken_by_id ON filings_objection
  FOR EACH ROW EXECUTE FUNCTION reviews_decider_took_no_part();
CREATE TRIGGER decided_by_others BEFORE INSERT ON reviews_proposal
  FOR EACH ROW EXECUTE FUNCTION reviews_decider_took_no_part();
CREATE TRIGGER decided_by_others BEFORE INSERT ON reviews_signature
  FOR EACH ROW EXECUTE FUNCTION reviews_decider_took_no_part();
"""

REMOVE = """
DROP TRIGGER IF EXISTS decided_by_others ON filings_objection;
DROP TRIGGER IF EXISTS decided_by_others ON reviews_proposal;
DROP TRIGGER IF EXISTS decided_by_others ON reviews_signature;
DROP FUNCTION IF EXISTS reviews_decider_took_no_part();
DROP FUNCTION IF EXISTS reviews_took_part(bigint);
"""
