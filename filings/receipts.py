"""What anybody tells the authority without an account: sealed, followed by a receipt code, never by a name.

The code is 125 random bits, shown once; only its digest is stored. No event, log or notice holds
a word, a name or a file name of who complained.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from filings import contents, events, sealed
from filings.lifecycle import Actor
from filings.matter_lifecycle import MatterKind, final
from filings.models import Authority, Identity, Level, Matter, Ministry, PublicFile, PublicMessage, Receipt
from filings.transitions import TransitionNotAllowed, move_matter
from filings.uploads import RefusedUpload, examine, kinds

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from django.core.files.uploadedfile import UploadedFile

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 25
READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
MOST_FILES = 3
MOST_BYTES = 10 * kinds.MEGABYTE
MOST_MESSAGES = 20
# What can be looked at and cannot run.
TAKEN = (*kinds.SCANS, "text/plain")


class NoAuthority(LookupError):
    """No authority of the cyberspace administration answers for the region."""


@dataclass(frozen=True, slots=True)
class Person:
    """Name and contact as told, both optional. Its ``repr`` tells nothing."""

    name: str = ""
    contact: str = ""

    def __repr__(self) -> str:
        return "Person(…)"


def authority_of(region_code: str) -> Authority:
    """The authority of the region, else the national one (Algorithm Provisions, art. 3). Raises NoAuthority."""
    rows = Authority.objects.filter(ministry=Ministry.CAC, is_active=True)
    found = rows.filter(level=Level.PROVINCIAL, region_prefix=region_code[:2]).first() if region_code else None
    found = found or rows.filter(level=Level.NATIONAL).order_by("pk").first()
    if found is None:
        raise NoAuthority(region_code)
    return found


def give(matter: Matter, *, text: str, person: Person, files: Sequence[UploadedFile[bytes]], at: dt.datetime) -> str:
    """Keep what was told with a matter just opened, and give its code. In a transaction. Raises RefusedUpload."""
    code = "".join(secrets.choice(ALPHABET) for _each in range(CODE_LENGTH))
    Receipt.objects.create(matter=matter, digest=_digest(code))
    if person.name or person.contact:
        plain = json.dumps({"name": person.name, "contact": person.contact}, ensure_ascii=False).encode()
        Identity.objects.create(matter=matter, ciphertext=sealed.encrypt(plain))
    write(matter, PublicMessage.Kind.TOLD, text=text, side=Actor.PUBLIC, at=at, files=files)
    return "-".join(code[place : place + 5] for place in range(0, CODE_LENGTH, 5))


def find(code: str) -> Matter | None:
    """The matter behind a code as people copy it: in any case, with or without dashes."""
    typed = "".join(each for each in code.upper().translate(READ_AS) if each in ALPHABET)
    if len(typed) != CODE_LENGTH:
        return None
    rows = Matter.objects.select_related("complaint__entry", "objection__entry", "authority")
    return rows.filter(receipt__digest=_digest(typed)).first()


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def write(
    matter: Matter,
    kind: str,
    *,
    text: str,
    side: Actor,
    at: dt.datetime,
    files: Sequence[UploadedFile[bytes]] = (),
) -> PublicMessage:
    """Write a message that only its writer and the authority read. In a transaction. Raises RefusedUpload."""
    if len(files) > MOST_FILES:
        raise RefusedUpload("too_many_files", most=MOST_FILES)
    message = PublicMessage.objects.create(matter=matter, kind=kind, side=side, text=text.strip(), at=at)
    for upload in files:
        size = upload.size or 0
        if size > MOST_BYTES:
            told = {"size": filesizeformat(size), "most": filesizeformat(MOST_BYTES)}
            raise RefusedUpload("too_large", name=upload.name, **told)
        found = examine(upload, types=TAKEN)
        contents.keep(upload, sha256=found.sha256, size=found.size)
        PublicFile.objects.create(
            message=message, name=sealed.encrypt(found.name.encode()), media_type=found.media_type, size=found.size,
            sha256=found.sha256, scan=found.scan,
        )  # fmt: skip
    return message


@transaction.atomic
def add(matter: Matter, *, text: str, at: dt.datetime, files: Sequence[UploadedFile[bytes]] = ()) -> None:
    """Who has the code adds something or answers a question, while it is open.

    Raises ValidationError, TransitionNotAllowed once it is closed, RefusedUpload.
    """
    matter = Matter.objects.select_for_update().get(pk=matter.pk)
    if matter.status in final(matter.kind):
        raise TransitionNotAllowed("add", matter.status)
    if not text.strip():
        raise ValidationError(_("Write what you want to add."))
    if matter.public_messages.count() >= MOST_MESSAGES:
        raise ValidationError(_("No more can be added here. Wait for the authority."))
    write(matter, PublicMessage.Kind.ADDED, text=text, side=Actor.PUBLIC, at=at, files=files)
    events.record(f"matter.{matter.kind}.added", side=Actor.PUBLIC, at=at, matter=matter, staff_only=True)


@transaction.atomic
def withdraw(matter: Matter, *, at: dt.datetime) -> None:
    """Who has the code takes an objection back. Raises TransitionNotAllowed for a complaint, or too late."""
    if matter.kind != MatterKind.OBJECTION:
        raise TransitionNotAllowed("withdraw", matter.status)
    move_matter(matter, "withdraw", side=Actor.PUBLIC, at=at, staff_only=True)


@transaction.atomic
def forget(matter: Matter, *, at: dt.datetime) -> None:
    """Erase name and contact on their owner's word (Personal Information Protection Law, art. 47)."""
    gone = Identity.objects.filter(matter=matter, erased_at__isnull=True).update(ciphertext=None, erased_at=at)
    if gone:
        events.record(f"matter.{matter.kind}.forgotten", side=Actor.PUBLIC, at=at, matter=matter, staff_only=True)


def person_of(matter: Matter) -> Person | None:
    """Who complained; None if they did not say or had it erased. The caller records who asked and why."""
    row = Identity.objects.filter(matter=matter, ciphertext__isnull=False).first()
    if row is None or row.ciphertext is None:
        return None
    told: dict[str, Any] = json.loads(sealed.decrypt(bytes(row.ciphertext)))
    return Person(told["name"], told["contact"])
