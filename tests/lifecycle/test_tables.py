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
    assert two == {"sign_return", "sign_grant", "sign_decline", "sign_lapse"}


def test_an_unknown_transition_is_a_programming_error():
    with pytest.raises(KeyError):
        named(PROCEDURE_TRANSITIONS, "approve")
