"""Incident reports 事件报告 as the provider makes them: illegal content found, and misuse by a user.

Generative AI Measures, art. 14: on illegal content stop generating, stop transmitting, remove,
correct by optimisation training of the model, report; on users' illegal acts take measures by law
and agreement, keep records, report. Both "in time", without a number of days: those here are a
service standard. For algorithms, Algorithm Provisions, art. 9.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings import events, matters, policy, rulesets, sealed, workingdays
from filings.lifecycle import Actor, FilingStanding
from filings.matter_lifecycle import MatterKind, MatterStatus, final
from filings.models import Incident, Matter, Misuse, SealedValue
from filings.transitions import TransitionNotAllowed, move_matter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from filings.models import Attachment, Filing
    from portal.models import User

KINDS = (MatterKind.INCIDENT, MatterKind.MISUSE)
REPORT_DAYS = 3  # working days from finding to report; service standard
DEAL_DAYS = 5  # working days for an authority's next step, and for an answer to it; service standard
# What a draft holds, by kind; what a sent report must hold.
FIELDS: dict[str, tuple[str, ...]] = {
    MatterKind.INCIDENT: (
        "categories", "description", "place", "how_found", "extent", "found_at", "generation_stopped_at",
        "transmission_stopped_at", "removed", "correction", "correction_text", "correct_by", "records",
        "records_until", "told",
    ),
    MatterKind.MISUSE: (
        "act", "found_at", "measure", "acted_at", "clause", "records", "records_until", "told",
    ),
}  # fmt: skip
OPTIONAL = ("categories", "told")
# No service is older; a year of one or two digits cannot be read back in every time zone.
FIRST_YEAR = 2000
TIMES = ("found_at", "generation_stopped_at", "transmission_stopped_at", "acted_at")
# An identity number or a mobile number inside a text.
PERSONAL = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")


def of(matter: Matter) -> Incident | Misuse:
    """What only this kind of matter knows."""
    found: Incident | Misuse = matter.incident if matter.kind == MatterKind.INCIDENT else matter.misuse
    return found


def standard(day: dt.date, count: int) -> dict[str, Any]:
    """Columns of a matter that is due so many working days later by service standard; none where unknown."""
    try:
        return {"due_on": workingdays.add(day, count), "due_basis": matters.STANDARD}
    except workingdays.CalendarUnknown:
        return {"due_on": None, "due_basis": ""}


def is_late(report: Incident | Misuse) -> bool:
    """Whether it was sent after the standard; marked, never refused."""
    sent, until = report.reported_at, report.report_by
    return sent is not None and until is not None and timezone.localdate(sent) > until


def risks(matter: Matter) -> list[str]:
    """The risks that an incident names, by code and title in the reader's language."""
    if matter.kind != MatterKind.INCIDENT or not matter.incident.categories:
        return []
    known = rulesets.risks(rulesets.current(on=workingdays.today()))
    return [f"{code} {known[code].title}" if code in known else code for code in matter.incident.categories]


@transaction.atomic
def start(*, filing: Filing, kind: str, by: User, at: dt.datetime) -> Matter:
    """Begin a draft that only the entity's own people see.

    Raises PermissionDenied for who does not write filings, TransitionNotAllowed unless it is registered.
    """
    policy.require(policy.may_write_filings(by, filing.entity))
    if filing.standing != FilingStanding.REGISTERED:
        raise TransitionNotAllowed("start", filing.standing)
    matter = matters.open_matter(
        kind=kind, title=filing.name, side=Actor.PROVIDER, by=by, at=at, filing=filing, told_provider=True,
        authority=matters.authority_over(filing.region_code), turn=Matter.Turn.PROVIDER,
    )  # fmt: skip
    (Incident if kind == MatterKind.INCIDENT else Misuse).objects.create(matter=matter)
    return matter


@transaction.atomic
def save(
    *,
    matter: Matter,
    values: Mapping[str, Any],
    by: User,
    at: dt.datetime,
    files: Iterable[Attachment] = (),
    account: str = "",
) -> Incident | Misuse:
    """Keep a draft, complete or not; ``account`` replaces the sealed reference of the user's account.

    Raises ValidationError naming the field for times in the wrong order or in the future.
    """
    matter = _locked(matter)
    policy.require(_may_write(by, matter))
    if matter.status != MatterStatus.DRAFT:
        raise TransitionNotAllowed("save", matter.status)
    report, fields = of(matter), FIELDS[matter.kind]
    for field in fields:
        if field in values:
            setattr(report, field, values[field])
    _check_times(report, at)
    _check_impersonal(matter, *(getattr(report, field) for field in fields))
    if isinstance(report, Misuse) and account:
        _forget_account(report, by=by, at=at)
        assert matter.entity is not None, "it is a filing's"
        report.account = sealed.seal(
            entity=matter.entity, kind=SealedValue.Kind.ACCOUNT, value=account, by=by, at=at
        )  # fmt: skip
    report.save()
    report.files.add(*files)
    due = standard(timezone.localdate(report.found_at), REPORT_DAYS) if report.found_at else {"due_on": None}
    Matter.objects.filter(pk=matter.pk).update(**due)
    return report


@transaction.atomic
def report(*, matter: Matter, by: User, at: dt.datetime) -> Matter:
    """Send it to the authority; from now on it stands as written.

    Raises PermissionDenied for agents and viewers, ValidationError naming every field that is missing.
    """
    matter = _locked(matter)
    policy.require(_may_answer(by, matter))
    row = of(matter)
    _check_complete(row, FIELDS[matter.kind])
    _check_times(row, at)
    row.report_by, row.reported_at = matter.due_on, at
    row.save(update_fields=["report_by", "reported_at"])
    changes = {"turn": Matter.Turn.AUTHORITY, **standard(timezone.localdate(at), DEAL_DAYS)}
    move_matter(matter, "report", side=Actor.PROVIDER, by=by, at=at, changes=changes)
    matters.write(
        matter=matter, kind="report", side=Actor.PROVIDER, by=by, at=at, attachments=row.files.all(),
        text=row.description if isinstance(row, Incident) else row.act,
    )  # fmt: skip
    return matter


@transaction.atomic
def drop(*, matter: Matter, by: User, at: dt.datetime) -> None:
    """Give a draft up; no authority ever saw it."""
    matter = _locked(matter)
    policy.require(_may_write(by, matter))
    move_matter(matter, "drop", side=Actor.PROVIDER, by=by, at=at)
    if matter.kind == MatterKind.MISUSE:
        _forget_account(matter.misuse, by=by, at=at)


@transaction.atomic
def answer(*, matter: Matter, text: str, by: User, at: dt.datetime, files: Iterable[Attachment] = ()) -> None:
    """Answer the open question; who asked has the turn again. A forwarded one stays where it went."""
    matter = _locked(matter)
    policy.require(_may_answer(by, matter))
    changes = {"turn": Matter.Turn.AUTHORITY, **standard(timezone.localdate(at), DEAL_DAYS)}
    move = "reply" if matter.status == MatterStatus.ASKED else "answer"
    move_matter(matter, move, side=Actor.PROVIDER, by=by, at=at, changes=changes)
    _write(matter, "answer", text, by=by, at=at, files=files)


@transaction.atomic
def follow_up(*, matter: Matter, text: str, by: User, at: dt.datetime, files: Iterable[Attachment] = ()) -> None:
    """Tell more of one's own accord, while it is open; nobody's turn changes."""
    matter = _locked(matter)
    policy.require(_may_answer(by, matter))
    if matter.status == MatterStatus.DRAFT or matter.status in final(matter.kind):
        raise TransitionNotAllowed("follow_up", matter.status)
    events.record(f"matter.{matter.kind}.follow_up", side=Actor.PROVIDER, by=by, at=at, matter=matter)
    _write(matter, "follow_up", text, by=by, at=at, files=files)


@transaction.atomic
def show_correction(*, matter: Matter, text: str, by: User, at: dt.datetime, files: Iterable[Attachment] = ()) -> None:
    """Show with evidence that the model is corrected. Raises ValidationError without any."""
    matter, evidence = _locked(matter), list(files)
    policy.require(_may_answer(by, matter))
    if matter.kind != MatterKind.INCIDENT:
        raise TransitionNotAllowed("show_correction", matter.status)
    if not evidence:
        raise ValidationError({"files": _("Attach the evidence: a correction is shown, not told.")})
    changes = {"turn": Matter.Turn.AUTHORITY, **standard(timezone.localdate(at), DEAL_DAYS)}
    move_matter(matter, "show_correction", side=Actor.PROVIDER, by=by, at=at, changes=changes)
    matter.incident.corrected_at = at
    matter.incident.save(update_fields=["corrected_at"])
    _write(matter, "correction", text, by=by, at=at, files=evidence)


def _may_write(user: User, matter: Matter) -> bool:
    assert matter.entity is not None, "it is a filing's"
    return policy.may_write_filings(user, matter.entity)


def _may_answer(user: User, matter: Matter) -> bool:
    assert matter.entity is not None, "it is a filing's"
    return policy.may_edit_entity(user, matter.entity)


def _locked(matter: Matter) -> Matter:
    rows = Matter.objects.select_for_update(of=("self",)).select_related("filing", "entity")
    return rows.get(pk=matter.pk, kind__in=KINDS)


def _write(matter: Matter, kind: str, text: str, *, by: User, at: dt.datetime, files: Iterable[Attachment]) -> None:
    if not text.strip():
        raise ValidationError({"text": _("Write something.")})
    _check_impersonal(matter, text)
    matters.write(
        matter=matter, kind=kind, side=Actor.PROVIDER, text=text.strip(), by=by, at=at, attachments=files
    )  # fmt: skip


def _forget_account(misuse: Misuse, *, by: User, at: dt.datetime) -> None:
    if misuse.account is not None:
        sealed.erase(sealed=misuse.account, by=by, at=at)


def _check_impersonal(matter: Matter, *texts: Any) -> None:
    """A user's numbers have no place in a report of a misuse (Personal Information Protection Law, art. 6)."""
    if matter.kind == MatterKind.MISUSE and any(isinstance(text, str) and PERSONAL.search(text) for text in texts):
        raise ValidationError(
            _("An identity or telephone number stands in the text. Leave it out: the account field is sealed.")
        )


def _check_times(report: Incident | Misuse, at: dt.datetime) -> None:
    wrong: dict[str, Any] = {}
    for field in TIMES:
        value = getattr(report, field, None)
        if value is not None and value.year < FIRST_YEAR:
            wrong[field] = _("Check the year.")
        elif value is not None and value > at:
            wrong[field] = _("This lies in the future.")
        elif value is not None and report.found_at is not None and value < report.found_at:
            wrong[field] = _("This lies before the time of the finding.")
    if wrong:
        raise ValidationError(wrong)


def _check_complete(report: Incident | Misuse, fields: Iterable[str]) -> None:
    missing = [field for field in fields if field not in OPTIONAL and not getattr(report, field)]
    if missing:
        raise ValidationError(dict.fromkeys(missing, _("Fill this in before you send the report.")))
