"""Who has how much on the desk: for the supervisor, and for the counts at a glance."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models import Aggregate, Count, Min, Q
from django.utils import timezone

from filings import workingdays
from filings.access import over_filings, posted_as
from filings.lifecycle import ProcedureStatus
from filings.models import (
    CalendarDay,
    EntityVersion,
    Matter,
    MatterAuthority,
    Membership,
    OfficerRole,
    Posting,
    Procedure,
)
from reviews import policy
from reviews.models import Proposal, ReviewTask

if TYPE_CHECKING:
    import datetime as dt

    from portal.models import User

SOON = 3
MOST_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Counts:
    """What the queue holds, each count capped; due soon means up to ``until``."""

    mine: int
    free: int
    overdue: int
    soon: int
    until: dt.date


class MedianMoment(Aggregate):
    """The middle one of a group's moments; of two in the middle the earlier."""

    function = "PERCENTILE_DISC"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


@dataclass(frozen=True, slots=True)
class Load:
    """What one officer has in hand; without a name, what nobody has claimed."""

    name: str
    held: int = 0
    overdue: int = 0
    median_age: int | None = None
    first_due: dt.date | None = None


def counts(user: User, *, day: dt.date) -> Counts:
    """Counts at a glance, of the officer's own authorities."""
    unfinished = own(user).unfinished()
    until = workingdays.add(day, SOON)
    return Counts(
        mine=capped(mine(user)),
        free=capped(free(user)),
        overdue=capped(unfinished.filter(due_on__lt=day)),
        soon=capped(unfinished.filter(due_on__range=(day, until))),
        until=until,
    )


def own(user: User) -> ReviewTaskRows:
    """Tasks of the authorities where the officer is posted, whoever has them."""
    return ReviewTask.objects.filter(authority__in=[p.authority_id for p in posted_as(user, *policy.READS_QUEUE)])


def capped(rows: object) -> int:
    """A count that stops: beyond it a screen says "10,000+"."""
    return int(rows.order_by()[: MOST_COUNTED + 1].count())  # type: ignore[attr-defined]


def mine(user: User) -> ReviewTaskRows:
    """Tasks in the officer's hands, whether in work or awaiting a signature."""
    held = (ReviewTask.Status.CLAIMED, ReviewTask.Status.PROPOSED)
    return ReviewTask.objects.filter(claimed_by=user, status__in=held)


def free(user: User) -> ReviewTaskRows:
    """Tasks that the officer may claim."""
    reviews_at = [p.authority_id for p in posted_as(user, OfficerRole.REVIEWER)]
    return ReviewTask.objects.filter(status=ReviewTask.Status.OPEN, authority__in=reviews_at)


def to_sign(user: User) -> ProposalRows:
    """Proposals that the user may sign: of the authority, by somebody else, of no entity of the user's own."""
    signs_at = [p.authority_id for p in posted_as(user, OfficerRole.SIGNATORY)]
    pending = Proposal.objects.filter(status=Proposal.Status.PENDING, authority__in=signs_at)
    own = Membership.objects.filter(user=user).values("entity")
    others = pending.exclude(proposed_by=user).exclude(procedure__filing__entity__in=own)
    return others.exclude(matter__entity__in=own)


def own_matters(user: User) -> Q:
    """Matters that the officer's own authorities lead or joined."""
    held = {p.authority_id for p in posted_as(user, *policy.READS_QUEUE)}
    joined = MatterAuthority.objects.filter(authority__in=held, left_at__isnull=True).values("matter")
    return Q(authority__in=held) | Q(pk__in=joined)


def matters_waiting(user: User) -> QuerySet[Matter]:
    """Open matters of the officer's own authorities in which it is the authority's turn."""
    waiting = policy.desk_matters(user).filter(own_matters(user))
    return waiting.filter(closed_at__isnull=True, turn=Matter.Turn.AUTHORITY)


def to_verify(user: User) -> EntityVersionRows:
    """Entity versions that wait for an intake officer of the region."""
    condition = Q(pk__in=())
    for posting in over_filings(user, OfficerRole.INTAKE):
        condition |= Q(region_code__startswith=posting.authority.region_prefix)
    return EntityVersion.objects.awaiting_verification().filter(condition)


def dates_asked(user: User) -> ProcedureRows:
    """Requests for a later date that the officer's authority has to answer."""
    held = posted_as(user, OfficerRole.REVIEWER, OfficerRole.SUPERVISOR)
    asked = Procedure.objects.filter(status=ProcedureStatus.RECTIFYING, later_date_asked__isnull=False)
    return asked.visible_to(user) if held else asked.none()


def days_left(days: set[dt.date], *, day: dt.date) -> dict[dt.date, int]:
    """Working days left until each of the days, negative when passed; one query."""
    if not days:
        return {}
    first, last = min({*days, day}), max({*days, day})
    known = CalendarDay.objects.filter(day__range=(first, last), is_workday=True).order_by("day")
    workdays = list(known.values_list("day", flat=True))
    place = {each: bisect_right(workdays, each) for each in {*days, day}}
    return {each: place[each] - place[day] for each in days}


def by_officer(authority_ids: list[int], *, day: dt.date) -> list[Load]:
    """What each reviewer of the authorities has in hand, most first; first what nobody has."""
    unfinished = ReviewTask.objects.unfinished().filter(authority__in=authority_ids)
    rows: QuerySet[Any, Any] = unfinished.values("claimed_by").annotate(
        held=Count("pk"),
        overdue=Count("pk", filter=Q(due_on__lt=day)),
        median=MedianMoment("created_at"),
        first_due=Min("due_on"),
    )
    found = {row["claimed_by"]: row for row in rows.order_by("claimed_by")}
    people = get_user_model().objects.filter(Q(pk__in=found) | Q(pk__in=_reviewers(authority_ids, day)))
    loads = [_load(str(person), found.get(person.pk), day) for person in people.order_by("display_name", "pk")]
    loads.sort(key=lambda load: load.held, reverse=True)
    return [_load("", found.get(None), day), *loads]


def _reviewers(authority_ids: list[int], day: dt.date) -> QuerySet[Posting, Any]:
    held = Posting.objects.on(day).filter(authority__in=authority_ids, role=OfficerRole.REVIEWER)
    return held.values("user")


def _load(name: str, row: dict[str, Any] | None, day: dt.date) -> Load:
    if row is None:
        return Load(name)
    age = (day - timezone.localdate(row["median"])).days
    return Load(name, row["held"], row["overdue"], age, row["first_due"])


if TYPE_CHECKING:
    from django.db.models import QuerySet

    from filings.models.entity import EntityVersionQuerySet as EntityVersionRows
    from filings.models.filing import ProcedureQuerySet as ProcedureRows
    from reviews.models.stage import ReviewTaskQuerySet as ReviewTaskRows

    ProposalRows = QuerySet[Proposal]
