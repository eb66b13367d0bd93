import pytest

from filings import drafts
from filings.models import SealedValue

BACKGROUND = {"X-Autosave": "1", "Accept-Language": "en"}


@pytest.fixture
def autosave(browser_of_provider, begun, address):
    def post(section, **data):
        return browser_of_provider.post(address(begun, section), {"base_version": "0", **data}, headers=BACKGROUND)

    return post


def test_the_browser_learns_version_time_and_errors(autosave, begun, stored):
    answer = autosave("introduction", **{"introduction-user_count": "许多"})

    said = answer.json()
    assert (answer.status_code, said["version"], said["merged"]) == (200, 1, False)
    assert list(said["errors"]) == ["introduction.user_count"]
    assert stored(begun, "introduction") == {"user_count": "许多"}


def test_a_conflict_is_told_and_nothing_is_written(autosave, begun, stored, colleague, now):
    drafts.save_section(
        dossier=begun.dossier, section="flow", value={"chart": []}, base_version=0, by=colleague, at=now
    )
    drafts.save_section(
        dossier=begun.dossier,
        section="introduction",
        value={"summary": "同事写的"},
        base_version=0,
        by=colleague,
        at=now,
    )

    answer = autosave("introduction", **{"introduction-summary": "我写的"})

    assert answer.status_code == 409
    assert str(colleague) in answer.json()["conflict"]
    assert stored(begun, "introduction") == {"summary": "同事写的"}


def test_personal_values_wait_for_the_button(browser_of_provider, entity):
    before = SealedValue.objects.count()
    address = f"/entities/{entity.pk}/profile/safety_officer/"
    kept = entity.profile["safety_officer"]

    answer = browser_of_provider.post(
        address,
        {"base_version": "1", "safety_officer-name": "周宁", "safety_officer-mobile": "139"},
        headers=BACKGROUND,
    )

    entity.refresh_from_db()
    assert answer.json()["errors"] == {}
    assert entity.profile["safety_officer"]["mobile"] == kept["mobile"]
    assert SealedValue.objects.count() == before


def test_after_submission_the_browser_is_told_that_nothing_is_taken(browser_of_provider, submitted, address, stored):
    before = stored(submitted, "introduction")

    answer = browser_of_provider.post(
        address(submitted, "introduction"),
        {"base_version": "1", "introduction-summary": "太晚"},
        headers=BACKGROUND,
    )

    assert (answer.status_code, list(answer.json())) == (409, ["refused"])
    assert stored(submitted, "introduction") == before


def test_a_visitor_is_sent_to_sign_in(client, begun, address):
    answer = client.post(address(begun, "introduction"), {"base_version": "0"}, headers=BACKGROUND)

    assert answer.status_code == 302
    assert "/accounts/" in answer.url
