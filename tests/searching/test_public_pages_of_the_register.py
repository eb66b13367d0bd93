import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from filings import numbers
from filings.imports.register import import_file
from tests.importing import lists

SHARED = [{"算法名称": f"青禾算法{n}", "备注": "已注销" if n == 2 else ""} for n in range(3)]


def queries_of(client, address):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return len(captured)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/register/", 3),
        ("/register/?q=青禾&class=01", 3),
        (f"/register/{lists.number(1)}/", 3),
        ("/verify/", 1),
        (f"/verify/{lists.number(1)}/", 2),
        ("/api/register", 3),
        (f"/api/register/{lists.number(1)}", 2),
        (f"/api/verify/{lists.number(1)}", 2),
        ("/register/feed.atom", 1),
    ],
)
def test_a_page_takes_the_same_queries_for_one_row_and_for_three(installation, listed, client, rows, address, expected):
    listed(*SHARED[:rows])
    client.get(address)
    assert queries_of(client, address) == expected


def test_a_search_keeps_its_words_in_the_address_and_says_when_nothing_is_found(listed, client):
    listed(*SHARED)
    assert "青禾算法1" in client.get("/register/?q=青禾").content.decode()
    page = client.get("/register/?q=没有这种").content.decode()
    assert "没有这种" in page
    assert "青禾算法" not in page


def test_htmx_is_given_the_results_alone(listed, client):
    listed(*SHARED)
    page = client.get("/register/?q=青禾", headers={"HX-Request": "true"}).content.decode()
    assert "青禾算法1" in page
    assert "<html" not in page


def test_an_entry_shows_what_changed_and_its_entity_s_other_entries(listed, client):
    listed({"算法名称": "旧名算法"}, {"算法名称": "另一算法"})
    newer = lists.make(
        [lists.row(lists.number(1), 算法名称="新名算法")], title="境内深度合成服务算法备案清单（2024年8月）"
    )
    import_file(newer, name="newer", at=timezone.now())
    page = client.get(f"/register/{lists.number(1)}/").content.decode()
    assert "<h1>新名算法</h1>" in page
    assert "<del>旧名算法</del> <ins>新名算法</ins>" in page
    assert "另一算法" in page


def test_a_number_written_otherwise_leads_to_the_permanent_address(listed, client):
    listed(*SHARED)
    response = client.get(f"/register/{lists.number(1).replace('备', '备 ')}/")
    assert (response.status_code, client.get(response["Location"]).status_code) == (301, 200)


def test_an_unknown_entry_is_not_found(db, client):
    assert client.get("/register/网信算备000号/").status_code == 404
    assert client.get("/api/register/网信算备000号").status_code == 404


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        (lists.number(1), "found"),
        (lists.number(1)[4:-1], "found"),
        (lists.number(77), "not_here"),
        (lists.number(1)[:-3] + "号", "mistyped"),
        ("Beijing-MouMoXing-202404280001", "not_here"),
        ("\x00'; --", "mistyped"),
    ],
)
def test_a_quoted_number_gets_one_of_three_answers(listed, client, typed, answer):
    listed(*SHARED)
    assert client.get(f"/api/verify/{typed}").json()["answer"] == answer
    assert client.get(f"/verify/{typed}/").status_code == 200


def test_what_is_not_here_is_said_with_the_date_to_which_the_register_is_complete(listed, client):
    listed(*SHARED)
    assert client.get(f"/api/verify/{lists.number(77)}").json()["complete_to"] == "2024-06-01"
    assert "2024年6月" in client.get(f"/verify/{lists.number(77)}/").content.decode()


def test_our_own_numbers_are_complete_to_today(installation, client):
    body = "33010676543210126001"
    own = f"{numbers.known_prefixes()[-1]}{body}{numbers.check_digit(body)}号"
    today = dt.datetime.now(dt.timezone(dt.timedelta(hours=8))).date().isoformat()
    assert client.get(f"/api/verify/{own}").json()["complete_to"] == today


def test_a_cancelled_entry_stays_visible_and_is_marked(listed, client):
    listed(*SHARED)
    assert client.get(f"/api/verify/{lists.number(3)}").json()["entries"][0]["standing"] == "cancelled"
    assert "is-stopped" in client.get(f"/verify/{lists.number(3)}/").content.decode()
    assert client.get(f"/register/{lists.number(3)}/").status_code == 200


@pytest.mark.parametrize("address", ["/api/register?q=青禾", f"/api/register/{lists.number(1)}", "/api/openapi.json"])
def test_an_unchanged_answer_is_not_sent_twice(listed, client, address):
    listed(*SHARED)
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_the_api_pages_through_the_register(listed, client):
    listed(*SHARED)
    first = client.get("/api/register?limit=2").json()
    second = client.get(first["next"].removeprefix("http://localhost:8000")).json()
    assert (len(first["entries"]), len(second["entries"]), second["next"], first["total"]) == (2, 1, None, 3)


@pytest.mark.parametrize("query", ["class=9", "limit=0", "limit=1000", "year=24"])
def test_the_api_refuses_what_it_does_not_know(db, client, query):
    assert client.get(f"/api/register?{query}").status_code == 422
    assert client.get("/api/register?after=made-up").status_code == 400


@pytest.mark.parametrize(
    "address", ["/register/", f"/register/{lists.number(1)}/", "/verify/", f"/verify/{lists.number(1)}/"]
)
@pytest.mark.parametrize(("language", "words"), [("zh-hans", "宣传"), ("en", "not be used for advertising")])
def test_every_public_page_says_that_filing_is_no_endorsement(listed, client, address, language, words):
    listed(*SHARED)
    client.cookies["django_language"] = language
    assert words in client.get(address).content.decode()
