"""Which column of a sheet is which: by the entity's own mapping, else by known names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from filings.annexchecks import normal, values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from filings.annexchecks.columns import Annex
    from filings.annexchecks.tables import Line

LONGEST_HEADING = 60


@dataclass(slots=True)
class Heading:
    """The row of headings: where each column stands, the headings as written, and what is still missing."""

    row: int
    places: dict[str, int] = field(default_factory=dict)
    written: dict[int, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        return not self.missing


def find(annex: Annex, lines: Sequence[Line], mapping: Mapping[str, str]) -> Heading | None:
    """The best row among the first of a sheet; None if none of them holds two texts, or one column of ours."""
    best: Heading | None = None
    for line in lines:
        written = {place: _heading(value) for place, value in line.cells.items() if _heading(value)}
        if not written:
            continue
        found = _matched(annex, line.number, written, mapping)
        if found.is_complete:
            return found
        if _rank(found) > _rank(best):
            best = found
    return best if best is not None and (best.places or len(best.written) > 1) else None


def _rank(heading: Heading | None) -> tuple[int, int]:
    return (len(heading.places), len(heading.written)) if heading else (0, 0)


def _heading(value: Any) -> str:
    return " ".join(values.CONTROLS.sub(" ", value).split())[:LONGEST_HEADING] if isinstance(value, str) else ""


def _matched(annex: Annex, row: int, written: dict[int, str], mapping: Mapping[str, str]) -> Heading:
    by_name: dict[str, int] = {}
    for place, text in written.items():
        by_name.setdefault(normal.compact(text), place)
    places: dict[str, int] = {}
    for column in annex.columns:
        own = mapping.get(column.code)
        if own and (at := by_name.get(normal.compact(own))):
            places[column.code] = at
    taken = set(places.values())
    for rank in range(1 + max(len(column.names) for column in annex.columns)):
        for column in annex.columns:
            names = (column.heading, *column.names)[rank : rank + 1]
            known = by_name.get(normal.compact(names[0]), 0) if names else 0
            if known and known not in taken and column.code not in places:
                places[column.code] = known
                taken.add(known)
    missing = tuple(column.code for column in annex.required if column.code not in places)
    return Heading(row, places, written, missing)
