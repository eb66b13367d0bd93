"""The letter of a refusal: its grounds stand in the desk's own list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filings import events, papers
from filings.models import Paper
from reviews.models import DeclineGround

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Event


@events.subscribe("reviews.decline_letter", "procedure.sign_decline")
def make_decline_letter(event: Event, *, at: dt.datetime) -> None:
    """Each ground with its article (Algorithm Provisions, art. 25: reasons are stated)."""
    assert event.procedure is not None, "moves of a procedure name it"
    grounds = DeclineGround.objects.filter(code__in=event.data.get("grounds", [])).order_by("code")
    papers.make_letter(
        Paper.Kind.DECISION, event.procedure, at=event.at, grounds=[(each.text_zh, each.article) for each in grounds]
    )
