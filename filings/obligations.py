"""What is due when for a provider, over all its filings, for its calendar and the feed of it.

Read-only, in a number of queries that does not grow with the rows: one for each source.
Holds what the firm knows of itself and no personal data, since calendar programs keep copies.
"""

from __future__ import annotations

import calendar
import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from filings import access, law, tracks, workingdays
from filings.lifecycle import FilingStanding, ProcedureStatus
from filings.matter_lifecycle import MatterKind
from filings.models import (
    CalendarDay,
    Filing,
    Hearing,
    Matter,
    MemberRole,
    Membership,
    Procedure,
    RegisterEntry,
    VaultDeposit,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from filings.models import Entity
    from portal.models import User

MOST = 300  # rows of one source
CHANGE_DAYS = 10  # working days; Algorithm Provisions, art. 24(2)
CANCEL_DAYS = 20  # working days; Algorithm Provisions, art. 24(3)


@dataclass(frozen=True, slots=True)
class Obligation:
    """One thing that is due on a day. ``key`` names it for good; ``is_open``: something is to be done by then."""

    key: str
    day: dt.date
    title: str
    text: str
    url: str
    is_open: bool = True
    cites: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A square of the month's picture."""

    day: dt.date
    is_in_month: bool
    is_workday: bool
    is_today: bool
    found: list[Obligation]


def due(entity: Entity, *, user: User, until: dt.date, since: dt.date | None = None) -> list[Obligation]:
    """What the user may know of that is due up to ``until``, oldest first; with ``since`` nothing older.

    Without ``since`` what is overdue and still open comes too.
    """
    found = [each for source in SOURCES for each in source(entity, user, until)]
    if since is not None:
        found = [each for each in found if each.day >= since]
    return sorted(found, key=lambda each: (each.day, each.key))


def month(found: Iterable[Obligation], *, year: int, number: int, today: dt.date) -> list[list[Day]]:
    """The weeks of a month, Monday first, with what is due on each day. One query."""
    weeks = calendar.Calendar().monthdatescalendar(year, number)
    rows = CalendarDay.objects.filter(day__range=(weeks[0][0], weeks[-1][-1]))
    workdays = dict(rows.values_list("day", "is_workday"))
    by_day: dict[dt.date, list[Obligation]] = {}
    for each in found:
        by_day.setdefault(each.day, []).append(each)
    return [
        [
            Day(day, day.month == number, workdays.get(day, day.weekday() < 5), day == today, by_day.get(day, []))
            for day in week
        ]
        for week in weeks
    ]


def name_of(filing: Filing) -> str:
    return filing.name or _("Unnamed filing (%(kind)s)") % {"kind": filing.get_kind_display()}


def _rectifications(entity: Entity, user: User, until: dt.date) -> Iterator[Obligation]:
    """Dates to rectify by, which the authority sets (Algorithm Provisions, art. 25; practice)."""
    mine = Procedure.objects.filter(access.in_power(user, "filing__entity", "filing"), filing__entity=entity)
    rows = mine.filter(status=ProcedureStatus.RECTIFYING, rectify_by__lte=until).select_related("filing")
    for row in rows.order_by("rectify_by", "pk")[:MOST]:
        assert row.rectify_by is not None, "filtered by it"
        url = reverse("filings:finding-list", args=[row.pk])
        yield Obligation(
            f"rectify-{row.pk}-{row.round}", row.rectify_by, name_of(row.filing), _("Rectify and submit again"), url
        )


def _matters(entity: Entity, user: User, until: dt.date) -> Iterator[Obligation]:
    """Questions, orders, complaints and confirmations that wait for the provider until a day."""
    rows = Matter.objects.filter(
        access.in_power(user, "entity", "filing") & Q(told_provider=True),
        entity=entity, turn=Matter.Turn.PROVIDER, closed_at__isnull=True, due_on__lte=until,
    ).select_related("filing")  # fmt: skip
    for row in rows.order_by("due_on", "pk")[:MOST]:
        assert row.due_on is not None, "filtered by it"
        title = name_of(row.filing) if row.filing else entity.name
        text = _("%(kind)s %(reference)s: your turn") % {"kind": row.get_kind_display(), "reference": row.reference}
        yield Obligation(
            f"matter-{row.pk}-{row.due_on:%Y%m%d}", row.due_on, title, text,
            _page_of(row), cites=row.due_basis if law.is_citation(row.due_basis) else "",
        )  # fmt: skip


def _hearings(entity: Entity, user: User, until: dt.date) -> Iterator[Obligation]:
    """Days up to which the provider is heard before a cancellation or revocation of the authority's own motion."""
    mine = access.in_power(user, "procedure__filing__entity", "procedure__filing")
    rows = Hearing.objects.filter(
        mine, procedure__filing__entity=entity, procedure__status=ProcedureStatus.IN_REVIEW, answered_at=None,
        answer_by__lte=until,
    ).select_related("procedure__filing")  # fmt: skip
    for row in rows.order_by("answer_by", "pk")[:MOST]:
        text = _("%(purpose)s: you can be heard until now") % {"purpose": row.procedure.get_purpose_display()}
        url = reverse("filings:hearing", args=[row.procedure_id])
        yield Obligation(
            f"hearing-{row.pk}", row.answer_by, name_of(row.procedure.filing), text, url, cites=row.articles[0]
        )  # fmt: skip


def _page_of(matter: Matter) -> str:
    if matter.kind == MatterKind.CONFIRMATION:
        return reverse("filings:confirmation-declare", args=[matter.pk])
    return reverse("filings:matter-detail", args=[matter.pk])


def _windows(entity: Entity, user: User, until: dt.date) -> Iterator[Obligation]:
    """Last days to submit a change or a cancellation that is being prepared (Algorithm Provisions, art. 24)."""
    drafts = Procedure.objects.filter(
        access.in_power(user, "filing__entity", "filing"), filing__entity=entity, status=ProcedureStatus.DRAFT
    )
    changed, ended = drafts.filter(change__changed_on__isnull=False), drafts.filter(ending__isnull=False)
    begun: list[tuple[Procedure, dt.date, int]] = []
    for row in changed.select_related("filing", "change").order_by("pk")[:MOST]:
        assert row.change.changed_on is not None, "filtered by it"
        begun.append((row, row.change.changed_on, CHANGE_DAYS))
    ends = ended.select_related("filing", "ending").order_by("pk")[:MOST]
    begun.extend((row, row.ending.ended_on, CANCEL_DAYS) for row in ends)
    workdays = _workdays(day for _row, day, _count in begun)
    for row, day, count in begun:
        ahead = workdays[bisect_right(workdays, day) :][:count]
        if len(ahead) == count and (last := ahead[-1]) <= until:  # the working calendar may end before
            text = _("Submit the change by now") if count == CHANGE_DAYS else _("Submit the cancellation by now")
            url = reverse("filings:procedure-detail", args=[row.pk])
            basis = "ARP 24(2)" if count == CHANGE_DAYS else "ARP 24(3)"
            yield Obligation(f"window-{row.pk}", last, name_of(row.filing), text, url, cites=basis)


def _workdays(days: Iterable[dt.date]) -> list[dt.date]:
    """Working days from the earliest of some days to three months after the latest, in one query."""
    known = list(days)
    span = (min(known), max(known) + dt.timedelta(days=90)) if known else (dt.date.max, dt.date.max)
    rows = CalendarDay.objects.filter(day__range=span, is_workday=True).order_by("day")
    return list(rows.values_list("day", flat=True))


def _deposits(entity: Entity, user: User, until: dt.date) -> Iterator[Obligation]:
    """Access for technical tests that ends by its date."""
    mine = VaultDeposit.objects.filter(
        access.in_power(user, "procedure__filing__entity", "procedure__filing"), procedure__filing__entity=entity
    )
    rows = mine.filter(ended_at__isnull=True, expires_on__lte=until).select_related("procedure__filing")
    for row in rows.order_by("expires_on", "pk")[:MOST]:
        url = reverse("filings:vault-list", args=[row.procedure_id])
        title = name_of(row.procedure.filing)
        yield Obligation(f"access-{row.pk}", row.expires_on, title, _("Access for the technical test ends"), url)


def _agencies(entity: Entity, user: User, until: dt.date) -> Iterator[Obligation]:
    """Last days of powers of attorney; an agent is told of the own one alone, and nobody's name is told."""
    rows = Membership.objects.filter(entity=entity, agency__ends_on__lte=until).select_related("agency")
    own = Membership.objects.filter(entity=entity, user=user, role=MemberRole.AGENT).values("pk")
    bound = Q(pk__in=own) | ~Q(entity__in=Membership.objects.filter(pk__in=own).values("entity"))
    for row in rows.filter(bound).order_by("agency__ends_on", "pk")[:MOST]:
        assert row.agency is not None, "filtered by it"
        url = reverse("filings:member-list", args=[entity.pk])
        text = _("An agent's power of attorney ends with this day")
        yield Obligation(f"agency-{row.agency_id}", row.agency.ends_on, entity.name, text, url, is_open=False)


def _yearly(entity: Entity, user: User, until: dt.date) -> Iterator[Obligation]:
    """Days on which the yearly confirmation of a registered filing will be asked for."""
    mine = Filing.objects.filter(access.in_power(user, "entity", "pk"), entity=entity)
    running = mine.filter(standing=FilingStanding.REGISTERED).values("pk")
    rows = RegisterEntry.objects.filter(filing__in=running, issued_on__isnull=False)
    shown = rows.select_related("filing").only("issued_on", "filing")
    for row in shown.order_by("pk")[:MOST]:
        assert row.filing is not None, "filtered by them"
        assert row.issued_on is not None, "filtered by it"
        day = next_anniversary(row.issued_on, after=workingdays.today() - dt.timedelta(days=1))
        if day <= until:
            url = reverse("filings:number-show", args=[row.filing_id])
            text = _("The yearly confirmation is asked for")
            basis = "ARP 8" if tracks.of(row.filing.kind).has_limit else "GAI 17"
            yield Obligation(
                f"yearly-{row.filing_id}-{day.year}", day, name_of(row.filing), text, url, is_open=False, cites=basis
            )


def next_anniversary(day: dt.date, *, after: dt.date) -> dt.date:
    """The first yearly return of a day later than ``after``; of 29 February, the 28th in other years."""
    return next(found for year in range(after.year, after.year + 3) if (found := in_year(day, year)) > max(after, day))


def last_anniversary(day: dt.date, *, on: dt.date) -> dt.date:
    """The newest yearly return of a day that is not later than ``on``."""
    return next(found for year in (on.year, on.year - 1) if (found := in_year(day, year)) <= on)


def in_year(day: dt.date, year: int) -> dt.date:
    """The day's return in a year; of 29 February, the 28th where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


SOURCES: tuple[Callable[[Entity, User, dt.date], Iterator[Obligation]], ...] = (
    _rectifications,
    _matters,
    _hearings,
    _windows,
    _deposits,
    _agencies,
    _yearly,
)
