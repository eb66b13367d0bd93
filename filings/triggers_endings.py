"""The guards of orders and hearings, as SQL used by a migration and tests."""

from filings import triggers

# Nobody changes what was issued; a suspension ends by two people alone, never as fulfilled by one.
ORDERS = (
    triggers.frozen_columns(
        "filings_order",
        ("matter_id", "kind", "articles", "facts", "demand", "due_on", "place", "issued_at"),
        when="OLD.issued_at IS NOT NULL",
    )
    + """
CREATE OR REPLACE FUNCTION filings_suspension_is_lifted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM filings_order o WHERE o.matter_id = NEW.id AND o.kind IN ('suspend_updates', 'suspend_service')
  ) THEN
    RAISE EXCEPTION 'the suspension % is lifted by two people', NEW.reference
      USING ERRCODE = 'check_violation', CONSTRAINT = 'a_suspension_is_lifted_by_two';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_suspension_is_lifted_by_two BEFORE UPDATE OF status ON filings_matter
  FOR EACH ROW WHEN (NEW.kind = 'order' AND NEW.status = 'fulfilled')
  EXECUTE FUNCTION filings_suspension_is_lifted();
"""
)
NOT_ORDERS = (
    triggers.not_frozen_columns("filings_order")
    + """
DROP TRIGGER IF EXISTS a_suspension_is_lifted_by_two ON filings_matter;
DROP FUNCTION IF EXISTS filings_suspension_is_lifted();
"""
)

HEARINGS = """
CREATE OR REPLACE FUNCTION filings_hearing_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE'
    OR ROW(NEW.procedure_id, NEW.authority_id, NEW.opened_by_id, NEW.opened_at, NEW.articles, NEW.facts, NEW.evidence,
        NEW.answer_by)
      IS DISTINCT FROM ROW(OLD.procedure_id, OLD.authority_id, OLD.opened_by_id, OLD.opened_at, OLD.articles,
        OLD.facts, OLD.evidence, OLD.answer_by)
    OR (OLD.answered_at IS NOT NULL AND ROW(NEW.answer, NEW.answered_at, NEW.answered_by_id, NEW.oral_asked_at)
      IS DISTINCT FROM ROW(OLD.answer, OLD.answered_at, OLD.answered_by_id, OLD.oral_asked_at))
    OR (OLD.minutes_at IS NOT NULL AND ROW(NEW.oral_at, NEW.oral_place, NEW.minutes, NEW.minutes_at, NEW.minutes_by_id)
      IS DISTINCT FROM ROW(OLD.oral_at, OLD.oral_place, OLD.minutes, OLD.minutes_at, OLD.minutes_by_id)) THEN
    RAISE EXCEPTION 'what was told, answered and minuted stands'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'a_hearing_stands';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_hearing_stands BEFORE UPDATE OR DELETE ON filings_hearing
  FOR EACH ROW EXECUTE FUNCTION filings_hearing_stands();
"""
NOT_HEARINGS = """
DROP TRIGGER IF EXISTS a_hearing_stands ON filings_hearing;
DROP FUNCTION IF EXISTS filings_hearing_stands();
"""

INSTALL = ORDERS + HEARINGS
REMOVE = NOT_HEARINGS + NOT_ORDERS

# Whoever opened a procedure takes it back, and nobody else.
OPENER_WITHDRAWS = """
CREATE OR REPLACE FUNCTION filings_opener_withdraws() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM filings_procedure p WHERE p.id = NEW.procedure_id AND p.opened_by_side = NEW.side
  ) THEN
    RAISE EXCEPTION 'procedure % is taken back by who opened it', NEW.procedure_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'who_opened_withdraws';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER who_opened_withdraws BEFORE INSERT ON filings_event
  FOR EACH ROW WHEN (NEW.kind = 'procedure.withdraw') EXECUTE FUNCTION filings_opener_withdraws();
"""
NOT_OPENER_WITHDRAWS = """
DROP TRIGGER IF EXISTS who_opened_withdraws ON filings_event;
DROP FUNCTION IF EXISTS filings_opener_withdraws();
"""
