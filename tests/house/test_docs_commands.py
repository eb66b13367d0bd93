"""Every command that a page of ours names exists. Pages name commands in code spans and blocks."""

import re

import pytest
from django.core.management import get_commands

from tests.house.commands import CHECKOUT

PAGES = [*sorted(CHECKOUT.glob("*.md")), *sorted((CHECKOUT / "docs").rglob("*.md"))]
CODE = re.compile(r"^(?P<fence>```+|~~~+).*?^(?P=fence)|(?P<ticks>`+)[^`].*?(?P=ticks)", re.MULTILINE | re.DOTALL)
MAKE = re.compile(r"(?:^|[\s`;&|(])make +(?P<words>[^\n`;&|)#]+)")
MANAGE = re.compile(r"manage\.py +(?P<name>[a-z][a-z_]*)")
TARGET = re.compile(r"[a-z][a-z-]*")


def targets():
    """What the Makefile can make."""
    return set(re.findall(r"^([a-z][a-z-]*):", (CHECKOUT / "Makefile").read_text(), re.MULTILINE))


def made(code):
    """The targets of `make run PORT=9000 bench`; variables and options are none."""
    for match in MAKE.finditer(code):
        yield from (word for word in match["words"].split() if TARGET.fullmatch(word))


def code_in(page):
    return [match[0] for match in CODE.finditer(page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(CHECKOUT)))
def test_a_page_names_only_commands_that_exist(page):
    code = code_in(page)

    unknown = {f"make {name}" for text in code for name in made(text)} - {f"make {name}" for name in targets()}
    unknown |= {f"manage.py {m['name']}" for text in code for m in MANAGE.finditer(text)} - {
        f"manage.py {name}" for name in get_commands()
    }

    assert unknown == set()


def test_the_pages_are_read_for_commands_at_all():
    assert {name for page in PAGES for text in code_in(page) for name in made(text)} >= {"test", "check"}
