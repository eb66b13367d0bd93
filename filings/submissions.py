"""Submitting: freeze the locked dossier as this round's submission, or withdraw."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from filings import changes, events, gates, naming, sealing
from filings.entities import attachment_ids
from filings.lifecycle import Actor, FilingStanding, ProcedureStatus
from filings.models import (
    Attachment,
    Dossier,
    Filing,
    Finding,
    Procedure,
    Purpose,
    ScanFile,
    Sealing,
    SignedScan,
    Submission,
)
from filings.transitions import TransitionNotAllowed, move_filing, move_procedure

if TYPE_CHECKING:
    import datetime as dt

    from portal.models import User

RULE_SET_VERSION = "2026.1"


class NotLocked(Exception):
    """The dossier is not locked for signature, or was changed since."""


class NotConfirmed(Exception):
    """People who answer for the dossier have not confirmed; ``capacities`` says who."""

    def __init__(self, capacities: list[str]) -> None:
        super().__init__(", ".join(capacities))
        self.capacities = capacities


class NameTaken(Exception):
    """Another filing already holds this name."""


class FindingsUnanswered(Exception):
    """Findings have neither an answer nor a changed value; ``findings`` lists them."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(f"{len(findings)} findings")
        self.findings = findings


def document_of(submission: Submission | Sealing) -> dict[str, Any]:
    """The frozen document, parsed from the stored bytes."""
    document: dict[str, Any] = json.loads(bytes(submission.document))
    return document


@transaction.atomic
def submit(*, procedure: Procedure, by: User, at: dt.datetime) -> Submission:
    """Freeze the confirmed lock as this round's submission and hand it to the regulator.

    If intake passes, the clock counts from the working day after this submission
    (Algorithm Provisions, art. 25). A form posted twice finds the submission that the
    first one made. Raises NotLocked, NotConfirmed, NameTaken, FindingsUnanswered,
    TransitionNotAllowed, and sealing.NotReady when a gate has closed since the lock.
    """
    procedure = Procedure.objects.select_for_update(of=("self",)).select_related("filing__entity").get(pk=procedure.pk)
    if procedure.status == ProcedureStatus.SUBMITTED:
        return procedure.submissions.get(round=procedure.round)
    if procedure.status not in ProcedureStatus.editable:
        raise TransitionNotAllowed("submit", procedure.status)
    lock = (
        Sealing.objects.select_for_update(of=("self",))
        .select_related("entity_version")
        .filter(procedure=procedure, voided_at__isnull=True, used_at__isnull=True)
        .first()
    )
    if lock is None:
        raise NotLocked
    if missing := sealing.missing_confirmations(lock):
        raise NotConfirmed(missing)
    document = document_of(lock)
    if unanswered := unanswered_findings(procedure, document):
        raise FindingsUnanswered(unanswered)
    closed = [p for p in gates.problems(procedure, document["content"], document["entity"]["content"]) if p.is_blocking]
    if closed:
        raise sealing.NotReady(closed)
    return hand_in(procedure, lock, by=by, at=at)


def hand_in(procedure: Procedure, lock: Sealing, *, by: User, at: dt.datetime) -> Submission:
    """Make a lock that may be submitted this round's submission; in a transaction that holds the procedure.

    Raises NameTaken, TransitionNotAllowed.
    """
    document = document_of(lock)
    submission = _freeze(procedure, lock, by=by, at=at)
    _cite_attachments(submission, document)
    _hand_over(procedure, document, submission, by=by, at=at)
    return submission


def unanswered_findings(procedure: Procedure, document: dict[str, Any]) -> list[Finding]:
    """Sent findings that must be put right and have neither an answer nor a value changed in the document."""
    from filings.answers import is_changed  # reason: cycle, answers reads document_of

    standing = (
        Finding.objects.standing()
        .filter(procedure=procedure, severity=Finding.Severity.MUST, answer="")
        .select_related("submission")
        .order_by("id")
    )
    return [finding for finding in standing if not is_changed(finding, document)]


def _freeze(procedure: Procedure, lock: Sealing, *, by: User, at: dt.datetime) -> Submission:
    lock.used_at = at
    lock.save(update_fields=["used_at"])
    return Submission.objects.create(
        procedure=procedure,
        round=procedure.round + 1,
        reference=f"S{at:%Y%m%d}-{procedure.pk:06d}-{procedure.round + 1}",
        document=bytes(lock.document),
        digest=lock.digest,
        schema_version=lock.schema_version,
        rule_set_version=RULE_SET_VERSION,
        sealing=lock,
        entity_version=lock.entity_version,
        submitted_by=by,
        submitted_at=at,
    )


def _cite_attachments(submission: Submission, document: dict[str, Any]) -> None:
    """From now on officers may open exactly the files that this submission cites, and the signed scan."""
    cited = attachment_ids(document["content"]) | attachment_ids(document["entity"]["content"])
    scanned = ScanFile.objects.filter(scan__sealing=submission.sealing_id, scan__status=SignedScan.Status.ACCEPTED)
    cited |= {str(each) for each in scanned.values_list("attachment", flat=True)}
    link = Attachment.submissions.through
    known = Attachment.objects.filter(pk__in=cited).values_list("pk", flat=True)
    link.objects.bulk_create(link(attachment_id=each, submission_id=submission.pk) for each in known)


def _hand_over(
    procedure: Procedure,
    document: dict[str, Any],
    submission: Submission,
    *,
    by: User,
    at: dt.datetime,
) -> None:
    """Move the procedure and, the first time, the filing; hold the name nationwide."""
    filing = procedure.filing
    is_first = procedure.round == 0
    _hold_name(procedure, document["content"], submission)
    move_procedure(
        procedure,
        "submit" if is_first else "resubmit",
        side=Actor.PROVIDER,
        by=by,
        at=at,
        digest=submission.digest,
        changes={
            "round": submission.round,
            "turn": Procedure.Turn.AUTHORITY,
            "submitted_at": procedure.submitted_at or at,
            "rectify_by": None,
            "later_date_asked": None,
        },
        data={"submission": submission.pk, "reference": submission.reference},
    )
    if filing.standing == FilingStanding.DRAFT:
        move_filing(filing, "lodge", side=Actor.PROVIDER, by=by, at=at, changes={"lodged_at": at})


def _hold_name(procedure: Procedure, content: dict[str, Any], submission: Submission) -> None:
    """Take the name of what was submitted: of a change beside the registered one. Raises NameTaken."""
    try:
        with transaction.atomic():
            if procedure.purpose == Purpose.FIRST:
                _take_name(procedure.filing, content, submission)
            elif procedure.purpose == Purpose.CHANGE:
                changes.hold(procedure=procedure, submission=submission, content=content)
    except IntegrityError as error:
        raise NameTaken(naming.name_in(procedure.filing.kind, content)) from error


def _take_name(filing: Filing, content: dict[str, Any], submission: Submission) -> None:
    """The name, its hold and the region, in the columns of a filing that has no number yet."""
    region_code = submission.entity_version.region_code
    name = naming.name_in(filing.kind, content)
    held = naming.held(filing.kind, content, region_code) or None
    facts = {"name": name, "held_name": held, "region_code": region_code}
    Filing.objects.filter(pk=filing.pk).update(**facts)
    for field, value in facts.items():
        setattr(filing, field, value)


@transaction.atomic
def withdraw(*, procedure: Procedure, by: User, at: dt.datetime) -> None:
    """Take back what the provider opened, before the decision; a first filing goes with it and frees its name.

    Raises TransitionNotAllowed once it was decided, PermissionDenied for what the authority opened.
    """
    if procedure.opened_by_side != Actor.PROVIDER:
        raise PermissionDenied
    Procedure.objects.select_for_update().only("pk").get(pk=procedure.pk)  # first, as submit() does
    sealing.void(procedure=procedure, by=by, at=at, reason="withdrawn")
    move_procedure(
        procedure,
        "withdraw",
        side=Actor.PROVIDER,
        by=by,
        at=at,
        changes={"turn": Procedure.Turn.NOBODY, "due_on": None, "decided_at": at},
    )
    if procedure.purpose != Purpose.FIRST:
        return
    move_filing(
        procedure.filing,
        "withdraw",
        side=Actor.PROVIDER,
        by=by,
        at=at,
        changes={"held_name": None},
    )


@transaction.atomic
def request_later_date(*, procedure: Procedure, date: dt.date, reason: str, by: User, at: dt.datetime) -> None:
    """Ask for a later rectification date; an officer grants or refuses it in one click."""
    locked = Procedure.objects.select_for_update().get(pk=procedure.pk)
    if locked.status != ProcedureStatus.RECTIFYING:
        raise TransitionNotAllowed("request_later_date", locked.status)
    procedure.later_date_asked, procedure.later_date_reason = date, reason
    procedure.save(update_fields=["later_date_asked", "later_date_reason"])
    events.record(
        "rectification.later_date_asked",
        side=Actor.PROVIDER,
        by=by,
        at=at,
        procedure=procedure,
        data={"date": date.isoformat(), "reason": reason},
    )


def draft_of(procedure: Procedure) -> Dossier:
    """The procedure's dossier with what its pages need, in one query."""
    return Dossier.objects.select_related("procedure__filing__entity", "entity_version").get(procedure=procedure)
