"""Filings of which inspections are opened together: what stands on a thing, and who did not confirm.

Generative AI Measures, art. 19; Algorithm Provisions, art. 28. Who opens them is
``filings.inspections``; here is only what an officer is offered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from filings import access, confirmations, inspections, tracing
from filings.lifecycle import FilingStanding
from filings.matter_lifecycle import MatterKind
from filings.models import Filing, Matter, MatterAuthority
from reviews import traces

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from filings.models import Resource
    from portal.models import User

PAGE = inspections.MOST_DRAWN  # as many as one act opens


@dataclass(frozen=True, slots=True)
class Candidate:
    """A registered filing, and the inspection of it that one of the officer's authorities has open."""

    filing: Filing
    matter: Matter | None


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of candidates by key, how many there are, and the key after which the next page begins."""

    rows: tuple[Candidate, ...]
    total: int
    after: int | None


def authorities(user: User, *roles: str) -> list[int]:
    """The authorities for which the officer opens inspections in one of the roles."""
    return sorted({p.authority_id for p in access.posted_as(user, *roles)})


def affected(subject: Resource | Filing, user: User) -> QuerySet[Filing]:
    """What stands on it, directly or through others, as far as the officer sees it."""
    rows = Filing.objects.filter(pk__in=tracing.keys(traces.root_of(subject)))
    seen = access.officer_sees(user)
    return rows.none() if seen is None else rows.filter(seen)


def unconfirmed(user: User) -> QuerySet[Filing]:
    """Those whose provider let a confirmation pass, as far as the officer sees its matter."""
    seen = access.officer_sees_matters(user, "matter__")
    missed = confirmations.unanswered()
    return Filing.objects.filter(pk__in=(missed.none() if seen is None else missed.filter(seen)).values("filing"))


def listed(filings: QuerySet[Filing], held: Collection[int], *, after: int = 0) -> Listed:
    """The registered ones, a page after that key, each with what is open already."""
    registered = filings.filter(standing=FilingStanding.REGISTERED)
    found = list(registered.filter(pk__gt=after).select_related("entity").order_by("pk")[: PAGE + 1])
    known = under_inspection([filing.pk for filing in found[:PAGE]], held)
    rows = tuple(Candidate(filing, known.get(filing.pk)) for filing in found[:PAGE])
    return Listed(rows, registered.count(), found[PAGE - 1].pk if len(found) > PAGE else None)


def under_inspection(filings: Collection[int], held: Collection[int]) -> dict[int, Matter]:
    """The open inspection of each filing that one of those authorities leads or joined."""
    joined = MatterAuthority.objects.filter(authority__in=held, left_at__isnull=True).values("matter")
    rows = Matter.objects.open().filter(Q(authority__in=held) | Q(pk__in=joined), kind=MatterKind.INSPECTION)
    return {matter.filing_id: matter for matter in rows.filter(filing__in=filings) if matter.filing_id is not None}
