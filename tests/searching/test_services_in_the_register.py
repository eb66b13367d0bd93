import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from filings.imports.register import import_file
from tests.importing import lists, services

FILED = "Beijing-QingHe-202407050001"
REGISTERED = "Shanghai-QingLan-20240521S0001"


@pytest.fixture
def taken(db):
    """Both tables of a list of services, and one list of algorithms."""

    def taken(filings=1):
        rows = [
            services.filed(f"Beijing-QingHe{n or ''}-20240705{n + 1:04}", name=f"青禾大模型{n}", day="2024/7/18(补登)")
            for n in range(filings)
        ]
        data = services.make([*rows, services.REGISTERED, services.registered()])
        import_file(data, name="services.docx", at=timezone.now())
        import_file(lists.make([lists.row()]), name="algorithms.docx", at=timezone.now())

    return taken


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/register/?track=generative", 3),
        (f"/register/{FILED}/", 3),
        (f"/verify/{FILED}/", 2),
        ("/verify/Beijing-QingHi-202407050001/", 5),
        (f"/api/register/{FILED}", 2),
        (f"/api/verify/{FILED}", 2),
    ],
)
def test_a_page_takes_the_same_queries_for_one_row_and_for_three(installation, taken, client, rows, address, expected):
    taken(rows)
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    assert len(captured) == expected


def test_the_register_is_filtered_by_kind_of_filing(taken, client):
    taken()
    found = {
        track: client.get(f"/api/register?track={track}").json()["total"]
        for track in ("generative", "generative_registration", "deep_synthesis", "recommendation")
    }
    assert found == {"generative": 1, "generative_registration": 1, "deep_synthesis": 1, "recommendation": 0}
    page = client.get("/register/?track=generative").content.decode()
    assert "青禾大模型0" in page
    assert "青岚助手" not in page
    assert "track=generative_registration" in client.get("/register/").content.decode()


def test_the_api_tells_both_dates_the_place_and_the_note_as_printed(taken, client):
    taken()
    entry = client.get(f"/api/register/{FILED}").json()
    assert (entry["track"], entry["algorithm_class"], entry["place"]) == ("generative", "", "北京市")
    assert (entry["number_day"], entry["issued_on"], entry["filed_as_printed"]) == (
        "2024-07-05", "2024-07-18", "2024/7/18(补登)",
    )  # fmt: skip
    assert client.get("/api/register").json()["service_lists_to"] == "2024-08-01"
    assert client.get("/api/register").json()["lists_to"] == "2024-06-01"
    assert client.get("/api/register?track=made-up").status_code == 422


def test_an_entry_shows_both_dates_and_what_the_service_has_to_show(taken, client):
    taken()
    client.cookies["django_language"] = "en"
    page = client.get(f"/register/{FILED}/").content.decode()
    said = ("Name of the model", "18 July 2024", "2024/7/18(补登)", "5 July 2024", "independent of the day of filing")
    assert [words for words in said if words not in page] == []
    assert f"the number {FILED} prominently" in page
    assert "ARP" not in page
    registered = client.get(f"/register/{REGISTERED}/").content.decode()
    assert "Name of the application or function" in registered


@pytest.mark.parametrize("typed", [FILED, FILED.lower(), f" {FILED} ", FILED.replace("-", "—")])
def test_a_service_s_number_is_found_in_any_case(taken, client, typed):
    taken()
    assert client.get(f"/api/verify/{typed}").json()["entries"][0]["number"] == FILED
    answer = client.get("/verify/", {"number": typed}, follow=True).content.decode()
    assert "青禾大模型0" in answer


def test_a_number_in_another_case_leads_to_the_permanent_address(taken, client):
    taken()
    response = client.get(f"/register/{FILED.upper()}/")
    assert (response.status_code, response["Location"]) == (301, f"/register/{FILED}/")


@pytest.mark.parametrize(
    ("typed", "answer", "near"),
    [
        ("Beijing-QingHi-202407050001", "not_here", [FILED]),
        ("Bejing-QingHe-202407050001", "mistyped", [FILED]),
        ("Beijing-QingHe-202407350001", "mistyped", [FILED]),
        ("Guangdong-YunQi-202410100007", "not_here", []),
    ],
)
def test_a_number_not_here_is_explained_with_those_that_may_be_meant(taken, client, typed, answer, near):
    taken()
    found = client.get(f"/api/verify/{typed}").json()
    assert (found["answer"], [entry["number"] for entry in found["near"]]) == (answer, near)
    page = client.get(f"/verify/{typed}/").content.decode()
    assert all(number in page for number in near)
    assert [block["block"] for block in found["blocks"]] == ["region", "name", "day", "sequence"]


def test_what_is_not_here_is_said_with_the_month_of_the_lists_of_services(taken, client):
    taken()
    assert client.get("/api/verify/Guangdong-YunQi-202410100007").json()["complete_to"] == "2024-08-01"
    assert client.get(f"/api/verify/{lists.number(77)}").json()["complete_to"] == "2024-06-01"
    own = client.get("/api/verify/YanShi-Beijing-YunQi-202410100007").json()
    assert own["answer"] == "mistyped"


def test_our_own_service_numbers_are_complete_to_today(installation, client):
    today = dt.datetime.now(dt.timezone(dt.timedelta(hours=8))).date().isoformat()
    answer = client.get("/api/verify/YanShi-Beijing-YunQi-202410100007").json()
    assert (answer["answer"], answer["complete_to"]) == ("not_here", today)
    assert [block["block"] for block in answer["blocks"]] == ["prefix", "region", "name", "day", "sequence"]


def test_the_feed_names_services_too(taken, client):
    taken()
    assert "青岚助手" in client.get("/register/feed.atom").content.decode()
