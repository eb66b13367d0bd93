"""Factories without surprises: each makes what its name says, through the rules users run."""

from __future__ import annotations

import copy
import datetime as dt
import hashlib
import json
import struct
import zlib

from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.utils import timezone

from filings import agencies, contents, drafts, entities, members, sealed, sealing, submissions
from filings.dossier import specimen
from filings.models import (
    AnnexCheck,
    Attachment,
    Authority,
    Delivery,
    Entity,
    EntityVersion,
    Filing,
    FilingKind,
    Installation,
    Level,
    Membership,
    Posting,
    Procedure,
    SealedValue,
)
from filings.uploads import kinds
from portal.models import User

PASSWORD = "correct horse battery"
IDENTITY_NUMBER = "330106199003077814"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fea7"
    "35 81840000000049454e44ae426082".replace(" ", "")
)
# Kinds of answer that take no picture: a stand-in keeps its type, whatever its bytes are.
NO_PICTURES = {kinds.XLSX, kinds.DOCX, "text/csv"}
# Fields whose files are samples of output.
SAMPLES = ("implicit_sample", "file")
ZHEJIANG = ("33", "浙江省互联网信息办公室", "Cyberspace Administration of Zhejiang")
GUANGDONG = ("44", "广东省互联网信息办公室", "Cyberspace Administration of Guangdong")
NATIONAL = ("", "国家互联网信息办公室", "Cyberspace Administration of China")


def installation() -> Installation:
    row, _made = Installation.objects.get_or_create(
        id=1,
        defaults={
            "authority_zh": "演示网信办",
            "authority_en": "Demonstration authority",
            "number_prefix": "演示算备",
            "public_url": "http://localhost",
            "is_demonstration": True,
        },
    )
    return row


def authority(prefix: str) -> Authority:
    prefix, zh, en = next(a for a in (ZHEJIANG, GUANGDONG, NATIONAL) if a[0] == prefix)
    row, _made = Authority.objects.get_or_create(
        name_zh=zh,
        defaults={
            "name_en": en,
            "level": Level.PROVINCIAL if prefix else Level.NATIONAL,
            "region_prefix": prefix,
        },
    )
    return row


def user(email: str, name: str = "", **fields: object) -> User:
    person = User.objects.create_user(email, PASSWORD, display_name=name, **fields)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def officer(email: str, at: Authority, role: str, name: str = "") -> User:
    """A person posted at an authority since yesterday."""
    person = user(email, name, is_staff=True)
    post(person, at, role)
    return person


def post(person: User, at: Authority, role: str) -> Posting:
    return Posting.objects.create(
        user=person,
        authority=at,
        role=role,
        starts_on=timezone.localdate() - dt.timedelta(days=1),
        created_at=timezone.now(),
    )


def member(entity: Entity, email: str, role: str) -> User:
    person = user(email)
    Membership.objects.create(entity=entity, user=person, role=role, created_at=timezone.now())
    return person


def agent(entity: Entity, email: str, *filings: Filing, by: User, at: dt.datetime, days: int = 30) -> User:
    """An agent with a power of attorney for those filings, or for all, until some days from now."""
    paper = Attachment.objects.get(pk=_attachment(entity, {"name": "power.png"}, by, at)["attachment"])
    facts = agencies.Grant(
        email=email,
        organisation="杭州代理事务所",
        ends_on=timezone.localdate(at) + dt.timedelta(days=days),
        covers_all=not filings,
        filings=filings,
    )
    invitation = agencies.grant(entity=entity, facts=facts, power_of_attorney=paper, by=by, at=at)
    person = user(email, "代理人")
    members.accept(token=members.token_of(invitation), by=person, at=at)
    return person


def bare_entity(*, owner: User, name: str, at: dt.datetime) -> Entity:
    return entities.create_entity(name=name, by=owner, at=at)


def verified_entity(*, owner: User, at: dt.datetime, **changes: object) -> Entity:
    """An entity with a complete profile; ``changes`` replace facts of its basic section."""
    entity = pending_entity(owner=owner, at=at, **changes)
    EntityVersion.objects.filter(entity=entity).update(status="verified", checked_by=owner, checked_at=at)
    return entity


def pending_entity(*, owner: User, at: dt.datetime, **changes: object) -> Entity:
    """Likewise, still waiting for an intake officer."""
    profile = specimen.entity()
    profile["basic"] |= changes
    entity = entities.create_entity(name=profile["basic"]["name"], by=owner, at=at)
    entity.profile = real(profile, entity, by=owner, at=at)
    entity.section_versions = dict.fromkeys(entity.profile, 1)
    entity.save(update_fields=["profile", "section_versions"])
    entities.freeze_version(entity=entity, by=owner, at=at)
    entity.refresh_from_db()
    return entity


def complete_draft(
    *,
    entity: Entity,
    by: User,
    at: dt.datetime,
    kind: str = "deep_synthesis",
    algorithm_class: str = "01",
    role: str = "provider",
    name: str = "",
) -> Procedure:
    """A draft whose every demanded answer is there."""
    if kind in FilingKind.services:
        procedure = drafts.start_filing(entity=entity, kind=kind, by=by, at=at)
        content = specimen.service(kind, name=name)
    else:
        procedure = drafts.start_filing(
            entity=entity, kind=kind, by=by, at=at, algorithm_class=algorithm_class, role=role
        )
        content = specimen.dossier(algorithm_class, role)
        content["algorithm"]["name"] = name or content["algorithm"]["name"]
    content = real(content, entity, by=by, at=at)
    for section, value in content.items():
        version = procedure.dossier.section_versions.get(section, 0)
        drafts.save_section(dossier=procedure.dossier, section=section, value=value, base_version=version, by=by, at=at)
    annexes_pass(procedure, at=at)
    procedure.refresh_from_db()
    return procedure


def annexes_pass(procedure: Procedure, *, at: dt.datetime) -> None:
    """Take the waiting checks of annexes for passed: files of factories hold no rows to count."""
    waiting = AnnexCheck.objects.filter(procedure=procedure, status=AnnexCheck.Status.WAITING)
    waiting.update(status=AnnexCheck.Status.DONE, finished_at=at)


def locked(procedure: Procedure, *, by: User, at: dt.datetime) -> Procedure:
    """Lock and let everybody who must confirm."""
    lock = sealing.lock(procedure=procedure, by=by, at=at)
    mails = {"legal_representative": "legal@example.cn", "safety_officer": "safety@example.cn"}
    for confirmation in sealing.invite(sealing=lock, emails=mails, by=by, at=at):
        sealing.confirm(
            token=sealing.token_of(confirmation), name=confirmation.person_name, last_four=IDENTITY_NUMBER[-4:], at=at
        )
    return procedure


def submit(procedure: Procedure, *, by: User, at: dt.datetime) -> Procedure:
    locked(procedure, by=by, at=at)
    submissions.submit(procedure=procedure, by=by, at=at)
    procedure.refresh_from_db()
    return procedure


# Papers of a lock, which take most of the time that a submission's deliveries take.
PAPERS = ("papers_for_signature", "papers_to_edit", "annexes_as_pdf", "annexes_to_edit")


def set_papers_aside(procedure: Procedure, *, at: dt.datetime) -> None:
    """Take the papers of its lock for made, where no test looks at them."""
    handlers = [f"filings.{name}" for name in PAPERS]
    Delivery.objects.filter(event__procedure=procedure, handler__in=handlers, done_at=None).update(done_at=at)


def real(content: dict, entity: Entity, *, by: User, at: dt.datetime) -> dict:
    """Replace a sample's stand-ins by sealed rows and stored files of this entity."""
    return _real(copy.deepcopy(content), entity, by, at)


def _real(value, entity, by, at, field=""):
    if isinstance(value, list):
        return [_real(each, entity, by, at, field) for each in value]
    if not isinstance(value, dict):
        return value
    if "sealed" in value:
        return _sealed(entity, field, by, at)
    if "attachment" in value:
        return _attachment(entity, value, by, at, PNG if field not in SAMPLES else labelled(entity))
    return {name: _real(each, entity, by, at, name) for name, each in value.items()}


def _sealed(entity: Entity, field: str, by: User, at: dt.datetime) -> dict:
    is_number = field == "document_number"
    row = sealed.seal(
        entity=entity,
        kind=SealedValue.Kind.IDENTITY_NUMBER if is_number else SealedValue.Kind.PHONE,
        value=IDENTITY_NUMBER if is_number else "13800000000",
        by=by,
        at=at,
    )
    return sealed.reference(row)


def labelled(entity: Entity) -> bytes:
    """A picture with the implicit label that the entity's own service would write."""
    code = f"0011{specimen.entity()['basic']['credit_code']}10000"
    parts = {"Label": "1", "ContentProducer": code, "ProduceID": f"sample-{entity.pk}", "ReservedCode1": ""}
    parts |= {"ContentPropagator": code, "PropagateID": f"sample-{entity.pk}", "ReservedCode2": ""}
    chunk = b"tEXtAIGC\0" + json.dumps(parts).encode()
    return PNG[:33] + struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) + PNG[33:]


def _attachment(entity: Entity, like: dict, by: User, at: dt.datetime, content: bytes = PNG) -> dict:
    sha256 = hashlib.sha256(content).hexdigest()
    contents.keep(ContentFile(content), sha256=sha256, size=len(content))
    row = Attachment.objects.create(
        entity=entity,
        name=like.get("name", "evidence.png"),
        media_type=like["type"] if like.get("type") in NO_PICTURES else "image/png",
        size=len(content),
        sha256=sha256,
        uploaded_by=by,
        uploaded_at=at,
    )
    return {
        "attachment": str(row.pk),
        "name": row.name,
        "type": row.media_type,
        "size": row.size,
        "sha256": row.sha256,
    }


def twin(procedure: Procedure, content: dict, *, name: str, by: User, at: dt.datetime) -> Procedure:
    """Another draft of the same entity with the same answers under another name."""
    other = drafts.start_filing(
        entity=procedure.filing.entity,
        kind=procedure.filing.kind,
        by=by,
        at=at,
        algorithm_class=procedure.filing.algorithm_class,
        role=procedure.filing.role,
    )
    answers = {**content, "algorithm": {**content["algorithm"], "name": name}}
    for section, value in answers.items():
        version = other.dossier.section_versions.get(section, 0)
        drafts.save_section(dossier=other.dossier, section=section, value=value, base_version=version, by=by, at=at)
    annexes_pass(other, at=at)
    other.refresh_from_db()
    return other
