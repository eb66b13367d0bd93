"""A service is suspended by two people, told to everybody, reported on, and the suspension lifted by two people."""

import pytest
from playwright.sync_api import expect

from filings.models import Matter
from tests.browser import PHONE, assert_accessible, assert_fits
from tests.journeys import test_whole_walk as walk
from tests.ordering.conftest import entry, filing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
__all__ = ["entry", "filing"]


def order(desk, do, text):
    """One act of the officer on the order's page."""
    desk.fill("[name=text]", text)
    desk.locator(f"button[name=do][value={do}]").click()
    desk.wait_for_load_state()


def test_a_service_is_suspended_and_the_suspension_lifted(
    filing, entry, provider, reviewer, signatory, page_at, monkeypatch
):
    monkeypatch.setattr(walk, "work", lambda: None)  # papers take long to set, and nobody reads them here
    desk, signer, public = page_at(user=reviewer), page_at(user=signatory), page_at(width=PHONE)
    desk.goto("/admin/")
    desk.locator("a[href$='/admin/registered/']").click()
    desk.locator(f"a[href$='/registered/{filing.pk}/']").click()
    desk.locator("#do-order summary").click()
    desk.select_option("#order-kind", "suspend_service")
    desk.check("#do-order [name=articles][value='GAI 21']")
    desk.fill("#order-facts", "持续生成违法内容，情节严重。")
    desk.fill("#order-demand", "暂停服务并整改。")
    assert_accessible(desk)
    desk.locator("button[name=order]").click()
    desk.wait_for_url("**/admin/orders/*/")
    matter = Matter.objects.get(kind="order")
    order(desk, "propose", "情节属实。")
    public.goto(f"/verify/{entry.number}/")
    expect(public.locator(".verdict.is-done")).to_be_visible()
    walk.sign(signer)

    entry.refresh_from_db()
    for address in (f"/verify/{entry.number}/", f"/register/{entry.number}/"):
        public.goto(address)
        expect(public.locator("main")).to_contain_text(entry.get_suspended_display())
        assert_fits(public)
    assert_accessible(public)

    page = page_at(user=provider, width=PHONE)
    page.goto(f"/entities/{filing.entity_id}/matters/")
    page.locator(f"a[href='/matters/{matter.pk}/']").click()
    expect(page.locator("main")).to_contain_text("暂停服务并整改。")
    page.fill("[name=text]", "已停止服务，完成整改并复测。")
    assert_accessible(page)
    assert_fits(page)
    page.locator("form[action$='/report/'] button[type=submit]").click()
    expect(page.locator("form[action$='/report/']")).to_have_count(0)

    desk.goto(f"/admin/orders/{matter.pk}/")
    expect(desk.locator("button[value=fulfil]")).to_have_count(0)
    assert_accessible(desk)
    order(desk, "lift", "风险已消除，附核查记录。")
    public.reload()
    expect(public.locator("main")).to_contain_text(entry.get_suspended_display())
    walk.sign(signer)
    public.goto(f"/verify/{entry.number}/")
    expect(public.locator(".verdict.is-done")).to_be_visible()
    expect(public.locator("main")).not_to_contain_text(entry.get_suspended_display())
    page.reload()
    expect(page.locator("main")).to_contain_text("风险已消除，附核查记录。")
