"""The papers that follow events, as work of deliveries; each handler may run twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filings import events, papers
from filings.lifecycle import Actor
from filings.models import FilingKind, Paper, RegisterEntry, Sealing, Submission

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Event


@events.subscribe("filings.papers_for_signature", "sealing.made")
def make_for_signature(event: Event, *, at: dt.datetime) -> None:
    """The declaration and the official documents of a lock, unless it was voided meanwhile."""
    lock = _standing(event)
    if lock is not None:
        papers.make_for_signature(lock)


@events.subscribe("filings.papers_to_edit", "sealing.made")
def make_to_edit(event: Event, *, at: dt.datetime) -> None:
    """Their editable copies, by a delivery of their own: the papers to sign wait for none of them."""
    lock = _standing(event)
    if lock is not None:
        papers.make_to_edit(lock)


@events.subscribe("filings.annexes_as_pdf", "sealing.made")
def make_annexes_as_pdf(event: Event, *, at: dt.datetime) -> None:
    _make_annexes(event, Paper.Format.PDF)


@events.subscribe("filings.annexes_to_edit", "sealing.made")
def make_annexes_to_edit(event: Event, *, at: dt.datetime) -> None:
    _make_annexes(event, Paper.Format.DOCX)


def _make_annexes(event: Event, form: str) -> None:
    """Large lists, each format by a delivery of its own; kinds without such annexes have none."""
    lock = _standing(event)
    if lock is not None and lock.procedure.filing.kind in FilingKind.services:
        papers.make_annexes(lock, form)


def _standing(event: Event) -> Sealing | None:
    """The lock that the event tells of, unless it was voided meanwhile."""
    locks = Sealing.objects.select_related("procedure__filing")
    return locks.filter(procedure=event.procedure_id, digest=event.submission_digest, voided_at=None).first()


@events.subscribe("filings.receipt", "procedure.submit", "procedure.resubmit")
def make_receipt(event: Event, *, at: dt.datetime) -> None:
    papers.make_receipt(Submission.objects.get(procedure=event.procedure_id, digest=event.submission_digest))


@events.subscribe("filings.rectification_notice", "procedure.fail_intake", "procedure.sign_return")
def make_rectification_notice(event: Event, *, at: dt.datetime) -> None:
    assert event.procedure is not None, "moves of a procedure name it"
    papers.make_letter(Paper.Kind.RECTIFICATION, event.procedure, at=event.at)


@events.subscribe("filings.decision", "procedure.sign_grant", "procedure.sign_lapse")
def make_decision(event: Event, *, at: dt.datetime) -> None:
    """The letter of a refusal is made by the desk, which knows the grounds.

    What was overtaken has no decision of its own; what the authority opened is told on its page.
    """
    assert event.procedure is not None, "moves of a procedure name it"
    if event.procedure.opened_by_side == Actor.OFFICER or "overtaken_by" in event.data:
        return
    papers.make_letter(Paper.Kind.DECISION, event.procedure, at=event.at)


@events.subscribe("filings.certificate", "register.published", "register.changed")
def make_certificate(event: Event, *, at: dt.datetime) -> None:
    papers.make_certificate(RegisterEntry.objects.get(filing=event.filing_id), at=event.at)
