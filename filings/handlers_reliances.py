"""What a filing stands on, kept in step with its submissions and decisions, as work of a delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filings import events, reliances
from filings.lifecycle import Actor
from filings.models import Submission
from filings.submissions import document_of

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Event


@events.subscribe("filings.reliances", "procedure.submit", "procedure.resubmit")
def project(event: Event, *, at: dt.datetime) -> None:
    """Rows of what the submission cites; officers are told of a circle that was left out."""
    submission = Submission.objects.select_related("procedure__filing").get(
        procedure=event.procedure_id, digest=event.submission_digest
    )
    refused = reliances.project(submission=submission, document=document_of(submission), at=at)
    if refused:
        events.record(
            "reliance.refused", side=Actor.SYSTEM, at=at, procedure=submission.procedure, staff_only=True,
            data={"paths": refused},
        )  # fmt: skip


@events.subscribe(
    "filings.reliances_settled", "procedure.sign_grant", "procedure.sign_decline", "procedure.sign_lapse",
    "procedure.withdraw",
)  # fmt: skip
def settle(event: Event, *, at: dt.datetime) -> None:
    """Once decided, only what was granted counts."""
    procedure = event.procedure
    assert procedure is not None, "a move of a procedure names it"
    reliances.settle(procedure)
