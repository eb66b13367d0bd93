"""What the regulator's side does when something happened on the provider's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from filings import events, workingdays
from filings.lifecycle import Actor, ProcedureStatus
from filings.models import Procedure, Purpose, Submission
from filings.transitions import move_procedure
from reviews import clock, findings, intake, queue

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Event
    from reviews.models import IntakeRun

RECTIFY_DAYS = 20


@events.subscribe("reviews.intake", "procedure.submit", "procedure.resubmit")
def check_submission(event: Event, *, at: dt.datetime) -> None:
    """Run intake over what was submitted, then route it or return it; once."""
    procedure = _procedure(event)
    submission = procedure.submissions.order_by("-round").first()
    if submission is None or procedure.status != ProcedureStatus.SUBMITTED:
        return  # withdrawn meanwhile, or done by an earlier try
    submission.procedure = procedure
    run = intake.run(submission=submission, at=at) if procedure.purpose != Purpose.CANCELLATION else None
    if run is None or run.passed:  # the thin form of a cancellation has no dossier to check
        pass_on(procedure, submission, at=at)
    else:
        give_back(procedure, submission, run, at=at)


def pass_on(procedure: Procedure, submission: Submission, *, at: dt.datetime) -> None:
    """The dossier is complete: the clock starts (ARP 25) and the stage's queue gets it."""
    if procedure.plan_version is None or queue.has_outgrown(procedure):
        procedure.plan_version = queue.newest_plan(procedure)
    due_on = clock.begin(procedure, at=submission.submitted_at)
    changes = {
        "turn": Procedure.Turn.AUTHORITY,
        "plan_version": procedure.plan_version,
        "due_on": due_on,
        "rectify_by": None,
        "later_date_asked": None,
        "later_date_reason": "",
    }
    data = {"due_on": due_on.isoformat(), "round": submission.round}
    move_procedure(
        procedure, "pass_intake", side=Actor.SYSTEM, at=at, digest=submission.digest, changes=changes, data=data
    )
    queue.route(procedure=procedure, submission=submission, at=at)


def give_back(procedure: Procedure, submission: Submission, run: IntakeRun, *, at: dt.datetime) -> None:
    """Blocking results go back at once, all in one notice, before the clock begins."""
    sent = findings.from_intake(run=run, submission=submission, at=at)
    rectify_by = workingdays.add(timezone.localdate(at), RECTIFY_DAYS)
    queue.drop_unfinished(procedure, reason="resubmitted", at=at)
    move_procedure(
        procedure,
        "fail_intake",
        side=Actor.SYSTEM,
        at=at,
        digest=submission.digest,
        changes={"turn": Procedure.Turn.PROVIDER, "rectify_by": rectify_by},
        data={
            "findings": len(sent),
            "rules": sorted({finding.rule for finding in sent}),
            "rectify_by": rectify_by.isoformat(),
            "round": submission.round,
        },
    )


@events.subscribe("reviews.withdrawal", "procedure.withdraw")
def drop_tasks(event: Event, *, at: dt.datetime) -> None:
    """A withdrawn procedure leaves the queue, and its clock stands still."""
    procedure = _procedure(event)
    queue.drop_unfinished(procedure, reason="withdrawn", at=at)
    clock.stop(procedure, at=at, reason="withdrawn")


def _procedure(event: Event) -> Procedure:
    assert event.procedure_id is not None, "these events are a procedure's"
    rows = Procedure.objects.select_for_update(of=("self",)).select_related("filing__entity")
    return rows.get(pk=event.procedure_id)
