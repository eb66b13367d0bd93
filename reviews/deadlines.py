"""Rectification dates: reminded five working days before, back with an officer when missed.

A machine closes nothing: who extends or proposes to lapse is always a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from filings import events, workingdays
from filings.lifecycle import Actor, ProcedureStatus
from filings.models import Event, Procedure
from reviews import queue
from reviews.models import ReviewTask

if TYPE_CHECKING:
    import datetime as dt

REMINDED_BEFORE = 5


def remind(*, at: dt.datetime) -> int:
    """One reminder for each date, five working days before it; how many were due."""
    day = timezone.localdate(at)
    until = workingdays.add(day, REMINDED_BEFORE)
    nearing = Procedure.objects.filter(status=ProcedureStatus.RECTIFYING, rectify_by__range=(day, until))
    done = 0
    for key in nearing.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            done += _remind(key, at)
    return done


def _remind(key: int, at: dt.datetime) -> int:
    rows = Procedure.objects.select_for_update(of=("self",)).select_related("filing")
    procedure = rows.filter(pk=key, status=ProcedureStatus.RECTIFYING).first()
    if procedure is None or procedure.rectify_by is None:
        return 0
    data = {"rectify_by": procedure.rectify_by.isoformat()}
    if Event.objects.filter(procedure=procedure, kind="rectification.reminded", data=data).exists():
        return 0
    events.record("rectification.reminded", side=Actor.SYSTEM, at=at, procedure=procedure, data=data)
    return 1


def bring_back_missed(*, at: dt.datetime) -> int:
    """A task for the stage's authority, with the reviewer who returned it, for each missed date."""
    day = timezone.localdate(at)
    missed = Procedure.objects.filter(status=ProcedureStatus.RECTIFYING, rectify_by__lt=day)
    unattended = missed.exclude(tasks__in=ReviewTask.objects.unfinished())
    done = 0
    for key in unattended.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            done += _bring_back(key, at)
    return done


def _bring_back(key: int, at: dt.datetime) -> int:
    rows = Procedure.objects.select_for_update(of=("self",)).select_related("filing")
    procedure = rows.filter(pk=key, status=ProcedureStatus.RECTIFYING).first()
    if procedure is None or procedure.tasks.filter(status__in=("open", "claimed", "proposed")).exists():
        return 0
    submission = procedure.submissions.order_by("-round").first()
    assert submission is not None, "what is rectified was submitted"
    assert procedure.rectify_by is not None, "selected by its date"
    last = procedure.tasks.select_related("stage", "claimed_by").order_by("-round", "-pk").first()
    queue.open_task(
        procedure=procedure,
        submission=submission,
        stage=last.stage if last else queue.stages(procedure)[0],
        at=at,
        kind=ReviewTask.Kind.OVERDUE,
        for_=last.claimed_by if last else None,
    )
    data = {"rectify_by": procedure.rectify_by.isoformat()}
    events.record("rectification.missed", side=Actor.SYSTEM, at=at, procedure=procedure, data=data)
    return 1
