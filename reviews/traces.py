"""The desk's questions to the trace: what is known by a name, what stands on it, what it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from filings import access, names, numbers, tracing
from filings.models import Filing, Reliance, Resource
from reviews import lookup, tracepicture

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from filings.tracing import Trace
    from portal.models import User
    from reviews.tracepicture import Picture

PAGE = 50
MOST_FILINGS = 10
MEANINGS = {"registered": "done", "pending": "waiting", "cancelled": "stopped", "revoked": "stopped"}


@dataclass(frozen=True, slots=True)
class Stage:
    """One filing of a page, and at how many removes it stands."""

    level: int
    filing: Filing
    meaning: str


@dataclass(frozen=True, slots=True)
class Page:
    """What the desk shows of a trace."""

    trace: Trace
    stages: tuple[Stage, ...]
    picture: Picture


def resources(user: User, *, text: str = "", kind: str = "") -> QuerySet[Resource]:
    """Shared resources, and providers' own in the officer's regions, by name or number; newest first."""
    found = Resource.objects.filter(Q(entity__isnull=True) | access.visible_entities(user, "entity__"))
    if kind:
        found = found.filter(kind=kind)
    if text:
        found = found.filter(
            Q(key__contains=names.key(text)) | Q(key__contains=numbers.key(text)) | Q(name__icontains=text)
        )
    citing = Reliance.objects.filter(resource=OuterRef("pk")).order_by().values("resource")
    cited = Subquery(citing.annotate(n=Count("filing", distinct=True)).values("n"))
    return found.select_related("entity").annotate(cited=Coalesce(cited, 0)).order_by("-pk")


def filings_found(user: User, text: str) -> list[Filing]:
    """The newest filings of that name or number; any filing may be what others stand on."""
    return list(lookup.filings_found(user, text)[:MOST_FILINGS]) if text else []


def page(subject: Resource | Filing, user: User, *, after: tuple[int, int]) -> Page:
    """One page of what stands on it, drawn."""
    root = root_of(subject)
    found = tracing.trace(root, regions=access.regions_seen(user), after=after)
    shown = Filing.objects.select_related("entity").only("name", "kind", "number", "standing", "entity__name")
    known = shown.in_bulk([filing for _level, filing in found.rows])
    stages = tuple(
        Stage(level, known[filing], MEANINGS.get(known[filing].standing, "")) for level, filing in found.rows
    )
    words = {stage.filing.pk: (stage.filing.name, stage.meaning) for stage in stages}
    edges = tracing.edges(root, list(words)) if words else []
    counts = {step.level: step.seen for step in found.steps}
    return Page(found, stages, tracepicture.draw(str(subject), found.rows, words, edges, counts))


def root_of(subject: Resource | Filing) -> tracing.Root:
    return tracing.Root(resource=subject.pk) if isinstance(subject, Resource) else tracing.Root(filing=subject.pk)


def below(filing: Filing) -> list[Reliance]:
    """What a filing itself stands on, directly, kind by kind."""
    rows = Reliance.objects.filter(filing=filing).select_related("resource", "on_filing__entity")
    return sorted(rows, key=lambda row: (row.resource.kind if row.resource else "", row.pk))
