"""Objections 异议 to a decision, an order or a published entry: raised by its provider, or by anybody to an entry.

They take away no right to administrative reconsideration or to go to court.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings import matters, policy, receipts, workingdays
from filings.lifecycle import Actor, ProcedureStatus
from filings.matter_lifecycle import MatterKind, MatterStatus, final
from filings.matters import STANDARD
from filings.models import Filing, Matter, Objection, Procedure, RegisterEntry
from filings.receipts import Person
from filings.transitions import move_matter

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from django.core.files.uploadedfile import UploadedFile

    from filings.models import Attachment, Entity
    from portal.models import User

# A service standard: no law sets the days for an objection of this kind.
DECISION_DAYS = 30
MOST = 100
DECIDED = (ProcedureStatus.GRANTED, ProcedureStatus.DECLINED, ProcedureStatus.LAPSED)
STANDING_ORDERS = (MatterStatus.IN_FORCE, MatterStatus.REPORTED, MatterStatus.AWAITING_LIFT, MatterStatus.FULFILLED)
Target = Objection.Target


@transaction.atomic
def lodge(
    *,
    entry: RegisterEntry,
    text: str,
    at: dt.datetime,
    person: Person | None = None,
    files: Sequence[UploadedFile[bytes]] = (),
) -> tuple[Matter, str]:
    """Anybody objects to an entry, and follows it by a code. Raises ValidationError, RefusedUpload, NoAuthority."""
    _require(text)
    region = entry.filing.region_code if entry.filing else entry.region_code or entry.province
    facts = {"filing": entry.filing} if entry.filing else {"entity": entry.entity, "region_code": region}
    matter = _open(
        Target.ENTRY,
        entry.name,
        region,
        at,
        side=Actor.PUBLIC,
        objection={"entry": entry},
        told_provider=False,
        **facts,
    )
    return matter, receipts.give(matter, text=text, person=person or Person(), files=files, at=at)


def contestable(entity: Entity) -> dict[str, tuple[str, Procedure | Matter | RegisterEntry]]:
    """What a provider may object to, the newest first, each under a key with its title."""
    decided = Procedure.objects.filter(filing__entity=entity, status__in=DECIDED).select_related("filing__entity")
    ordered = Matter.objects.filter(entity=entity, kind=MatterKind.ORDER, status__in=STANDING_ORDERS)
    ordered = ordered.filter(filing__entity=entity)  # what stayed with who transferred it is not the holder's
    listed = RegisterEntry.objects.filter(filing__entity=entity).select_related("filing__entity")
    found: dict[str, tuple[str, Procedure | Matter | RegisterEntry]] = {}
    for order in ordered.select_related("filing__entity").order_by("-pk")[:MOST]:
        found[f"order-{order.pk}"] = (f"{Target.ORDER.label} · {order.reference} · {order.title}", order)
    for procedure in decided.order_by("-pk")[:MOST]:
        words = (Target.DECISION.label, procedure.get_purpose_display(), procedure.get_status_display())
        title = " · ".join(str(word) for word in (*words, procedure.filing.name))
        found[f"decision-{procedure.pk}"] = (title, procedure)
    for entry in listed.order_by("-pk")[:MOST]:
        found[f"entry-{entry.pk}"] = (f"{Target.ENTRY.label} · {entry.number} · {entry.name}", entry)
    return found


@transaction.atomic
def raise_own(
    *,
    contested: Procedure | Matter | RegisterEntry,
    text: str,
    by: User,
    at: dt.datetime,
    attachments: Iterable[Attachment] = (),
) -> Matter:
    """A provider objects to what was decided, ordered or published of it; once at a time.

    Raises PermissionDenied, ValidationError.
    """
    target, filing, facts, objection = _contested(contested)
    policy.require(policy.may_edit_entity(by, filing.entity))
    _require(text)
    Filing.objects.select_for_update().get(pk=filing.pk)
    known = Matter.objects.filter(kind=MatterKind.OBJECTION, filing=filing, opened_by_side=Actor.PROVIDER)
    if known.filter(objection__target=target, **facts).exclude(status__in=final(MatterKind.OBJECTION)).exists():
        raise ValidationError(_("You have objected to this already, and it is not decided yet."))
    matter = _open(
        target, filing.name, filing.region_code, at, side=Actor.PROVIDER, by=by, filing=filing, told_provider=True,
        objection=objection, **facts,
    )  # fmt: skip
    matters.write(
        matter=matter, kind="objection", side=Actor.PROVIDER, by=by, at=at, text=text.strip(), attachments=attachments
    )  # fmt: skip
    return matter


def _contested(thing: Procedure | Matter | RegisterEntry) -> tuple[str, Filing, dict[str, Any], dict[str, Any]]:
    if isinstance(thing, Matter):
        if thing.kind != MatterKind.ORDER or thing.status not in STANDING_ORDERS or thing.filing is None:
            raise ValidationError(_("There is no order in force that could be objected to."))
        return Target.ORDER, thing.filing, {"parent": thing}, {}
    if isinstance(thing, RegisterEntry):
        if thing.filing is None:
            raise ValidationError(_("This entry belongs to no filing made here."))
        return Target.ENTRY, thing.filing, {}, {"entry": thing}
    if thing.status not in DECIDED:
        raise ValidationError(_("There is no decision yet that could be objected to."))
    return Target.DECISION, thing.filing, {"procedure": thing}, {}


def _open(
    target: str, title: str, region: str, at: dt.datetime, *, side: Actor, objection: dict[str, Any], **facts: Any
) -> Matter:
    authority = receipts.authority_of(region)
    if parent := facts.get("parent"):
        authority = parent.authority or authority
    matter = matters.open_matter(
        kind=MatterKind.OBJECTION, title=title, side=side, at=at, authority=authority, data={"target": target},
        turn=Matter.Turn.AUTHORITY, due_on=workingdays.add(timezone.localdate(at), DECISION_DAYS), due_basis=STANDARD,
        **facts,
    )  # fmt: skip
    Objection.objects.create(matter=matter, target=target, **objection)
    return matter


def _require(text: str) -> None:
    if not text.strip():
        raise ValidationError({"text": _("Say what you object to, and why.")})


@transaction.atomic
def withdraw(*, matter: Matter, by: User, at: dt.datetime) -> None:
    """The provider takes its own objection back. Raises PermissionDenied, TransitionNotAllowed."""
    assert matter.entity is not None, "a provider's objection names it"
    policy.require(matter.opened_by_side == Actor.PROVIDER and policy.may_edit_entity(by, matter.entity))
    move_matter(matter, "withdraw", side=Actor.PROVIDER, by=by, at=at)
