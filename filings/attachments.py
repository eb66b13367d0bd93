"""Uploaded evidence: examined, kept by content hash, and cited by documents."""

from __future__ import annotations

import logging
import uuid
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce, JSONObject
from django.template.defaultfilters import filesizeformat

from filings import access, contents, labels, sealed
from filings.dossier.fields import spec_of
from filings.dossier.files import NEW_FILES_SUFFIX
from filings.models import AccessRecord, Attachment, SealedValue
from filings.uploads import RefusedUpload, examine, kinds

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable

    from django.core.files import File
    from django.core.files.uploadedfile import UploadedFile
    from django.utils.datastructures import MultiValueDict

    from filings.dossier.forms import SectionForm
    from filings.models import Entity, Filing
    from portal.models import User

__all__ = ["RefusedUpload", "accept_scan", "accept_upload"]

logger = logging.getLogger(__name__)

ENTITY_MOST_FILES = 2_000
ENTITY_MOST_BYTES = 5 * 1024 * kinds.MEGABYTE
# What a file is uploaded for, and the types that are taken for it; () takes all of them.
PURPOSES: dict[str, tuple[str, ...]] = {
    "evidence": (),
    "identity": kinds.SCANS,
    "power": kinds.SCANS,
    "signed_scan": kinds.SCANS,
    "screenshot": kinds.SCANS,
}


def accept_upload(
    *,
    entity: Entity,
    filing: Filing | None,
    upload: UploadedFile[bytes],
    by: User,
    at: dt.datetime,
    purpose: str = "evidence",
) -> Attachment:
    """Examine a file and keep it. Raises RefusedUpload, which says what is wrong and what to do.

    The same content under the same name for the same filing is kept once, so that a
    browser may try again after a broken connection.
    """
    found = _examined(upload, PURPOSES[purpose])
    facts = {"name": found.name, "sha256": found.sha256, "media_type": found.media_type}
    known = Attachment.objects.filter(entity=entity, filing=filing, **facts).order_by("uploaded_at", "pk").first()
    if known is not None:
        return known
    _check_room(entity, found.size)
    contents.keep(upload, sha256=found.sha256, size=found.size)
    return Attachment.objects.create(
        entity=entity, filing=filing, size=found.size, scan=found.scan, uploaded_by=by, uploaded_at=at, **facts
    )


def accept_scan(*, entity: Entity, upload: UploadedFile[bytes], by: User, at: dt.datetime) -> SealedValue:
    """Examine the scan of an identity paper and seal it; no plain copy is stored."""
    found = _examined(upload, PURPOSES["identity"])
    _check_room(entity, found.size)
    upload.seek(0)
    return sealed.seal(
        entity=entity,
        kind=SealedValue.Kind.SCAN,
        value=upload.read(),
        by=by,
        at=at,
        media_type=found.media_type,
    )


def _examined(upload: UploadedFile[bytes], types: Collection[str]) -> Any:
    try:
        return examine(upload, types=types)
    except RefusedUpload as refused:
        logger.info("an upload was refused: %s", refused.code)
        raise


def _check_room(entity: Entity, size: int) -> None:
    used = Attachment.objects.filter(entity=entity).aggregate(files=Count("pk"), bytes=Coalesce(Sum("size"), 0))
    if used["files"] >= ENTITY_MOST_FILES:
        raise RefusedUpload("too_many_files", most=ENTITY_MOST_FILES)
    if used["bytes"] + size > ENTITY_MOST_BYTES:
        raise RefusedUpload("no_room", most=filesizeformat(ENTITY_MOST_BYTES))


# What ``reference`` gives for an uploaded file, for queries that read it along with something else.
REFERENCE = JSONObject(attachment="pk", name="name", type="media_type", size="size", sha256="sha256")


def reference(kept: Attachment | SealedValue) -> dict[str, Any]:
    """What an answer stores for a file. A sealed scan has a neutral name and a salted digest."""
    if isinstance(kept, Attachment):
        return {
            "attachment": str(kept.pk),
            "name": kept.name,
            "type": kept.media_type,
            "size": kept.size,
            "sha256": kept.sha256,
        }
    ending = kinds.BY_MEDIA_TYPE[kept.media_type].endings[0]
    return {
        "attachment": str(kept.pk),
        "sealed": str(kept.pk),
        "name": f"identity-{kept.digest[:8]}.{ending}",
        "type": kept.media_type,
        "size": kept.size,
        "sha256": kept.digest,
    }


def known(*, entity: Entity, identifiers: Iterable[str]) -> dict[str, dict[str, Any]]:
    """References of those of an entity's files that are named, for ``dossier.bound.bind``."""
    wanted = {each for each in map(_uuid, identifiers) if each}
    if not wanted:
        return {}
    kept: list[Attachment | SealedValue] = list(Attachment.objects.filter(entity=entity, pk__in=wanted))
    if len(kept) < len(wanted):
        kept += sealed.known_scans(entity).filter(pk__in=wanted)
    return {str(each.pk): reference(each) for each in kept}


def take_posted(
    *,
    section: type[SectionForm],
    data: MultiValueDict[str, str],
    files: MultiValueDict[str, Any],
    entity: Entity,
    filing: Filing | None,
    by: User,
    at: dt.datetime,
) -> list[RefusedUpload]:
    """Keep the files that came with a section's form and name them in its data, as a browser would.

    ``data`` is a mutable copy of what was posted. Refused files are returned, each with the
    field's name in ``about["field"]``; what was accepted stays accepted. Where one file is taken,
    the new one stands in the place of the old.
    """
    refused = []
    for name in files:
        if not name.endswith(NEW_FILES_SUFFIX):
            continue
        field, taken = name.removesuffix(NEW_FILES_SUFFIX), []
        for upload in files.getlist(name):
            try:
                kept = accept_for(section, field, entity=entity, filing=filing, upload=upload, by=by, at=at)
            except RefusedUpload as refusal:
                refusal.about["field"] = field
                refused.append(refusal)
            else:
                taken.append(str(kept.pk))
        if taken:
            data.setlist(field, taken if _takes_one(section, field) else [*data.getlist(field), *taken])
    return refused


def _takes_one(section: type[SectionForm], name: str) -> bool:
    """Whether the field, of the section or of one of its items, is answered with a single file."""
    declared = [section.base_fields, *(item.base_fields for item in section.items.values())]
    found = [fields[last] for fields in declared if (last := name.rpartition("-")[2]) in fields]
    return any((accepts := spec_of(each).accepts) is not None and accepts.most == 1 for each in found)


def accept_for(
    section: type[SectionForm],
    field: str,
    *,
    entity: Entity,
    filing: Filing | None,
    upload: UploadedFile[bytes],
    by: User,
    at: dt.datetime,
) -> Attachment | SealedValue:
    """Keep a file for a field, sealed if the field is declared personal, its label read if it is a sample.

    Raises RefusedUpload.
    """
    if field.rpartition("-")[2] in personal_fields(section):
        return accept_scan(entity=entity, upload=upload, by=by, at=at)
    kept = accept_upload(entity=entity, filing=filing, upload=upload, by=by, at=at)
    if labels.takes_samples(section.code, field.rpartition("-")[2]):
        labels.keep_reading(sha256=kept.sha256, at=at)
    return kept


def personal_fields(section: type[SectionForm]) -> frozenset[str]:
    """Names of the fields of a section and its items whose files show identity papers."""
    declared = [section.base_fields, *(item.base_fields for item in section.items.values())]
    return frozenset(name for fields in declared for name, field in fields.items() if spec_of(field).personal)


def open_content(attachment: Attachment) -> File[bytes]:
    """The file itself, open for reading. Raises ``contents.ContentMissing``."""
    return contents.open_content(attachment.sha256)


def note_download(
    *, subject: str, entity: Entity | None, filing: Filing | None, by: User, at: dt.datetime
) -> AccessRecord | None:
    """Record that an officer took a file; None for the provider's own people."""
    held = access.posted_as(by, *access.SEES_DOSSIERS)
    if not held:
        return None
    region = filing.region_code if filing is not None else entity.region_code if entity is not None else ""
    return AccessRecord.objects.create(
        at=at,
        actor=by,
        posting=access.posting_over(by, region, *access.SEES_DOSSIERS) or held[0],
        action=AccessRecord.Action.DOWNLOAD,
        entity=entity,
        filing=filing,
        subject=subject[:200],
    )


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return None
