"""What ends with a filing: what was still asked of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filings import confirmations, events

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Event


@events.subscribe("filings.void_confirmations", "filing.cancel", "filing.revoke")
def void_confirmations(event: Event, *, at: dt.datetime) -> None:
    """Drop open confirmations; a second run finds none."""
    assert event.filing is not None, "moves of a filing name it"
    confirmations.void(filing=event.filing, at=at)
