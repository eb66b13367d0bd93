"""Every page of the walk, in both languages, wide and narrow: no violation, nothing wider than the window."""

import os

import pytest

from tests.browser import DESKTOP, PHONE, assert_accessible, assert_fits, picture
from tests.journeys import stops

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]

WIDTHS = {DESKTOP: 900, PHONE: 844}
# `PICTURES=yes` keeps a picture of every page under var/screenshots/pages.
IS_KEEPING = bool(os.environ.get("PICTURES"))


def look(page, name, *, language):
    """Judge the page as it stands at both widths."""
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        assert_fits(page)
        assert_accessible(page)
        if IS_KEEPING:
            picture(page, f"pages/{name}-{language}-{width}")


def walk(page, addresses, *, language):
    troubles = []
    for name, address in addresses.items():
        answer = page.goto(address)
        try:
            assert answer.status < 500, f"{address} answers {answer.status}"
            look(page, name, language=language)
        except AssertionError as trouble:
            troubles.append(f"{name}: {trouble}")
    assert troubles == [], "\n\n".join(troubles)


@pytest.fixture
def made(db):
    return stops.build()


def speaking(person, language):
    person.language = language
    person.save(update_fields=["language"])
    return person


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_everybody_may_read(page_at, made, language):
    walk(page_at(language=language), stops.public(made), language=language)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_a_provider_works_with(page_at, made, language):
    page = page_at(language=language, user=speaking(made.owner, language))
    walk(page, stops.provider(made), language=language)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_a_newcomer_meets(page_at, made, language):
    page = page_at(language=language, user=speaking(made.newcomer, language))
    walk(page, stops.newcomer(made), language=language)
