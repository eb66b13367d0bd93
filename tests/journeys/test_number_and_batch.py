"""After the number: it is shown and its dates stand in the calendar; or its publication waits for a batch."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from filings import matters
from filings.lifecycle import Actor
from filings.models import HeldPublication, RegisterEntry
from reviews import batches, decisions, queue
from reviews.models import ReviewTask
from tests import pictures
from tests.browser import PHONE, assert_accessible, assert_fits
from tests.changing.conftest import Desk, check

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


def test_a_provider_shows_its_number_and_reads_what_is_due(
    submitted, provider, reviewer, signatory, national_reviewer, national_signatory, page_at, now
):
    desk = Desk({"33": (reviewer, signatory), "": (national_reviewer, national_signatory)})
    filing = desk.grant(submitted, now).filing
    entry = RegisterEntry.objects.get(filing=filing)
    today = timezone.localdate()
    asked = matters.open_matter(
        kind="complaint", title="投诉", side=Actor.OFFICER, at=now, filing=filing, told_provider=True, turn="provider",
        due_on=today + dt.timedelta(days=2),
    )  # fmt: skip
    page = page_at(user=provider)
    page.goto(f"/procedures/{submitted.pk}/")
    page.locator(f"a[href='/filings/{filing.pk}/number/']").click()
    expect(page.locator("main")).to_contain_text(entry.number)
    page.fill("[name=where]", "首页页脚")
    page.fill("[name=address]", "https://qinglan.example.cn/")
    page.fill("[name=since]", today.isoformat())
    page.set_input_files(
        "[name=screenshot]", {"name": "shown.png", "mimeType": "image/png", "buffer": pictures.evidence("shown")}
    )
    page.locator("main form[enctype] button[type=submit]").click()
    expect(page.locator("main .notices")).to_contain_text("首页页脚")
    assert_accessible(page)

    officer = page_at(user=reviewer)
    officer.goto(f"/admin/find/?q={filing.name}")
    officer.locator(f"a[href='/admin/filings/{filing.pk}/number/']").click()
    expect(officer.locator("#content")).to_contain_text("首页页脚")

    page.goto(f"/entities/{filing.entity_id}/calendar/")
    expect(page.locator(".notices")).to_contain_text(asked.reference)
    page.locator("form[action$='/feed/'] button").click()
    feed = page.locator(".address").inner_text()
    assert_accessible(page)
    answer = page.request.get(feed[feed.index("/calendars/") :])
    assert asked.reference in answer.text().replace("\r\n ", "")
    small = page_at(user=provider, width=PHONE)
    small.goto(f"/entities/{filing.entity_id}/calendar/")
    assert_fits(small)


def test_a_held_publication_is_verified_by_its_days_alone_until_the_batch_is_published(
    submitted, reviewer, national_reviewer, national_signatory, nation, page_at, now
):
    day = timezone.localdate() + dt.timedelta(days=7)
    batch = batches.open_batch(authority=nation, publish_on=day, by=national_signatory, at=now)
    check(submitted, now)
    task = queue.claim(task=ReviewTask.objects.get(procedure=submitted), by=reviewer, at=now)
    task = queue.claim(task=decisions.pass_up(task=task, by=reviewer, at=now), by=national_reviewer, at=now)
    proposal = decisions.propose(task=task, kind="register", by=national_reviewer, at=now)
    desk = page_at(user=national_signatory)
    desk.goto(f"/admin/reviews/proposal/{proposal.pk}/sign/")
    desk.select_option("[name=batch]", str(batch.pk))
    desk.locator("button[name=sign]").click()
    desk.wait_for_load_state()
    held = HeldPublication.objects.get()
    public = page_at()
    public.goto(f"/verify/{held.number}/")
    expect(public.locator("#answer")).to_be_visible()
    expect(public.locator("main")).not_to_contain_text(submitted.filing.name)
    desk.goto(f"/admin/batches/{batch.pk}/")
    expect(desk.locator("#content")).to_contain_text(held.number)
    desk.locator("form[action$='/publish/'] button").click()
    desk.wait_for_load_state()
    public.goto(f"/verify/{held.number}/")
    expect(public.locator("main")).to_contain_text(RegisterEntry.objects.get().name)
