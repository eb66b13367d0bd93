"""Every citation in code and templates stands for an article in force."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from filings import law
from filings.models import Instrument
from portal import grounds
from reviews.models import DeclineGround, FindingTemplate

TREES = ("filings", "reviews", "portal", "templates")
QUOTED = re.compile(r"""["'](?P<text>[^"'\n]{3,120})["']""")


def sources():
    for tree in TREES:
        for path in sorted((Path(settings.BASE_DIR) / tree).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "law.py" not in path.name:
                yield path


@pytest.fixture
def cited(db):
    """What looks like a citation: a quoted list whose every part begins with an instrument's key."""
    keys = sorted(Instrument.objects.values_list("key", flat=True), key=len, reverse=True)
    one = rf"(?:{'|'.join(map(re.escape, keys))}) [0-9][0-9.]*(?:\([0-9]+\))?"
    listed = re.compile(rf"{one}(?:, ?{one})*")
    found = {}
    for path in sources():
        for match in QUOTED.finditer(path.read_text(encoding="utf-8")):
            if listed.fullmatch(match["text"]):
                for code in re.split(r", ?", match["text"]):
                    found.setdefault(code, path.relative_to(settings.BASE_DIR))
    return found


def test_every_citation_in_code_and_templates_resolves(cited):
    assert cited != {}
    law.resolve_all(cited, on=timezone.localdate())


def test_everything_the_law_pages_gather_resolves(db):
    law.resolve_all(grounds.uses_by_code(), on=timezone.localdate())


def test_rows_of_the_review_cite_articles_in_force(db):
    bases = FindingTemplate.objects.exclude(legal_basis="").values_list("legal_basis", flat=True)
    articles = DeclineGround.objects.values_list("article", flat=True)

    law.resolve_all({*bases, *articles}, on=timezone.localdate())
