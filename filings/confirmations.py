"""Periodic confirmation 年度确认: asked yearly or when a rule set changes, declared, reminded of, missed.

The law asks providers of algorithms to review them regularly (Algorithm Provisions, art. 8), and
those of companion-like services are verified every year (art. 26 of the measures on them). It sets
no days for the answer: those here are a service standard.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from filings import events, matters, obligations, policy, rulesets, workingdays
from filings.lifecycle import Actor, FilingStanding, ProcedureStatus
from filings.matter_lifecycle import MatterKind, MatterStatus
from filings.models import (
    Filing,
    Matter,
    MemberRole,
    PeriodicConfirmation,
    Procedure,
    RegisterEntry,
    RegisterVersion,
)
from filings.transitions import move_matter

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from filings.models import RuleSet
    from portal.models import User

ANSWER_DAYS = 20  # working days; service standard
REMIND_BEFORE = 5  # working days; service standard
LISTED_AFTER = 10  # working days after a missed day; service standard
MOST_AT_ONCE = 200
Reason, Outcome = PeriodicConfirmation.Reason, PeriodicConfirmation.Outcome


def ask_due(*, at: dt.datetime) -> int:
    """Ask for every yearly confirmation that is due, and for those that a new rule set asks for; how many."""
    day = timezone.localdate(at)
    asked = 0
    for filing_id, issued_on in _yearly_due(day)[:MOST_AT_ONCE]:
        assert issued_on is not None, "a day not after another is a day"
        cycle_on = obligations.last_anniversary(issued_on, on=day)
        asked += _ask(filing_id, reason=Reason.YEARLY, cycle_on=cycle_on, rule_set=None, at=at)
    rule_set = rulesets.current(on=day)
    for filing_id in _measured_otherwise(rule_set)[:MOST_AT_ONCE]:
        asked += _ask(
            filing_id, reason=Reason.RULE_SET, cycle_on=rule_set.in_force_from, rule_set=rule_set, at=at
        )  # fmt: skip
    return asked


def _yearly_due(day: dt.date) -> QuerySet[RegisterEntry, tuple[int, dt.date | None]]:
    """Filing and day of registration of those whose last yearly return was not asked about yet."""
    a_year_ago = obligations.in_year(day, day.year - 1)
    asked = PeriodicConfirmation.objects.filter(
        filing=OuterRef("filing"), reason=Reason.YEARLY, cycle_on__gt=a_year_ago
    )  # fmt: skip
    rows = RegisterEntry.objects.filter(
        ~Exists(asked), filing__standing=FilingStanding.REGISTERED, issued_on__lte=a_year_ago
    )  # fmt: skip
    return rows.order_by("issued_on", "pk").values_list("filing_id", "issued_on")


def _measured_otherwise(rule_set: RuleSet) -> QuerySet[Filing, int]:
    """Published services that were decided under an older set, and were not asked about this one."""
    asked = PeriodicConfirmation.objects.filter(filing=OuterRef("pk"), rule_set=rule_set)
    granted = Procedure.objects.filter(filing=OuterRef("pk"), status=ProcedureStatus.GRANTED)
    older = granted.filter(rule_set__isnull=False)
    published = RegisterEntry.objects.filter(filing=OuterRef("pk"))  # a declaration names what was published
    rows = Filing.objects.filter(
        Exists(published) & Exists(older) & ~Exists(granted.filter(rule_set=rule_set)) & ~Exists(asked),
        standing=FilingStanding.REGISTERED, kind__in=rulesets.MEASURED,
    )  # fmt: skip
    return rows.order_by("pk").values_list("pk", flat=True)


@transaction.atomic
def _ask(filing_id: int, *, reason: str, cycle_on: dt.date, rule_set: RuleSet | None, at: dt.datetime) -> int:
    """Open the matter, unless another worker did; the provider is told."""
    locked = Filing.objects.select_for_update(of=("self",), skip_locked=True).select_related("entity")
    filing = locked.filter(pk=filing_id, standing=FilingStanding.REGISTERED).first()
    known = PeriodicConfirmation.objects.filter(filing=filing_id, reason=reason, cycle_on=cycle_on)
    if filing is None or known.exists():
        return 0
    due_on = workingdays.add(timezone.localdate(at), ANSWER_DAYS)
    matter = matters.open_matter(
        kind=MatterKind.CONFIRMATION, title=filing.name, side=Actor.SYSTEM, at=at, filing=filing,
        authority=matters.authority_over(filing.region_code), told_provider=True,
        turn=Matter.Turn.PROVIDER, due_on=due_on, due_basis=matters.STANDARD,
        data={"due_on": due_on.isoformat(), "reason": reason, "cycle_on": cycle_on.isoformat()},
    )  # fmt: skip
    PeriodicConfirmation.objects.create(
        matter=matter, filing=filing, reason=reason, cycle_on=cycle_on, rule_set=rule_set
    )
    return 1


def remind(*, at: dt.datetime) -> int:
    """One reminder of each confirmation, five working days before its day; how many."""
    day = timezone.localdate(at)
    nearing = PeriodicConfirmation.objects.filter(
        matter__status=MatterStatus.ASKED, reminded_at__isnull=True,
        matter__due_on__range=(day, workingdays.add(day, REMIND_BEFORE)),
    )  # fmt: skip
    keys = list(nearing.order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])
    return sum(_remind(key, at) for key in keys)


@transaction.atomic
def _remind(key: int, at: dt.datetime) -> int:
    rows = PeriodicConfirmation.objects.select_for_update(of=("self",), skip_locked=True)
    row = rows.select_related("matter__filing").filter(pk=key, reminded_at__isnull=True).first()
    if row is None or row.matter.due_on is None:
        return 0
    row.reminded_at = at
    row.save(update_fields=["reminded_at"])
    data = {"due_on": row.matter.due_on.isoformat()}
    events.record("matter.confirmation.reminded", side=Actor.SYSTEM, at=at, matter=row.matter, data=data)
    return 1


def miss_overdue(*, at: dt.datetime) -> int:
    """Mark as missed what was not declared by its day, and list for inspection what still was not later."""
    day = timezone.localdate(at)
    listed_on = workingdays.add(day, LISTED_AFTER)
    late = Matter.objects.filter(kind=MatterKind.CONFIRMATION, due_on__lt=day)
    moved = 0
    for status, move, due_on in ((MatterStatus.MISSED, "list", None), (MatterStatus.ASKED, "miss", listed_on)):
        for key in list(late.filter(status=status).order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE]):
            moved += _move(key, status, move, due_on, at)
    return moved


@transaction.atomic
def _move(key: int, status: str, move: str, due_on: dt.date | None, at: dt.datetime) -> int:
    rows = Matter.objects.select_for_update(of=("self",), skip_locked=True).select_related("filing", "entity")
    matter = rows.filter(pk=key, status=status, due_on__lt=timezone.localdate(at)).first()
    if matter is None:
        return 0
    data = {"due_on": due_on.isoformat()} if due_on else {}
    move_matter(matter, move, side=Actor.SYSTEM, at=at, changes={"due_on": due_on}, data=data)
    return 1


@transaction.atomic
def declare(
    *, confirmation: PeriodicConfirmation, outcome: str, statement: str, by: User, at: dt.datetime
) -> PeriodicConfirmation:
    """The owner declares on this day that the filing stands as published, or that it changed.

    The declaration names the digest of the published version. Raises PermissionDenied,
    TransitionNotAllowed when it was declared or dropped already.
    """
    matter = Matter.objects.select_for_update(of=("self",)).select_related("filing", "entity").get(
        pk=confirmation.matter_id
    )  # fmt: skip
    assert matter.entity is not None, "a confirmation is a filing's"
    policy.require(policy.member_role(by, matter.entity) == MemberRole.OWNER)
    row = PeriodicConfirmation.objects.select_for_update().get(pk=confirmation.pk)
    versions = RegisterVersion.objects.filter(entry__filing=row.filing_id)
    digest = versions.order_by("-valid_from", "-pk").values_list("digest", flat=True)[0]
    move_matter(
        matter, "declare", side=Actor.PROVIDER, by=by, at=at, data={"outcome": outcome, "digest": digest},
    )  # fmt: skip
    row.outcome, row.statement, row.digest = Outcome(outcome), statement, digest
    row.declared_by, row.declared_at = by, at
    row.save(update_fields=["outcome", "statement", "digest", "declared_by", "declared_at"])
    return row


@transaction.atomic
def void(*, filing: Filing, at: dt.datetime) -> int:
    """Drop what is still asked of a filing that ended; how many."""
    rows = Matter.objects.open().filter(kind=MatterKind.CONFIRMATION, filing=filing)
    found = list(rows.select_for_update(of=("self",)).select_related("filing", "entity"))
    for matter in found:
        move_matter(matter, "void", side=Actor.SYSTEM, at=at)
    return len(found)


def unanswered() -> QuerySet[PeriodicConfirmation]:
    """Missed ones and those listed for inspection, the longest asked first."""
    rows = PeriodicConfirmation.objects.filter(matter__status__in=(MatterStatus.MISSED, MatterStatus.LISTED))
    return rows.select_related("matter", "filing__entity").order_by("pk")
