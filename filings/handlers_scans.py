"""Signed scans are read by a delivery, a few pages at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filings import events, scans
from filings.models import SignedScan

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Event


@events.subscribe("filings.read_scan", "scan.uploaded")
def read_scan(event: Event, *, at: dt.datetime) -> bool:
    """The next pages; the delivery comes back until all are read."""
    return scans.read_on(SignedScan.objects.get(pk=event.data["scan"]), at=at)
