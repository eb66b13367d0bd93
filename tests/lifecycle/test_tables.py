"""The lifecycle stands once in Python and once in PostgreSQL, and both say the same."""

import pytest
from django.db import connection

from filings.lifecycle import (
    FILING_TRANSITIONS,
    PROCEDURE_TRANSITIONS,
    FilingStanding,
    ProcedureStatus,
    named,
    pairs,
)
from filings.matter_lifecycle import BEGINS_AS, MATTER_TRANSITIONS, MatterKind, MatterStatus, final, statuses

pytestmark = pytest.mark.django_db

TABLES = {"procedure": (PROCEDURE_TRANSITIONS, ProcedureStatus), "filing": (FILING_TRANSITIONS, FilingStanding)}


@pytest.mark.parametrize("thing", TABLES)
def test_the_database_knows_exactly_the_transitions_that_python_knows(thing):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT source, target, name, two_people FROM filings_{thing}_transitions()")
        in_database = set(cursor.fetchall())
    table, _statuses = TABLES[thing]
    in_python = {(s, t, x.name, x.two_people) for (s, t), x in pairs(table).items()}
    assert in_database == in_python


@pytest.mark.parametrize("thing", TABLES)
def test_every_status_is_reached_and_only_final_ones_have_no_way_out(thing):
    table, statuses = TABLES[thing]
    reachable, frontier = {"draft"}, ["draft"]
    while frontier:
        status = frontier.pop()
        for source, target in pairs(table):
            if source == status and target not in reachable:
                reachable.add(target)
                frontier.append(target)
    assert reachable == set(statuses.values)
    stuck = set(statuses.values) - {source for source, _target in pairs(table)}
    if thing == "procedure":
        assert stuck == set(ProcedureStatus.final)
    else:
        assert stuck == {"declined", "withdrawn", "lapsed", "cancelled", "revoked"}


def test_a_procedure_ends_against_the_provider_only_by_two_people():
    two = {t.name for t in PROCEDURE_TRANSITIONS if t.two_people}
    assert two == {"sign_return", "sign_grant", "sign_decline", "sign_lapse", "overtake"}


def test_the_database_knows_exactly_the_moves_of_matters_that_python_knows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, source, target, name, two_people FROM filings_matter_transitions()")
        moves = set(cursor.fetchall())
        cursor.execute("SELECT kind, status FROM filings_matter_begins()")
        begins = dict(cursor.fetchall())
    assert moves == {
        (kind, s, t, x.name, x.two_people)
        for kind, table in MATTER_TRANSITIONS.items()
        for (s, t), x in pairs(table).items()
    }
    assert begins == BEGINS_AS
    assert set(MATTER_TRANSITIONS) == set(MatterKind.values)


@pytest.mark.parametrize("kind", MATTER_TRANSITIONS)
def test_every_status_of_a_matter_is_reached_and_leads_to_an_end(kind):
    moves = pairs(MATTER_TRANSITIONS[kind])
    reachable = {BEGINS_AS[kind]}
    while more := {t for s, t in moves if s in reachable} - reachable:
        reachable |= more
    assert reachable == statuses(kind)
    leads_to_an_end = set(final(kind))
    while more := {s for s, t in moves if t in leads_to_an_end} - leads_to_an_end:
        leads_to_an_end |= more
    assert final(kind)
    assert leads_to_an_end == statuses(kind)


def test_no_status_of_a_matter_is_unused():
    assert set(MatterStatus.values) == set().union(*map(statuses, MATTER_TRANSITIONS))


def test_an_unknown_transition_is_a_programming_error():
    with pytest.raises(KeyError):
        named(PROCEDURE_TRANSITIONS, "approve")
