"""Searching the spine: events and accesses by person, filing, period and action."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone

from filings import events, sentences
from filings.access import over_filings, posted_as
from filings.lifecycle import Actor, FilingStanding, ProcedureStatus
from filings.matter_lifecycle import MatterStatus
from filings.models import AccessRecord, Event, Level, OfficerRole
from reviews import accesses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from portal.models import User

MOST_EXPORTED = 50_000


def events_found(user: User, **wanted: Any) -> QuerySet[Event]:
    """Events of the auditor's region, or all for a national auditor."""
    rows = Event.objects.select_related("actor", "posting__authority", "posting__user", "filing", "entity", "procedure")
    rows = rows.filter(_region(user) | _by_authority(user))
    if wanted.get("action"):
        rows = rows.filter(kind__startswith=wanted["action"])
    return _narrowed(rows, wanted)


def accesses_found(user: User, **wanted: Any) -> QuerySet[AccessRecord]:
    rows = AccessRecord.objects.select_related("actor", "posting__authority", "posting__user", "filing", "entity")
    rows = rows.filter(_region(user) | _by_authority(user))
    if wanted.get("action"):
        rows = rows.filter(action__startswith=wanted["action"])
    return _narrowed(rows, wanted)


def page(rows: QuerySet[Any], *, after: int | None, size: int) -> QuerySet[Any]:
    """Rows below a key, newest first."""
    if after is not None:
        rows = rows.filter(pk__lt=after)
    return rows.order_by("-pk")[:size]


def record_export(*, by: User, at: dt.datetime, what: str, query: dict[str, Any], count: int) -> None:
    """An export leaves an access record and an event that says what was asked for."""
    given = {key: str(value) for key, value in query.items() if value and key != "csrfmiddlewaretoken"}
    accesses.record(AccessRecord.Action.EXPORT, by=by, at=at, subject=f"{what}: {count}")
    data = {"what": what, "count": count, "query": given}
    held = posted_as(by, OfficerRole.AUDITOR)
    events.record(
        "audit.exported",
        side=Actor.OFFICER,
        by=by,
        posting=held[0] if held else None,
        at=at,
        staff_only=True,
        data=data,
    )


def cell(value: str) -> str:
    """A CSV cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value[:1] in "=+-@\t\r" and value else value


def words(data: dict[str, Any]) -> str:
    """An event's data on one line, what stands inside other data with both names."""
    return "; ".join(f"{name}: {value}" for name, value in _flat(data, "") if value not in ("", "None"))


def _flat(data: dict[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in sorted(data.items()):
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def status(code: str) -> str:
    """A status of a procedure or matter, or a standing of a filing, in words."""
    labels = {**dict(FilingStanding.choices), **dict(MatterStatus.choices), **dict(ProcedureStatus.choices)}
    return str(labels.get(code, code))


def kinds_of_event() -> list[tuple[str, str]]:
    """What an auditor may ask for, with its sentence; the facts of one event stand as dots."""
    return [(kind, re.sub(r"%\(\w+\)s", "…", str(said))) for kind, said in sorted(sentences.TO_STAFF.items())]


def kinds_of_access() -> list[tuple[str, str]]:
    """The four acts that leave an access record."""
    return [(str(code), str(label)) for code, label in AccessRecord.Action.choices]


def _region(user: User) -> Q:
    if not posted_as(user, OfficerRole.AUDITOR):
        raise PermissionDenied
    held = over_filings(user, OfficerRole.AUDITOR)
    if any(p.authority.level == Level.NATIONAL for p in held):
        return Q()
    condition = Q(pk__in=())
    for posting in held:
        prefix = posting.authority.region_prefix
        condition |= Q(filing__region_code__startswith=prefix) | Q(entity__region_code__startswith=prefix)
    return condition


def _by_authority(user: User) -> Q:
    """What officers of the auditor's own authority did, whatever it concerned."""
    held = posted_as(user, OfficerRole.AUDITOR)
    if any(p.authority.level == Level.NATIONAL for p in over_filings(user, OfficerRole.AUDITOR)):
        return Q()
    return Q(posting__authority__in=[p.authority_id for p in held])


def _narrowed[RowsT: QuerySet[Any]](rows: RowsT, wanted: dict[str, Any]) -> RowsT:
    person, filing = (wanted.get("person") or "").strip(), (wanted.get("filing") or "").strip()
    if person:
        rows = rows.filter(Q(actor__email__icontains=person) | Q(actor__display_name__icontains=person))
    if filing:
        rows = rows.filter(Q(filing__name__icontains=filing) | Q(filing__number__icontains=filing))
    if wanted.get("since"):
        rows = rows.filter(at__gte=_midnight(wanted["since"]))
    if wanted.get("until"):
        rows = rows.filter(at__lt=_midnight(wanted["until"]) + dt.timedelta(days=1))
    return rows


# No record is older or younger; days at the calendar's own ends cannot be moved between time zones.
FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2100, 1, 1)


def _midnight(day: dt.date) -> dt.datetime:
    day = min(max(day, FIRST_DAY), LAST_DAY)
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
