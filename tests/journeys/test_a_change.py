"""A change with partial review while the entry stays registered, and one that is declined."""

import pytest
from playwright.sync_api import expect

from filings import changes
from filings.models import Procedure, RegisterEntry
from tests import factories
from tests.browser import PHONE, assert_accessible, assert_fits
from tests.changing.conftest import Desk, check
from tests.journeys import test_whole_walk as walk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]

RENAMED = "青岚图文创作生成合成算法改"


@pytest.fixture
def registered(submitted, reviewer, signatory, national_reviewer, national_signatory, now):
    desk = Desk({"33": (reviewer, signatory), "": (national_reviewer, national_signatory)})
    return desk.grant(submitted, now).filing


def test_a_change_is_reviewed_while_the_entry_stays_and_then_shown_in_it(
    registered, provider, reviewer, signatory, page_at, now, monkeypatch
):
    monkeypatch.setattr(walk, "work", lambda: None)  # papers take long to set, and nobody reads them here
    entry = RegisterEntry.objects.get(filing=registered)
    page, public = page_at(user=provider), page_at()
    page.goto(f"/procedures/{registered.procedures.get().pk}/")
    page.locator(f"a[href='/filings/{registered.pk}/change/']").click()
    page.fill("[name=changed_on]", "2026-01-05")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/dossier/")
    change = Procedure.objects.get(filing=registered, purpose="change")
    page.goto(f"/procedures/{change.pk}/dossier/algorithm/")
    page.fill("[name=algorithm-name]", RENAMED)
    page.locator(".section-foot button[value=continue]").click()
    page.wait_for_url(lambda url: not url.endswith("/dossier/algorithm/"))
    page.goto(f"/procedures/{change.pk}/change/")
    expect(page.locator("main table")).to_contain_text(RENAMED)
    factories.locked(change, by=provider, at=now)
    page.goto(f"/procedures/{change.pk}/sign/")
    page.locator("form[action$='/submit/'] button").click()
    page.wait_for_url("**/receipt/**")
    change.refresh_from_db()
    check(change, now)
    public.goto(f"/register/{entry.number}/")
    expect(public.locator("h1")).to_contain_text(entry.name)

    desk = page_at(user=reviewer)
    walk.claim_next(desk)
    expect(desk.locator(".part").first).to_contain_text(entry.number)
    expect(desk.locator("[id='at-algorithm.name']")).to_be_visible()
    expect(desk.locator("[id='at-algorithm.name']")).to_contain_text(RENAMED)
    expect(desk.locator("#pane-dossier > details.unchanged section.part").first).to_be_hidden()
    walk.propose(desk, "register")
    walk.sign(page_at(user=signatory))
    public.reload()
    expect(public.locator("h1")).to_contain_text(RENAMED)
    expect(public.locator("ol.timeline del", has_text=entry.name)).to_have_count(1)


def test_a_declined_change_leaves_the_entry_as_it_was(
    registered, provider, reviewer, signatory, page_at, now, monkeypatch
):
    monkeypatch.setattr(walk, "work", lambda: None)  # papers take long to set, and nobody reads them here
    entry = RegisterEntry.objects.get(filing=registered)
    change = changes.begin(filing=registered, changed_on=now.date(), by=provider, at=now)
    change.dossier.content["algorithm"]["name"] = RENAMED
    change.dossier.save()
    factories.submit(change, by=provider, at=now)
    check(change, now)
    desk = page_at(user=reviewer)
    walk.claim_next(desk)
    desk.locator("a[href$='/propose/']").click()
    desk.check("[name=kind][value=decline]")
    desk.locator("[name=grounds]").first.check()
    desk.fill("[name=reasons]", "变更说明与算法实际功能不符。")
    desk.locator("form .submit-row button").click()
    expect(desk.locator("#content")).to_contain_text("变更说明与算法实际功能不符。")
    desk.locator("button[name=confirm]").click()
    desk.wait_for_url("**/review/**")
    walk.sign(page_at(user=signatory))

    page, public = page_at(user=provider, width=PHONE), page_at()
    page.goto(f"/procedures/{change.pk}/")
    expect(page.locator("main")).to_contain_text("变更说明与算法实际功能不符。")
    expect(page.locator("main")).to_contain_text(entry.number)
    assert_accessible(page)
    assert_fits(page)
    expect(page.locator(f"a[href='/filings/{registered.pk}/change/']")).to_be_visible()
    public.goto(f"/register/{entry.number}/")
    expect(public.locator("h1")).to_have_text(entry.name)
    expect(public.locator("main")).not_to_contain_text(RENAMED)
    public.goto(f"/verify/{entry.number}/")
    expect(public.locator(".verdict.is-done")).to_be_visible()
