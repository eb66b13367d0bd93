"""The same entity files the same product in the same class a second time.

Allowed, since one product may use several algorithms of a class; worth a second look.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from filings.dossier.kinds import KINDS
from filings.lifecycle import FilingStanding
from filings.models import Filing
from reviews.intake.registry import Found, Reading, Rule, register

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(reading: Reading) -> Iterator[Found]:
    filing = reading.filing
    others = Filing.objects.filter(
        entity=filing.entity_id,
        kind=filing.kind,
        algorithm_class=filing.algorithm_class,
        role=filing.role,
        standing__in=(FilingStanding.PENDING, FilingStanding.REGISTERED),
        products__in=filing.products.values("pk"),
    ).exclude(pk=filing.pk)
    for other in others.only("name", "number").distinct().order_by("pk")[:5]:
        yield Found(
            _(
                "The entity already files this product in this class as “%(name)s” %(number)s:"
                " make sure that it is not the same algorithm."
            ),
            {"name": other.name, "number": other.number or ""},
            path=KINDS[filing.kind].name_path,
        )


RULE = register(
    Rule("entity.same_product", _("Same entity and product filed once"), "ARP 24", check, service_basis="GAI 17")
)
