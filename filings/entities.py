"""The entity's profile: entered once, frozen into versions, cited by every dossier."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from pypinyin import lazy_pinyin

from filings import events, lifecycle
from filings.dossier import canonical, completeness, kinds
from filings.models import (
    Attachment,
    Dossier,
    Entity,
    EntityVersion,
    MemberRole,
    Membership,
    Product,
)

if TYPE_CHECKING:
    import datetime as dt

    from filings.dossier.problems import Problem
    from filings.models import Posting
    from portal.models import User

KIND = kinds.KINDS["entity"]

# Only these, when they change, ask an intake officer for a new verification.
IDENTITY_PATHS = (
    ("basic", "name"),
    ("basic", "credit_code"),
    ("basic", "region"),
    ("legal_representative", "name"),
    ("legal_representative", "document_number"),
)


class IncompleteProfile(Exception):
    """The profile cannot be frozen yet; ``problems`` says what is missing."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


class NotAwaitingVerification(Exception):
    """Somebody already gave a verdict on this version, or a newer one replaced it."""


@transaction.atomic
def create_entity(*, name: str, by: User, at: dt.datetime) -> Entity:
    """Open an entity with its creator as owner; the seven-digit code is given for good.

    A form posted twice finds the entity of that name which the first one made.
    """
    get_user_model().objects.select_for_update(no_key=True).get(pk=by.pk)
    twin = Entity.objects.filter(name=name, created_by=by, credit_code="", memberships__user=by).first()
    if twin is not None:
        return twin
    entity = _with_free_code(name=name, by=by, at=at)
    Membership.objects.create(entity=entity, user=by, role=MemberRole.OWNER, created_at=at)
    events.record("entity.created", side=lifecycle.Actor.PROVIDER, by=by, at=at, entity=entity)
    return entity


def _with_free_code(*, name: str, by: User, at: dt.datetime) -> Entity:
    """Codes are drawn at random so that they tell nothing about order or number of filers."""
    while True:
        try:
            with transaction.atomic():
                return Entity.objects.create(
                    code=f"{secrets.randbelow(9_000_000) + 1_000_000}",
                    name=name,
                    name_pinyin=" ".join(lazy_pinyin(name))[:400],
                    profile={"basic": {"name": name}},
                    schema_version=str(KIND.schema_version),
                    created_by=by,
                    created_at=at,
                )
        except IntegrityError:
            continue


def problems(entity: Entity) -> list[Problem]:
    """What is missing or contradictory in the working profile."""
    return completeness.problems(KIND, entity.profile)


def identity_digest(profile: dict[str, Any]) -> str:
    """Digest over the facts whose change needs a new verification."""
    facts = [profile.get(section, {}).get(field, "") for section, field in IDENTITY_PATHS]
    return canonical.digest(canonical.canonical_bytes(facts))


def latest_version(entity: Entity) -> EntityVersion | None:
    return entity.versions.order_by("-number").first()


def has_unfrozen_changes(entity: Entity, version: EntityVersion | None) -> bool:
    """Whether the working profile differs from the newest version."""
    return version is None or version.content != entity.profile


@transaction.atomic
def freeze_version(*, entity: Entity, by: User, at: dt.datetime) -> EntityVersion:
    """Freeze the profile as the next version and offer it to open drafts.

    Unchanged identity facts carry the last verification on; otherwise the version
    waits for an intake officer. Raises IncompleteProfile.
    """
    entity = Entity.objects.select_for_update().get(pk=entity.pk)
    blocking = [p for p in problems(entity) if p.is_blocking]
    if blocking:
        raise IncompleteProfile(blocking)
    newest = latest_version(entity)
    if newest is not None and newest.content == entity.profile:
        return newest
    verified = entity.versions.filter(status=EntityVersion.Status.VERIFIED).order_by("-number").first()
    identity = identity_digest(entity.profile)
    carried = verified if verified and verified.identity_digest == identity else None
    entity.versions.filter(status=EntityVersion.Status.PENDING).update(status=EntityVersion.Status.SUPERSEDED)
    version = _insert_version(entity, newest, identity, carried, by=by, at=at)
    _project(entity, version)
    _cite_in_drafts(entity, version)
    events.record(
        "entity.verification_carried" if carried else "entity.submitted",
        side=lifecycle.Actor.PROVIDER,
        by=by,
        at=at,
        entity=entity,
        digest=version.digest,
        data={"version": version.number},
    )
    return version


def _insert_version(
    entity: Entity,
    newest: EntityVersion | None,
    identity: str,
    carried: EntityVersion | None,
    *,
    by: User,
    at: dt.datetime,
) -> EntityVersion:
    basic = entity.profile["basic"]
    document = canonical.canonical_bytes(entity.profile)
    version = EntityVersion.objects.create(
        entity=entity,
        number=newest.number + 1 if newest else 1,
        document=document,
        content=entity.profile,
        digest=canonical.digest(document),
        schema_version=str(KIND.schema_version),
        name=basic["name"],
        credit_code=basic["credit_code"],
        region_code=basic["region"],
        identity_digest=identity,
        submitted_by=by,
        submitted_at=at,
        status=EntityVersion.Status.VERIFIED if carried else EntityVersion.Status.PENDING,
        carried_from=carried,
        checked_by=carried.checked_by if carried else None,
        checked_at=carried.checked_at if carried else None,
    )
    cited = Attachment.objects.filter(entity=entity, pk__in=attachment_ids(entity.profile))
    version.attachments.set(cited)
    return version


def attachment_ids(content: Any) -> set[str]:
    """Ids of all attachments cited anywhere in a document."""
    if isinstance(content, dict):
        if "attachment" in content and "sha256" in content:
            return {content["attachment"]}
        return set().union(*(attachment_ids(v) for v in content.values()))
    if isinstance(content, list):
        return set().union(*(attachment_ids(v) for v in content))
    return set()


def _project(entity: Entity, version: EntityVersion) -> None:
    """Columns that lists and numbers need; products get rows so that filings can link them."""
    entity.name, entity.credit_code = version.name, version.credit_code
    entity.region_code = version.region_code
    entity.name_pinyin = " ".join(lazy_pinyin(version.name))[:400]
    entity.save(update_fields=["name", "credit_code", "region_code", "name_pinyin"])
    rows = [
        Product(
            entity=entity,
            key=product["key"],
            name=product.get("name", ""),
            form=",".join(product.get("forms_of_service", [])),
        )
        for product in version.content.get("products", {}).get("products", [])
    ]
    Product.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["entity", "key"],
        update_fields=["name", "form", "is_withdrawn"],
    )
    entity.products.exclude(key__in=[p.key for p in rows]).update(is_withdrawn=True)


def _cite_in_drafts(entity: Entity, version: EntityVersion) -> None:
    """Drafts that cite nothing yet take the first version; others are offered it."""
    Dossier.objects.filter(
        procedure__filing__entity=entity,
        procedure__status__in=lifecycle.ProcedureStatus.editable,
        entity_version__isnull=True,
    ).update(entity_version=version)


def _locked_pending(version: EntityVersion) -> EntityVersion:
    locked = EntityVersion.objects.select_for_update().get(pk=version.pk)
    if locked.status != EntityVersion.Status.PENDING:
        raise NotAwaitingVerification(_("Somebody has already dealt with this version."))
    return locked


@transaction.atomic
def verify_version(*, version: EntityVersion, by: User, posting: Posting, at: dt.datetime) -> EntityVersion:
    """An intake officer found the entity to be who it says. Raises NotAwaitingVerification."""
    return _conclude(version, EntityVersion.Status.VERIFIED, by=by, posting=posting, at=at)


@transaction.atomic
def return_version(
    *, version: EntityVersion, reason: str, by: User, posting: Posting, at: dt.datetime
) -> EntityVersion:
    """Return the entity version with what has to be put right. Raises NotAwaitingVerification."""
    return _conclude(version, EntityVersion.Status.RETURNED, reason=reason, by=by, posting=posting, at=at)


def _conclude(
    version: EntityVersion, status: EntityVersion.Status, *, by: User, posting: Posting, at: dt.datetime, **reason: str
) -> EntityVersion:
    locked = _locked_pending(version)
    locked.status, locked.checked_by, locked.checked_at = status, by, at
    locked.return_reason = reason.get("reason", locked.return_reason)
    locked.save(update_fields=["status", "return_reason", "checked_by", "checked_at"])
    events.record(
        f"entity.{status.value}",
        side=lifecycle.Actor.OFFICER,
        by=by,
        posting=posting,
        at=at,
        entity=locked.entity,
        digest=locked.digest,
        data={"version": locked.number, **reason},
    )
    return locked
