"""Signed paper in a browser: a scan with a page missing is refused page by page, the whole one confirms."""

import pytest
from playwright.sync_api import expect

from filings import events, papers, sealing
from filings.models import Paper, SignedScan
from tests import factories
from tests.browser import DESKTOP, PHONE, assert_accessible, assert_fits, picture
from tests.scanning import paper

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


@pytest.fixture
def locked(installation, now):
    owner = factories.user("provider@example.cn", "林知远")
    entity = factories.verified_entity(owner=owner, at=now)
    lock = sealing.lock(procedure=factories.complete_draft(entity=entity, by=owner, at=now), by=owner, at=now)
    papers.make_for_signature(lock)
    papers.make_to_edit(lock)
    Paper.objects.filter(sealing=lock, kind="self_assessment").delete()
    return owner, lock


def look(page, name, language):
    for width in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        picture(page, f"pages/{name}-{language}-{width}")
        assert_fits(page)
        assert_accessible(page)


def put_in(page, folder, name, pictures):
    file = folder / name
    file.write_bytes(paper.as_pdf(pictures, name).read())
    page.fill("[name=legal_representative]", "林知远")
    page.fill("[name=safety_officer]", "周明澈")
    page.set_input_files("[name=files]", file)
    page.check("[name=declares]")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("progress")).to_be_visible()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_scan_with_a_page_missing_is_refused_and_the_whole_one_confirms(page_at, locked, language, tmp_path):
    owner, lock = locked
    owner.language = language
    owner.save(update_fields=["language"])
    made = Paper.objects.filter(sealing=lock, format=Paper.Format.PDF).order_by("pk")
    pages = [each for one in made for each in paper.scanned(one)]
    page = page_at(language=language, user=owner)

    page.goto(f"/procedures/{lock.procedure_id}/sign/")
    look(page, "sign", language)
    page.locator("a[href$='/signed-paper/']").click()
    look(page, "signed-paper", language)
    page.locator("main form button[type=submit]").click()
    page.locator(".error-summary").wait_for()
    look(page, "signed-paper-wrong", language)

    put_in(page, tmp_path, "short.pdf", pages[:-1])
    look(page, "scan-reading", language)
    events.deliver_due(only=["filings.read_scan"])
    expect(page.locator("progress")).to_have_count(0)  # the page asks by itself
    look(page, "scan-refused", language)

    page.goto(f"/procedures/{lock.procedure_id}/signed-paper/")
    put_in(page, tmp_path, "whole.pdf", pages)
    events.deliver_due(only=["filings.read_scan"])
    expect(page.locator("progress")).to_have_count(0)
    look(page, "scan-accepted", language)
    assert SignedScan.objects.latest("pk").status == "accepted"

    page.goto(f"/procedures/{lock.procedure_id}/sign/")
    look(page, "sign-confirmed", language)
    assert sealing.missing_confirmations(lock) == []
