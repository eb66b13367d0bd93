"""The queue: which stage a round goes to, who takes it, and until when it is theirs."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from filings import events, workingdays
from filings.access import posted_as
from filings.lifecycle import Actor
from filings.models import Authority, Level, Ministry, OfficerRole, Posting
from reviews import policy
from reviews.models import Proposal, ReviewTask, StagePlan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filings.models import Procedure, Submission
    from portal.models import User

LEASE = dt.timedelta(hours=4)
RENEWED_EVERY = dt.timedelta(minutes=5)  # so that looking at a task is no write each time


class AlreadyClaimed(Exception):
    """Another officer took the task first, or it is no longer in the queue."""


class NoAuthority(LookupError):
    """No authority is set up that could review the filing. An administrator adds one."""


def stages(procedure: Procedure) -> list[StagePlan]:
    """The stages of the procedure's plan version, in order; the newest version before it has one."""
    version = procedure.plan_version or newest_plan(procedure)
    return list(StagePlan.objects.of(procedure).filter(version=version).order_by("position"))


def newest_plan(procedure: Procedure) -> int:
    """The version of the plan that a procedure would begin with today."""
    version = StagePlan.objects.of(procedure).order_by("-version").values_list("version", flat=True).first()
    assert version is not None, "migrations seed a plan for every kind and purpose"
    return version


def has_outgrown(procedure: Procedure) -> bool:
    """Whether a rectified change became so heavy that it passes another plan than that of its last task."""
    last = procedure.tasks.order_by("-round", "-pk").values("stage")[:1]
    return StagePlan.objects.filter(pk__in=last).exclude(pk__in=StagePlan.objects.of(procedure).values("pk")).exists()


def authority_for(stage: StagePlan, *, region_code: str, on: dt.date) -> Authority:
    """The region's authority where reviewers are posted, else the national one.

    Algorithm Provisions, art. 3 and 25: national and provincial authorities share the
    work. Raises NoAuthority when neither exists.
    """
    known = Authority.objects.filter(is_active=True, ministry=Ministry.CAC).order_by("pk")
    if stage.level == Level.PROVINCIAL:
        manned = Posting.objects.on(on).filter(role=OfficerRole.REVIEWER).values("authority")
        local = known.filter(region_prefix=region_code[:2], level=Level.PROVINCIAL, pk__in=manned).first()
        if local is not None:
            return local
    national = known.filter(level=Level.NATIONAL).first()
    if national is None:
        raise NoAuthority(region_code)
    return national


def route(*, procedure: Procedure, submission: Submission, at: dt.datetime) -> ReviewTask:
    """Put a round that passed intake into the queue of its stage; must run in a transaction.

    The first round goes to the first stage; a later one to the stage that returned it,
    to the same reviewer while still posted. Earlier stages are not repeated, unless what was
    rectified made the matter pass another plan, which then begins.
    """
    last = procedure.tasks.select_related("stage", "authority").order_by("-round", "-pk").first()
    drop_unfinished(procedure, reason="resubmitted", at=at)
    if last is None or has_outgrown(procedure):
        return open_task(procedure=procedure, submission=submission, stage=stages(procedure)[0], at=at)
    return open_task(procedure=procedure, submission=submission, stage=last.stage, at=at, for_=last.claimed_by)


def open_task(
    *,
    procedure: Procedure,
    submission: Submission,
    stage: StagePlan,
    at: dt.datetime,
    kind: str = ReviewTask.Kind.REVIEW,
    for_: User | None = None,
) -> ReviewTask:
    """One task for a stage; tells the provider's pages which stage it is and until when."""
    day = timezone.localdate(at)
    authority = authority_for(stage, region_code=procedure.filing.region_code, on=day)
    officer = for_ if for_ is not None and is_reviewer(for_, authority, on=day) else None
    due_on = workingdays.add(day, 5 if kind == ReviewTask.Kind.OVERDUE else stage.working_days)
    if kind == ReviewTask.Kind.REVIEW and procedure.due_on is not None:
        due_on = min(due_on, procedure.due_on)
    task = ReviewTask.objects.create(
        procedure=procedure,
        submission=submission,
        stage=stage,
        authority=authority,
        kind=kind,
        status=ReviewTask.Status.CLAIMED if officer else ReviewTask.Status.OPEN,
        round=submission.round,
        claimed_by=officer,
        claimed_at=at if officer else None,
        due_on=due_on,
        created_at=at,
    )
    procedure.stage_code, procedure.stage_name_zh, procedure.stage_name_en = stage.code, stage.name_zh, stage.name_en
    procedure.plan_version = stage.version
    procedure.save(update_fields=["stage_code", "stage_name_zh", "stage_name_en", "plan_version"])
    record(task, "task.opened", side=Actor.SYSTEM, at=at, after={"to": officer.pk if officer else None})
    return task


def is_reviewer(user: User, authority: Authority, *, on: dt.date) -> bool:
    """Whether the user is posted there as a reviewer on that day."""
    held = Posting.objects.on(on).filter(user=user, authority=authority, role=OfficerRole.REVIEWER)
    return user.is_active and held.exists()


def claim_next(*, by: User, at: dt.datetime) -> ReviewTask | None:
    """Give the officer the free task that is due first; None when the queue is empty.

    One statement, so that no task can go to two officers. Raises PermissionDenied for
    somebody who reviews nowhere.
    """
    posts = posted_as(by, OfficerRole.REVIEWER)
    if not posts:
        raise PermissionDenied
    return _take("status = 'open' AND authority_id = ANY(%s)", [[p.authority_id for p in posts]], by=by, at=at)


def claim(*, task: ReviewTask, by: User, at: dt.datetime) -> ReviewTask:
    """Take one chosen task. Raises AlreadyClaimed; PermissionDenied, also if an entity of their own filed."""
    policy.require_posting(by, task.authority_id, OfficerRole.REVIEWER)
    taken = _take("status = 'open' AND id = %s", [task.pk], by=by, at=at)
    if taken is None:
        if policy.own_entities(by) & policy.parties(task.procedure):
            raise PermissionDenied
        raise AlreadyClaimed
    return taken


# Nobody works on what an entity of their own filed or is to receive.
NOT_OWN = """NOT EXISTS (
  SELECT 1 FROM filings_procedure p JOIN filings_filing f ON f.id = p.filing_id
  JOIN filings_membership m ON m.entity_id = f.entity_id
  WHERE p.id = reviews_reviewtask.procedure_id AND m.user_id = %s
) AND NOT EXISTS (
  SELECT 1 FROM filings_transfer t JOIN filings_membership m ON m.entity_id = t.receiver_id
  WHERE t.procedure_id = reviews_reviewtask.procedure_id AND m.user_id = %s
)"""
# The statement that the bench compares claiming with.
CLAIM = """
UPDATE reviews_reviewtask SET status = 'claimed', claimed_by_id = %s, claimed_at = %s, lease_until = %s
WHERE id = (
  SELECT id FROM reviews_reviewtask WHERE {condition}
  ORDER BY due_on, id LIMIT 1 FOR UPDATE SKIP LOCKED
) AND status = 'open'
RETURNING id
"""


@transaction.atomic
def _take(condition: str, values: list[Any], *, by: User, at: dt.datetime) -> ReviewTask | None:
    with connection.cursor() as cursor:
        statement = CLAIM.format(condition=f"{condition} AND {NOT_OWN}")
        cursor.execute(statement, [by.pk, at, at + LEASE, *values, by.pk, by.pk])
        row = cursor.fetchone()
    if row is None:
        return None
    task = ReviewTask.objects.select_related("procedure__filing", "authority").get(pk=row[0])
    record(task, "task.claimed", side=Actor.OFFICER, by=by, at=at, before={"to": None}, after={"to": by.pk})
    return task


@transaction.atomic
def release(*, task: ReviewTask, by: User, at: dt.datetime) -> None:
    """Put a claimed task back into the queue; findings drafted so far stay."""
    task = lock(task)
    if not policy.may_release(by, task):
        raise PermissionDenied
    _free(task, "task.released", side=Actor.OFFICER, by=by, at=at)


@transaction.atomic
def reassign(*, task: ReviewTask, to: User, by: User, at: dt.datetime) -> None:
    """Hand a task to a colleague, by the supervisor or by who has it. No lease runs on it.

    Raises PermissionDenied, also for a colleague who works for an entity that it concerns.
    """
    task = lock(task)
    if not policy.may_reassign(by, task) or not is_reviewer(to, task.authority, on=timezone.localdate(at)):
        raise PermissionDenied
    if policy.own_entities(to) & policy.parties(task.procedure):
        raise PermissionDenied
    before = task.claimed_by_id
    task.status, task.claimed_by, task.claimed_at, task.lease_until = ReviewTask.Status.CLAIMED, to, at, None
    task.save(update_fields=["status", "claimed_by", "claimed_at", "lease_until"])
    record(
        task, "task.reassigned", side=Actor.OFFICER, by=by, at=at, before={"to": before}, after={"to": to.pk}
    )  # fmt: skip


def renew_lease(*, task: ReviewTask, by: User, at: dt.datetime) -> None:
    """Activity renews a claim. A task given by somebody else has no lease to renew."""
    if task.lease_until is None or task.lease_until > at + LEASE - RENEWED_EVERY:
        return
    ReviewTask.objects.filter(
        pk=task.pk, claimed_by=by, status=ReviewTask.Status.CLAIMED, lease_until__isnull=False
    ).update(lease_until=at + LEASE)


def sweep_leases(*, at: dt.datetime, most: int = 500) -> int:
    """Return abandoned claims to the queue, each with its event; how many."""
    done = 0
    with transaction.atomic():
        lapsed = ReviewTask.objects.filter(status=ReviewTask.Status.CLAIMED, lease_until__lt=at)
        rows = lapsed.select_for_update(skip_locked=True, of=("self",)).select_related("procedure__filing")
        for task in rows.order_by("lease_until", "pk")[:most]:
            _free(task, "task.lease_lapsed", side=Actor.SYSTEM, by=None, at=at)
            done += 1
    return done


@transaction.atomic
def hand_over(*, officer: User, authority: Authority, by: User, at: dt.datetime, to: User | None = None) -> int:
    """Take all open tasks of an officer who leaves, for the queue or for a colleague.

    Proposals that await signature stay: they stand as they were made. What concerns an entity of
    the colleague's own goes back to the queue.
    """
    if not policy.may_post_at(by, authority):
        raise PermissionDenied
    if to is not None and not is_reviewer(to, authority, on=timezone.localdate(at)):
        raise PermissionDenied
    held = ReviewTask.objects.filter(claimed_by=officer, authority=authority, status=ReviewTask.Status.CLAIMED)
    tasks = list(held.select_for_update(of=("self",)).select_related("procedure__filing").order_by("pk"))
    own = policy.own_entities(to) if to is not None else frozenset()
    for task in tasks:
        if to is None or own & policy.parties(task.procedure):
            _free(task, "task.handed_over", side=Actor.OFFICER, by=by, at=at)
            continue
        task.claimed_by, task.claimed_at, task.lease_until = to, at, None
        task.save(update_fields=["claimed_by", "claimed_at", "lease_until"])
        record(
            task, "task.handed_over", side=Actor.OFFICER, by=by, at=at,
            before={"to": officer.pk}, after={"to": to.pk},
        )  # fmt: skip
    return len(tasks)


def drop_unfinished(procedure: Procedure, *, reason: str, at: dt.datetime) -> None:
    """End tasks and pending proposals that events overtook: a withdrawal, a resubmission."""
    Proposal.objects.filter(procedure=procedure, status=Proposal.Status.PENDING).update(status=Proposal.Status.DROPPED)
    for task in ReviewTask.objects.unfinished().filter(procedure=procedure).order_by("pk"):
        finish(task, outcome=reason, at=at, status=ReviewTask.Status.DROPPED)
        record(task, "task.dropped", side=Actor.SYSTEM, at=at, after={"reason": reason})


def finish(task: ReviewTask, *, outcome: str, at: dt.datetime, status: str = ReviewTask.Status.DONE) -> None:
    """Close a task with what came of it; the caller records the event that says why."""
    task.status, task.outcome, task.finished_at, task.lease_until = status, outcome, at, None
    task.save(update_fields=["status", "outcome", "finished_at", "lease_until"])


def lock(task: ReviewTask) -> ReviewTask:
    """The task's row, locked until the transaction ends, with what rules look at."""
    rows = ReviewTask.objects.select_for_update(of=("self",))
    return rows.select_related("procedure__filing__entity", "authority", "stage", "submission").get(pk=task.pk)


def colleagues(authority_ids: Iterable[int], *, on: dt.date) -> list[Posting]:
    """Reviewers posted at those authorities: whom a task may be given to."""
    rows = Posting.objects.on(on).filter(authority__in=list(authority_ids), role=OfficerRole.REVIEWER)
    return list(rows.select_related("user", "authority").order_by("authority", "user__email"))


def _free(task: ReviewTask, kind: str, *, side: Actor, by: User | None, at: dt.datetime) -> None:
    before = task.claimed_by_id
    task.status, task.claimed_by, task.claimed_at, task.lease_until = ReviewTask.Status.OPEN, None, None, None
    task.save(update_fields=["status", "claimed_by", "claimed_at", "lease_until"])
    record(task, kind, side=side, by=by, at=at, before={"to": before}, after={"to": None})


def record(
    task: ReviewTask,
    kind: str,
    *,
    side: Actor,
    at: dt.datetime,
    by: User | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """A staff-only event about a task, with what was before and after."""
    posting = policy.posting_at(by, task.authority_id, *policy.DESK_ROLES) if by is not None else None
    events.record(
        kind,
        side=side,
        by=by,
        posting=posting,
        at=at,
        procedure=task.procedure,
        staff_only=True,
        data={"task": task.pk, "stage": task.stage_id, "before": before or {}, "after": after or {}},
    )
