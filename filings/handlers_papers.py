"""The papers that follow events, as work of deliveries; each handler may run twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filings import events, papers
from filings.models import Paper, RegisterEntry, Sealing, Submission

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Event


@events.subscribe("filings.papers_for_signature", "sealing.made")
def make_for_signature(event: Event, *, at: dt.datetime) -> None:
    """The declaration and the official documents of a lock, unless it was voided meanwhile."""
    lock = Sealing.objects.filter(procedure=event.procedure_id, digest=event.submission_digest, voided_at=None).first()
    if lock is not None:
        papers.make_for_signature(lock)


@events.subscribe("filings.papers_to_edit", "sealing.made")
def make_to_edit(event: Event, *, at: dt.datetime) -> None:
    """Their editable copies, by a delivery of their own: the papers to sign wait for none of them."""
    lock = Sealing.objects.filter(procedure=event.procedure_id, digest=event.submission_digest, voided_at=None).first()
    if lock is not None:
        papers.make_to_edit(lock)


@events.subscribe("filings.receipt", "procedure.submit", "procedure.resubmit")
def make_receipt(event: Event, *, at: dt.datetime) -> None:
    papers.make_receipt(Submission.objects.get(procedure=event.procedure_id, digest=event.submission_digest))


@events.subscribe("filings.rectification_notice", "procedure.fail_intake", "procedure.sign_return")
def make_rectification_notice(event: Event, *, at: dt.datetime) -> None:
    assert event.procedure is not None, "moves of a procedure name it"
    papers.make_letter(Paper.Kind.RECTIFICATION, event.procedure, at=event.at)


@events.subscribe("filings.decision", "procedure.sign_grant", "procedure.sign_lapse")
def make_decision(event: Event, *, at: dt.datetime) -> None:
    """The letter of a refusal is made by the desk, which knows the grounds."""
    assert event.procedure is not None, "moves of a procedure name it"
    papers.make_letter(Paper.Kind.DECISION, event.procedure, at=event.at)


@events.subscribe("filings.certificate", "register.published")
def make_certificate(event: Event, *, at: dt.datetime) -> None:
    papers.make_certificate(RegisterEntry.objects.get(filing=event.filing_id), at=event.at)
