"""An algorithm's name stands for one filing nationwide.

Measured on the published lists: no name has two numbers. A name ended with its filing
may be taken up again by the same entity's successor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filings import naming
from filings.models import Filing, FilingKind, RegisterEntry
from reviews.intake.registry import Found, Reading, Rule, register

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(reading: Reading) -> Iterator[Found]:
    filing = reading.filing
    path = naming.path_of(filing.kind)
    name = naming.held(filing.kind, reading.content, filing.region_code)
    if not name:
        return
    own = Q(pk=filing.pk) | Q(pk=filing.predecessor_id)
    if Filing.objects.filter(held_name=name).exclude(own).exists():
        yield Found(
            _("Another filing under review already holds this name. Names are unique: choose another."),
            path=path,
            is_blocking=True,
        )
        return
    if filing.kind in FilingKind.services:
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


RULE = register(Rule("algorithm.name_is_unique", _("The algorithm name is unique nationwide"), "ARP 24", check))
