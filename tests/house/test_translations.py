import re

import polib
import pytest

from tests.house import extraction
from tests.house.commands import CHECKOUT

PLACEHOLDER = re.compile(r"%\([a-z_]+\)[a-z]|%[sd]|\{[a-z_]*\}")


@pytest.fixture(scope="module")
def catalogue():
    return polib.pofile(str(CHECKOUT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"))


def chinese(entry):
    return "".join(entry.msgstr_plural.values()) if entry.msgid_plural else entry.msgstr


def placeholders(text):
    return set(PLACEHOLDER.findall(text))


def test_no_chinese_is_missing_or_uncertain(catalogue):
    assert [e.msgid for e in catalogue if not e.obsolete and (e.fuzzy or not chinese(e).strip())] == []


def test_the_chinese_names_the_same_values_as_the_english(catalogue):
    strangers = [
        (entry.msgid, chinese(entry))
        for entry in catalogue
        if placeholders(chinese(entry)) != placeholders(entry.msgid_plural or entry.msgid)
    ]
    assert strangers == []


def test_every_string_of_the_interface_is_in_the_catalogue(catalogue):
    known = {(entry.msgctxt or "", entry.msgid) for entry in catalogue if not entry.obsolete}
    assert {
        text: where for (context, text), where in extraction.messages().items() if (context, text) not in known
    } == {}
