"""The periodic list follows the publication of a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filings import events, papers
from filings.models import PublicationBatch

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Event


@events.subscribe("filings.batch_lists", "batch.published")
def make_lists(event: Event, *, at: dt.datetime) -> None:
    """Once; a second run keeps what was made."""
    papers.make_lists(PublicationBatch.objects.get(pk=event.data["batch"]))
