"""The regulator's clock, run by run: an algorithm's 30 working days from a complete dossier (ARP 25).

For kinds whose stages cite no article the same clock counts the authority's service standard.

Day 1 is the working day after the submission that passed intake. What the clock does
while the provider rectifies is the installation's policy, because the law is silent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Sum
from django.utils import timezone

from filings import workingdays
from filings.models import ClockPolicy, ClockRun, Installation
from reviews.models import StagePlan

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Procedure


def limit(procedure: Procedure) -> int:
    """Working days in which the procedure is to be decided: its stages' days together."""
    assert procedure.plan_version is not None, "a clock begins with a plan"
    stages = StagePlan.objects.of(procedure).filter(version=procedure.plan_version)
    return stages.aggregate(total=Sum("working_days"))["total"] or workingdays.STATUTORY_DAYS


def used(procedure: Procedure, *, on: dt.date) -> int:
    """Working days the clock has run up to and including ``on``, stops left out."""
    runs = procedure.clock_runs.order_by("starts_on", "pk")
    if _policy() == ClockPolicy.RESTART:
        runs = runs.filter(ends_on__isnull=True)
    return sum(workingdays.between(run.starts_on, min(run.ends_on or on, on)) for run in runs)


def begin(procedure: Procedure, *, at: dt.datetime) -> dt.date:
    """Start the clock, or let it run on, for a submission made at ``at``; the day an answer is due."""
    day = timezone.localdate(at)
    running = procedure.clock_runs.filter(ends_on__isnull=True).first()
    if running is not None and procedure.due_on is not None:
        return procedure.due_on
    left = max(limit(procedure) - used(procedure, on=day), 1)
    ClockRun.objects.create(procedure=procedure, starts_on=workingdays.add(day, 1))
    return workingdays.add(day, left)


def stop_for_rectification(procedure: Procedure, *, at: dt.datetime) -> bool:
    """Stop the clock while the provider rectifies, unless the policy lets it run on."""
    if _policy() == ClockPolicy.RUN:
        return False
    return stop(procedure, at=at, reason="rectification")


def stop(procedure: Procedure, *, at: dt.datetime, reason: str) -> bool:
    """End the running stretch with today; one that has not begun yet ends before it counts."""
    running = procedure.clock_runs.filter(ends_on__isnull=True).first()
    if running is None:
        return False
    running.ends_on = timezone.localdate(at)
    running.reason = reason
    running.save(update_fields=["ends_on", "reason"])
    return True


def _policy() -> str:
    known = Installation.objects.values_list("clock_policy", flat=True).first()
    return known or ClockPolicy.PAUSE
