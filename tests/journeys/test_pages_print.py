"""What comes out of the printer: the receipt on one sheet, the checklist without the page around it."""

import io

import pikepdf
import pytest

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


def sheets(page):
    with pikepdf.open(io.BytesIO(page.pdf(format="A4"))) as printed:
        return len(printed.pages)


def test_the_receipt_fits_on_one_sheet(page_at, submitted, provider):
    page = page_at(user=provider)
    page.goto(f"/procedures/{submitted.pk}/receipt/1/")

    assert sheets(page) == 1
    page.emulate_media(media="print")
    assert page.locator(".site-header").is_hidden()
    assert page.locator(".actions").last.is_hidden()
    assert page.locator(".only-print").is_visible()


def test_the_checklist_is_printed_without_the_page_around_it(page_at, installation):
    page = page_at()
    page.goto("/guide/checklist/?kind=deep_synthesis&algorithm_class=01")

    assert sheets(page) <= 4
    page.emulate_media(media="print")
    for part in (".site-header", ".demo-bar", "[data-print]", ".crumbs"):
        assert page.locator(part).first.is_hidden(), part
