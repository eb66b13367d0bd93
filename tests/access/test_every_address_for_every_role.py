import pytest

from tests.access import addresses, asking, table

RULES = table.ROWS | table.LIBRARY
NAMES = sorted({name for name, _pattern in asking.routes()})


def test_every_address_of_the_site_has_a_row_and_every_row_an_address():
    assert sorted(RULES) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_role_gets_exactly_what_the_table_says(name, made, db):
    path = addresses.path(name, made)
    get, post = RULES[name]
    roles = list(made.cast)
    asked = {role: asking.ask(made.cookies[role], "GET", path, {}) for role in roles}
    assert asked == table.expected(get, roles)
    data = addresses.DATA.get(name, {})
    posted = {role: asking.ask(made.cookies[role], "POST", path, data) for role in roles}
    assert posted == table.expected(post, roles)


@pytest.mark.parametrize("name", sorted(set(table.ROWS) - addresses.READS_THAT_ARE_RECORDED))
def test_reading_writes_nothing(name, made, db):
    path = addresses.path(name, made)
    for role in ("anonymous", "owner", "reviewer", "auditor"):
        with asking.written() as statements:
            asking.ask(made.cookies[role], "GET", path, {})
        assert statements == [], role
