"""An algorithm's name stands for one filing nationwide.

Measured on the published lists: no name has two numbers. A name ended with its filing
may be taken up again by the same entity's successor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from filings import names, naming, numbers
from filings.dossier import paths
from filings.models import FilingKind, RegisterEntry
from reviews.intake.registry import Found, Reading, Rule, register

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(reading: Reading) -> Iterator[Found]:
    filing = reading.filing
    path = naming.path_of(filing.kind)
    name = naming.held(filing.kind, reading.content, filing.region_code)
    if not name:
        return
    if naming.is_taken(filing, name):
        yield Found(
            _("Another filing under review already holds this name. Names are unique: choose another."),
            path=path,
            is_blocking=True,
        )
        return
    if filing.kind in FilingKind.services:
        yield from _of_service(reading, path)
        return
    entry = RegisterEntry.objects.filter(name_key=name).exclude(filing=filing.pk)
    if filing.predecessor_id:
        entry = entry.exclude(filing=filing.predecessor_id)
    taken = entry.only("number").order_by("pk").first()
    if taken is not None:
        yield Found(
            _("The register already holds an algorithm of this name under %(number)s. Choose another name."),
            {"number": taken.number},
            path=path,
            is_blocking=True,
        )


def _of_service(reading: Reading, path: str) -> Iterator[Found]:
    """The Latin name is unique in its region; a service's own name again is worth a second look."""
    region, name = reading.filing.region_code[:2], paths.get(reading.content, path)
    # A registered service keeps its number, and the name in it, through every change.
    if (
        not reading.filing.number
        and region in numbers.PINYIN
        and numbers.names_taken(region=region, name=str(name or ""))
    ):
        yield Found(
            _("The name %(name)s already stands in another number of this region. Propose another."),
            {"name": name},
            path=path,
            is_blocking=True,
        )
    called = RegisterEntry.objects.filter(name_key=names.key(reading.filing.name), kind=reading.filing.kind).exclude(
        filing=reading.filing.pk
    )
    known = called.only("number", "entity_name").order_by("pk").first()
    if known is not None:
        yield Found(
            _("The register holds a service of this name under %(number)s (%(entity)s): make sure that it is another."),
            {"number": known.number, "entity": known.entity_name},
            path="service.name",
        )


RULE = register(
    Rule(
        "algorithm.name_is_unique", _("The algorithm name is unique nationwide"), "ARP 24", check,
        service_basis="GAI 17",
    )
)  # fmt: skip
