"""Personal values, encrypted in rows of their own, so that they can be erased.

Documents, submissions and events cite a row and its digest, never the value (Personal
Information Protection Law, art. 47: erasure when the purpose is done or consent withdrawn).
Nothing here writes a value to a log or into an exception.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from functools import cache
from typing import TYPE_CHECKING

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction

from filings import events
from filings.lifecycle import Actor
from filings.models import Identity, PublicFile, SealedValue

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import Model, QuerySet

    from filings.models import Entity
    from portal.models import User

SALT_BYTES = 32
IDENTITY = re.compile(r"\d{17}[\dXx]")
MOBILE = re.compile(r"1\d{10}")
HIDDEN = "*"
# Every column that holds personal values, so that a change of keys leaves none behind.
ENCRYPTED: tuple[tuple[type[Model], str], ...] = (
    (SealedValue, "ciphertext"),
    (Identity, "ciphertext"),
    (PublicFile, "name"),
)


class Erased(Exception):
    """The value was erased; only its digest is left."""


class Unreadable(Exception):
    """No key of FIELD_ENCRYPTION_KEYS opens the value: a key was lost or left out."""


@cache
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key.strip()) for key in keys if key.strip()])


def _keys() -> MultiFernet:
    return _cipher(tuple(settings.FIELD_ENCRYPTION_KEYS))


def encrypt(plain: bytes) -> bytes:
    """Encrypted under the newest key, for rows that keep a personal value of nobody's entity."""
    return _keys().encrypt(plain)


def decrypt(ciphertext: bytes) -> bytes:
    """The value again; the caller records who asked and why. Raises Unreadable."""
    try:
        return _keys().decrypt(ciphertext)
    except InvalidToken:
        raise Unreadable from None


def seal(
    *, entity: Entity, kind: str, value: bytes | str, by: User, at: dt.datetime, media_type: str = ""
) -> SealedValue:
    """Encrypt a value into a new row; two rows of the same value have different digests."""
    plain = value.encode() if isinstance(value, str) else value
    salt = secrets.token_bytes(SALT_BYTES)
    return SealedValue.objects.create(
        entity=entity,
        kind=kind,
        ciphertext=_keys().encrypt(plain),
        salt=salt,
        digest=_digest(salt, plain),
        media_type=media_type,
        size=len(plain),
        created_by=by,
        created_at=at,
    )


def reference(sealed: SealedValue) -> dict[str, str]:
    """What a document stores instead of the value."""
    return {"sealed": str(sealed.pk), "digest": sealed.digest}


def reveal(sealed: SealedValue) -> bytes:
    """The value itself; the caller records who asked and why. Raises Erased, Unreadable."""
    if sealed.ciphertext is None:
        raise Erased(str(sealed.pk))
    try:
        return _keys().decrypt(bytes(sealed.ciphertext))
    except InvalidToken:
        raise Unreadable(str(sealed.pk)) from None


def verify(sealed: SealedValue) -> bool:
    """Whether the row still holds the value that its digest was made of.

    An erased row cannot contradict its digest, so every seal over it stays valid.
    """
    if sealed.ciphertext is None or sealed.salt is None:
        return True
    return hmac.compare_digest(_digest(bytes(sealed.salt), reveal(sealed)), sealed.digest)


def mask(text: str) -> str:
    """Enough of a value to recognise it: ``1101**********1234``, ``138****5678``."""
    if IDENTITY.fullmatch(text):
        return f"{text[:4]}{HIDDEN * 10}{text[-4:]}"
    if MOBILE.fullmatch(text):
        return f"{text[:3]}{HIDDEN * 4}{text[-4:]}"
    if len(text) <= 4:
        return HIDDEN * len(text)
    shown = 2 if len(text) >= 8 else 1
    return f"{text[:shown]}{HIDDEN * (len(text) - 2 * shown)}{text[-shown:]}"


def masked(sealed: SealedValue) -> str:
    """The value behind a row as pages show it; empty when erased, a scan or access for a test."""
    if sealed.ciphertext is None or sealed.kind in (SealedValue.Kind.SCAN, SealedValue.Kind.TEST_ACCESS):
        return ""
    return mask(reveal(sealed).decode())


def last_four_match(sealed: SealedValue, text: str) -> bool:
    """Whether the text is the last four characters of the value, in either case of X."""
    if sealed.ciphertext is None:
        return False
    ending = reveal(sealed).decode(errors="replace")[-4:].upper()
    return len(ending) == 4 and hmac.compare_digest(ending.encode(), text.strip().upper().encode())


@transaction.atomic
def erase(*, sealed: SealedValue, by: User | None, at: dt.datetime, side: Actor = Actor.PROVIDER) -> SealedValue:
    """Remove ciphertext and salt for good and leave the digest. Twice is harmless."""
    row = SealedValue.objects.select_for_update().select_related("entity").get(pk=sealed.pk)
    if row.erased_at is None:
        row.ciphertext = row.salt = None
        row.erased_at = at
        row.save(update_fields=["ciphertext", "salt", "erased_at"])
        events.record(
            "sealed.erased",
            side=side,
            by=by,
            at=at,
            entity=row.entity,
            data={"sealed": str(row.pk), "kind": row.kind, "digest": row.digest},
        )
    sealed.ciphertext, sealed.salt, sealed.erased_at = None, None, row.erased_at
    return row


def known_scans(entity: Entity) -> QuerySet[SealedValue]:
    """The identity scans kept for an entity, without their content."""
    return SealedValue.objects.filter(entity=entity, kind=SealedValue.Kind.SCAN, erased_at__isnull=True).defer(
        "ciphertext", "salt"
    )


def rotate(*, batch: int = 200) -> int:
    """Encrypt every value anew under the first key; returns how many. Digests stay.

    Rows are locked a few at a time and written only if nobody erased them meanwhile, so
    the portal may go on working. Afterwards the older keys may be taken away.
    """
    return sum(_rotate(model, column, batch) for model, column in ENCRYPTED)


def _rotate(model: type[Model], column: str, batch: int) -> int:
    done, last = 0, None
    while True:
        with transaction.atomic():
            rows = model._default_manager.exclude(**{column: None}).order_by("pk")
            if last is not None:
                rows = rows.filter(pk__gt=last)
            page = list(rows.select_for_update()[:batch])
            for row in page:
                setattr(row, column, _rotated(row, column))
            model._default_manager.bulk_update(page, [column])
        if not page:
            return done
        done, last = done + len(page), page[-1].pk


def _rotated(row: Model, column: str) -> bytes:
    try:
        return _keys().rotate(bytes(getattr(row, column)))
    except InvalidToken:
        raise Unreadable(str(row.pk)) from None


def _digest(salt: bytes, plain: bytes) -> str:
    return hashlib.sha256(salt + plain).hexdigest()
