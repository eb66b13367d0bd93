"""Two people decide: one officer proposes, another signs (ARP 25 asks for reasons).

Passing up and moving a date need one person; withdrawal is the provider's alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings import events
from filings.lifecycle import Actor, ProcedureStatus
from filings.models import OfficerRole, Procedure, Purpose
from filings.transitions import TransitionNotAllowed, move_procedure
from reviews import policy, queue, testing
from reviews.consequences import preview
from reviews.models import Proposal, ReviewTask
from reviews.signing import sign

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from filings.models import Posting
    from portal.models import User
    from reviews.models import DeclineGround

__all__ = ["extend_date", "pass_up", "preview", "propose", "refuse_later_date", "send_back", "sign"]

Kind = Proposal.Kind


def allowed_kinds(task: ReviewTask) -> tuple[str, ...]:
    """What may be proposed at this task: only a stage that concludes registers or declines."""
    if task.kind == ReviewTask.Kind.OVERDUE:
        return (Kind.LAPSE,)
    if task.procedure.purpose == Purpose.CANCELLATION:
        return (Kind.REGISTER, Kind.DECLINE)
    if task.stage.may_conclude:
        return (Kind.REGISTER, Kind.RETURN, Kind.DECLINE)
    return (Kind.RETURN,)


def next_stage(task: ReviewTask) -> Any:
    """The stage after this one in the plan the procedure began with; None at the last."""
    later = (stage for stage in queue.stages(task.procedure) if stage.position > task.stage.position)
    return next(later, None)


@transaction.atomic
def pass_up(*, task: ReviewTask, by: User, at: dt.datetime) -> ReviewTask:
    """Hand the round to the next stage; drafted findings go with it. One person suffices.

    Raises PermissionDenied, ValidationError when there is no later stage.
    """
    task = _locked(task)
    posting = _worker(task, by)
    stage = next_stage(task)
    if stage is None or task.kind != ReviewTask.Kind.REVIEW:
        raise ValidationError(_("This is the last stage: propose a decision."))
    testing.require_finished(task)
    queue.finish(task, outcome="passed_up", at=at)
    opened = queue.open_task(procedure=task.procedure, submission=task.submission, stage=stage, at=at)
    data = {
        "from_stage": task.stage.code,
        "to_stage": stage.code,
        "from_zh": task.stage.name_zh,
        "to_zh": stage.name_zh,
        "from_en": task.stage.name_en,
        "to_en": stage.name_en,
        "round": task.round,
    }
    events.record(
        "procedure.pass_up",
        side=Actor.OFFICER,
        by=by,
        posting=posting,
        at=at,
        procedure=task.procedure,
        digest=task.submission.digest,
        data=data,
    )
    return opened


@transaction.atomic
def propose(
    *,
    task: ReviewTask,
    kind: str,
    by: User,
    at: dt.datetime,
    reasons: str = "",
    grounds: Iterable[DeclineGround] = (),
    rectify_by: dt.date | None = None,
) -> Proposal:
    """Put a decision before the signatory. Nothing is sent and nothing decided yet.

    Raises PermissionDenied, ValidationError naming the field, TransitionNotAllowed.
    """
    task = _locked(task)
    posting = _worker(task, by)
    grounds = list(grounds)
    _check_proposal(task, kind, reasons.strip(), grounds, rectify_by, at)
    proposal = Proposal.objects.create(
        procedure=task.procedure,
        task=task,
        authority=task.authority,
        kind=kind,
        reasons=reasons.strip(),
        rectify_by=rectify_by if kind == Kind.RETURN else None,
        submission_digest=task.submission.digest,
        proposed_by=by,
        proposed_at=at,
    )
    proposal.grounds.set(grounds)
    task.status, task.lease_until = ReviewTask.Status.PROPOSED, None
    task.save(update_fields=["status", "lease_until"])
    data = {"proposal": proposal.pk, "stage": task.stage.code, "round": task.round}
    if kind == Kind.LAPSE:
        _event(task, "procedure.propose_lapse", by=by, posting=posting, at=at, data=data, staff_only=True)
    else:
        move_procedure(
            task.procedure, "propose", side=Actor.OFFICER, by=by, posting=posting, at=at,
            digest=task.submission.digest, data=data, staff_only=True,
        )  # fmt: skip
    return proposal


def _check_proposal(
    task: ReviewTask,
    kind: str,
    reasons: str,
    grounds: list[DeclineGround],
    rectify_by: dt.date | None,
    at: dt.datetime,
) -> None:
    if kind not in allowed_kinds(task):
        raise ValidationError({"kind": _("This stage cannot propose that.")})
    if kind == Kind.RETURN:
        if rectify_by is None or rectify_by <= timezone.localdate(at):
            raise ValidationError({"rectify_by": _("Choose a day after today by which to rectify.")})
        if not task.procedure.findings.filter(sent_at__isnull=True).exists():
            raise ValidationError({"kind": _("A return needs at least one finding. Add it at the field it concerns.")})
    if any(task.procedure.filing.kind not in ground.kinds for ground in grounds):
        raise ValidationError({"grounds": _("This ground is for another kind of filing.")})
    if kind in (Kind.REGISTER, Kind.DECLINE):
        testing.require_finished(task)
    if kind == Kind.DECLINE and not grounds:
        raise ValidationError({"grounds": _("Declining needs at least one ground of the list.")})
    if kind in (Kind.DECLINE, Kind.LAPSE) and not reasons:
        raise ValidationError({"reasons": _("Give the reasons: they are told to the provider.")})


@transaction.atomic
def send_back(*, proposal: Proposal, reason: str, by: User, at: dt.datetime) -> Proposal:
    """The second person does not sign; the task goes back to the reviewer with the reason."""
    task, proposal = _locked_proposal(proposal)
    if proposal.status != Proposal.Status.PENDING:
        raise TransitionNotAllowed("send_back", proposal.status)
    if not policy.may_sign(by, proposal):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, so that the reviewer knows what to change.")})
    proposal.status = Proposal.Status.SENT_BACK
    proposal.sent_back_by, proposal.sent_back_at, proposal.sent_back_reason = by, at, reason.strip()
    proposal.save(update_fields=["status", "sent_back_by", "sent_back_at", "sent_back_reason"])
    _return_task(task, proposal.proposed_by, at=at)
    posting = policy.posting_at(by, proposal.authority_id, OfficerRole.SIGNATORY)
    data = {"proposal": proposal.pk, "stage": task.stage.code, "round": task.round}
    if proposal.kind == Kind.LAPSE:
        _event(task, "procedure.send_back_lapse", by=by, posting=posting, at=at, data=data, staff_only=True)
    else:
        move_procedure(
            task.procedure, "send_back", side=Actor.OFFICER, by=by, posting=posting, at=at,
            digest=proposal.submission_digest, data=data, staff_only=True,
        )  # fmt: skip
    return proposal


def _return_task(task: ReviewTask, reviewer: User, *, at: dt.datetime) -> None:
    stays = queue.is_reviewer(reviewer, task.authority, on=timezone.localdate(at))
    task.status = ReviewTask.Status.CLAIMED if stays else ReviewTask.Status.OPEN
    task.claimed_by, task.claimed_at, task.lease_until = (reviewer, at, None) if stays else (None, None, None)
    task.save(update_fields=["status", "claimed_by", "claimed_at", "lease_until"])


@transaction.atomic
def extend_date(*, procedure: Procedure, date: dt.date, by: User, at: dt.datetime) -> Procedure:
    """Give the provider until a later day: after a request, or after a missed date.

    Raises PermissionDenied, ValidationError, TransitionNotAllowed when nothing is to rectify.
    """
    procedure = _rectifying(procedure)
    posting = _date_keeper(procedure, by, at)
    if date <= timezone.localdate(at) or (procedure.rectify_by and date <= procedure.rectify_by):
        raise ValidationError({"date": _("Choose a day after today and after the present date.")})
    before = procedure.rectify_by
    procedure.rectify_by, procedure.later_date_asked, procedure.later_date_reason = date, None, ""
    procedure.save(update_fields=["rectify_by", "later_date_asked", "later_date_reason"])
    overdue = procedure.tasks.filter(kind=ReviewTask.Kind.OVERDUE, status__in=("open", "claimed")).first()
    if overdue is not None:
        queue.finish(overdue, outcome="extended", at=at)
    data = {"before": before.isoformat() if before else "", "rectify_by": date.isoformat()}
    events.record(
        "rectification.date_extended", side=Actor.OFFICER, by=by, posting=posting, at=at, procedure=procedure, data=data
    )
    return procedure


@transaction.atomic
def refuse_later_date(*, procedure: Procedure, by: User, at: dt.datetime) -> Procedure:
    """The date stands; the provider is told."""
    procedure = _rectifying(procedure)
    posting = _date_keeper(procedure, by, at)
    if procedure.later_date_asked is None:
        raise ValidationError(_("Nobody asks for a later date."))
    asked, procedure.later_date_asked, procedure.later_date_reason = procedure.later_date_asked, None, ""
    procedure.save(update_fields=["later_date_asked", "later_date_reason"])
    stands = procedure.rectify_by.isoformat() if procedure.rectify_by else ""
    data = {"asked": asked.isoformat(), "rectify_by": stands}
    events.record(
        "rectification.date_refused", side=Actor.OFFICER, by=by, posting=posting, at=at,
        procedure=procedure, data=data,
    )  # fmt: skip
    return procedure


def date_authority(procedure: Procedure, *, on: dt.date) -> int:
    """The authority that keeps the rectification date: of the last task, or of the first stage."""
    known = procedure.tasks.order_by("-pk").values_list("authority", flat=True).first()
    if known is not None:
        return known
    stage = queue.stages(procedure)[0]
    return queue.authority_for(stage, region_code=procedure.filing.region_code, on=on).pk


def _date_keeper(procedure: Procedure, by: User, at: dt.datetime) -> Posting:
    authority = date_authority(procedure, on=timezone.localdate(at))
    return policy.require_posting(by, authority, OfficerRole.REVIEWER, OfficerRole.SUPERVISOR)


def _rectifying(procedure: Procedure) -> Procedure:
    rows = Procedure.objects.select_for_update(of=("self",)).select_related("filing")
    locked = rows.get(pk=procedure.pk)
    if locked.status != ProcedureStatus.RECTIFYING:
        raise TransitionNotAllowed("extend_date", locked.status)
    return locked


def _locked(task: ReviewTask) -> ReviewTask:
    """Procedure first, then task, as every rule locks them."""
    Procedure.objects.select_for_update().only("pk").get(pk=task.procedure_id)
    return queue.lock(task)


def _locked_proposal(proposal: Proposal) -> tuple[ReviewTask, Proposal]:
    assert proposal.task is not None, "a proposal of the queue has its task"
    Procedure.objects.select_for_update().only("pk").get(pk=proposal.task.procedure_id)
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("proposed_by", "authority")
    return queue.lock(proposal.task), rows.get(pk=proposal.pk)


def _worker(task: ReviewTask, by: User) -> Posting:
    if not policy.may_work(by, task):
        raise PermissionDenied
    return policy.require_posting(by, task.authority_id, OfficerRole.REVIEWER)


def _event(
    task: ReviewTask,
    kind: str,
    *,
    by: User,
    posting: Posting | None,
    at: dt.datetime,
    data: dict[str, Any],
    staff_only: bool,
) -> None:
    events.record(
        kind,
        side=Actor.OFFICER,
        by=by,
        posting=posting,
        at=at,
        procedure=task.procedure,
        digest=task.submission.digest,
        staff_only=staff_only,
        data=data,
    )
