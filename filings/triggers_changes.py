"""The guards of changes and transfers: what is registered stays until a granted procedure alters it."""

# A name is held by one filing: as its own, for a change that is under way, or as the name it had before a
# granted change. Both tables ask under one lock a name, so that two writers cannot pass each other.
NAMES_ARE_HELD_ONCE = """
CREATE OR REPLACE FUNCTION filings_name_is_free() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE mine bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('filings.held_name:' || NEW.held_name, 0));
  IF TG_TABLE_NAME = 'filings_filing' THEN
    mine := NEW.id;
  ELSE
    SELECT p.filing_id INTO mine FROM filings_procedure p WHERE p.id = NEW.procedure_id;
  END IF;
  IF (TG_TABLE_NAME = 'filings_change' AND EXISTS (
    SELECT 1 FROM filings_filing f WHERE f.held_name = NEW.held_name AND f.id <> mine
  )) OR EXISTS (
    SELECT 1 FROM filings_change c JOIN filings_procedure p ON p.id = c.procedure_id
    WHERE c.held_name = NEW.held_name AND p.filing_id <> mine
      AND p.status NOT IN ('declined', 'withdrawn', 'lapsed')
  ) THEN
    RAISE EXCEPTION 'another filing holds this name'
      USING ERRCODE = 'unique_violation', CONSTRAINT = 'one_filing_holds_a_name';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_name_is_held_once BEFORE INSERT OR UPDATE OF held_name ON filings_filing
  FOR EACH ROW WHEN (NEW.held_name IS NOT NULL) EXECUTE FUNCTION filings_name_is_free();
CREATE TRIGGER a_name_is_held_once BEFORE INSERT OR UPDATE OF held_name ON filings_change
  FOR EACH ROW WHEN (NEW.held_name IS NOT NULL) EXECUTE FUNCTION filings_name_is_free();
"""

NOT_NAMES_ARE_HELD_ONCE = """
DROP TRIGGER IF EXISTS a_name_is_held_once ON filings_change;
DROP TRIGGER IF EXISTS a_name_is_held_once ON filings_filing;
DROP FUNCTION IF EXISTS filings_name_is_free();
"""

# A number never changes; what else is registered changes only with a procedure granted in the same transaction.
REGISTERED_STAYS = """
CREATE OR REPLACE FUNCTION filings_number_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the number of % % never changes', TG_TABLE_NAME, OLD.id
    USING ERRCODE = 'check_violation', CONSTRAINT = 'a_number_never_changes';
END $$;
CREATE TRIGGER a_number_never_changes BEFORE UPDATE OF number ON filings_filing
  FOR EACH ROW WHEN (OLD.number IS NOT NULL AND NEW.number IS DISTINCT FROM OLD.number)
  EXECUTE FUNCTION filings_number_stays();
CREATE TRIGGER a_number_never_changes BEFORE UPDATE OF number ON filings_registerentry
  FOR EACH ROW WHEN (OLD.filing_id IS NOT NULL AND NEW.number IS DISTINCT FROM OLD.number)
  EXECUTE FUNCTION filings_number_stays();

CREATE OR REPLACE FUNCTION filings_change_is_granted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wanted bigint;
BEGIN
  IF TG_TABLE_NAME = 'filings_filing' THEN
    wanted := NEW.id;
  ELSE
    SELECT e.filing_id INTO wanted FROM filings_registerentry e WHERE e.id = NEW.entry_id;
  END IF;
  IF wanted IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM filings_event e JOIN filings_procedure p ON p.id = e.procedure_id
    WHERE e.filing_id = wanted AND e.kind = 'procedure.sign_grant' AND e.to_status = 'granted'
      AND p.purpose IN ('change', 'transfer')
      AND e.transaction_id = pg_current_xact_id()::text::bigint
  ) THEN
    RAISE EXCEPTION 'filing % is registered: only a granted change or transfer alters it', wanted
      USING ERRCODE = 'check_violation', CONSTRAINT = 'what_is_registered_stays';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER what_is_registered_stays
  AFTER UPDATE OF entity_id, kind, algorithm_class, role, name, held_name, region_code ON filings_filing
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.number IS NOT NULL AND
    ROW(NEW.entity_id, NEW.kind, NEW.algorithm_class, NEW.role, NEW.name, NEW.held_name, NEW.region_code)
    IS DISTINCT FROM
    ROW(OLD.entity_id, OLD.kind, OLD.algorithm_class, OLD.role, OLD.name, OLD.held_name, OLD.region_code))
  EXECUTE FUNCTION filings_change_is_granted();
CREATE CONSTRAINT TRIGGER what_is_registered_stays AFTER INSERT ON filings_registerversion
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.reason = 'changed' AND NEW.submission_id IS NOT NULL)
  EXECUTE FUNCTION filings_change_is_granted();
"""

NOT_REGISTERED_STAYS = """
DROP TRIGGER IF EXISTS what_is_registered_stays ON filings_registerversion;
DROP TRIGGER IF EXISTS what_is_registered_stays ON filings_filing;
DROP FUNCTION IF EXISTS filings_change_is_granted();
DROP TRIGGER IF EXISTS a_number_never_changes ON filings_registerentry;
DROP TRIGGER IF EXISTS a_number_never_changes ON filings_filing;
DROP FUNCTION IF EXISTS filings_number_stays();
"""

# A transfer is granted with the consent of an owner of each side, and a consent once given stays.
TRANSFER_HAS_CONSENTS = """
CREATE OR REPLACE FUNCTION filings_transfer_has_consents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM filings_transfer t
    JOIN filings_submission s ON s.procedure_id = t.procedure_id AND s.round = NEW.round
    WHERE t.procedure_id = NEW.id AND t.taken_at IS NOT NULL AND s.submitted_at = t.taken_at
  ) THEN
    RAISE EXCEPTION 'transfer % lacks a consent', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'a_transfer_has_two_consents';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_transfer_has_two_consents BEFORE UPDATE OF status ON filings_procedure
  FOR EACH ROW WHEN (NEW.purpose = 'transfer' AND NEW.status = 'granted')
  EXECUTE FUNCTION filings_transfer_has_consents();

CREATE OR REPLACE FUNCTION filings_owner_consents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'consents are kept'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'a_consent_stands';
  END IF;
  IF TG_OP = 'UPDATE' AND (
    ROW(NEW.procedure_id, NEW.base_id, NEW.giver_id, NEW.receiver_id, NEW.given_by_id, NEW.given_at)
      IS DISTINCT FROM
    ROW(OLD.procedure_id, OLD.base_id, OLD.giver_id, OLD.receiver_id, OLD.given_by_id, OLD.given_at)
    OR (OLD.taken_at IS NOT NULL AND NEW.taken_at IS NULL)
  ) THEN
    RAISE EXCEPTION 'a consent stands as it was given'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'a_consent_stands';
  END IF;
  IF (TG_OP = 'INSERT' AND NOT EXISTS (
    SELECT 1 FROM filings_membership m
    WHERE m.user_id = NEW.given_by_id AND m.entity_id = NEW.giver_id AND m.role = 'owner'
  )) OR (NEW.taken_at IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM filings_membership m
    WHERE m.user_id = NEW.taken_by_id AND m.entity_id = NEW.receiver_id AND m.role = 'owner'
  )) THEN
    RAISE EXCEPTION 'an owner of the side consents'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'an_owner_consents';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER an_owner_consents BEFORE INSERT OR UPDATE OR DELETE ON filings_transfer
  FOR EACH ROW EXECUTE FUNCTION filings_owner_consents();
"""

NOT_TRANSFER_HAS_CONSENTS = """
DROP TRIGGER IF EXISTS an_owner_consents ON filings_transfer;
DROP FUNCTION IF EXISTS filings_owner_consents();
DROP TRIGGER IF EXISTS a_transfer_has_two_consents ON filings_procedure;
DROP FUNCTION IF EXISTS filings_transfer_has_consents();
"""
