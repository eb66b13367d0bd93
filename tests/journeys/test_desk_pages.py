"""Every page of the desk, in both languages, wide and narrow: no violation, nothing wider than the window."""

import os

import pytest

from tests.browser import DESKTOP, PHONE, assert_accessible, assert_fits, picture
from tests.desk import stops

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]

WIDTHS = {DESKTOP: 900, PHONE: 844}
LANGUAGES = ("zh-hans", "en")
# `PICTURES=yes` keeps a picture of every page under var/screenshots/desk.
IS_KEEPING = bool(os.environ.get("PICTURES"))


# Words make pages wide, so that every page must fit in each language at each width. What axe judges follows
# from words or width, but from no pair of them: what scrolls scrolls first in the longer words on the phone.
JUDGED = {("zh-hans", DESKTOP), ("en", PHONE)}


def look(page, name, language):
    troubles = []
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        if IS_KEEPING:
            picture(page, f"desk/{name}-{language}-{width}", full_page="review" not in name)
        for judge in (assert_fits, *([assert_accessible] if (language, width) in JUDGED else [])):
            try:
                judge(page)
            except AssertionError as trouble:
                troubles.append(f"{name} {language} {width}: {trouble}")
    return troubles


def test_every_page_of_the_desk_is_accessible_and_fits(db, page_at):
    made, troubles = stops.build(), []
    for language in LANGUAGES:
        for person, addresses in stops.addresses(made).items():
            page = page_at(language=language, user=speaking(person, language))
            for name, address in addresses.items():
                answer = page.goto(address)
                assert answer.status == 200, address
                troubles += look(page, name, language)
        page = page_at(language=language)
        page.goto("/admin/")
        troubles += look(page, "sign-in", language)
    assert troubles == [], "\n\n".join(troubles)


def speaking(person, language):
    person.language = language
    person.save(update_fields=["language"])
    return person
