"""No circle of filings that stand on one another can be stored.

Two transactions that each close half of a circle do not see one another's rows, so whoever
writes a reliance on a filing first takes one advisory lock, held to the end of the transaction;
each statement after it sees what was committed meanwhile (READ COMMITTED).
"""

NO_CIRCLE = """
CREATE OR REPLACE FUNCTION filings_reliance_without_circle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('filings_reliance'));
  IF EXISTS (
    WITH RECURSIVE below(id) AS (
      SELECT NEW.on_filing_id
      UNION
      SELECT r.on_filing_id FROM below b JOIN filings_reliance r ON r.filing_id = b.id
      WHERE r.on_filing_id IS NOT NULL
    )
    SELECT 1 FROM below WHERE id = NEW.filing_id
  ) THEN
    RAISE EXCEPTION 'filing % would stand on itself through %', NEW.filing_id, NEW.on_filing_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'no_circle_of_reliances';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER no_circle_of_reliances
  BEFORE INSERT OR UPDATE OF filing_id, on_filing_id ON filings_reliance
  FOR EACH ROW WHEN (NEW.on_filing_id IS NOT NULL)
  EXECUTE FUNCTION filings_reliance_without_circle();
"""

NOT_NO_CIRCLE = """
DROP TRIGGER IF EXISTS no_circle_of_reliances ON filings_reliance;
DROP FUNCTION IF EXISTS filings_reliance_without_circle();
"""
