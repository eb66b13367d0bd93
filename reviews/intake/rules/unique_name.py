"""An algorithm's name stands for one filing nationwide.

Measured on the published lists: no name has two numbers. A name ended with its filing
may be taken up again by the same entity's successor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filings import names
from filings.models import Filing, RegisterEntry
from reviews.intake.registry import Found, Reading, Rule, register

if TYPE_CHECKING:
    from collections.abc import Iterator

PATH = "algorithm.name"


def check(reading: Reading) -> Iterator[Found]:
    filing = reading.filing
    name = names.key(str((reading.content.get("algorithm") or {}).get("name") or filing.name))
    if not name:
        return
    own = Q(pk=filing.pk) | Q(pk=filing.predecessor_id)
    if Filing.objects.filter(held_name__in={name, filing.name}).exclude(own).exists():
        yield Found(
            _(
                "Another filing under review already holds this algorithm name."
                " Names are unique nationwide: choose another."
            ),
            path=PATH,
            is_blocking=True,
        )
        return
    entry = RegisterEntry.objects.filter(name_key=name).exclude(filing=filing.pk)
    if filing.predecessor_id:
        entry = entry.exclude(filing=filing.predecessor_id)
    taken = entry.only("number").order_by("pk").first()
    if taken is not None:
        yield Found(
            _("The register already holds an algorithm of this name under %(number)s. Choose another name."),
            {"number": taken.number},
            path=PATH,
            is_blocking=True,
        )


RULE = register(Rule("algorithm.name_is_unique", _("The algorithm name is unique nationwide"), "ARP 24", check))
