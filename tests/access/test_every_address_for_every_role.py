import pytest

from tests.access import addresses, asking, table

RULES = table.ROWS | table.LIBRARY
NAMES = sorted({name for name, _pattern in asking.routes()})


def test_every_address_of_the_site_has_a_row_and_every_row_an_address():
    assert sorted(RULES) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_role_gets_exactly_what_the_table_says(name, made, db):
    path, data = addresses.path(name, made), addresses.DATA.get(name, {})
    roles = list(made.cast) if name in table.ROWS else table.FEW
    get, post = RULES[name]
    read = {role: asking.ask(made.cookies[role], "GET", path, {}) for role in roles}
    assert {role: status for role, (status, _written) in read.items()} == table.expected(get, roles)
    written = set().union(*(tables for _status, tables in read.values()))
    assert written <= addresses.RECORDED.get(name, set())
    posted = {role: asking.ask(made.cookies[role], "POST", path, data)[0] for role in roles}
    assert posted == table.expected(post, roles)
