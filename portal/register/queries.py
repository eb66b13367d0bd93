"""The register's search: one query for a page, one for counts, at any size."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Max, Q

from filings import names, numbers
from filings.models import (
    AlgorithmClass,
    EntryStanding,
    FilingKind,
    ProviderRole,
    RegisterEntry,
    RegisterList,
    RegisterVersion,
)
from filings.register import order_of

if TYPE_CHECKING:
    from filings.models.register import RegisterEntryQuerySet

PAGE_SIZE = 20
COUNT_CAP = 10_000
MAX_TERMS = 6
# Facets: the query parameter and the column that it filters.
FACETS = {
    "track": "kind",
    "class": "algorithm_class",
    "role": "role",
    "region": "province",
    "year": "year",
    "standing": "standing",
}


class MalformedCursor(ValueError):
    """A page cursor that this register did not give."""


@dataclass(frozen=True, slots=True)
class Criteria:
    """What somebody searches for. Values the register does not know are left out."""

    text: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Criteria:
        known: dict[str, object] = {
            "track": FilingKind.values,
            "class": AlgorithmClass.values,
            "role": ProviderRole.values,
            "region": numbers.REGIONS,
            "standing": EntryStanding.values,
        }
        chosen = {name: query[name] for name in known if query.get(name, "") in known[name]}  # type: ignore[operator]  # all are containers of str
        year = query.get("year", "")
        if len(year) == 4 and year.isascii() and year.isdecimal():
            chosen["year"] = year
        if query.get("field", ""):
            chosen["field"] = query["field"].replace("\x00", "")[:60]
        return cls(query.get("q", "").replace("\x00", "").strip()[:100], chosen)

    def without(self, name: str) -> Criteria:
        return replace(self, chosen={key: v for key, v in self.chosen.items() if key != name})

    def as_query(self) -> dict[str, str]:
        return ({"q": self.text} if self.text else {}) | dict(self.chosen)

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.chosen


@dataclass(frozen=True, slots=True)
class Counts:
    """How many entries match, and how many under each value of each facet.

    Counting stops at ``COUNT_CAP``; past it only the total is meaningful.
    """

    total: int
    by_facet: Mapping[str, Mapping[str, int]]

    @property
    def is_capped(self) -> bool:
        return self.total > COUNT_CAP


@dataclass(frozen=True, slots=True)
class Page:
    """One page of entries, newest first; ``next_cursor`` is empty on the last."""

    entries: list[RegisterEntry]
    next_cursor: str


def matching(criteria: Criteria) -> RegisterEntryQuerySet:
    """Entries that contain every term and have every chosen value."""
    found = RegisterEntry.objects.all()
    for name, column in FACETS.items():
        if name in criteria.chosen:
            found = found.filter(**{column: criteria.chosen[name]})
    if "field" in criteria.chosen:
        found = found.filter(fields__contains=[criteria.chosen["field"]])
    for term in names.terms(criteria.text)[:MAX_TERMS]:
        # The text first: where a scan is cheaper than the index, it need not unpack the n-grams of what fails.
        found = found.filter(haystack__contains=term).filter(grams__contains=names.grams(term))
    return found


def page(criteria: Criteria, *, cursor: str = "", size: int = PAGE_SIZE) -> Page:
    """One page by key, in one query. Raises MalformedCursor."""
    found = matching(criteria).for_list().order_by("-published_on", "-id")
    if cursor:
        day, last = _read_cursor(cursor)
        found = found.filter(Q(published_on__lt=day) | Q(id__lt=last), published_on__lte=day)
    entries = list(found[: size + 1])
    more = len(entries) > size
    entries = entries[:size]
    return Page(entries, _cursor(entries[-1]) if more else "")


def counts(criteria: Criteria) -> Counts:
    """Total and facets in one query over at most ``COUNT_CAP`` + 1 matching rows."""
    columns = [*FACETS.values(), "fields"]
    hits = matching(criteria).order_by().values_list(*columns)[: COUNT_CAP + 1]
    sql, parameters = hits.query.sql_with_params()
    facets = ", ".join(FACETS.values())
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH hits ({', '.join(columns)}) AS MATERIALIZED ({sql})"
            f" SELECT grouping({facets}), concat({facets}), count(*) FROM hits"
            f" GROUP BY GROUPING SETS ({', '.join(f'({column})' for column in FACETS.values())}, ())"
            " UNION ALL SELECT -1, leaf, count(*) FROM hits, unnest(fields) AS leaf GROUP BY leaf",
            parameters,
        )
        rows = cursor.fetchall()
    # PostgreSQL marks each row with a bit for every column that it was not grouped by.
    every = 2 ** len(FACETS) - 1
    marked = {every - 2**bit: name for bit, name in enumerate(reversed(FACETS))} | {-1: "field"}
    by_facet: dict[str, dict[str, int]] = {name: {} for name in marked.values()}
    total = 0
    for mark, value, count in rows:
        if mark == every:
            total = count
        elif value:
            by_facet[marked[mark]][value] = count
    return Counts(total, by_facet)


@dataclass(frozen=True, slots=True)
class ListMonths:
    """The months of the newest official lists that were read in, one for each family."""

    algorithms: date | None
    services: date | None


def newest_list_months() -> ListMonths:
    """To when the register is complete, in one query."""
    services = Q(kind=FilingKind.GENERATIVE)
    found = RegisterList.objects.aggregate(
        algorithms=Max("month", filter=~services), services=Max("month", filter=services)
    )
    return ListMonths(**found)


def same_entity(entry: RegisterEntry, *, limit: int = 10) -> list[RegisterEntry]:
    """Other entries of the entity: by its code under the same prefix, else by its name."""
    same = Q(entity_key=entry.entity_key)
    if entry.entity_code:
        same |= Q(prefix=entry.prefix, entity_code=entry.entity_code)
    others = RegisterEntry.objects.for_list().filter(same).exclude(pk=entry.pk)
    return list(others.order_by("-published_on", "-id")[:limit])


@dataclass(frozen=True, slots=True)
class Statement:
    """One version in an entry's history, with what it changed against the one before."""

    version: RegisterVersion
    place: int
    changes: tuple[tuple[str, str, str], ...]


COMPARED = (
    "name", "entity_name", "class_label", "role_label", "products", "main_use", "principle",
    "mechanism", "scenario", "intent", "own_page", "place_label", "day_label",
)  # fmt: skip


def history(entry: RegisterEntry) -> list[Statement]:
    """All that was stated of an entry, newest first, in one query."""
    versions = sorted(RegisterVersion.objects.filter(entry=entry).select_related("source_list"), key=order_of)
    statements, before = [], None
    for place, version in enumerate(versions, 1):
        statements.append(Statement(version, place, _changes(before, version)))
        before = version
    return statements[::-1]


def _changes(before: RegisterVersion | None, after: RegisterVersion) -> tuple[tuple[str, str, str], ...]:
    """What changed: key, old, new. What the newer source does not state at all is no change."""
    if before is None:
        return ()
    pairs = ((key, before.content.get(key, ""), after.content.get(key, "")) for key in COMPARED)
    return tuple((k, old, new) for k, old, new in pairs if old and new and names.key(old) != names.key(new))


def _cursor(entry: RegisterEntry) -> str:
    key = json.dumps([entry.published_on.isoformat(), entry.pk])
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


def _read_cursor(text: str) -> tuple[date, int]:
    try:
        padded = text + "=" * (-len(text) % 4)
        day, last = json.loads(base64.urlsafe_b64decode(padded))
        return date.fromisoformat(day), int(last)
    except (binascii.Error, ValueError, TypeError, OverflowError, RecursionError) as problem:
        raise MalformedCursor(text) from problem
