"""Citations such as `ARP 25` or `GAI 7(1)`, and the rows they stand for.

A citation names an instrument by its key and an article by its number. The key may
hold a space (`GB 45438-2025 5.1`), so the number is what follows the last one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from filings.models.law import Article

_CITATION = re.compile(r"^(?P<key>[A-Z][A-Z0-9/]*(?: [0-9]+-[0-9]{4})?) (?P<number>[A-Z]?[0-9.]+(?:\([0-9]+\))?)$")


class UnknownCitation(LookupError):
    """A citation is malformed, or no article of that code was in force on the day."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A parsed citation: the instrument's key and the article's number."""

    key: str
    number: str

    @property
    def code(self) -> str:
        """The text form, equal to `Article.code`."""
        return f"{self.key} {self.number}"


def parse(text: str) -> Citation:
    """Read one citation. Raises UnknownCitation when it has not the form of one."""
    match = _CITATION.match(" ".join(text.split()))
    if match is None:
        raise UnknownCitation(text)
    return Citation(match["key"], match["number"])


def is_citation(text: str) -> bool:
    """Whether a text has the form of a citation."""
    return _CITATION.match(text) is not None


def resolve(text: str, *, on: date) -> Article:
    """The article a citation meant on that day.

    Raises UnknownCitation when the text is no citation or nothing of that code was
    in force.
    """
    return resolve_all([text], on=on)[text]


def resolve_all(texts: Iterable[str], *, on: date) -> dict[str, Article]:
    """The articles behind several citations, by the text as given, in one query.

    Raises UnknownCitation, naming all that did not resolve.
    """
    wanted = {text: parse(text).code for text in texts}
    rows = Article.objects.in_force(on).select_related("instrument")
    found = {row.code: row for row in rows.filter(code__in=set(wanted.values()))}
    missing = sorted(text for text, code in wanted.items() if code not in found)
    if missing:
        raise UnknownCitation(", ".join(missing))
    return {text: found[code] for text, code in wanted.items()}
