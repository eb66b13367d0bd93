"""“What stands on this?”: every filing that relies on a resource or a filing, directly or through others.

One recursive statement over ``Reliance`` gives a page of filings by level, the count of each level,
and how many there are that the reader may not see. The rows hold no circle (a trigger), so that the
recursion ends; a filing reached on several ways stands at its shortest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from filings.models import Reliance

PAGE = 50
# The first way to each filing by number, not a GROUP BY: of that the planner expects 200 rows always, and then
# looks 90,000 filings up one by one.
REACHED = """
WITH RECURSIVE above(filing_id, level) AS (
  SELECT filing_id, 1 FROM filings_reliance WHERE {root} = %s
  UNION
  SELECT r.filing_id, a.level + 1 FROM above a JOIN filings_reliance r ON r.on_filing_id = a.filing_id
), reached AS (
  SELECT filing_id, level FROM (
    SELECT filing_id, level, row_number() OVER (PARTITION BY filing_id ORDER BY level) AS way FROM above
  ) AS ways WHERE way = 1
)"""
# One pass over what was reached; "seen" is what the reader may open, the page is cut from it by key.
TRACE = (
    REACHED
    + """
SELECT r.level, count(*) FILTER (WHERE is_seen), count(*) FILTER (WHERE NOT is_seen),
  count(*) FILTER (WHERE is_seen AND f.standing = 'registered'),
  (array_agg(f.id ORDER BY f.id) FILTER (WHERE is_seen AND (r.level, f.id) > (%s, %s)))[:%s]
FROM reached r JOIN filings_filing f ON f.id = r.filing_id
CROSS JOIN LATERAL (SELECT f.lodged_at IS NOT NULL AND (%s OR left(f.region_code, 2) = ANY(%s)) AS is_seen) AS reader
GROUP BY r.level ORDER BY r.level"""
)


@dataclass(frozen=True, slots=True)
class Root:
    """Where a trace begins: exactly one of a resource and a filing, by key."""

    resource: int | None = None
    filing: int | None = None

    @property
    def column(self) -> str:
        return "resource_id" if self.resource is not None else "on_filing_id"

    @property
    def key(self) -> int:
        key = self.resource if self.resource is not None else self.filing
        assert key is not None, "a trace begins somewhere"
        return key


@dataclass(frozen=True, slots=True)
class Step:
    """How many filings stand at one remove, and how many of them the reader may not open."""

    level: int
    seen: int
    unseen: int
    registered: int


@dataclass(frozen=True, slots=True)
class Trace:
    """One page of what stands on something: (level, filing) in order, and the counts of all."""

    steps: tuple[Step, ...]
    rows: tuple[tuple[int, int], ...]
    after: tuple[int, int] | None

    @property
    def seen(self) -> int:
        return sum(step.seen for step in self.steps)

    @property
    def unseen(self) -> int:
        return sum(step.unseen for step in self.steps)

    @property
    def registered(self) -> int:
        return sum(step.registered for step in self.steps)


def trace(root: Root, *, regions: list[str] | None, after: tuple[int, int] = (0, 0), size: int = PAGE) -> Trace:
    """What stands on the root, one page after that level and key.

    ``regions``: first digits of the regions that the reader answers for (``access.regions_seen``),
    None for all; a filing that was never lodged is open to no officer.
    """
    with connection.cursor() as cursor:
        parameters: list[Any] = [root.key, *after, size + 1, regions is None, regions or []]
        cursor.execute(TRACE.format(root=root.column), parameters)
        found = cursor.fetchall()
    steps = tuple(Step(*counts) for *counts, _filings in found)
    rows = tuple((level, filing) for level, *_counts, filings in found for filing in filings or ())
    return Trace(steps, rows[:size], rows[size - 1] if len(rows) > size else None)


def standing_on(root: Root) -> set[int]:
    """Keys of all filings that stand on the root, for rules; no reader, no page."""
    with connection.cursor() as cursor:
        cursor.execute(REACHED.format(root=root.column) + " SELECT filing_id FROM reached", [root.key])
        return {row[0] for row in cursor.fetchall()}


def keys(root: Root) -> RawSQL:
    """The same inside another query: ``filter(pk__in=tracing.keys(root))``."""
    sql = REACHED.format(root=root.column) + " SELECT filing_id FROM reached"
    return RawSQL(sql, [root.key])  # noqa: S611 - the column is one of two names above


def edges(root: Root, filings: list[int]) -> list[tuple[int | None, int]]:
    """Who stands on whom among those filings; None is the root."""
    rows = Reliance.objects.filter(filing__in=filings).distinct()
    direct = rows.filter(**{root.column: root.key}).values_list("filing", flat=True)
    between = rows.filter(on_filing__in=filings).values_list("on_filing", "filing")
    pairs: list[tuple[int | None, int]] = [(None, filing) for filing in direct.order_by()]
    return pairs + list(between.order_by())
