"""Two people changed one section: both versions by field, the choice, and the joined section."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core import signing

from filings.dossier import difference, paths
from filings.dossier.fields import spec_of
from filings.dossier.merging import three_way

if TYPE_CHECKING:
    from django.http import QueryDict

    from filings.dossier.merging import Conflict
    from filings.views.places import Place

SALT = "filings.section-conflict"
LIFE = dt.timedelta(days=7)
WRITTEN = ("text", "long_text", "url", "email", "integer", "decimal")


class StaleConflict(Exception):
    """The page of a conflict is no longer true: somebody saved once more, or it is too old."""


@dataclass(frozen=True)
class Choice:
    """One place that both changed, as the page shows it."""

    name: str
    label: str
    base: str
    mine: str
    theirs: str
    can_write: bool
    typed: str


def choices(place: Place, code: str, conflicts: list[Conflict]) -> list[Choice]:
    return [_choice(place, code, at, each) for at, each in enumerate(conflicts)]


def _choice(place: Place, code: str, at: int, conflict: Conflict) -> Choice:
    content = {**place.content, code: _around(conflict)}
    return Choice(
        name=f"choice-{at}",
        label=paths.label(place.kind, content, conflict.path).partition(" · ")[2],
        base=place.in_words(conflict.path, conflict.base),
        mine=place.in_words(conflict.path, conflict.mine),
        theirs=place.in_words(conflict.path, conflict.theirs),
        can_write=_is_written(place, conflict.path),
        typed=str(conflict.mine or ""),
    )


def _around(conflict: Conflict) -> dict[str, Any]:
    """As much of the section as the name of the place needs."""
    spot = paths.parse(conflict.path)
    return {spot.name: [{"key": spot.key}]} if spot.key else {}


def _is_written(place: Place, path: str) -> bool:
    spot = paths.parse(path)
    section = place.kind.section(spot.section)
    if spot.key and not spot.field:
        return False
    declared = section.items[spot.name].base_fields if spot.key else section.base_fields
    name = spot.field or spot.name
    return name in declared and spec_of(declared[name]).kind in WRITTEN


def keep(place: Place, code: str, mine: dict[str, Any], base_version: int, seen: int) -> str:
    """What was typed, signed so that it can travel through the page unchanged."""
    where = place.url(code)
    return signing.dumps({"where": where, "mine": mine, "base": base_version, "seen": seen}, salt=SALT, compress=True)


def _unpacked(place: Place, code: str, data: QueryDict) -> dict[str, Any]:
    try:
        kept: dict[str, Any] = signing.loads(data.get("kept", ""), salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        return {}
    return kept if kept["where"] == place.url(code) else {}


def unpack(place: Place, code: str, data: QueryDict) -> tuple[dict[str, Any] | None, int]:
    """What was typed before the comparison and the version it began from; None when it expired."""
    kept = _unpacked(place, code, data)
    return (kept["mine"], kept["base"]) if kept else (None, 0)


def resolve(place: Place, code: str, data: QueryDict) -> tuple[dict[str, Any], int]:
    """The joined section after the choices, and the version it replaces.

    Raises StaleConflict when a choice is missing or the answers chosen between no longer stand.
    """
    kept = _unpacked(place, code, data)
    if not kept or kept["seen"] != place.version(code):
        raise StaleConflict
    theirs = place.content.get(code, {})
    joined = three_way({code: place.base(code, kept["base"])}, {code: kept["mine"]}, {code: theirs})
    changes = []
    for at, conflict in enumerate(joined.conflicts):
        chosen = data.get(f"choice-{at}")
        if chosen == "mine":
            value = conflict.mine
        elif chosen == "write" and _is_written(place, conflict.path):
            value = data.get(f"choice-{at}-text", "").strip() or None
        elif chosen == "theirs":
            value = conflict.theirs
        else:
            raise StaleConflict
        changes.append(difference.Change(conflict.path, "", None, value))
    return difference.apply({code: joined.content.get(code, {})}, changes)[code], kept["seen"]
