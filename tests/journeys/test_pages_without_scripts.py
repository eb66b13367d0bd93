"""A provider whose browser runs no scripts, and one whose session lapses while writing."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from filings import sealing
from filings.models import Attachment, Entity
from tests import factories
from tests.pictures import evidence

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]

KEYS = "input[name='products-products-keys']"


def test_a_provider_needs_no_scripts_to_write_upload_and_lock(page_at, draft, provider):
    page = page_at(user=provider, java_script_enabled=False)
    page.goto("/entities/new/")
    page.fill("[name=name]", "杭州听潮数据有限公司")
    page.click("main form button[type=submit]")
    entity = Entity.objects.get(name="杭州听潮数据有限公司")
    assert page.url.endswith(f"/entities/{entity.pk}/profile/")

    page.goto(f"/entities/{entity.pk}/profile/products/")
    for expected in (1, 2):
        page.click("button[value='add:products']")
        expect(page.locator(KEYS)).to_have_count(expected)
    first, second = (page.locator(KEYS).nth(at).input_value() for at in (0, 1))
    _remove(page, first)
    expect(page.locator(KEYS)).to_have_count(1)
    assert page.locator(KEYS).input_value() == second

    page.goto(f"/entities/{entity.pk}/profile/system_annexes/")
    page.set_input_files(
        "input[name='system_annexes-files-new']",
        {"name": "制度文本.png", "mimeType": "image/png", "buffer": evidence("rules")},
    )
    page.fill("[name='system_annexes-note']", "制度文本已盖章。")
    page.click(".section-foot button[value=list]")
    entity.refresh_from_db()
    kept = Attachment.objects.get(entity=entity)
    assert kept.name == "制度文本.png"
    assert entity.profile["system_annexes"]["note"] == "制度文本已盖章。"
    assert entity.profile["system_annexes"]["files"][0]["attachment"] == str(kept.pk)

    page.goto(f"/procedures/{draft.pk}/check/")
    page.click(f"form[action$='/procedures/{draft.pk}/lock/'] button")
    assert page.url.endswith(f"/procedures/{draft.pk}/sign/")
    assert sealing.standing(draft) is not None


def _remove(page, key):
    card = page.locator(f"details:has(> input[value='{key}'])")
    if card.get_attribute("open") is None:
        card.locator("summary").first.click()
    card.locator(f"button[value='remove:products:{key}']").click()


def test_after_a_lapsed_session_a_person_is_where_they_were_with_what_they_wrote(page_at, draft, provider):
    page = page_at(user=provider)
    address = f"/procedures/{draft.pk}/dossier/introduction/"
    page.goto(address)
    Session.objects.all().delete()
    page.fill("[name='introduction-summary']", "会话失效时写下的内容，不应丢失。")
    page.click(".section-foot button[value=continue]")
    page.wait_for_url("**/accounts/login/**")
    page.fill("[name=login]", provider.email)
    page.fill("[name=password]", factories.PASSWORD)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(rf".*{address}$"))

    page.locator("[data-save-line] button").first.click()
    expect(page.locator("[name='introduction-summary']")).to_have_value("会话失效时写下的内容，不应丢失。")
