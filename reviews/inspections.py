"""The authority's half of inspections: asking, joining, taking over, checking off, verifying, closing.

Generative AI Measures, art. 16 and 19; Algorithm Provisions, art. 28. Officers of the authority that
leads move it along; those of authorities that joined ask, check off and hand in samples too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from filings import access, events, inspections, matters
from filings.lifecycle import Actor
from filings.matter_lifecycle import MatterKind, MatterStatus
from filings.models import (
    Inspection,
    InspectionCheck,
    InspectionResult,
    Level,
    Matter,
    MatterAuthority,
    OrderKind,
)
from filings.transitions import TransitionNotAllowed, move_matter
from reviews import matterdecisions, policy

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from filings.models import Attachment, Authority, MatterPost, Posting
    from portal.models import User

WORKERS = inspections.OPENERS


def taking_part(user: User, matter: Matter) -> Posting | None:
    """The posting under which an officer works in it: at who leads, else at who joined; never at one's own entity."""
    if matter.entity_id in policy.own_entities(user):
        return None
    joined = MatterAuthority.objects.filter(matter=matter, left_at__isnull=True)
    offices = {matter.authority_id, *joined.values_list("authority_id", flat=True)}
    held = [p for p in access.posted_as(user, *WORKERS) if p.authority_id in offices]
    return max(held, key=lambda p: p.authority_id == matter.authority_id, default=None)


def leads(user: User, matter: Matter) -> bool:
    """Whether the officer may move it along."""
    posting = taking_part(user, matter)
    return posting is not None and posting.authority_id == matter.authority_id


@transaction.atomic
def add_question(*, matter: Matter, text: str, by: User, at: dt.datetime, paths: Iterable[str] = ()) -> MatterPost:
    """A further question; the provider reads it at once, or when it is first asked.

    Not while the answers are with the authority: it asks again then.
    """
    matter, posting = _part(matter, by)
    if matter.status not in (MatterStatus.DRAFT, MatterStatus.ASKED):
        raise TransitionNotAllowed("add_question", matter.status)
    said = _needed("text", text, _("Write the question."))
    post = matters.write(
        matter=matter, kind="question", side=Actor.OFFICER, text=said, by=by, posting=posting, at=at, paths=paths
    )
    events.record("matter.inspection.question_added", side=Actor.OFFICER, by=by, posting=posting, at=at, matter=matter)
    return post


@transaction.atomic
def ask(*, matter: Matter, due_on: dt.date, by: User, at: dt.datetime) -> None:
    """Put the questions to the provider, to be answered by the day."""
    matter, posting = _lead(matter, by)
    inspections.ask(matter=matter, due_on=due_on, by=by, posting=posting, at=at)


@transaction.atomic
def ask_more(*, matter: Matter, text: str, due_on: dt.date, by: User, at: dt.datetime) -> None:
    """The answers do not suffice: one more question, and a new day."""
    matter, posting = _lead(matter, by)
    said = _needed("text", text, _("Write the question."))
    inspections.check_day(due_on, at)
    changes = {"turn": Matter.Turn.PROVIDER, "due_on": due_on, "due_basis": inspections.BASIS}
    move_matter(
        matter, "ask_more", side=Actor.OFFICER, by=by, posting=posting, at=at, changes=changes,
        data={"due_on": due_on.isoformat()},
    )  # fmt: skip
    matters.write(matter=matter, kind="question", side=Actor.OFFICER, text=said, by=by, posting=posting, at=at)


@transaction.atomic
def move_date(*, matter: Matter, due_on: dt.date, by: User, at: dt.datetime) -> None:
    """Give the provider a later day, whether or not it asked for one."""
    matter, posting = _lead(matter, by)
    if matter.turn != Matter.Turn.PROVIDER or matter.due_on is None:
        raise TransitionNotAllowed("move_date", matter.status)
    inspections.check_day(due_on, at)
    matter.due_on = due_on
    matter.save(update_fields=["due_on"])
    Inspection.objects.filter(matter=matter).update(later_date_asked=None, later_date_reason="")
    events.record(
        "matter.inspection.date_moved", side=Actor.OFFICER, by=by, posting=posting, at=at, matter=matter,
        data={"due_on": due_on.isoformat()},
    )  # fmt: skip


@transaction.atomic
def drop(*, matter: Matter, reason: str, by: User, at: dt.datetime) -> None:
    """Give it up without a result, before the provider answered."""
    matter, posting = _lead(matter, by)
    said = _needed("reason", reason, _("Say why it is given up."))
    move_matter(matter, "drop", side=Actor.OFFICER, by=by, posting=posting, at=at, changes={"outcome": said})


@transaction.atomic
def join(*, matter: Matter, authority: Authority, by: User, at: dt.datetime) -> None:
    """The authority that leads lets another one in whose remit and region the filing is of (art. 16)."""
    matter, posting = _lead(matter, by)
    if matter.closed_at is not None:
        raise TransitionNotAllowed("join", matter.status)
    reaches = authority.level == Level.NATIONAL or matter.region_code.startswith(authority.region_prefix)
    if not authority.is_active or authority.pk == matter.authority_id or not reaches:
        raise ValidationError({"authority": _("This authority cannot join here.")})
    _row, made = MatterAuthority.objects.get_or_create(
        matter=matter, authority=authority, left_at=None, defaults={"joined_at": at}
    )
    if not made:
        raise ValidationError({"authority": _("This authority joined already.")})
    inspection = Inspection.objects.select_related("submission").get(matter=matter)
    inspections.seed_checks(inspection, authority, inspections.outline_of(inspection.submission))
    _of_authority("joined", matter, authority, posting, by, at)


@transaction.atomic
def hand_lead(*, matter: Matter, authority: Authority, by: User, at: dt.datetime) -> None:
    """An authority that joined takes the lead over; the one that led stays as one that joined."""
    matter, posting = _lead(matter, by)
    rows = MatterAuthority.objects.filter(matter=matter, authority=authority, left_at__isnull=True)
    if matter.closed_at is not None or not rows.update(left_at=at):
        raise ValidationError({"authority": _("Only an authority that joined can take over.")})
    MatterAuthority.objects.create(matter=matter, authority_id=posting.authority_id, joined_at=at)
    matter.authority = authority
    matter.save(update_fields=["authority"])
    _of_authority("lead_changed", matter, authority, posting, by, at)


@transaction.atomic
def check(*, row: InspectionCheck, state: str, remark: str, by: User, at: dt.datetime) -> None:
    """Check one declared measure off: kept, not kept, or not checked."""
    matter, posting = _part(row.inspection.matter, by)
    if matter.closed_at is not None:
        raise TransitionNotAllowed("check", matter.status)
    if state not in InspectionCheck.State:
        raise ValidationError({"state": _("Choose what you found.")})
    row.state, row.remark, row.checked_by, row.checked_at = state, remark.strip()[:500], by, at
    row.save(update_fields=["state", "remark", "checked_by", "checked_at"])
    events.record(
        "matter.inspection.checked", side=Actor.OFFICER, by=by, posting=posting, at=at, matter=matter,
        staff_only=True, data={"path": row.path, "state": state},
    )  # fmt: skip


@transaction.atomic
def add_samples(*, matter: Matter, files: Iterable[Attachment], by: User, at: dt.datetime) -> None:
    """Samples that the inspectors made themselves; their labels are read."""
    matter, posting = _part(matter, by)
    if matter.closed_at is not None:
        raise TransitionNotAllowed("sample", matter.status)
    inspections.keep_samples(matter=matter, files=files, side=Actor.OFFICER, by=by, posting=posting, at=at)


def orders_to_correct(matter: Matter) -> list[Matter]:
    """Orders to correct that grew out of it, each with its terms, newest first."""
    children = matter.children.filter(kind=MatterKind.ORDER, order__kind=OrderKind.CORRECT)
    return list(children.select_related("order").order_by("-pk"))


@transaction.atomic
def order_correction(*, matter: Matter, by: User, at: dt.datetime) -> None:
    """Wait for the correction that an order in force asks for, until the order's day."""
    matter, posting = _lead(matter, by)
    found = next((each for each in orders_to_correct(matter) if each.status == MatterStatus.IN_FORCE), None)
    if found is None:
        raise ValidationError(_("No order to correct is in force: two people issue one first."))
    changes = {"turn": Matter.Turn.PROVIDER, "due_on": found.due_on, "due_basis": found.due_basis}
    data = {"order": found.reference, "due_on": found.due_on.isoformat() if found.due_on else ""}
    move_matter(
        matter, "order_correction", side=Actor.OFFICER, by=by, posting=posting, at=at, changes=changes, data=data
    )


@transaction.atomic
def not_corrected(*, matter: Matter, reason: str, due_on: dt.date, by: User, at: dt.datetime) -> None:
    """What was shown does not suffice; say why, and until when."""
    matter, posting = _lead(matter, by)
    said = _needed("reason", reason, _("Say what is still missing."))
    inspections.check_day(due_on, at)
    changes = {"turn": Matter.Turn.PROVIDER, "due_on": due_on}
    move_matter(
        matter, "not_corrected", side=Actor.OFFICER, by=by, posting=posting, at=at, changes=changes,
        data={"due_on": due_on.isoformat()},
    )  # fmt: skip
    matters.write(matter=matter, kind="verification", side=Actor.OFFICER, text=said, by=by, posting=posting, at=at)


@transaction.atomic
def close(*, matter: Matter, result: str, findings: str, public_text: str = "", by: User, at: dt.datetime) -> None:
    """Close it with a result and what was found; ``public_text`` alone is told to the public.

    What was ordered to be corrected is closed as corrected, or as not.
    """
    matter, posting = _lead(matter, by)
    said = _needed("findings", findings, _("Say what was found: the provider is told."))
    was_ordered = matter.status in (MatterStatus.SHOWN, MatterStatus.CORRECTING)
    fitting = {InspectionResult.CORRECTED, InspectionResult.NOT_CORRECTED} if was_ordered else set(InspectionResult)
    if matter.status == MatterStatus.CORRECTING:
        fitting = {InspectionResult.NOT_CORRECTED}
    if result not in fitting:
        raise ValidationError({"result": _("Choose a result that fits what was shown.")})
    move_matter(
        matter, "close", side=Actor.OFFICER, by=by, posting=posting, at=at, changes={"outcome": said},
        data={"result": result},
    )  # fmt: skip
    inspection = Inspection.objects.get(matter=matter)
    inspection.result, inspection.findings, inspection.public_text = result, said, public_text.strip()
    inspection.save(update_fields=["result", "findings", "public_text"])


def _needed(field: str, text: str, missing: object) -> str:
    if not text.strip():
        raise ValidationError({field: str(missing)})
    return text.strip()


def _part(matter: Matter, by: User) -> tuple[Matter, Posting]:
    locked = matterdecisions.lock(matter)
    posting = taking_part(by, locked)
    if posting is None or locked.kind != MatterKind.INSPECTION:
        raise PermissionDenied
    return locked, posting


def _lead(matter: Matter, by: User) -> tuple[Matter, Posting]:
    locked = matterdecisions.lock(matter)
    return locked, matterdecisions.require_officer(by, locked, *WORKERS)


def _of_authority(what: str, matter: Matter, authority: Authority, posting: Posting, by: User, at: dt.datetime) -> None:
    data = {"authority_zh": authority.name_zh, "authority_en": authority.name_en}
    events.record(
        f"matter.inspection.{what}", side=Actor.OFFICER, by=by, posting=posting, at=at, matter=matter, data=data
    )
