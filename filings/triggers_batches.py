"""Nothing is held longer than the law allows, and what was published stays as it was (ARP 25)."""

INSTALL = """
CREATE OR REPLACE FUNCTION filings_held_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  of_batch filings_publicationbatch%ROWTYPE;
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.published_at IS NOT NULL OR OLD.left_out_at IS NOT NULL) THEN
    RAISE EXCEPTION 'publication % is over', OLD.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'what_was_published_stays';
  END IF;
  IF TG_OP = 'INSERT' OR NEW.batch_id <> OLD.batch_id OR NEW.latest_on <> OLD.latest_on THEN
    -- Locked, so that no other connection moves the day meanwhile.
    SELECT * INTO of_batch FROM filings_publicationbatch b WHERE b.id = NEW.batch_id FOR SHARE;
    IF of_batch.published_at IS NOT NULL THEN
      RAISE EXCEPTION 'batch % was published', NEW.batch_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_published_batch_takes_nothing';
    END IF;
    IF of_batch.publish_on > NEW.latest_on THEN
      RAISE EXCEPTION 'number % is to be published by %, not on %', NEW.number, NEW.latest_on, of_batch.publish_on
        USING ERRCODE = 'check_violation', CONSTRAINT = 'held_no_longer_than_the_law';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER held_in_time BEFORE INSERT OR UPDATE ON filings_heldpublication
  FOR EACH ROW EXECUTE FUNCTION filings_held_in_time();

CREATE OR REPLACE FUNCTION filings_batch_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.published_at IS NOT NULL AND (
    NEW.published_at IS DISTINCT FROM OLD.published_at OR NEW.publish_on <> OLD.publish_on
    OR NEW.authority_id <> OLD.authority_id
  ) THEN
    RAISE EXCEPTION 'batch % was published', OLD.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'a_published_batch_stays';
  END IF;
  IF NEW.publish_on > OLD.publish_on AND EXISTS (
    SELECT 1 FROM filings_heldpublication h
    WHERE h.batch_id = NEW.id AND h.published_at IS NULL AND h.left_out_at IS NULL AND h.latest_on < NEW.publish_on
  ) THEN
    RAISE EXCEPTION 'batch % holds what is to be published before %', NEW.id, NEW.publish_on
      USING ERRCODE = 'check_violation', CONSTRAINT = 'held_no_longer_than_the_law';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER batch_in_time BEFORE UPDATE ON filings_publicationbatch
  FOR EACH ROW EXECUTE FUNCTION filings_batch_in_time();
"""

REMOVE = """
DROP TRIGGER IF EXISTS batch_in_time ON filings_publicationbatch;
DROP TRIGGER IF EXISTS held_in_time ON filings_heldpublication;
DROP FUNCTION IF EXISTS filings_batch_in_time();
DROP FUNCTION IF EXISTS filings_held_in_time();
"""
