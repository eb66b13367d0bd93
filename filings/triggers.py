"""The guards that PostgreSQL keeps, as SQL built from ``filings.lifecycle``.

Migrations install them; a test reads the table back from the database and compares
it with Python's, pair by pair. The function bodies are replaced whole, so a changed
lifecycle needs only a migration that runs ``transition_functions()`` again.
"""

from filings.lifecycle import FILING_TRANSITIONS, PROCEDURE_TRANSITIONS, Transition, pairs
from filings.matter_lifecycle import BEGINS_AS, MATTER_TRANSITIONS


def transition_table(table: tuple[Transition, ...]) -> str:
    """The allowed moves as SQL VALUES: source, target, name, two_people."""
    return ",\n    ".join(
        f"('{source}', '{target}', '{t.name}', {str(t.two_people).lower()})"
        for (source, target), t in sorted(pairs(table).items())
    )


def transition_functions() -> str:
    """``filings_<thing>_transitions()``: the lifecycle tables, readable from SQL."""
    return "\n".join(
        f"""
CREATE OR REPLACE FUNCTION filings_{thing}_transitions()
RETURNS TABLE (source text, target text, name text, two_people boolean)
LANGUAGE sql IMMUTABLE AS $$
  SELECT * FROM (VALUES
    {transition_table(table)}
  ) AS t(source, target, name, two_people)
$$;"""
        for thing, table in (("procedure", PROCEDURE_TRANSITIONS), ("filing", FILING_TRANSITIONS))
    )


def matter_functions() -> str:
    """The lifecycle tables of every kind of matter, and where each kind begins, readable from SQL."""
    moves = ",\n    ".join(
        f"('{kind}', '{source}', '{target}', '{t.name}', {str(t.two_people).lower()})"
        for kind, table in sorted(MATTER_TRANSITIONS.items())
        for (source, target), t in sorted(pairs(table).items())
    )
    begins = ",\n    ".join(f"('{kind}', '{status}')" for kind, status in sorted(BEGINS_AS.items()))
    return f"""
CREATE OR REPLACE FUNCTION filings_matter_transitions()
RETURNS TABLE (kind text, source text, target text, name text, two_people boolean)
LANGUAGE sql IMMUTABLE AS $$
  SELECT * FROM (VALUES
    {moves}
  ) AS t(kind, source, target, name, two_people)
$$;
CREATE OR REPLACE FUNCTION filings_matter_begins()
RETURNS TABLE (kind text, status text)
LANGUAGE sql IMMUTABLE AS $$
  SELECT * FROM (VALUES
    {begins}
  ) AS t(kind, status)
$$;"""


GUARD_MATTERS = """
CREATE OR REPLACE FUNCTION filings_guard_matter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NOT EXISTS (
      SELECT 1 FROM filings_matter_begins() b WHERE b.kind = NEW.kind AND b.status = NEW.status
    ) THEN
      RAISE EXCEPTION 'a matter of kind % does not begin as %', NEW.kind, NEW.status
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_matter_begins_by_its_table';
    END IF;
  ELSIF NEW.kind <> OLD.kind OR (NEW.status <> OLD.status AND NOT EXISTS (
    SELECT 1 FROM filings_matter_transitions() t
    WHERE t.kind = OLD.kind AND t.source = OLD.status AND t.target = NEW.status
  )) THEN
    RAISE EXCEPTION 'a matter of kind % may not move from % to %', OLD.kind, OLD.status, NEW.status
      USING ERRCODE = 'check_violation', CONSTRAINT = 'a_matter_moves_by_its_table';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER matter_moves BEFORE INSERT OR UPDATE OF status, kind ON filings_matter
  FOR EACH ROW EXECUTE FUNCTION filings_guard_matter();

CREATE OR REPLACE FUNCTION filings_matter_has_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM filings_event e
    WHERE e.matter_id = NEW.id AND e.kind LIKE 'matter.%'
      AND e.from_status = OLD.status AND e.to_status = NEW.status
      AND e.transaction_id = pg_current_xact_id()::text::bigint
  ) THEN
    RAISE EXCEPTION 'the move of matter % from % to % has no event', NEW.id, OLD.status, NEW.status
      USING ERRCODE = 'check_violation', CONSTRAINT = 'matter_move_has_its_event';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER matter_has_event AFTER UPDATE OF status ON filings_matter
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.status IS DISTINCT FROM NEW.status)
  EXECUTE FUNCTION filings_matter_has_event();
"""

UNGUARD_MATTERS = """
DROP TRIGGER IF EXISTS matter_has_event ON filings_matter;
DROP TRIGGER IF EXISTS matter_moves ON filings_matter;
DROP FUNCTION IF EXISTS filings_matter_has_event();
DROP FUNCTION IF EXISTS filings_guard_matter();
DROP FUNCTION IF EXISTS filings_matter_begins();
DROP FUNCTION IF EXISTS filings_matter_transitions();
"""


def guard_status(*, thing: str, table: str, column: str, first: str, event_key: str) -> str:
    """Triggers on one table: only listed moves, begun in ``first``, each with its event.

    The event must be of the same transaction; it is looked for at commit, so a rule may
    write status and event in either order.
    """
    return _listed_moves(thing, table, column, first) + _moves_with_events(thing, table, column, event_key)


def _listed_moves(thing: str, table: str, column: str, first: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION filings_guard_{thing}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.{column} <> '{first}' THEN
      RAISE EXCEPTION 'a {thing} begins as {first}, not as %', NEW.{column}
        USING ERRCODE = 'check_violation', CONSTRAINT = '{thing}_begins_as_{first}';
    END IF;
  ELSIF NEW.{column} <> OLD.{column} AND NOT EXISTS (
    SELECT 1 FROM filings_{thing}_transitions() t
    WHERE t.source = OLD.{column} AND t.target = NEW.{column}
  ) THEN
    RAISE EXCEPTION 'a {thing} may not move from % to %', OLD.{column}, NEW.{column}
      USING ERRCODE = 'check_violation', CONSTRAINT = '{thing}_moves_by_its_table';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER {thing}_moves BEFORE INSERT OR UPDATE OF {column} ON {table}
  FOR EACH ROW EXECUTE FUNCTION filings_guard_{thing}();
"""


def _moves_with_events(thing: str, table: str, column: str, event_key: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION filings_{thing}_has_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM filings_event e
    WHERE e.{event_key} = NEW.id AND e.kind LIKE '{thing}.%'
      AND e.from_status = OLD.{column} AND e.to_status = NEW.{column}
      AND e.transaction_id = pg_current_xact_id()::text::bigint
  ) THEN
    RAISE EXCEPTION 'the move of {thing} % from % to % has no event', NEW.id,
      OLD.{column}, NEW.{column}
      USING ERRCODE = 'check_violation', CONSTRAINT = '{thing}_move_has_its_event';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER {thing}_has_event AFTER UPDATE OF {column} ON {table}
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.{column} IS DISTINCT FROM NEW.{column})
  EXECUTE FUNCTION filings_{thing}_has_event();
"""


def unguard_status(*, thing: str, table: str) -> str:
    """Undo ``guard_status``."""
    return f"""
DROP TRIGGER IF EXISTS {thing}_has_event ON {table};
DROP TRIGGER IF EXISTS {thing}_moves ON {table};
DROP FUNCTION IF EXISTS filings_{thing}_has_event();
DROP FUNCTION IF EXISTS filings_guard_{thing}();
"""


STAMP_TRANSACTION = """
CREATE OR REPLACE FUNCTION filings_stamp_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.transaction_id := pg_current_xact_id()::text::bigint;
  RETURN NEW;
END $$;
"""


def not_stamp_transaction(table: str) -> str:
    """Undo ``stamp_transaction``."""
    return f"DROP TRIGGER IF EXISTS {table}_stamp ON {table};"


def stamp_transaction(table: str) -> str:
    """The database, not the writer, says in which transaction a row came to be."""
    return f"""
CREATE TRIGGER {table}_stamp BEFORE INSERT ON {table}
  FOR EACH ROW EXECUTE FUNCTION filings_stamp_transaction();
"""


REFUSE_CHANGE = """
CREATE OR REPLACE FUNCTION filings_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_is_append_only';
END $$;
"""


def append_only(table: str) -> str:
    """Refuse UPDATE, DELETE and TRUNCATE of a table."""
    return f"""
CREATE TRIGGER {table}_unchanged BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION filings_refuse_change();
CREATE TRIGGER {table}_untruncated BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION filings_refuse_change();
"""


def not_append_only(table: str) -> str:
    """Undo ``append_only``."""
    return f"""
DROP TRIGGER IF EXISTS {table}_unchanged ON {table};
DROP TRIGGER IF EXISTS {table}_untruncated ON {table};
"""


def frozen_columns(table: str, columns: tuple[str, ...], *, when: str = "true") -> str:
    """Refuse a change of those columns, DELETE and TRUNCATE; ``when`` is SQL over OLD."""
    changed = " OR ".join(f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in columns)
    return f"""
CREATE OR REPLACE FUNCTION {table}_refuse_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF ({when}) AND (TG_OP = 'DELETE' OR {changed}) THEN
    RAISE EXCEPTION '% is frozen: % refused', TG_TABLE_NAME, TG_OP
      USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_is_frozen';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION {table}_refuse_frozen();
CREATE TRIGGER {table}_untruncated BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION filings_refuse_change();
"""


def not_frozen_columns(table: str) -> str:
    """Undo ``frozen_columns``."""
    return f"""
DROP TRIGGER IF EXISTS {table}_frozen ON {table};
DROP TRIGGER IF EXISTS {table}_untruncated ON {table};
DROP FUNCTION IF EXISTS {table}_refuse_frozen();
"""


def closed_with(table: str, parent: str, key: str) -> str:
    """Rows of ``table`` come only in the transaction that wrote their parent's row."""
    return f"""
CREATE OR REPLACE FUNCTION {table}_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM {parent} p
    WHERE p.id = NEW.{key} AND p.transaction_id = pg_current_xact_id()::text::bigint
  ) THEN
    RAISE EXCEPTION '%: % is closed', TG_TABLE_NAME, NEW.{key}
      USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_is_closed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER {table}_closed BEFORE INSERT ON {table}
  FOR EACH ROW EXECUTE FUNCTION {table}_closed();
"""


def not_closed_with(table: str) -> str:
    """Undo ``closed_with``."""
    return f"""
DROP TRIGGER IF EXISTS {table}_closed ON {table};
DROP FUNCTION IF EXISTS {table}_closed();
"""


OWNER_REMAINS = """
CREATE OR REPLACE FUNCTION filings_owner_remains() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Two owners stepping down at once wait for each other here.
  PERFORM 1 FROM filings_entity WHERE id = OLD.entity_id FOR UPDATE;
  IF NOT EXISTS (
    SELECT 1 FROM filings_membership m
    WHERE m.entity_id = OLD.entity_id AND m.role = 'owner'
  ) THEN
    RAISE EXCEPTION 'entity % would be left without an owner', OLD.entity_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'an_entity_keeps_an_owner';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER an_entity_keeps_an_owner
  AFTER UPDATE OR DELETE ON filings_membership
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.role = 'owner')
  EXECUTE FUNCTION filings_owner_remains();
"""

NOT_OWNER_REMAINS = """
DROP TRIGGER IF EXISTS an_entity_keeps_an_owner ON filings_membership;
DROP FUNCTION IF EXISTS filings_owner_remains();
"""


AGENTS_KEEP_TO_THEIR_POWER = """
CREATE OR REPLACE FUNCTION filings_agent_may_save() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM filings_membership m
    JOIN filings_agency a ON a.id = m.agency_id
    LEFT JOIN filings_dossier d ON d.id = NEW.dossier_id
    LEFT JOIN filings_procedure p ON p.id = d.procedure_id
    LEFT JOIN filings_filing f ON f.id = p.filing_id
    WHERE m.user_id = NEW.saved_by_id AND m.entity_id = coalesce(f.entity_id, NEW.entity_id)
      AND (
        NEW.dossier_id IS NULL
        OR a.ends_on < (NEW.saved_at AT TIME ZONE 'Asia/Shanghai')::date
        OR NOT (a.covers_all OR EXISTS (
          SELECT 1 FROM filings_agency_filings c WHERE c.agency_id = a.id AND c.filing_id = f.id
        ))
      )
  ) THEN
    RAISE EXCEPTION 'no power of attorney of % covers this', NEW.saved_by_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'an_agent_keeps_to_the_power';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER an_agent_keeps_to_the_power BEFORE INSERT ON filings_sectionedit
  FOR EACH ROW EXECUTE FUNCTION filings_agent_may_save();

CREATE OR REPLACE FUNCTION filings_agent_never_submits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM filings_membership m
    JOIN filings_filing f ON f.entity_id = m.entity_id
    JOIN filings_procedure p ON p.filing_id = f.id
    WHERE p.id = NEW.procedure_id AND m.user_id = NEW.submitted_by_id AND m.agency_id IS NOT NULL
  ) THEN
    RAISE EXCEPTION 'an agent does not submit'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'an_agent_never_submits';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER an_agent_never_submits BEFORE INSERT ON filings_submission
  FOR EACH ROW EXECUTE FUNCTION filings_agent_never_submits();

CREATE OR REPLACE FUNCTION filings_agent_never_confirms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM filings_sealing s
    JOIN filings_procedure p ON p.id = s.procedure_id
    JOIN filings_filing f ON f.id = p.filing_id
    JOIN filings_membership m ON m.entity_id = f.entity_id AND m.agency_id IS NOT NULL
    JOIN portal_user u ON u.id = m.user_id
    WHERE s.id = NEW.sealing_id AND lower(u.email) = lower(NEW.email)
  ) THEN
    RAISE EXCEPTION 'an agent does not confirm'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'an_agent_never_confirms';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER an_agent_never_confirms BEFORE INSERT OR UPDATE OF email ON filings_confirmation
  FOR EACH ROW EXECUTE FUNCTION filings_agent_never_confirms();
"""

NOT_AGENTS_KEEP_TO_THEIR_POWER = """
DROP TRIGGER IF EXISTS an_agent_keeps_to_the_power ON filings_sectionedit;
DROP TRIGGER IF EXISTS an_agent_never_submits ON filings_submission;
DROP TRIGGER IF EXISTS an_agent_never_confirms ON filings_confirmation;
DROP FUNCTION IF EXISTS filings_agent_may_save();
DROP FUNCTION IF EXISTS filings_agent_never_submits();
DROP FUNCTION IF EXISTS filings_agent_never_confirms();
"""


SCAN_CONFIRMS = """
CREATE OR REPLACE FUNCTION filings_scan_confirms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.scan_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM filings_signedscan s JOIN filings_sealing l ON l.id = s.sealing_id
    WHERE s.id = NEW.scan_id AND s.status = 'accepted'
      AND s.sealing_id = NEW.sealing_id AND l.digest = NEW.confirmed_digest
  ) THEN
    RAISE EXCEPTION 'scan % confirms no lock %', NEW.scan_id, NEW.sealing_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'a_confirming_scan_was_accepted_for_this_lock';
  END IF;
  IF NEW.scan_id IS NOT NULL AND EXISTS (
    SELECT 1 FROM filings_signedscan s
    JOIN filings_sealing l ON l.id = s.sealing_id
    JOIN filings_procedure p ON p.id = l.procedure_id
    JOIN filings_filing f ON f.id = p.filing_id
    JOIN filings_membership m ON m.entity_id = f.entity_id AND m.user_id = s.uploaded_by_id
    WHERE s.id = NEW.scan_id AND m.agency_id IS NOT NULL
  ) THEN
    RAISE EXCEPTION 'an agent does not confirm on paper'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'an_agent_never_confirms';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER scan_confirms BEFORE INSERT OR UPDATE ON filings_confirmation
  FOR EACH ROW EXECUTE FUNCTION filings_scan_confirms();
"""

NOT_SCAN_CONFIRMS = """
DROP TRIGGER IF EXISTS scan_confirms ON filings_confirmation;
DROP FUNCTION IF EXISTS filings_scan_confirms();
"""
