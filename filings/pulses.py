"""Signs of life of the worker and of beat, so that a page can say when each was last seen."""

from __future__ import annotations

import datetime as dt

from filings.models import Pulse

PAUSE = dt.timedelta(seconds=30)


def note(*programs: str, at: dt.datetime) -> None:
    """Write down that the programs live; what was written half a minute ago is fresh enough."""
    fresh = set(Pulse.objects.filter(program__in=programs, at__gt=at - PAUSE).values_list("program", flat=True))
    stale = [Pulse(program=program, at=at) for program in programs if program not in fresh]
    if stale:
        Pulse.objects.bulk_create(stale, update_conflicts=True, unique_fields=["program"], update_fields=["at"])


def seen() -> dict[str, dt.datetime]:
    """When each program was last seen; one never seen is left out."""
    return dict(Pulse.objects.values_list("program", "at"))
