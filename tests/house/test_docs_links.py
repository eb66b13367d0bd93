"""Every link of a page of ours to another page, heading or picture of the checkout leads there."""

import re

import pytest

from tests.house.commands import CHECKOUT

PAGES = [*sorted(CHECKOUT.glob("*.md")), *sorted((CHECKOUT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s#]*)(?:#([^)\s]+))?\)")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


def anchors(page):
    titles = HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(CHECKOUT)))
def test_a_page_links_only_to_what_is_there(page):
    broken = []
    for place, anchor in LINK.findall(page.read_text(encoding="utf-8")):
        target = (page.parent / place) if place else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(f"{place}#{anchor}")
    assert broken == []


def test_the_pages_are_read_for_links_at_all():
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    assert {"docs/architecture.md", "docs/images/public.png"} <= {place for place, _anchor in LINK.findall(readme)}
