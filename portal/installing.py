"""What a real installation is told: whose portal it is, and who administers it first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from filings import events, numbers
from filings.lifecycle import Actor
from filings.models import (
    Authority,
    Installation,
    Level,
    NumberSeries,
    OfficerRole,
    Posting,
    ServiceNumberSeries,
)

if TYPE_CHECKING:
    import datetime as dt

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
    at: dt.datetime,
    service_prefix: str | None = None,
    is_official: bool = False,
) -> Installation:
    """Write the installation's row and its national authority; telling the same again changes nothing.

    What changes is an event with before and after; a national authority that bore the former name
    bears the new one. ``service_prefix`` stands before the numbers of generative-AI services; none told keeps
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
    _name_authority(known, row)
    before = {name: getattr(known, name) for name in facts} if known is not None else {}
    if before != facts:
        changed = {name: value for name, value in facts.items() if before.get(name) != value}
        told = {"before": {name: before.get(name, "") for name in changed}, "after": changed}
        events.record("installation.told", side=Actor.SYSTEM, at=at, staff_only=True, data=told)
    return row


def _name_authority(known: Installation | None, row: Installation) -> None:
    national = Authority.objects.filter(level=Level.NATIONAL, is_active=True).order_by("pk")
    former = national.filter(name_zh=known.authority_zh).first() if known is not None else None
    if former is None:
        if not national.exists():
            Authority.objects.create(name_zh=row.authority_zh, name_en=row.authority_en, level=Level.NATIONAL)
        return
    if Authority.objects.filter(name_zh=row.authority_zh).exclude(pk=former.pk).exists():
        raise CannotInstall(f"Another authority is called {row.authority_zh} already.")
    former.name_zh, former.name_en = row.authority_zh, row.authority_en
    former.save(update_fields=["name_zh", "name_en"])


def _check_prefix(prefix: str, known: Installation | None, *, is_official: bool) -> None:
    if not prefix or any(c.isascii() or c.isspace() for c in prefix):
        raise CannotInstall("A number prefix is a short Chinese word, such as 某某算备.")
    if known is not None and known.number_prefix == prefix:
        return
    if prefix == numbers.OFFICIAL_PREFIX and not is_official:
        raise CannotInstall(
            f"{prefix} is the prefix of the national filing system: numbers issued here under it would pass for"
            " official ones. Choose another, or give --official if this is that system."
        )
    if known is not None and NumberSeries.objects.exists():
        raise CannotInstall(f"Numbers were already issued under {known.number_prefix}; the prefix stays.")


def _service_prefix(told: str | None, known: Installation | None, *, is_official: bool) -> str:
    before = known.service_prefix if known is not None else Installation._meta.get_field("service_prefix").get_default()
    prefix = ("" if is_official and known is None else before) if told is None else told
    if known is not None and prefix == before:
        return str(prefix)
    if not (is_official and not prefix) and not SERVICE_PREFIX.fullmatch(prefix):
        raise CannotInstall("A prefix of service numbers is Latin letters and a hyphen, such as MouMou-.")
    if known is not None and ServiceNumberSeries.objects.exists():
        raise CannotInstall(f"Service numbers were already issued under {before or 'no prefix'}; it stays.")
    return str(prefix)


def national_authority() -> Authority:
    """The authority that concludes; `install` makes it."""
    return Authority.objects.filter(level=Level.NATIONAL, is_active=True).order_by("pk")[0]


def administrators() -> list[str]:
    """The addresses of who administers at the national level today."""
    held = Posting.objects.on(timezone.localdate()).filter(
        role=OfficerRole.ADMINISTRATOR, authority__level=Level.NATIONAL, user__is_active=True
    )
    return list(held.order_by("pk").values_list("user__email", flat=True))
