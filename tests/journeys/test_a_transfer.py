"""A filing goes to another entity: its owner offers, the receiver's consents, two officers grant; the number stays."""

import pytest
from playwright.sync_api import expect

from filings.models import Transfer
from tests.browser import PHONE, assert_accessible, assert_fits
from tests.changing.conftest import CODE, check, receiver, receiving_owner
from tests.journeys import test_whole_walk as walk
from tests.ordering.conftest import entry, filing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
__all__ = ["entry", "filing", "receiver", "receiving_owner"]


def test_a_filing_is_transferred_under_its_number(
    filing, entry, receiver, receiving_owner, provider, reviewer, signatory, page_at, now, monkeypatch
):
    monkeypatch.setattr(walk, "work", lambda: None)  # papers take long to set, and nobody reads them here
    first = filing.procedures.get()
    giver, taker, public = page_at(user=provider), page_at(user=receiving_owner, width=PHONE), page_at()
    giver.goto(f"/procedures/{first.pk}/")
    giver.locator(f"a[href='/filings/{filing.pk}/transfer/']").click()
    giver.fill("[name=name]", receiver.name)
    giver.fill("[name=credit_code]", CODE)
    giver.fill("[name=reason]", "业务整体转让。")
    assert_accessible(giver)
    giver.locator("main form button[type=submit]").click()
    giver.wait_for_url("**/transfers/*/")
    transfer = Transfer.objects.get()
    assert_accessible(giver)

    taker.goto(f"/entities/{receiver.pk}/")
    taker.locator(f".waiting a[href='/transfers/{transfer.pk}/']").click()
    expect(taker.locator("main")).to_contain_text("业务整体转让。")
    for number in range(taker.locator("main select").count()):
        taker.locator("main select").nth(number).select_option(index=1)
    taker.check("[name=agrees]")
    assert_accessible(taker)
    assert_fits(taker)
    taker.locator("main form button[type=submit]").first.click()
    expect(taker.locator("[name=agrees]")).to_have_count(0)
    check(transfer.procedure, now)
    public.goto(f"/register/{entry.number}/")
    expect(public.locator("main")).to_contain_text(entry.entity_name)

    desk = page_at(user=reviewer)
    walk.claim_next(desk)
    expect(desk.locator("#content")).to_contain_text(receiver.name)
    walk.propose(desk, "register")
    walk.sign(page_at(user=signatory))

    public.reload()
    expect(public.locator("main")).to_contain_text(receiver.name)
    expect(public.locator("main")).to_contain_text(entry.number)
    assert giver.goto(f"/procedures/{first.pk}/").status == 404
    taker.goto(f"/procedures/{first.pk}/")
    expect(taker.locator("main")).to_contain_text(entry.number)
