"""The guards of the two-person rule, as SQL used by migrations and tests.

Granting, declining, returning from review and lapsing need a proposal by one officer
and a signature by another, both posted at the stage's authority.
"""

PROPOSER_IS_POSTED = """
CREATE OR REPLACE FUNCTION reviews_proposer_is_posted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM filings_posting p
    WHERE p.user_id = NEW.proposed_by_id AND p.authority_id = NEW.authority_id
      AND p.role = 'reviewer' AND p.starts_on <= (NEW.proposed_at AT TIME ZONE 'Asia/Shanghai')::date
      AND (p.ends_on IS NULL OR p.ends_on >= (NEW.proposed_at AT TIME ZONE 'Asia/Shanghai')::date)
  ) THEN
    RAISE EXCEPTION 'who proposes must be a reviewer posted at the authority'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'a_proposer_is_posted';
  END IF;
  IF NOT EXISTS (
    SELECT 1 FROM reviews_reviewtask t
    WHERE t.id = NEW.task_id AND t.procedure_id = NEW.procedure_id
      AND t.authority_id = NEW.authority_id
  ) THEN
    RAISE EXCEPTION 'a proposal belongs to a task of its procedure and authority'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'a_proposal_belongs_to_its_task';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_proposer_is_posted BEFORE INSERT ON reviews_proposal
  FOR EACH ROW EXECUTE FUNCTION reviews_proposer_is_posted();

CREATE OR REPLACE FUNCTION reviews_proposal_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR ROW(NEW.procedure_id, NEW.task_id, NEW.authority_id, NEW.kind, NEW.reasons,
      NEW.rectify_by, NEW.submission_digest, NEW.proposed_by_id, NEW.proposed_at)
    IS DISTINCT FROM ROW(OLD.procedure_id, OLD.task_id, OLD.authority_id, OLD.kind, OLD.reasons,
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
CREATE TRIGGER a_proposal_stands BEFORE UPDATE OR DELETE ON reviews_proposal
  FOR EACH ROW EXECUTE FUNCTION reviews_proposal_keeps();
"""

DECLINE_HAS_GROUND = """
CREATE OR REPLACE FUNCTION reviews_decline_has_ground() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wanted bigint;
BEGIN
  IF TG_TABLE_NAME = 'reviews_proposal' THEN wanted := NEW.id; ELSE wanted := OLD.proposal_id; END IF;
  IF EXISTS (SELECT 1 FROM reviews_proposal p WHERE p.id = wanted AND p.kind = 'decline')
  AND NOT EXISTS (
    SELECT 1 FROM reviews_proposal_grounds g
    JOIN reviews_declineground d ON d.code = g.declineground_id
    JOIN reviews_proposal p ON p.id = g.proposal_id
    WHERE g.proposal_id = wanted
      AND d.in_force_from <= (p.proposed_at AT TIME ZONE 'Asia/Shanghai')::date
      AND (d.in_force_to IS NULL OR d.in_force_to >= (p.proposed_at AT TIME ZONE 'Asia/Shanghai')::date)
  ) THEN
    RAISE EXCEPTION 'declining needs a ground of the list in force'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'a_decline_has_a_ground';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER a_decline_has_a_ground AFTER INSERT ON reviews_proposal
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION reviews_decline_has_ground();
CREATE CONSTRAINT TRIGGER a_decline_keeps_a_ground AFTER UPDATE OR DELETE ON reviews_proposal_grounds
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION reviews_decline_has_ground();
"""

SIGNER_IS_ANOTHER = """
CREATE OR REPLACE FUNCTION reviews_signer_is_another() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE proposal reviews_proposal;
BEGIN
  SELECT * INTO proposal FROM reviews_proposal WHERE id = NEW.proposal_id;
  IF proposal.status <> 'pending' THEN
    RAISE EXCEPTION 'only a pending proposal is signed'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'only_a_pending_proposal_is_signed';
  END IF;
  IF proposal.proposed_by_id = NEW.signed_by_id THEN
    RAISE EXCEPTION 'nobody signs what they proposed'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'two_people_decide';
  END IF;
  IF NOT EXISTS (
    SELECT 1 FROM filings_posting p
    WHERE p.id = NEW.posting_id AND p.user_id = NEW.signed_by_id
      AND p.authority_id = proposal.authority_id AND p.role = 'signatory'
      AND p.starts_on <= (NEW.signed_at AT TIME ZONE 'Asia/Shanghai')::date
      AND (p.ends_on IS NULL OR p.ends_on >= (NEW.signed_at AT TIME ZONE 'Asia/Shanghai')::date)
  ) THEN
    RAISE EXCEPTION 'who signs must be a signatory posted at the authority'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'a_signer_is_posted';
  END IF;
  IF NEW.digest <> proposal.submission_digest THEN
    RAISE EXCEPTION 'a signature is over the digest that was proposed on'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'a_signature_names_its_digest';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_signer_is_another BEFORE INSERT ON reviews_signature
  FOR EACH ROW EXECUTE FUNCTION reviews_signer_is_another();
"""

MOVE_HAS_SIGNATURE = """
CREATE OR REPLACE FUNCTION reviews_move_has_signature() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM filings_procedure_transitions() t
    WHERE t.source = OLD.status AND t.target = NEW.status AND t.two_people
  ) AND NOT EXISTS (
    SELECT 1 FROM reviews_signature s JOIN reviews_proposal p ON p.id = s.proposal_id
    WHERE p.procedure_id = NEW.id AND s.signed_by_id <> p.proposed_by_id
      AND s.transaction_id = pg_current_xact_id()::text::bigint
      AND NEW.status = CASE p.kind WHEN 'register' THEN 'granted' WHEN 'return' THEN 'rectifying'
        WHEN 'decline' THEN 'declined' WHEN 'lapse' THEN 'lapsed' END
  ) THEN
    RAISE EXCEPTION 'the move of procedure % to % needs a proposal and a signature', NEW.id, NEW.status
      USING ERRCODE = 'check_violation', CONSTRAINT = 'two_people_decide';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER two_people_decide AFTER UPDATE OF status ON filings_procedure
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.status IS DISTINCT FROM NEW.status)
  EXECUTE FUNCTION reviews_move_has_signature();
"""

# A filing ends or gets its number only when a procedure of it was decided so in the
# same transaction: nobody can register a filing behind the two people's back.
FILING_FOLLOWS_PROCEDURE = """
CREATE OR REPLACE FUNCTION reviews_filing_follows_procedure() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE expected text;
BEGIN
  expected := CASE NEW.standing WHEN 'registered' THEN 'granted' WHEN 'declined' THEN 'declined'
    WHEN 'lapsed' THEN 'lapsed' WHEN 'withdrawn' THEN 'withdrawn'
    WHEN 'cancelled' THEN 'granted' WHEN 'revoked' THEN 'granted' END;
  IF expected IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM filings_event e
    WHERE e.filing_id = NEW.id AND e.kind LIKE 'procedure.%' AND e.to_status = expected
      AND e.transaction_id = pg_current_xact_id()::text::bigint
  ) THEN
    RAISE EXCEPTION 'filing % becomes % only by a procedure that decides it', NEW.id, NEW.standing
      USING ERRCODE = 'check_violation', CONSTRAINT = 'a_filing_follows_its_procedure';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER a_filing_follows_its_procedure AFTER UPDATE OF standing ON filings_filing
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.standing IS DISTINCT FROM NEW.standing)
  EXECUTE FUNCTION reviews_filing_follows_procedure();
"""

REMOVE = """
DROP TRIGGER IF EXISTS a_filing_follows_its_procedure ON filings_filing;
DROP FUNCTION IF EXISTS reviews_filing_follows_procedure();
DROP TRIGGER IF EXISTS two_people_decide ON filings_procedure;
DROP FUNCTION IF EXISTS reviews_move_has_signature();
DROP TRIGGER IF EXISTS a_signer_is_another ON reviews_signature;
DROP FUNCTION IF EXISTS reviews_signer_is_another();
DROP TRIGGER IF EXISTS a_decline_keeps_a_ground ON reviews_proposal_grounds;
DROP TRIGGER IF EXISTS a_decline_has_a_ground ON reviews_proposal;
DROP FUNCTION IF EXISTS reviews_decline_has_ground();
DROP TRIGGER IF EXISTS a_proposal_stands ON reviews_proposal;
DROP FUNCTION IF EXISTS reviews_proposal_keeps();
DROP TRIGGER IF EXISTS a_proposer_is_posted ON reviews_proposal;
DROP FUNCTION IF EXISTS reviews_proposer_is_posted();
DROP TRIGGER IF EXISTS reviews_signature_stamp ON reviews_signature;
"""

# A stage that needs a technical test is left, and decided on, only with a finished one.
TEST_IS_FINISHED = """
CREATE OR REPLACE FUNCTION reviews_test_is_finished() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wanted bigint;
BEGIN
  IF TG_TABLE_NAME = 'reviews_proposal' THEN wanted := NEW.task_id; ELSE wanted := NEW.id; END IF;
  IF EXISTS (
    SELECT 1 FROM reviews_reviewtask t JOIN reviews_stageplan s ON s.id = t.stage_id
    WHERE t.id = wanted AND t.kind = 'review' AND s.test_required
  ) AND NOT EXISTS (
    SELECT 1 FROM reviews_technicaltest e
    WHERE e.task_id = wanted AND e.finished_at IS NOT NULL AND e.dropped_at IS NULL
  ) THEN
    RAISE EXCEPTION 'task % needs a finished technical test', wanted
      USING ERRCODE = 'check_violation', CONSTRAINT = 'a_test_is_finished';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_test_is_finished BEFORE UPDATE OF outcome ON reviews_reviewtask
  FOR EACH ROW WHEN (NEW.outcome = 'passed_up' AND OLD.outcome IS DISTINCT FROM NEW.outcome)
  EXECUTE FUNCTION reviews_test_is_finished();
CREATE TRIGGER a_test_is_finished BEFORE INSERT ON reviews_proposal
  FOR EACH ROW WHEN (NEW.kind IN ('register', 'decline'))
  EXECUTE FUNCTION reviews_test_is_finished();
"""

# What was drawn stays as drawn; what was finished stays as finished, unless it is
# reopened while its task is in work.
TEST_STANDS = """
CREATE OR REPLACE FUNCTION reviews_test_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR ROW(NEW.task_id, NEW.procedure_id, NEW.seed, NEW.thresholds, NEW.begun_by_id, NEW.begun_at)
      IS DISTINCT FROM ROW(OLD.task_id, OLD.procedure_id, OLD.seed, OLD.thresholds, OLD.begun_by_id, OLD.begun_at)
    OR OLD.dropped_at IS NOT NULL
    OR (OLD.finished_at IS NOT NULL AND (
      NEW.finished_at IS NOT NULL OR NEW.dropped_at IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM reviews_reviewtask t WHERE t.id = OLD.task_id AND t.status = 'claimed'
      ))) THEN
    RAISE EXCEPTION 'a technical test stands as it was begun and finished'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'a_test_stands';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_test_stands BEFORE UPDATE OR DELETE ON reviews_technicaltest
  FOR EACH ROW EXECUTE FUNCTION reviews_test_stands();

CREATE TRIGGER a_judged_question_stands BEFORE INSERT OR UPDATE OR DELETE ON reviews_askedquestion
  FOR EACH ROW EXECUTE FUNCTION reviews_question_stands();
"""

QUESTION_STANDS = """
CREATE OR REPLACE FUNCTION reviews_question_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wanted bigint;
BEGIN
  IF TG_OP = 'DELETE' THEN wanted := OLD.test_id; ELSE wanted := NEW.test_id; END IF;
  IF TG_OP = 'DELETE' OR EXISTS (
    SELECT 1 FROM reviews_technicaltest e
    WHERE e.id = wanted AND (e.finished_at IS NOT NULL OR e.dropped_at IS NOT NULL)
  ) THEN
    IF TG_OP <> 'UPDATE' OR (to_jsonb(NEW) - 'finding_id') IS DISTINCT FROM (to_jsonb(OLD) - 'finding_id') THEN
      RAISE EXCEPTION 'a question of a finished test stands as it was judged'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_judged_question_stands';
    END IF;
  END IF;
  IF TG_OP = 'UPDATE' AND
      ROW(NEW.test_id, NEW.position, NEW.bank, NEW.sample_id, NEW.sheet, NEW.row, NEW.source_id, NEW.risk, NEW.text)
    IS DISTINCT FROM
      ROW(OLD.test_id, OLD.position, OLD.bank, OLD.sample_id, OLD.sheet, OLD.row, OLD.source_id, OLD.risk, OLD.text)
  THEN
    RAISE EXCEPTION 'a question stands as it was drawn'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'a_question_stands_as_drawn';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""

REMOVE_TESTS = """
DROP TRIGGER IF EXISTS a_judged_question_stands ON reviews_askedquestion;
DROP FUNCTION IF EXISTS reviews_question_stands();
DROP TRIGGER IF EXISTS a_test_stands ON reviews_technicaltest;
DROP FUNCTION IF EXISTS reviews_test_stands();
DROP TRIGGER IF EXISTS a_test_is_finished ON reviews_proposal;
DROP TRIGGER IF EXISTS a_test_is_finished ON reviews_reviewtask;
DROP FUNCTION IF EXISTS reviews_test_is_finished();
"""
