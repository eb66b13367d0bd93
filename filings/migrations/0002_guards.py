"""What PostgreSQL guards: the lifecycle's tables, events with every move, frozen rows."""

from django.db import migrations

from filings import triggers

STATUS_GUARDS = (
    {"thing": "procedure", "table": "filings_procedure", "column": "status", "first": "draft"},
    {"thing": "filing", "table": "filings_filing", "column": "standing", "first": "draft"},
)
APPEND_ONLY = ("filings_event", "filings_submission", "filings_accessrecord")
SEALING_COLUMNS = (
    "procedure_id",
    "round",
    "document",
    "digest",
    "schema_version",
    "entity_version_id",
    "made_by_id",
    "made_at",
)
ENTITY_VERSION_COLUMNS = (
    "entity_id",
    "number",
    "document",
    "content",
    "digest",
    "schema_version",
    "name",
    "credit_code",
    "region_code",
    "identity_digest",
    "submitted_by_id",
    "submitted_at",
)
CONFIRMATION_COLUMNS = (
    "sealing_id",
    "capacities",
    "person_name",
    "email",
    "nonce",
    "token_digest",
    "sent_by_id",
    "sent_at",
    "confirmed_at",
    "confirmed_digest",
)


def install() -> str:
    parts = [triggers.transition_functions(), triggers.REFUSE_CHANGE, triggers.STAMP_TRANSACTION]
    parts += [triggers.guard_status(**guard, event_key=f"{guard['thing']}_id") for guard in STATUS_GUARDS]
    parts.append(triggers.stamp_transaction("filings_event"))
    parts += [triggers.append_only(table) for table in APPEND_ONLY]
    parts.append(triggers.frozen_columns("filings_sealing", SEALING_COLUMNS))
    parts.append(triggers.frozen_columns("filings_entityversion", ENTITY_VERSION_COLUMNS))
    parts.append(
        triggers.frozen_columns("filings_confirmation", CONFIRMATION_COLUMNS, when="OLD.confirmed_at IS NOT NULL")
    )
    parts.append(triggers.OWNER_REMAINS)
    return "\n".join(parts)


def remove() -> str:
    parts = [triggers.NOT_OWNER_REMAINS]
    parts += [
        triggers.not_frozen_columns(t) for t in ("filings_confirmation", "filings_entityversion", "filings_sealing")
    ]
    parts += [triggers.not_append_only(table) for table in APPEND_ONLY]
    parts.append("DROP TRIGGER IF EXISTS filings_event_stamp ON filings_event;")
    parts += [triggers.unguard_status(thing=g["thing"], table=g["table"]) for g in STATUS_GUARDS]
    parts.append(
        "DROP FUNCTION IF EXISTS filings_stamp_transaction();"
        "DROP FUNCTION IF EXISTS filings_refuse_change();"
        "DROP FUNCTION IF EXISTS filings_procedure_transitions();"
        "DROP FUNCTION IF EXISTS filings_filing_transitions();"
    )
    return "\n".join(parts)


class Migration(migrations.Migration):
    dependencies = [("filings", "0001_initial")]
    operations = [migrations.RunSQL(install(), remove())]
