"""A transfer 主体变更 of a registered filing to another entity, with the consent of an owner of each side.

The published lists know it: “原主体名称…变更为…”, under the same number. The giving owner opens it; the
receiving owner consents, which freezes and submits what was registered, now citing the receiver's
profile. Content and number stay. Once granted, the filing with all its procedures belongs to the
receiver; files go along as copies, while profile, members, agents and products stay with each side.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from filings import changes, entities, events, sealing, submissions
from filings.dossier import canonical, completeness
from filings.dossier.kinds import KINDS
from filings.entities import attachment_ids
from filings.lifecycle import Actor, ProcedureStatus
from filings.matter_lifecycle import MatterKind, MatterStatus
from filings.models import (
    Agency,
    Attachment,
    Dossier,
    Entity,
    EntityVersion,
    Filing,
    Matter,
    OrderKind,
    Procedure,
    Product,
    Purpose,
    Sealing,
    Transfer,
)
from filings.transitions import TransitionNotAllowed

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Submission
    from portal.models import User


class NoReceiver(Exception):
    """No other entity of this portal has this name and code together."""


class NoProfile(Exception):
    """The receiving entity has no complete profile to cite."""


@transaction.atomic
def offer(*, filing: Filing, name: str, credit_code: str, reason: str, by: User, at: dt.datetime) -> Transfer:
    """Open a transfer, which is the giving side's consent. Raises NoReceiver, NotRegistered, AnotherIsOpen.

    Not while the authority hears the giver on losing the filing: the receiver would lose it unheard.
    """
    filing = changes.require_free(filing)
    if (heard := filing.procedures.open().first()) is not None:
        raise changes.AnotherIsOpen(heard)
    named = Entity.objects.filter(credit_code=credit_code.strip().upper(), name=name.strip())
    receiver = named.exclude(pk=filing.entity_id).order_by("pk").first()
    if receiver is None:
        raise NoReceiver
    base = changes.base_of(filing)
    procedure = Procedure.objects.create(filing=filing, purpose=Purpose.TRANSFER, created_at=at)
    Dossier.objects.create(
        procedure=procedure,
        schema_version=base.schema_version,
        content=json.loads(bytes(base.document))["content"],
        entity_version=base.entity_version,
        updated_at=at,
        updated_by=by,
    )
    transfer = Transfer.objects.create(
        procedure=procedure,
        base=base,
        giver=filing.entity,
        receiver=receiver,
        reason=reason,
        given_by=by,
        given_at=at,
    )
    _tell(transfer, "transfer.offered", by=by, at=at)
    return transfer


def used_products(transfer: Transfer) -> list[Product]:
    """The giver's products that the filing names; the receiver says which of its own take their place."""
    return list(transfer.giver.products.filter(key__in=_product_keys(transfer)).order_by("pk"))


def _product_keys(transfer: Transfer) -> list[str]:
    kind = KINDS[transfer.procedure.filing.kind]
    section, _dot, name = kind.products_path.partition(".")
    listed = transfer.procedure.dossier.content.get(section, {}).get(name, [])
    return [each.get("product", "") if isinstance(each, dict) else each for each in listed]


@transaction.atomic
def consent(*, transfer: Transfer, products: dict[str, str], by: User, at: dt.datetime) -> Submission:
    """The receiving side's consent: freeze what was registered under its profile, and submit it.

    ``products`` maps keys of the giver's products to the receiver's own. After a return it is
    given again, with the profile as put right. Raises NoProfile, sealing.NotReady with what does
    not fit the receiver's profile, TransitionNotAllowed.
    """
    rows = Procedure.objects.select_for_update(of=("self",)).select_related("filing__entity")
    procedure = rows.get(pk=transfer.procedure_id)
    if procedure.status not in ProcedureStatus.editable:
        raise TransitionNotAllowed("consent", procedure.status)
    version = entities.latest_version(transfer.receiver)
    if version is None or version.status == EntityVersion.Status.RETURNED:
        raise NoProfile
    content = json.loads(bytes(transfer.base.document))["content"]
    content = _adopted(_with_products(content, procedure.filing.kind, products), transfer.receiver, by=by, at=at)
    blocking = [p for p in completeness.problems(procedure.filing.kind, content, version.content) if p.is_blocking]
    if blocking:
        raise sealing.NotReady(blocking)
    dossier = Dossier.objects.select_for_update(of=("self",)).select_related("procedure__filing").get(
        procedure=procedure
    )  # fmt: skip
    dossier.procedure = procedure
    dossier.content, dossier.entity_version, dossier.updated_at, dossier.updated_by = content, version, at, by
    dossier.save(update_fields=["content", "entity_version", "updated_at", "updated_by"])
    transfer.taken_by, transfer.taken_at = by, at
    transfer.save(update_fields=["taken_by", "taken_at"])
    _tell(transfer, "transfer.consented", by=by, at=at)
    return submissions.hand_in(procedure, _frozen(dossier, version, by=by, at=at), by=by, at=at)


def _frozen(dossier: Dossier, version: EntityVersion, *, by: User, at: dt.datetime) -> Sealing:
    """The document of the transfer; both consents stand in place of confirmations by link."""
    frozen = canonical.canonical_bytes(sealing.compose(dossier, version=version))
    return Sealing.objects.create(
        procedure=dossier.procedure,
        round=dossier.procedure.round + 1,
        document=frozen,
        digest=canonical.digest(frozen),
        schema_version=dossier.schema_version,
        entity_version=version,
        made_by=by,
        made_at=at,
    )


def _with_products(content: dict[str, Any], kind_code: str, products: dict[str, str]) -> dict[str, Any]:
    section, _dot, name = KINDS[kind_code].products_path.partition(".")
    listed = content.get(section, {}).get(name)
    if not listed:
        return content
    placed = [
        {**each, "product": products.get(each.get("product", ""), "")}
        if isinstance(each, dict)
        else products.get(each, "")
        for each in listed
    ]
    return {**content, section: {**content[section], name: placed}}


def _adopted(value: Any, receiver: Entity, *, by: User, at: dt.datetime) -> Any:
    """The content with every file as one of the receiver's; the bytes are kept once, by their hash."""
    known = {str(row.pk): row for row in Attachment.objects.filter(pk__in=attachment_ids(value))}
    return _renamed(value, {key: str(_copy(row, receiver, by, at).pk) for key, row in known.items()})


def _copy(row: Attachment, receiver: Entity, by: User, at: dt.datetime) -> Attachment:
    facts = {"name": row.name, "sha256": row.sha256, "media_type": row.media_type}
    kept = Attachment.objects.filter(entity=receiver, **facts).order_by("uploaded_at", "pk").first()
    return kept or Attachment.objects.create(
        entity=receiver, size=row.size, scan=row.scan, uploaded_by=by, uploaded_at=at, **facts
    )


def _renamed(value: Any, keys: dict[str, str]) -> Any:
    if isinstance(value, dict):
        if "attachment" in value and "sha256" in value:
            return {**value, "attachment": keys.get(value["attachment"], value["attachment"])}
        return {name: _renamed(each, keys) for name, each in value.items()}
    return [_renamed(each, keys) for each in value] if isinstance(value, list) else value


def take_effect(*, procedure: Procedure, submission: Submission, by: User, at: dt.datetime) -> None:
    """The filing becomes the receiver's, in the transaction of the decision."""
    filing, transfer = procedure.filing, procedure.transfer
    filing.entity, filing.region_code = transfer.receiver, submission.entity_version.region_code
    filing.bundle = None
    filing.save(update_fields=["entity", "region_code", "bundle"])
    content = json.loads(bytes(submission.document))["content"]
    changes.show_products(filing, content, submission.entity_version)
    Agency.filings.through.objects.filter(filing=filing).delete()
    _hand_matters(filing)
    _tell(transfer, "transfer.done", by=by, at=at)


def _hand_matters(filing: Filing) -> None:
    """What is open goes along with its duties: nobody else may answer it now.

    The giver keeps what it raised or drafted itself, and what reproaches it alone.
    """
    raised = Q(kind=MatterKind.OBJECTION) | Q(status=MatterStatus.DRAFT)
    kept = Q(opened_by_side=Actor.PROVIDER) & raised
    kept |= Q(kind=MatterKind.ORDER, order__kind__in=(OrderKind.WARNING, OrderKind.CRITICISM))
    rows = Matter.objects.filter(filing=filing, closed_at__isnull=True).exclude(kept)
    rows.update(entity=filing.entity, region_code=filing.region_code)


def _tell(transfer: Transfer, kind: str, *, by: User, at: dt.datetime) -> None:
    """One event in the timeline of the procedure, and one for the side that does not see it there."""
    data = {"giver": transfer.giver.name, "receiver": transfer.receiver.name, "transfer": transfer.pk}
    side = Actor.SYSTEM if kind == "transfer.done" else Actor.PROVIDER
    events.record(kind, side=side, by=by, at=at, procedure=transfer.procedure, data=data)
    other = transfer.giver if transfer.procedure.filing.entity_id == transfer.receiver_id else transfer.receiver
    events.record(kind, side=side, by=by, at=at, entity=other, data=data)
