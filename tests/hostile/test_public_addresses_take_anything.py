"""No text in an address, a query or a number makes a public page fail."""

import json
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from filings.dossier import paths

ANYTHING = st.text(st.characters(codec="utf-8"), max_size=300)
AWKWARD = st.sampled_from(
    ["\x00", "é\x00", "9" * 5000, "²", "٣", "-1", "%", "%%", "'", '"', "\\", "\n", "\r\nX: y", "../..", "//",
     "[", "NaN", "\ufeff", "\u202e", "😀" * 50, "算" * 400, "0" * 22, "网信算备1", "None", "true", "{}", "[]",
     "'; DROP TABLE x; --"]
)  # fmt: skip
TEXT = ANYTHING | AWKWARD
quietly = settings(
    max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
NAMES = (
    "q",
    "class",
    "role",
    "region",
    "year",
    "field",
    "standing",
    "after",
    "limit",
    "number",
    "kind",
    "to",
    "errors",
)


def status(client, path, query=None):
    client.raise_request_exception = False
    return client.get(path, query or {}).status_code


@quietly
@given(query=st.dictionaries(st.sampled_from(NAMES), TEXT, max_size=4))
@pytest.mark.parametrize(
    "path",
    ["/register/", "/verify/", "/api/register", "/guide/check/", "/guide/checklist/", "/outbox/", "/style/", "/"],
)
def test_no_query_breaks_a_public_page(path, query, client, db):
    assert status(client, path, query) < 500


@quietly
@given(text=TEXT)
@pytest.mark.parametrize(
    "path",
    ["/register/{}/", "/verify/{}/", "/api/register/{}", "/api/verify/{}", "/law/{}/", "/confirm/{}/",
     "/invitations/{}/", "/confirm/{}/papers/1/", "/outbox/{}/1/", "/procedures/{}/", "/files/{}/"],
)  # fmt: skip
def test_no_part_of_an_address_breaks_a_page(path, text, client, db):
    assert status(client, path.format(quote(text, safe=""))) < 500


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANYTHING,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANYTHING, inner, max_size=3),
    max_leaves=6,
)


@quietly
@given(key=st.tuples(st.dates().map(str), JSON) | JSON)
@pytest.mark.parametrize("path", ["/register/", "/api/register"])
def test_no_forged_cursor_breaks_the_list(path, key, client, db):
    import base64

    cursor = base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")
    assert status(client, path, {"after": cursor}) < 500


@pytest.mark.parametrize("text", ["W" + "w" * 3000, "WyIyMDIwLTAxLTAxIiwgSW5maW5pdHld", "Ww" * 1500])
def test_an_endless_cursor_is_refused(text, client, db):
    assert status(client, "/register/", {"after": text}) == 302
    assert status(client, "/api/register", {"after": text}) in (400, 422)


def test_a_number_without_end_in_an_address_is_not_found(client, db):
    assert status(client, f"/outbox/x.log/{'9' * 5000}/") == 404


@quietly
@given(path=TEXT, content=st.dictionaries(ANYTHING, JSON, max_size=3))
def test_a_path_is_read_or_refused_but_never_breaks(path, content):
    try:
        paths.get(content, path)
        paths.label("deep_synthesis", content, path)
    except ValueError:
        assert paths._PATH.fullmatch(path) is None
