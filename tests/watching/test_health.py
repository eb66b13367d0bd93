import pytest
from django.urls import reverse

from portal import health

pytestmark = pytest.mark.django_db
METRICS, READY = reverse("health-metrics"), reverse("health-ready")
PROXY = {"X-Forwarded-For": "203.0.113.9"}


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("127.0.0.1", PROXY, 403),
        ("127.0.0.1", {"Forwarded": "for=203.0.113.9"}, 403),
        ("203.0.113.9", {}, 403),
        ("", {}, 403),
    ],
)
def test_without_a_token_figures_are_for_this_machine_alone(client, settings, address, headers, status):
    settings.METRICS_TOKEN = ""
    assert client.get(METRICS, headers=headers, REMOTE_ADDR=address).status_code == status


@pytest.mark.parametrize(
    ("given", "status"), [("Bearer sesame", 200), ("Bearer sesam", 403), ("sesame", 403), ("", 403), ("Bearer ñ", 403)]
)
def test_with_a_token_figures_are_for_who_bears_it_wherever_from(client, settings, given, status):
    settings.METRICS_TOKEN = "sesame"
    answer = client.get(METRICS, headers={"Authorization": given, **PROXY})
    assert answer.status_code == status
    assert ("portal_database_ready 1" in answer.content.decode()) == (status == 200)


def test_strangers_learn_only_whether_the_portal_is_ready(client, monkeypatch):
    ready = client.get(READY, headers=PROXY)
    monkeypatch.setitem(health.CHECKS, "migrations", lambda: "waiting")
    unready = client.get(READY, headers=PROXY)
    assert (ready.status_code, ready.json()) == (200, {"ready": "ok"})
    assert (unready.status_code, unready.json()) == (503, {"ready": "not ok"})


def test_the_machine_itself_is_told_what_is_not_ready(client, monkeypatch):
    monkeypatch.setitem(health.CHECKS, "migrations", lambda: "waiting")
    answer = client.get(READY)
    assert (answer.status_code, answer.json()["migrations"]) == (503, "waiting")
