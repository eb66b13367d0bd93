"""Access for a test has no purpose once its procedure is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filings import events, vault

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Event

OVER = (
    "procedure.sign_grant",
    "procedure.sign_decline",
    "procedure.sign_lapse",
    "procedure.overtake",
    "procedure.withdraw",
)


@events.subscribe("filings.close_vault", *OVER)
def close_vault(event: Event, *, at: dt.datetime) -> None:
    """Erase what is still deposited; a second run finds nothing."""
    assert event.procedure is not None, "moves of a procedure name it"
    vault.close(procedure=event.procedure, at=at)
