"""The end of a filing from the provider's side: its notice that a service ended, and its say in a hearing."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings import attachments, events, workingdays
from filings.dossier import canonical
from filings.lifecycle import Actor, FilingStanding, ProcedureStatus
from filings.models import (
    Attachment,
    Ending,
    EntityVersion,
    Filing,
    Hearing,
    Procedure,
    Purpose,
    Sealing,
    Submission,
)
from filings.transitions import TransitionNotAllowed, move_procedure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portal.models import User

DAYS = 20  # Algorithm Provisions, art. 24(3)
SCHEMA = "ending-1"


@dataclass(frozen=True, slots=True)
class Notice:
    """What a provider says of a service that ended."""

    ended_on: dt.date
    reason: str
    users: str
    data: str
    told: str


@transaction.atomic
def cancel(
    *, filing: Filing, notice: Notice, by: User, at: dt.datetime, evidence: Iterable[Attachment] = ()
) -> Procedure:
    """Ask for the cancellation of a registered filing: opened and submitted in one act.

    The notice is frozen as the one submission, so that a task of the queue decides it. More than
    twenty working days after the end it is marked late, not refused. Raises TransitionNotAllowed
    when nothing is registered, ValidationError for a day to come and while another procedure is open.
    """
    filing = Filing.objects.select_for_update(of=("self",)).select_related("entity").get(pk=filing.pk)
    if filing.standing != FilingStanding.REGISTERED:
        raise TransitionNotAllowed("cancel", filing.standing)
    refuse_second(filing, Actor.PROVIDER)
    today = timezone.localdate(at)
    if notice.ended_on > today:
        raise ValidationError({"ended_on": _("Cancel once the service has ended: this day is still to come.")})
    procedure = Procedure.objects.create(
        filing=filing, purpose=Purpose.CANCELLATION, opened_by_side=Actor.PROVIDER, created_at=at
    )
    ending = Ending.objects.create(procedure=procedure, late_by=late_by(notice.ended_on, on=today), **asdict(notice))
    ending.evidence.set(evidence)
    submission = _freeze(ending, list(ending.evidence.order_by("pk")), by=by, at=at)
    move_procedure(
        procedure, "submit", side=Actor.PROVIDER, by=by, at=at, digest=submission.digest,
        changes={"round": 1, "turn": Procedure.Turn.AUTHORITY, "submitted_at": at},
        data={"submission": submission.pk, "reference": submission.reference, "late_by": ending.late_by},
    )  # fmt: skip
    return procedure


def late_by(ended_on: dt.date, *, on: dt.date) -> int:
    """Working days that ``on`` lies beyond the twentieth since the end; 0 in time."""
    last = workingdays.add(ended_on, DAYS)
    return workingdays.between(last + dt.timedelta(days=1), on) if on > last else 0


def refuse_second(filing: Filing, side: Actor) -> None:
    """Raise ValidationError while a procedure of that side is open; the filing's row is locked."""
    if filing.procedures.open().filter(opened_by_side=side).exists():
        raise ValidationError(_("Another procedure of this filing is still open: it is withdrawn or decided first."))


def _freeze(ending: Ending, evidence: list[Attachment], *, by: User, at: dt.datetime) -> Submission:
    """The notice as canonical bytes: an owner answers for it alone, nobody else confirms."""
    procedure = ending.procedure
    version = _version(procedure.filing)
    frozen = canonical.canonical_bytes(_document(ending, version, evidence))
    digest = canonical.digest(frozen)
    facts = {"procedure": procedure, "round": 1, "document": frozen, "digest": digest, "schema_version": SCHEMA}
    lock = Sealing.objects.create(**facts, entity_version=version, made_by=by, made_at=at, used_at=at)
    submission = Submission.objects.create(
        **facts, reference=f"S{at:%Y%m%d}-{procedure.pk:06d}-1", rule_set_version=SCHEMA, sealing=lock,
        entity_version=version, submitted_by=by, submitted_at=at,
    )  # fmt: skip
    link = Attachment.submissions.through
    link.objects.bulk_create(link(attachment_id=each.pk, submission_id=submission.pk) for each in evidence)
    return submission


def _version(filing: Filing) -> EntityVersion:
    """The entity as it was verified last; what is registered was verified."""
    verified = EntityVersion.objects.filter(entity=filing.entity_id, status=EntityVersion.Status.VERIFIED)
    return verified.order_by("-number")[0]


def _document(ending: Ending, version: EntityVersion, evidence: list[Attachment]) -> dict[str, Any]:
    filing = ending.procedure.filing
    content = {name: getattr(ending, name) for name in ("reason", "users", "data", "told")}
    return {
        "kind": filing.kind,
        "schema": SCHEMA,
        "filing": {"id": filing.pk, "procedure": ending.procedure_id, "purpose": Purpose.CANCELLATION},
        "round": 1,
        "entity": {
            "code": filing.entity.code,
            "version": version.number,
            "digest": version.digest,
            "content": version.content,
        },
        "content": {"ending": {"ended_on": ending.ended_on.isoformat(), "late_by": ending.late_by, **content}},
        "attachments": [attachments.reference(each) for each in evidence],
    }


@transaction.atomic
def answer(
    *, hearing: Hearing, text: str, in_person: bool, by: User, at: dt.datetime, files: Iterable[Attachment] = ()
) -> Hearing:
    """Answer once to what the authority holds against the filing, with evidence, or ask to be heard in person.

    Still taken after its day, as long as nothing is proposed. Raises ValidationError,
    TransitionNotAllowed when the time is over or an answer stands.
    """
    procedure, hearing = locked(hearing)
    if procedure.status != ProcedureStatus.IN_REVIEW or hearing.answered_at is not None:
        raise TransitionNotAllowed("answer", procedure.status)
    if not text.strip():
        raise ValidationError({"text": _("Write your answer.")})
    hearing.answer, hearing.answered_at, hearing.answered_by = text.strip(), at, by
    hearing.oral_asked_at = at if in_person else None
    hearing.save(update_fields=["answer", "answered_at", "answered_by", "oral_asked_at"])
    hearing.answer_files.set(files)
    procedure.turn = Procedure.Turn.AUTHORITY
    procedure.save(update_fields=["turn"])
    events.record(
        "hearing.answered", side=Actor.PROVIDER, by=by, at=at, procedure=procedure, data={"in_person": in_person}
    )  # fmt: skip
    return hearing


def locked(hearing: Hearing) -> tuple[Procedure, Hearing]:
    """Procedure first, then hearing, under their row locks; in a transaction."""
    rows = Procedure.objects.select_for_update(of=("self",)).select_related("filing__entity")
    procedure = rows.get(pk=hearing.procedure_id)
    found = Hearing.objects.select_for_update(of=("self",)).select_related("authority").get(pk=hearing.pk)
    found.procedure = procedure
    return procedure, found
