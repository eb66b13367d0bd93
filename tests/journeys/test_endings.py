"""A cancellation that the provider asks for, and a revocation after a hearing, each signed by a second person."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from filings import workingdays
from filings.models import Procedure
from reviews.models import Proposal
from tests.browser import PHONE, assert_accessible, assert_fits
from tests.changing.conftest import check
from tests.journeys import test_whole_walk as walk
from tests.ordering.conftest import entry, filing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
__all__ = ["entry", "filing"]


@pytest.fixture(autouse=True)
def _no_papers(monkeypatch):
    monkeypatch.setattr(walk, "work", lambda: None)  # papers take long to set, and nobody reads them here


def test_a_provider_cancels_what_it_no_longer_offers(filing, entry, provider, reviewer, signatory, page_at, now):
    today = timezone.localdate(now)
    page, public = page_at(user=provider), page_at(width=PHONE)
    page.goto(f"/entities/{filing.entity_id}/")
    page.locator(f"a[href='/procedures/{filing.procedures.get().pk}/']").first.click()
    page.locator(f"a[href='/filings/{filing.pk}/cancel/']").click()
    page.fill("[name=ended_on]", (today - dt.timedelta(days=45)).isoformat())
    for name in ("reason", "users", "data", "told"):
        page.fill(f"[name={name}]", f"业务调整，停止运营（{name}）。")
    assert_accessible(page)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/procedures/*/")
    expect(page.locator("main")).to_contain_text("业务调整，停止运营（users）。")
    cancellation = Procedure.objects.get(filing=filing, purpose="cancellation")
    check(cancellation, now)

    desk = page_at(user=reviewer)
    walk.claim_next(desk)
    expect(desk.locator("#content")).to_contain_text("业务调整，停止运营（data）。")
    walk.propose(desk, "register")
    public.goto(f"/verify/{entry.number}/")
    expect(public.locator(".verdict.is-done")).to_be_visible()
    walk.sign(page_at(user=signatory))

    public.goto(f"/verify/{entry.number}/")
    expect(public.locator(".verdict.is-stopped")).to_be_visible()
    assert_fits(public)
    public.goto(f"/register/{entry.number}/")
    expect(public.locator("main")).to_contain_text("注销")
    assert_accessible(public)
    assert_fits(public)
    page.goto(f"/procedures/{cancellation.pk}/")
    expect(page.locator(f"a[href='/filings/{filing.pk}/change/']")).to_have_count(0)


def test_a_revocation_is_heard_proposed_by_one_and_signed_by_another(
    filing, entry, provider, reviewer, signatory, page_at, now
):
    page, desk, public = page_at(user=provider, width=PHONE), page_at(user=reviewer), page_at()
    desk.goto(f"/admin/registered/?q={entry.number}")
    desk.locator(f"a[href$='/registered/{filing.pk}/']").click()
    desk.locator("#do-charge summary").click()
    desk.select_option("#charge-purpose", "revocation")
    desk.fill("#charge-facts", "提交的自评估报告系伪造。")
    desk.fill("#charge-evidence", "报告署名机构书面否认出具。")
    desk.fill("#charge-answer_by", workingdays.add(timezone.localdate(now), 10).isoformat())
    assert_accessible(desk)
    desk.locator("button[name=charge]").click()
    revocation = Procedure.objects.get(filing=filing, purpose="revocation")
    public.goto(f"/verify/{entry.number}/")
    expect(public.locator(".verdict.is-done")).to_be_visible()

    page.goto(f"/entities/{filing.entity_id}/")
    page.locator(f".waiting a[href$='/procedures/{revocation.pk}/hearing/']").click()
    expect(page.locator("main")).to_contain_text("报告署名机构书面否认出具。")
    page.fill("[name=text]", "报告由受托机构分支出具，附授权书。")
    assert_accessible(page)
    assert_fits(page)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main form[enctype]")).to_have_count(0)

    desk.goto(f"/admin/hearings/{revocation.pk}/")
    expect(desk.locator("#content")).to_contain_text("报告由受托机构分支出具，附授权书。")
    desk.fill("[name=text]", "授权书与登记不符，伪造属实。")
    assert_accessible(desk)
    desk.locator("button[value=propose]").click()
    proposal = Proposal.objects.get(procedure=revocation)
    desk.goto(f"/admin/reviews/proposal/{proposal.pk}/sign/")
    expect(desk.locator("#content")).to_contain_text("授权书与登记不符，伪造属实。")
    expect(desk.locator("button[name=sign]")).to_have_count(0)
    signer = page_at(user=signatory)
    signer.goto(f"/admin/reviews/proposal/{proposal.pk}/sign/")
    assert_accessible(signer)
    walk.sign(signer)

    public.goto(f"/verify/{entry.number}/")
    expect(public.locator(".verdict.is-stopped")).to_be_visible()
    page.goto(f"/procedures/{revocation.pk}/hearing/")
    expect(page.locator("main")).to_contain_text("授权书与登记不符，伪造属实。")
