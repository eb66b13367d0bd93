"""What a real installation is told once: whose portal it is, and who administers it first."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from filings import fonts, numbers
from filings.models import (
    Authority,
    CalendarDay,
    Installation,
    Level,
    NumberSeries,
    OfficerRole,
    Posting,
    ServiceNumberSeries,
)

if TYPE_CHECKING:
    import datetime as dt

PROBE = "probes"
SERVICE_PREFIX = re.compile(r"[A-Za-z]{2,18}-", re.ASCII)


class CannotInstall(Exception):
    """What was told cannot be taken; the text says why and what to do."""


@transaction.atomic
def install(
    *,
    authority_zh: str,
    authority_en: str,
    prefix: str,
    public_url: str,
    service_prefix: str | None = None,
    is_official: bool = False,
) -> Installation:
    """Write the installation's row and its national authority; telling the same again changes nothing.

    ``service_prefix`` stands before the numbers of generative-AI services; none told keeps
    what is known, and the national system itself has none. Raises CannotInstall for a
    demonstration's database, for a prefix that is another's or already stands in numbers.
    """
    known = Installation.objects.select_for_update().filter(pk=1).first()
    if known is not None and known.is_demonstration:
        raise CannotInstall("This database holds the demonstration. Give the installation a database of its own.")
    _check_prefix(prefix, known, is_official=is_official)
    services = _service_prefix(service_prefix, known, is_official=is_official)
    facts = {
        "authority_zh": authority_zh,
        "authority_en": authority_en,
        "number_prefix": prefix,
        "service_prefix": services,
        "public_url": public_url,
    }
    row, _made = Installation.objects.update_or_create(pk=1, defaults=facts)
    if not Authority.objects.filter(level=Level.NATIONAL, is_active=True).exists():
        Authority.objects.create(name_zh=authority_zh, name_en=authority_en, level=Level.NATIONAL)
    return row


def _check_prefix(prefix: str, known: Installation | None, *, is_official: bool) -> None:
    if not prefix or any(c.isascii() or c.isspace() for c in prefix):
        raise CannotInstall("A number prefix is a short Chinese word, such as 某某算备.")
    if prefix == numbers.OFFICIAL_PREFIX and not is_official:
        raise CannotInstall(
            f"{prefix} is the prefix of the national filing system: numbers issued here under it would pass for"
            " official ones. Choose another, or give --official if this is that system."
        )
    if known is not None and known.number_prefix != prefix and NumberSeries.objects.exists():
        raise CannotInstall(f"Numbers were already issued under {known.number_prefix}; the prefix stays.")


def _service_prefix(told: str | None, known: Installation | None, *, is_official: bool) -> str:
    before = known.service_prefix if known is not None else Installation._meta.get_field("service_prefix").get_default()
    prefix = ("" if is_official else before) if told is None else told
    if not (is_official and not prefix) and not SERVICE_PREFIX.fullmatch(prefix):
        raise CannotInstall("A prefix of service numbers is Latin letters and a hyphen, such as MouMou-.")
    if known is not None and prefix != before and ServiceNumberSeries.objects.exists():
        raise CannotInstall(f"Service numbers were already issued under {before or 'no prefix'}; it stays.")
    return str(prefix)


def national_authority() -> Authority:
    """The authority that concludes; `install` makes it."""
    return Authority.objects.filter(level=Level.NATIONAL, is_active=True).order_by("pk")[0]


def probe_storage() -> str:
    """Write, read back and take away a small file; what went wrong, or nothing."""
    written = secrets.token_bytes(64)
    try:
        name = default_storage.save(f"{PROBE}/{secrets.token_hex(8)}", ContentFile(written))
        with default_storage.open(name) as stored:
            read = stored.read()
        default_storage.delete(name)
    except Exception as error:  # a storage may fail in any way; the person is told how
        return f"{type(error).__name__}: {error}"
    return "" if read == written else "what was read is not what was written"


def missing(*, at: dt.datetime) -> list[str]:
    """What an installation still lacks before providers can be let in, in plain words."""
    today = timezone.localdate(at)
    manned = Posting.objects.on(today).filter(authority__level=Level.NATIONAL)
    roles = set(manned.values_list("role", flat=True))
    last = CalendarDay.objects.filter(is_provisional=False).order_by("-day").values_list("day", flat=True).first()
    row = Installation.objects.filter(pk=1).first()
    lacks = [
        (not settings.IS_HTTPS, "PUBLIC_URL is not https: set it and put a TLS proxy in front."),
        (row is not None and row.public_url.rstrip("/") != settings.PUBLIC_URL, "PUBLIC_URL differs from what"
         " setup was told: certificates lead to the one, mail to the other."),
        (settings.DEMONSTRATION, "DEMO is on: set DEMO=no, or officers sign in without a second factor."),
        (settings.OUTBOX_DIR is not None, "EMAIL_URL is not set: mail stays in a local outbox."),
        (not _has_fonts(), "No Chinese font is installed: official papers cannot be made (fonts-noto-cjk)."),
        (OfficerRole.ADMINISTRATOR not in roles, "There is no national administrator."),
        (not roles >= {OfficerRole.REVIEWER, OfficerRole.SIGNATORY},
         "Nobody reviews or signs at the national level: the administrator posts them at the desk."),
        (not Authority.objects.filter(level=Level.PROVINCIAL, is_active=True).exists(),
         "No regional authority: everything goes to the national level until one is added at the desk."),
        (last is None or (last - today).days < 60,
         "The working calendar is official for less than two months ahead: correct it at the desk."),
    ]  # fmt: skip
    return [text for is_missing, text in lacks if is_missing]


def _has_fonts() -> bool:
    try:
        return bool(fonts.chinese_fonts())
    except fonts.NoChineseFont:
        return False
