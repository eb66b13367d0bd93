"""Every page of the walk, in both languages, wide and narrow: no violation, nothing wider than the window."""

import os

import pytest
from django.template.loader import render_to_string

from tests.browser import DESKTOP, PHONE, assert_accessible, assert_fits, picture
from tests.journeys import stops

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]

LANGUAGES = ("zh-hans", "en")
# As for the desk: every page fits in each language at each width, and axe judges it in each and at each.
JUDGED = {("zh-hans", DESKTOP), ("en", PHONE)}
HEIGHTS = {DESKTOP: 900, PHONE: 844}
FAILURES = ("403", "500", "503")
UNFOLD = "document.querySelectorAll('main details').forEach(each => { each.open = true })"


class Walker:
    """Goes from page to page, judges each at both widths, and tells everything at the end.

    `PICTURES=yes` keeps a picture of every page under var/screenshots/pages.
    """

    def __init__(self, page, language):
        self.page = page
        self.page.set_default_timeout(30_000)  # the longest pages take a while on a busy machine
        self.language = language
        self.troubles = []

    def walk(self, addresses):
        for name, address in addresses.items():
            answer = self.page.goto(address)
            if answer.status >= 500 and name not in FAILURES:
                self.troubles.append(f"{name}: {address} answers {answer.status}")
            self.look(name)

    def look(self, name):
        for width, height in HEIGHTS.items():
            self.page.set_viewport_size({"width": width, "height": height})
            if os.environ.get("PICTURES"):
                picture(self.page, f"pages/{name}-{self.language}-{width}")
            try:
                self.page.evaluate(UNFOLD)
                assert_fits(self.page)
                if (self.language, width) in JUDGED:
                    assert_accessible(self.page)
            except AssertionError as trouble:
                self.troubles.append(f"{name}, {self.language}, {width} px: {trouble}")


def speaking(person, language):
    person.language = language
    person.save(update_fields=["language"])
    return person


def fail_on_purpose(page):
    """Serve the failure pages, which need no portal behind them, at addresses of their own."""
    for code in FAILURES:
        page.route(f"**/failing/{code}/", failing(code))


def failing(code):
    body = render_to_string(f"{code}.html")
    return lambda route: route.fulfill(status=int(code), body=body, content_type="text/html; charset=utf-8")


def confirm_as_a_stranger(page, address):
    page.goto(address)
    page.fill("[name=name]", "不是本人")
    page.fill("[name=last_four]", "0000")
    page.check("[name=agrees]")
    page.locator("main form button[type=submit]").click()
    page.locator(".error-summary").wait_for()


def test_every_page_of_the_walk_fits_and_is_accessible(page_at, db):
    made, troubles = stops.build(), []
    for language in LANGUAGES:
        visitor = Walker(page_at(language=language), language)
        fail_on_purpose(visitor.page)
        public = stops.public(made)
        visitor.walk(public | {code: f"/failing/{code}/" for code in FAILURES})
        confirm_as_a_stranger(visitor.page, public["confirm"])
        visitor.look("confirm-wrong-person")
        troubles += visitor.troubles
        for person, addresses in (
            (made.owner, stops.provider(made)),
            (made.newcomer, stops.newcomer(made)),
            (made.assessor, stops.assessor(made)),
        ):
            walker = Walker(page_at(language=language, user=speaking(person, language)), language)
            walker.walk(addresses)
            troubles += walker.troubles
    assert troubles == [], "\n\n".join(troubles)
