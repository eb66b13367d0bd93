"""How a registered filing ends: opened by the authority after a hearing, or asked for; signed by two people."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import rfc8785
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings import endings, events, publication, workingdays
from filings.lifecycle import Actor, FilingStanding, ProcedureStatus
from filings.models import Filing, Hearing, Ministry, OfficerRole, Procedure, Purpose, Sealing
from filings.models.register import RegisterVersion
from filings.transitions import TransitionNotAllowed, move_filing, move_procedure
from reviews import clock, policy, queue, signing
from reviews.models import Proposal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from filings.models import Attachment, Authority, Posting
    from portal.models import User

Kind = Proposal.Kind
PROPOSERS = (OfficerRole.REVIEWER, OfficerRole.SUPERVISOR)
# On what the authority ends a filing of its own motion.
ARTICLES: dict[str, tuple[str, ...]] = {Purpose.CANCELLATION: ("ARP 33(2)",), Purpose.REVOCATION: ("ARP 33(1)",)}
LEAST_DAYS = 5  # working days to answer (model: Administrative Penalties Law, art. 64, for asking for a hearing)
ENDS = {
    Purpose.CANCELLATION: ("cancel", RegisterVersion.Reason.CANCELLED),
    Purpose.REVOCATION: ("revoke", RegisterVersion.Reason.REVOKED),
}


@dataclass(frozen=True, slots=True)
class Charge:
    """What the authority holds against a filing, and until when the provider may answer."""

    purpose: str
    facts: str
    evidence: str
    answer_by: dt.date


@transaction.atomic
def open_hearing(
    *,
    filing: Filing,
    charge: Charge,
    authority: Authority,
    by: User,
    at: dt.datetime,
    exhibits: Iterable[Attachment] = (),
) -> Procedure:
    """Open a cancellation or revocation of the authority's own motion, and tell the provider why at once.

    Algorithm Provisions, art. 33. Raises PermissionDenied, ValidationError naming the field,
    TransitionNotAllowed when nothing is registered.
    """
    filing = Filing.objects.select_for_update(of=("self",)).select_related("entity").get(pk=filing.pk)
    posting = policy.require_posting(by, authority.pk, *PROPOSERS)
    is_theirs = authority.ministry == Ministry.CAC and filing.region_code.startswith(authority.region_prefix)
    if not is_theirs or filing.entity_id in policy.own_entities(by):
        raise PermissionDenied
    if filing.standing != FilingStanding.REGISTERED:
        raise TransitionNotAllowed("open_ex_officio", filing.standing)
    _check(charge, at)
    endings.refuse_second(filing, Actor.OFFICER)
    procedure = Procedure.objects.create(
        filing=filing, purpose=charge.purpose, opened_by_side=Actor.OFFICER, created_at=at
    )
    hearing = Hearing.objects.create(
        procedure=procedure, authority=authority, opened_by=by, opened_at=at,
        articles=list(ARTICLES[charge.purpose]), facts=charge.facts.strip(), evidence=charge.evidence.strip(),
        answer_by=charge.answer_by,
    )  # fmt: skip
    hearing.exhibits.set(exhibits)
    changes = {"turn": Procedure.Turn.PROVIDER, "submitted_at": at}
    move_procedure(
        procedure, "open_ex_officio", side=Actor.OFFICER, by=by, posting=posting, at=at, changes=changes,
        data={"date": charge.answer_by.isoformat()},
    )  # fmt: skip
    return procedure


def _check(charge: Charge, at: dt.datetime) -> None:
    if charge.purpose not in ARTICLES:
        raise ValidationError({"purpose": _("Choose cancellation or revocation.")})
    for field in ("facts", "evidence"):
        if not getattr(charge, field).strip():
            raise ValidationError({field: _("The provider is told of facts and evidence: write them down.")})
    first = workingdays.add(timezone.localdate(at), LEAST_DAYS)
    if charge.answer_by < first:
        said = _("Leave the provider at least %(days)d working days to answer.") % {"days": LEAST_DAYS}
        raise ValidationError({"answer_by": said})


@transaction.atomic
def invite(*, hearing: Hearing, oral_at: dt.datetime, place: str, by: User, at: dt.datetime) -> Hearing:
    """Name day and place at which the provider is heard in person, as it asked."""
    procedure, hearing, posting = _worked(hearing, by)
    if hearing.oral_asked_at is None or hearing.minutes_at is not None:
        raise TransitionNotAllowed("invite", procedure.status)
    if oral_at <= at or not place.strip():
        raise ValidationError({"oral_at": _("Name a time to come, and a place.")})
    hearing.oral_at, hearing.oral_place = oral_at, place.strip()
    hearing.save(update_fields=["oral_at", "oral_place"])
    _record("hearing.invited", procedure, by, posting, at, {"date": timezone.localdate(oral_at).isoformat()})
    return hearing


@transaction.atomic
def minute(*, hearing: Hearing, minutes: str, by: User, at: dt.datetime) -> Hearing:
    """Keep the minutes of a hearing in person, also when nobody came. They stand as written."""
    procedure, hearing, posting = _worked(hearing, by)
    if hearing.oral_at is None or hearing.oral_at > at or hearing.minutes_at is not None:
        raise TransitionNotAllowed("minute", procedure.status)
    if not minutes.strip():
        raise ValidationError({"minutes": _("Write the minutes.")})
    hearing.minutes, hearing.minutes_at, hearing.minutes_by = minutes.strip(), at, by
    hearing.save(update_fields=["minutes", "minutes_at", "minutes_by"])
    _record("hearing.minuted", procedure, by, posting, at, {})
    return hearing


@transaction.atomic
def propose(*, procedure: Procedure, reasons: str, by: User, at: dt.datetime) -> Proposal:
    """Put the end of a filing before a signatory, once the provider was heard.

    Raises PermissionDenied, ValidationError, TransitionNotAllowed.
    """
    procedure, hearing, posting = _worked(procedure.hearing, by)
    if not is_heard(hearing, on=timezone.localdate(at)):
        raise ValidationError(_("The provider has not been heard yet."))
    if not reasons.strip():
        raise ValidationError({"reasons": _("Give the reasons: they are told to the provider.")})
    proposal = Proposal.objects.create(
        procedure=procedure, authority=hearing.authority, kind=Kind.REGISTER, reasons=reasons.strip(),
        submission_digest=digest(hearing), proposed_by=by, proposed_at=at,
    )  # fmt: skip
    move_procedure(
        procedure, "propose", side=Actor.OFFICER, by=by, posting=posting, at=at, digest=proposal.submission_digest,
        data={"proposal": proposal.pk}, staff_only=True,
    )  # fmt: skip
    return proposal


@transaction.atomic
def send_back(*, proposal: Proposal, reason: str, by: User, at: dt.datetime) -> Proposal:
    """The second person does not sign. Raises PermissionDenied, ValidationError, TransitionNotAllowed."""
    assert proposal.procedure is not None, "proposals on matters are sent back elsewhere"
    procedure, _hearing = endings.locked(proposal.procedure.hearing)
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("procedure__filing").get(pk=proposal.pk)
    if proposal.status != Proposal.Status.PENDING:
        raise TransitionNotAllowed("send_back", proposal.status)
    if not policy.may_sign(by, proposal):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, so that the reviewer knows what to change.")})
    proposal.status = Proposal.Status.SENT_BACK
    proposal.sent_back_by, proposal.sent_back_at, proposal.sent_back_reason = by, at, reason.strip()
    proposal.save(update_fields=["status", "sent_back_by", "sent_back_at", "sent_back_reason"])
    posting = policy.require_posting(by, proposal.authority_id, OfficerRole.SIGNATORY)
    move_procedure(
        procedure, "send_back", side=Actor.OFFICER, by=by, posting=posting, at=at, staff_only=True,
        data={"proposal": proposal.pk},
    )  # fmt: skip
    return proposal


@transaction.atomic
def abandon(*, procedure: Procedure, reasons: str, by: User, at: dt.datetime) -> None:
    """Take back what the authority opened, and tell the provider why; the filing stays registered."""
    procedure, _hearing, posting = _worked(procedure.hearing, by)
    if not reasons.strip():
        raise ValidationError({"reasons": _("Give the reasons: they are told to the provider.")})
    queue.drop_unfinished(procedure, reason="withdrawn", at=at)
    changes = {"turn": Procedure.Turn.NOBODY, "decided_at": at, "decision_reasons": reasons.strip()}
    move_procedure(procedure, "withdraw", side=Actor.OFFICER, by=by, posting=posting, at=at, changes=changes)


def is_heard(hearing: Hearing, *, on: dt.date) -> bool:
    """Whether the provider answered or let its day pass, and was heard in person if it asked to be."""
    return (hearing.answered_at is not None or hearing.answer_by < on) and not hearing.awaits_oral


def digest(hearing: Hearing) -> str:
    """SHA-256 over what was told, answered and minuted: what is signed."""
    names = ("procedure_id", "articles", "facts", "evidence", "answer", "minutes")
    told: dict[str, Any] = {name: getattr(hearing, name) for name in names}
    return hashlib.sha256(rfc8785.dumps(told)).hexdigest()


def grant(procedure: Procedure, proposal: Proposal, by: User, posting: Posting, at: dt.datetime) -> None:
    """End the filing for good: its number is never given again, its entry stays and says so.

    What is still open on the filing is closed with it, each with its event (art. 24(3), 33).
    """
    filing = procedure.filing
    move, reason = ENDS[Purpose(procedure.purpose)]
    signing.close(procedure, proposal, "sign_grant", by, posting, at, {"number": filing.number})
    move_filing(filing, move, side=Actor.OFFICER, by=by, posting=posting, at=at)
    submission = proposal.task.submission if proposal.task is not None else None
    publication.end(filing=filing, reason=reason, submission=submission, by=by, at=at)
    rows = Procedure.objects.open().select_for_update(of=("self",)).select_related("filing__entity")
    for other in rows.filter(filing=filing).exclude(pk=procedure.pk).order_by("pk"):
        _overtake(other, procedure, by, posting, at)


def _overtake(other: Procedure, granted: Procedure, by: User, posting: Posting, at: dt.datetime) -> None:
    Sealing.objects.standing().filter(procedure=other).update(voided_at=at, void_reason="overtaken")
    queue.drop_unfinished(other, reason="overtaken", at=at)
    clock.stop(other, at=at, reason="overtaken")
    changes = {
        "turn": Procedure.Turn.NOBODY, "decided_at": at, "due_on": None, "rectify_by": None, "later_date_asked": None,
    }  # fmt: skip
    move_procedure(
        other, "sign_lapse" if other.status == ProcedureStatus.RECTIFYING else "overtake", side=Actor.OFFICER, by=by,
        posting=posting, at=at, changes=changes, data={"overtaken_by": granted.pk},
    )  # fmt: skip


def _worked(hearing: Hearing, by: User) -> tuple[Procedure, Hearing, Posting]:
    """What the authority opened and has not proposed on, under its locks, and the officer's posting."""
    procedure, hearing = endings.locked(hearing)
    if procedure.filing.entity_id in policy.own_entities(by):
        raise PermissionDenied
    posting = policy.require_posting(by, hearing.authority_id, *PROPOSERS)
    if procedure.status != ProcedureStatus.IN_REVIEW:
        raise TransitionNotAllowed("work", procedure.status)
    return procedure, hearing, posting


def _record(kind: str, procedure: Procedure, by: User, posting: Posting, at: dt.datetime, data: dict[str, Any]) -> None:
    events.record(kind, side=Actor.OFFICER, by=by, posting=posting, at=at, procedure=procedure, data=data)


signing.GRANTS[Purpose.CANCELLATION] = grant
signing.GRANTS[Purpose.REVOCATION] = grant
