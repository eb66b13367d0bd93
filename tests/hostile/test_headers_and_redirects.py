import pytest
from django.urls import reverse

from filings import sealing

ELSEWHERE = ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)"]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_the_language_switch_leads_nowhere_else(address, client, db):
    answer = client.post(reverse("set_language"), {"language": "en", "next": address})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    answer = client.post(reverse("set_language"), {"language": "en"}, headers={"Referer": address})
    assert (answer.status_code, answer["Location"]) == (302, "/")


@pytest.mark.parametrize("address", ELSEWHERE)
def test_signing_in_leads_nowhere_else(address, client, provider):
    from tests import factories

    path = f"{reverse('account_login')}?next={address}"
    answer = client.post(path, {"login": provider.email, "password": factories.PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, reverse("filings:home"))


@pytest.mark.parametrize("address", ELSEWHERE)
def test_signing_out_leads_nowhere_else(address, client, provider):
    client.force_login(provider)
    answer = client.post(reverse("account_logout"), {"next": address})
    assert (answer.status_code, answer["Location"]) == (302, "/")


@pytest.mark.parametrize("address", ELSEWHERE)
def test_moving_a_date_leads_nowhere_else(address, client, submitted, reviewer, supervisor):
    client.force_login(supervisor)
    path = reverse("admin:reviews_reviewtask_date", args=[submitted.pk, "refuse"])
    answer = client.post(path, {"back": address})
    assert (answer.status_code, answer["Location"]) == (302, reverse("admin:index"))


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost@evil.example"])
def test_a_foreign_host_is_refused(host, client, db, settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    assert client.get("/", headers={"Host": host}).status_code == 400


def test_a_forwarded_host_is_not_believed(client, db):
    answer = client.get(reverse("api:register-list"), headers={"X-Forwarded-Host": "evil.example"})
    assert "evil.example" not in answer.content.decode()


def caching(client, path):
    return {part.strip() for part in client.get(path).get("Cache-Control", "").split(",")}


def test_pages_of_providers_are_for_one_browser(client, provider, draft):
    client.force_login(provider)
    for path in (
        reverse("filings:home"),
        reverse("filings:entity-detail", args=[draft.filing.entity_id]),
        reverse("filings:dossier-section", args=[draft.pk, "algorithm"]),
        reverse("account_profile"),
        reverse("register:list"),
    ):
        said = caching(client, path)
        assert "private" in said, path
        assert "public" not in said, path


def test_pages_of_officers_are_for_one_browser(client, submitted, reviewer, intake):
    client.force_login(intake)
    for path in (reverse("admin:index"), reverse("admin:filings_entityversion_changelist")):
        assert caching(client, path) & {"private", "no-store"}, path
    for path in (submitted.submissions.get().attachments.first().pk,):
        assert {"private", "no-store"} <= caching(client, reverse("filings:attachment-download", args=[path]))


def test_pages_behind_a_one_time_link_are_kept_nowhere(client, draft, provider, now):
    lock = sealing.lock(procedure=draft, by=provider, at=now)
    (made,) = sealing.invite(sealing=lock, emails={"legal_representative": "l@example.cn"}, by=provider, at=now)
    assert {"private", "no-store"} <= caching(client, reverse("filings:confirm", args=[sealing.token_of(made)]))


def test_the_open_api_may_be_kept_and_names_nobody(client, provider, db):
    client.force_login(provider)
    answer = client.get(reverse("api:register-list"))
    assert "public" in answer["Cache-Control"]
    assert "Set-Cookie" not in answer
    assert provider.email not in answer.content.decode()


def test_every_page_forbids_frames_and_foreign_scripts(client, db):
    answer = client.get("/")
    assert answer["X-Frame-Options"] == "DENY"
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
