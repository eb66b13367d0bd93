"""Each pair of statuses is tried in PostgreSQL: what its triggers let through is what the tables in Python list."""

from itertools import permutations

import pytest
from django.db import IntegrityError, connection, transaction

from filings import matters
from filings.lifecycle import FILING_TRANSITIONS, PROCEDURE_TRANSITIONS, Actor, FilingStanding, ProcedureStatus, pairs
from filings.matter_lifecycle import MATTER_TRANSITIONS, statuses

pytestmark = pytest.mark.django_db

NUMBER = "'演示算备330106100000001260011号'"
NUMBERED = f"number = CASE WHEN %s IN {FilingStanding.numbered} THEN {NUMBER} END"
TABLES = {
    "filings_procedure": (PROCEDURE_TRANSITIONS, set(ProcedureStatus.values)),
    "filings_filing": (FILING_TRANSITIONS, set(FilingStanding.values)),
}


def tried(table, pk, source, target):
    """Move a row by bare SQL from a status set with the guards off: what refused it, and whether two are asked for."""
    column = "standing" if table == "filings_filing" else "status"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        if column == "standing":
            cursor.execute(f"UPDATE {table} SET standing = %s, {NUMBERED} WHERE id = %s", [source, source, pk])
        else:
            cursor.execute(f"UPDATE {table} SET status = %s WHERE id = %s", [source, pk])
        connection.check_constraints()  # a table with checks still waiting cannot be altered
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        refused = _refusal(f"UPDATE {table} SET {column} = %s WHERE id = %s", [target, pk])
        asked = refused is None and _refusal("SET CONSTRAINTS two_people_decide IMMEDIATE", [])
        transaction.set_rollback(True)
    return refused, asked == "two_people_decide"


def _refusal(statement, values):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except IntegrityError as error:
        return error.__cause__.diag.constraint_name
    return None


def compare(table, pk, transitions, known):
    """Every pair of statuses, against the table."""
    allowed, thing = pairs(transitions), table.removeprefix("filings_")
    by_its_table = "a_matter_moves_by_its_table" if thing == "matter" else f"{thing}_moves_by_its_table"
    for source, target in permutations(sorted(known), 2):
        refused, asks_for_two = tried(table, pk, source, target)
        listed = allowed.get((source, target))
        assert (refused == by_its_table) == (listed is None), (source, target, refused)
        if listed is not None and refused is None and thing != "filing":
            assert asks_for_two == listed.two_people, (source, target)


@pytest.mark.parametrize("kind", MATTER_TRANSITIONS)
def test_the_database_moves_a_matter_of_each_kind_by_its_table_alone(kind, entity, now):
    matter = matters.open_matter(
        kind=kind, title="试", side=Actor.SYSTEM, at=now, entity=entity, region_code="330106"
    )  # fmt: skip
    connection.check_constraints()
    compare("filings_matter", matter.pk, MATTER_TRANSITIONS[kind], statuses(kind) | {"draft", "closed", "dropped"})


@pytest.mark.parametrize("table", TABLES)
def test_the_database_moves_procedures_and_filings_by_their_tables_alone(table, draft):
    connection.check_constraints()
    pk = draft.pk if table == "filings_procedure" else draft.filing_id
    compare(table, pk, *TABLES[table])
