"""The two-person rule for what follows a number, as SQL: matters, and procedures the authority opens.

The functions replace those of ``reviews.triggers``, which know procedures with tasks only; going
back puts these in their place again.
"""

import re

from reviews import triggers

PROPOSER_IS_POSTED = """
CREATE OR REPLACE FUNCTION reviews_proposer_is_posted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM filings_posting p
    WHERE p.user_id = NEW.proposed_by_id AND p.authority_id = NEW.authority_id
      AND (p.role = 'reviewer' OR (p.role = 'supervisor' AND NEW.task_id IS NULL))
      AND p.starts_on <= (NEW.proposed_at AT TIME ZONE 'Asia/Shanghai')::date
      AND (p.ends_on IS NULL OR p.ends_on >= (NEW.proposed_at AT TIME ZONE 'Asia/Shanghai')::date)
  ) THEN
    RAISE EXCEPTION 'who proposes must be posted for it at the authority'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'a_proposer_is_posted';
  END IF;
  IF NEW.matter_id IS NOT NULL THEN
    IF NOT EXISTS (
      SELECT 1 FROM filings_matter m WHERE m.id = NEW.matter_id AND m.authority_id = NEW.authority_id
    ) THEN
      RAISE EXCEPTION 'the authority that leads a matter decides it'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_proposal_belongs_to_its_matter';
    END IF;
  ELSIF NEW.task_id IS NULL THEN
    IF NOT EXISTS (
      SELECT 1 FROM filings_procedure p WHERE p.id = NEW.procedure_id AND p.opened_by_side = 'officer'
    ) THEN
      RAISE EXCEPTION 'what a provider opened is decided in a task'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_proposal_belongs_to_its_task';
    END IF;
  ELSIF NOT EXISTS (
    SELECT 1 FROM reviews_reviewtask t
    WHERE t.id = NEW.task_id AND t.procedure_id = NEW.procedure_id AND t.authority_id = NEW.authority_id
  ) THEN
    RAISE EXCEPTION 'a proposal belongs to a task of its procedure and authority'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'a_proposal_belongs_to_its_task';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION reviews_proposal_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR ROW(NEW.procedure_id, NEW.matter_id, NEW.task_id, NEW.authority_id, NEW.kind, NEW.reasons,
      NEW.rectify_by, NEW.submission_digest, NEW.proposed_by_id, NEW.proposed_at)
    IS DISTINCT FROM ROW(OLD.procedure_id, OLD.matter_id, OLD.task_id, OLD.authority_id, OLD.kind, OLD.reasons,
      OLD.rectify_by, OLD.submission_digest, OLD.proposed_by_id, OLD.proposed_at)
    OR (OLD.status <> 'pending' AND NEW.status <> OLD.status) THEN
    RAISE EXCEPTION 'a proposal stands as it was made'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'a_proposal_stands';
  END IF;
  IF NEW.status = 'signed' AND NOT EXISTS (
    SELECT 1 FROM reviews_signature s WHERE s.proposal_id = NEW.id
  ) THEN
    RAISE EXCEPTION 'a signed proposal has a signature'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'a_signed_proposal_has_a_signature';
  END IF;
  RETURN NEW;
END $$;
"""

# A filing that two people end takes with it what is still open on it.
MOVE_HAS_SIGNATURE = """
CREATE OR REPLACE FUNCTION reviews_move_has_signature() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM filings_procedure_transitions() t
    WHERE t.source = OLD.status AND t.target = NEW.status AND t.two_people
  ) AND NOT EXISTS (
    SELECT 1 FROM reviews_signature s JOIN reviews_proposal p ON p.id = s.proposal_id
    JOIN filings_procedure o ON o.id = p.procedure_id
    WHERE s.signed_by_id <> p.proposed_by_id AND s.transaction_id = pg_current_xact_id()::text::bigint
      AND ((o.id = NEW.id AND NEW.status = CASE p.kind WHEN 'register' THEN 'granted'
          WHEN 'return' THEN 'rectifying' WHEN 'decline' THEN 'declined'
          WHEN 'lapse' THEN CASE WHEN OLD.status = 'rectifying' THEN 'lapsed' END END)
        OR (NEW.status = 'lapsed' AND o.id <> NEW.id AND o.filing_id = NEW.filing_id
          AND p.kind = 'register' AND o.purpose IN ('cancellation', 'revocation')))
  ) THEN
    RAISE EXCEPTION 'the move of procedure % to % needs a proposal and a signature', NEW.id, NEW.status
      USING ERRCODE = 'check_violation', CONSTRAINT = 'two_people_decide';
  END IF;
  RETURN NULL;
END $$;
"""

FILING_FOLLOWS_PROCEDURE = """
CREATE OR REPLACE FUNCTION reviews_filing_follows_procedure() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE expected text; wanted text;
BEGIN
  expected := CASE NEW.standing WHEN 'registered' THEN 'granted' WHEN 'declined' THEN 'declined'
    WHEN 'lapsed' THEN 'lapsed' WHEN 'withdrawn' THEN 'withdrawn'
    WHEN 'cancelled' THEN 'granted' WHEN 'revoked' THEN 'granted' END;
  wanted := CASE NEW.standing WHEN 'cancelled' THEN 'cancellation' WHEN 'revoked' THEN 'revocation' ELSE 'first' END;
  IF expected IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM filings_event e JOIN filings_procedure p ON p.id = e.procedure_id
    WHERE e.filing_id = NEW.id AND e.kind LIKE 'procedure.%' AND e.to_status = expected
      AND p.filing_id = NEW.id AND p.purpose = wanted
      AND e.transaction_id = pg_current_xact_id()::text::bigint
  ) THEN
    RAISE EXCEPTION 'filing % becomes % only by a procedure that decides it', NEW.id, NEW.standing
      USING ERRCODE = 'check_violation', CONSTRAINT = 'a_filing_follows_its_procedure';
  END IF;
  RETURN NULL;
END $$;
"""

MATTER_HAS_SIGNATURE = """
CREATE OR REPLACE FUNCTION reviews_matter_has_signature() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wanted text;
BEGIN
  SELECT t.name INTO wanted FROM filings_matter_transitions() t
  WHERE t.kind = NEW.kind AND t.source = OLD.status AND t.target = NEW.status AND t.two_people;
  IF wanted IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM reviews_signature s JOIN reviews_proposal p ON p.id = s.proposal_id
    WHERE p.matter_id = NEW.id AND s.signed_by_id <> p.proposed_by_id AND wanted = 'sign_' || p.kind
      AND s.transaction_id = pg_current_xact_id()::text::bigint
  ) THEN
    RAISE EXCEPTION 'the move of matter % to % needs a proposal and a signature', NEW.id, NEW.status
      USING ERRCODE = 'check_violation', CONSTRAINT = 'two_people_decide';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER two_people_decide AFTER UPDATE OF status ON filings_matter
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.status IS DISTINCT FROM NEW.status)
  EXECUTE FUNCTION reviews_matter_has_signature();
"""

INSTALL = PROPOSER_IS_POSTED + MOVE_HAS_SIGNATURE + FILING_FOLLOWS_PROCEDURE + MATTER_HAS_SIGNATURE


def _functions(sql: str) -> str:
    """The functions of a guard without its triggers, which stand already."""
    return re.sub(r"CREATE (?:CONSTRAINT )?TRIGGER .*?;", "", sql, flags=re.DOTALL)


REMOVE = (
    """
DROP TRIGGER IF EXISTS two_people_decide ON filings_matter;
DROP FUNCTION IF EXISTS reviews_matter_has_signature();
"""
    + _functions(triggers.PROPOSER_IS_POSTED)
    + _functions(triggers.MOVE_HAS_SIGNATURE)
    + _functions(triggers.FILING_FOLLOWS_PROCEDURE)
)

# Whoever loses a filing is heard first (Algorithm Provisions, art. 33; Administrative Penalties Law, art. 44, 63).
PROVIDER_WAS_HEARD = """
CREATE OR REPLACE FUNCTION reviews_provider_was_heard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM filings_hearing h WHERE h.procedure_id = NEW.procedure_id AND h.authority_id = NEW.authority_id
      AND (h.answered_at IS NOT NULL OR h.answer_by < (NEW.proposed_at AT TIME ZONE 'Asia/Shanghai')::date)
      AND (h.oral_asked_at IS NULL OR h.minutes_at IS NOT NULL)
  ) THEN
    RAISE EXCEPTION 'the provider was not heard in procedure %', NEW.procedure_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'the_provider_was_heard';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER the_provider_was_heard BEFORE INSERT ON reviews_proposal
  FOR EACH ROW WHEN (NEW.procedure_id IS NOT NULL AND NEW.task_id IS NULL)
  EXECUTE FUNCTION reviews_provider_was_heard();
"""
NOT_PROVIDER_WAS_HEARD = """
DROP TRIGGER IF EXISTS the_provider_was_heard ON reviews_proposal;
DROP FUNCTION IF EXISTS reviews_provider_was_heard();
"""
