"""Several drafts begun at once for one product, as the guide names them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from filings import drafts
from filings.models import AlgorithmClass, FilingKind, Procedure, ProviderRole

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from filings.models import Entity
    from portal.models import User


@dataclass(frozen=True)
class Wanted:
    """One of several filings to start together, as the guide names it."""

    kind: str
    algorithm_class: str = ""
    role: str = ""

    @classmethod
    def read(cls, text: str) -> Wanted | None:
        """From ``generative``, ``01:provider`` or ``02``; None for anything else."""
        code, _colon, role = text.partition(":")
        if code in FilingKind.services and not role:
            return cls(code)
        if code == AlgorithmClass.SYNTHESIS and role in ProviderRole:
            return cls(FilingKind.DEEP_SYNTHESIS, code, role)
        if code in AlgorithmClass and code != AlgorithmClass.SYNTHESIS and not role:
            return cls(FilingKind.RECOMMENDATION, code)
        return None

    @property
    def label(self) -> str:
        """What it is called where it is offered."""
        words = [FilingKind(self.kind).label]
        if self.algorithm_class:
            words.append(AlgorithmClass(self.algorithm_class).label)
        if self.role:
            words.append(ProviderRole(self.role).label)
        return " · ".join(map(str, words))


@transaction.atomic
def start_together(
    *, entity: Entity, wanted: Sequence[Wanted], by: User, at: dt.datetime, token: str
) -> list[Procedure]:
    """Open one linked draft for each filing that a product needs; a form posted twice finds them again."""
    if begun := drafts.begun_with(f"{token}:0", entity, by):
        return list(Procedure.objects.filter(filing__bundle=begun.filing.bundle).order_by("pk"))
    bundle = uuid.uuid4()
    return [
        drafts.start_filing(
            entity=entity,
            kind=each.kind,
            algorithm_class=each.algorithm_class,
            role=each.role,
            by=by,
            at=at,
            token=f"{token}:{place}",
            bundle=bundle,
        )
        for place, each in enumerate(wanted)
    ]
