"""Inspections 监督检查 as both sides see them: opened, drawn by lot, answered, corrected.

Generative AI Measures, art. 16 and 19; Algorithm Provisions, art. 28; Deep Synthesis Provisions, art. 21.
What only officers do in one is in ``reviews.inspections``.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from filings import access, events, matters, policy, remits
from filings.dossier import document
from filings.lifecycle import Actor, FilingStanding, ProcedureStatus
from filings.matter_lifecycle import MatterKind, MatterStatus, final
from filings.models import (
    Filing,
    Inspection,
    InspectionCheck,
    InspectionDraw,
    InspectionMode,
    Level,
    Matter,
    MatterPost,
    Membership,
    OfficerRole,
    Submission,
)
from filings.transitions import TransitionNotAllowed, move_matter

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from filings.models import Attachment, Authority, Posting
    from portal.models import User

OPENERS = (OfficerRole.REVIEWER, OfficerRole.SUPERVISOR)
BASIS = "GAI 19"
MOST_DRAWN = 200


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why inspections are opened; ``cause`` only for those opened for one."""

    mode: str
    reason: str
    cause: str = ""
    draw: InspectionDraw | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """What became of one filing: ``outcome`` is opened, already_open or refused, with the reason in words."""

    filing: Filing
    outcome: str
    matter: Matter | None = None
    reason: str = ""


def open_inspections(
    filings: Iterable[Filing],
    authority: Authority,
    *,
    grounds: Grounds,
    by: User,
    at: dt.datetime,
    due_on: dt.date | None = None,
    parent: Matter | None = None,
) -> list[Opened]:
    """Open an inspection of each filing, and say of each whether it was and why not, in the order given.

    Each in a transaction of its own. With a day the provider is asked at once, else the officer asks
    later. Raises PermissionDenied for who neither reviews nor supervises there, ValidationError.
    """
    posting = _opener(by, authority)
    if not grounds.reason.strip():
        raise ValidationError({"reason": _("Say why: the reason is kept with the inspection.")})
    check_day(due_on, at)
    own = frozenset(Membership.objects.filter(user=by).values_list("entity_id", flat=True))
    told: list[Opened] = []
    for each in filings:
        with transaction.atomic():
            told.append(_open_one(each.pk, authority, grounds, posting, own, by, at, due_on, parent))
    return told


def _opener(by: User, authority: Authority) -> Posting:
    posting = next((p for p in access.posted_as(by, *OPENERS) if p.authority_id == authority.pk), None)
    if posting is None:
        raise PermissionDenied
    return posting


def check_day(day: dt.date | None, at: dt.datetime) -> None:
    """A day by which something is due lies ahead. Raises ValidationError."""
    if day is not None and day <= timezone.localdate(at):
        raise ValidationError({"due_on": _("Choose a day after today.")})


def _open_one(
    pk: int,
    authority: Authority,
    grounds: Grounds,
    posting: Posting,
    own: frozenset[int],
    by: User,
    at: dt.datetime,
    due_on: dt.date | None,
    parent: Matter | None,
) -> Opened:
    filing = Filing.objects.select_for_update(of=("self",)).select_related("entity").get(pk=pk)
    if refused := _refused(filing, authority, own):
        return Opened(filing, "refused", reason=refused)
    known = Matter.objects.filter(kind=MatterKind.INSPECTION, filing=filing, closed_at__isnull=True)
    joined = Q(joined__authority=authority, joined__left_at__isnull=True)
    standing = known.filter(Q(authority=authority) | joined).first()
    if standing is not None:
        return Opened(filing, "already_open", standing, _("An inspection of your authority is open already."))
    submission = registered_submission(filing)
    if submission is None:
        return Opened(filing, "refused", reason=_("Nothing that was submitted here stands behind it."))
    matter = matters.open_matter(
        kind=MatterKind.INSPECTION, title=filing.name, side=Actor.OFFICER, by=by, posting=posting, at=at,
        filing=filing, authority=authority, turn=Matter.Turn.AUTHORITY, parent=parent, data={"mode": grounds.mode},
    )  # fmt: skip
    inspection = Inspection.objects.create(
        matter=matter, mode=grounds.mode, cause=grounds.cause, reason=grounds.reason.strip(), submission=submission,
        draw=grounds.draw,
    )  # fmt: skip
    _prepare(inspection, authority, posting, by, at)
    if due_on is not None:
        ask(matter=matter, due_on=due_on, by=by, posting=posting, at=at)
    return Opened(filing, "opened", matter)


def _refused(filing: Filing, authority: Authority, own: frozenset[int]) -> str:
    """Why an authority may not inspect a filing; "" when it may."""
    if filing.standing != FilingStanding.REGISTERED:
        return _("It is not registered.")
    if authority.level != Level.NATIONAL and not filing.region_code.startswith(authority.region_prefix):
        return _("It belongs to another region.")
    if filing.entity_id in own:
        return _("You work for its entity: a colleague opens it.")
    return ""


def registered_submission(filing: Filing) -> Submission | None:
    """The frozen submission that the registration, or its last change, was granted on."""
    granted = Submission.objects.filter(procedure__filing=filing, procedure__status=ProcedureStatus.GRANTED)
    return granted.order_by("-pk").first()


def outline_of(submission: Submission) -> tuple[document.Printed, ...]:
    """The frozen dossier to read."""
    frozen: dict[str, Any] = json.loads(bytes(submission.document))
    profile = (frozen.get("entity") or {}).get("content") or {}
    return document.outline(frozen["kind"], frozen.get("content") or {}, profile)


def _prepare(inspection: Inspection, authority: Authority, posting: Posting, by: User, at: dt.datetime) -> None:
    """The questions of art. 19, each with the places that answer it, and the measures within the remit."""
    outline = outline_of(inspection.submission)
    for code in remits.QUESTIONS:
        with translation.override("zh-hans"):
            text = str(remits.QUESTIONS[code])
        found = [row.path for row in remits.declared(code, outline)]
        matters.write(
            matter=inspection.matter, kind="question", side=Actor.OFFICER, text=text, by=by, posting=posting, at=at,
            paths=found, data={"code": code},
        )  # fmt: skip
    seed_checks(inspection, authority, outline)


def seed_checks(inspection: Inspection, authority: Authority, outline: Iterable[document.Printed]) -> None:
    """A line for each declared measure within the authority's remit that has none yet."""
    rows = {
        row.path: subject
        for subject in remits.REMIT[authority.ministry]
        for row in remits.declared(subject, outline)
        if row.value
    }
    InspectionCheck.objects.bulk_create(
        [InspectionCheck(inspection=inspection, subject=subject, path=path) for path, subject in rows.items()],
        ignore_conflicts=True,
    )


def ask(*, matter: Matter, due_on: dt.date, by: User, posting: Posting, at: dt.datetime) -> None:
    """Tell the provider, who answers every question by the day. In a transaction, under the matter's lock."""
    check_day(due_on, at)
    changes = {"told_provider": True, "turn": Matter.Turn.PROVIDER, "due_on": due_on, "due_basis": BASIS}
    move_matter(
        matter, "ask", side=Actor.OFFICER, by=by, posting=posting, at=at, changes=changes,
        data={"due_on": due_on.isoformat()},
    )  # fmt: skip


def drawn(numbers: Iterable[str], *, seed: str, size: int) -> list[str]:
    """The same numbers for the same seed, whoever draws: the first by SHA-256 of ``seed:number``."""
    return sorted(set(numbers), key=lambda number: hashlib.sha256(f"{seed}:{number}".encode()).digest())[:size]


@transaction.atomic
def open_sample(
    *, authority: Authority, kind: str, size: int, seed: str, reason: str, by: User, at: dt.datetime
) -> tuple[InspectionDraw, list[Opened]]:
    """Draw registered filings of the authority's region and kind by lot, keep the draw, and open what it drew.

    Drawing and opening are one act, so that nobody draws until it suits. Raises as ``open_inspections``.
    """
    posting = _opener(by, authority)
    if not seed.strip() or not 1 <= size <= MOST_DRAWN:
        raise ValidationError({"size": _("Draw from 1 to %(most)d, with a seed.") % {"most": MOST_DRAWN}})
    registered = Filing.objects.filter(standing=FilingStanding.REGISTERED, kind=kind, number__isnull=False)
    registered = registered.filter(region_code__startswith=authority.region_prefix)
    population = sorted(number for number in registered.values_list("number", flat=True) if number)
    if not population:
        raise ValidationError({"kind": _("Nothing of this kind is registered in your region.")})
    lot = drawn(population, seed=seed.strip(), size=size)
    row = InspectionDraw.objects.create(
        authority=authority, kind=kind, seed=seed.strip(), population=population, drawn=lot, drawn_by=by, drawn_at=at
    )
    events.record(
        "inspection.drawn", side=Actor.OFFICER, by=by, posting=posting, at=at, staff_only=True,
        data={"seed": row.seed, "drawn": len(lot), "population": len(population)},
    )  # fmt: skip
    by_number = {filing.number: filing for filing in Filing.objects.filter(number__in=lot)}
    grounds = Grounds(InspectionMode.SAMPLE, reason, draw=row)
    return row, open_inspections([by_number[n] for n in lot], authority, grounds=grounds, by=by, at=at)


def questions(matter: Matter) -> list[tuple[MatterPost, MatterPost | None]]:
    """Each question with its last answer, in the order asked."""
    posts = matter.posts.filter(kind__in=("question", "answer")).select_related("author")
    rows = list(posts.prefetch_related("attachments").order_by("pk"))
    answers = {row.reply_to_id: row for row in rows if row.kind == "answer"}
    return [(row, answers.get(row.pk)) for row in rows if row.kind == "question"]


@transaction.atomic
def answer(
    *, question: MatterPost, text: str, by: User, at: dt.datetime, attachments: Iterable[Attachment] = ()
) -> MatterPost:
    """The provider answers one question, or answers it anew, while it is asked."""
    matter = _own(question.matter, by)
    if matter.status != MatterStatus.ASKED or question.kind != "question":
        raise TransitionNotAllowed("answer", matter.status)
    if not text.strip():
        raise ValidationError({"text": _("Write your answer.")})
    return matters.write(
        matter=matter, kind="answer", side=Actor.PROVIDER, text=text.strip(), by=by, at=at, reply_to=question,
        attachments=attachments,
    )  # fmt: skip


@transaction.atomic
def hand_over(*, matter: Matter, by: User, at: dt.datetime) -> None:
    """All questions are answered: it is the authority's turn. Raises ValidationError while one is not."""
    matter = _own(matter, by)
    if missing := sum(found is None for _question, found in questions(matter)):
        raise ValidationError(_("Answer every question first: %(count)d are left.") % {"count": missing})
    changes = {"turn": Matter.Turn.AUTHORITY, "due_on": None}
    move_matter(matter, "answer", side=Actor.PROVIDER, by=by, at=at, changes=changes)
    Inspection.objects.filter(matter=matter).update(later_date_asked=None, later_date_reason="")


@transaction.atomic
def ask_later(*, matter: Matter, date: dt.date, reason: str, by: User, at: dt.datetime) -> None:
    """The provider asks for a later day; the authority decides."""
    matter = _own(matter, by)
    if matter.turn != Matter.Turn.PROVIDER or matter.due_on is None:
        raise TransitionNotAllowed("ask_later", matter.status)
    if date <= matter.due_on:
        raise ValidationError({"date": _("Choose a day after the one that is due.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Say why you need more time.")})
    Inspection.objects.filter(matter=matter).update(later_date_asked=date, later_date_reason=reason.strip())
    events.record(
        "matter.inspection.later_date_asked", side=Actor.PROVIDER, by=by, at=at, matter=matter,
        data={"date": date.isoformat()},
    )  # fmt: skip


@transaction.atomic
def show_correction(
    *, matter: Matter, text: str, by: User, at: dt.datetime, attachments: Iterable[Attachment] = ()
) -> None:
    """The provider shows what it corrected, with evidence."""
    matter = _own(matter, by)
    if not text.strip():
        raise ValidationError({"text": _("Say what you corrected.")})
    changes = {"turn": Matter.Turn.AUTHORITY, "due_on": None}
    move_matter(matter, "show_correction", side=Actor.PROVIDER, by=by, at=at, changes=changes)
    matters.write(
        matter=matter, kind="correction", side=Actor.PROVIDER, text=text.strip(), by=by, at=at, attachments=attachments
    )


@transaction.atomic
def add_samples(*, matter: Matter, files: Iterable[Attachment], by: User, at: dt.datetime) -> MatterPost:
    """The provider hands in samples of output, whose labels are read (Labelling Measures, art. 5)."""
    matter = _own(matter, by)
    if matter.turn != Matter.Turn.PROVIDER:
        raise TransitionNotAllowed("sample", matter.status)
    return keep_samples(matter=matter, files=files, side=Actor.PROVIDER, by=by, at=at)


def keep_samples(
    *,
    matter: Matter,
    files: Iterable[Attachment],
    side: Actor,
    by: User,
    at: dt.datetime,
    posting: Posting | None = None,
) -> MatterPost:
    """Write the samples down; either side's. Under the matter's lock."""
    kept = list(files)
    if not kept:
        raise ValidationError({"files": _("Choose files with generated output.")})
    post = matters.write(
        matter=matter, kind="sample", side=side, text=_("Samples of output"), by=by, posting=posting, at=at,
        attachments=kept,
    )  # fmt: skip
    events.record(
        "matter.inspection.sampled", side=side, by=by, posting=posting, at=at, matter=matter, data={"files": len(kept)}
    )
    return post


def published(filing: Filing | int) -> Any:
    """What the public reads of inspections that are over, newest first; nothing else of them is public."""
    told = Inspection.objects.filter(matter__filing=filing).exclude(public_text="")
    told = told.filter(matter__status__in=sorted(final(MatterKind.INSPECTION)))
    return told.select_related("matter__authority").order_by("-matter__closed_at", "-pk")


def _own(matter: Matter, by: User) -> Matter:
    """The matter under its lock, if the person fills in for its entity; else PermissionDenied."""
    rows = Matter.objects.select_for_update(of=("self",)).select_related("filing__entity", "entity", "authority")
    locked = rows.get(pk=matter.pk)
    if locked.entity is None or not policy.may_write_filings(by, locked.entity):
        raise PermissionDenied
    return locked
