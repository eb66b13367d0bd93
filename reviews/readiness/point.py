"""One thing that an installation needs for real use: how it stands, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from filings.dossier.words import Words


class State(StrEnum):
    """How a point stands; the values are the meanings that screens colour by."""

    READY = "done"
    LOOK = "attention"
    MISSING = "stopped"
    UNKNOWN = "waiting"

    @property
    def label(self) -> Words:
        return LABELS[self]


LABELS: dict[State, Words] = {
    State.READY: _("in place"),
    State.LOOK: _("worth a look"),
    State.MISSING: _("missing for real use"),
    State.UNKNOWN: _("cannot be checked from here"),
}


@dataclass(frozen=True, slots=True)
class Point:
    """``says``: what stands; ``todo``: what to do where it is not in place; ``url``: where."""

    code: str
    title: str
    state: State
    says: str
    todo: str = ""
    url: str = ""


def point(
    code: str, title: str, is_missing: object, says: str, todo: str, *, url: str = "", mild: bool = False
) -> Point:
    """A point that is in place or missing; a ``mild`` one is only worth a look."""
    if not is_missing:
        return Point(code, title, State.READY, says)
    return Point(code, title, State.LOOK if mild else State.MISSING, says, todo, url)
