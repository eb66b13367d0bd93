"""What an installation still lacks for real use, point by point, with what to do about each.

The desk shows it to who administers the system; ``manage.py setup`` tells it at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from reviews.readiness import machine, people
from reviews.readiness.machine import probe_storage as probe_storage
from reviews.readiness.point import Point, State

if TYPE_CHECKING:
    import datetime as dt

WORST_FIRST = (State.MISSING, State.LOOK, State.UNKNOWN, State.READY)


def points(*, at: dt.datetime) -> list[Point]:
    """Every point in the reader's language, what is missing first."""
    found = [*people.points(timezone.localdate(at)), *machine.points(at)]
    return sorted(found, key=lambda point: WORST_FIRST.index(point.state))


def lacking(found: list[Point]) -> list[Point]:
    """The points that keep an installation from real use."""
    return [point for point in found if point.state == State.MISSING]
