from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from filings import access, datasets, matterwords, policy, sentences, workingdays
from filings.matter_lifecycle import MatterKind
from filings.matters import STANDARD
from filings.models import Event, Matter
from filings.views import matter_pages
from filings.views.entity import find_entity
from filings.views.paging import pager
from filings.views.requests import number

if TYPE_CHECKING:
    from filings.models import Entity, MatterPost
    from filings.views.requests import PersonRequest

PAGE = 20
SHOWN = 200


def own_matters(request: PersonRequest) -> Any:
    """Matters of the user's own entities that they were told of; officers work at their desk."""
    mine = access.own(request.user, "entity", filing="filing")
    return Matter.objects.filter(mine, told_provider=True)


def find_matter(request: PersonRequest, pk: int, *kinds: str) -> Matter:
    """A matter of the user's own entities, of one of the kinds if any is named. Else 404."""
    rows = own_matters(request).select_related("filing__entity", "entity", "authority", "parent")
    found: Matter = get_object_or_404(rows.filter(kind__in=kinds) if kinds else rows, pk=pk)
    return found


@require_GET
def matter_list(request: PersonRequest, pk: int) -> HttpResponse:
    entity = find_entity(request, pk)
    kind = request.GET.get("kind", "")
    rows = own_matters(request).filter(entity=entity).select_related("filing")
    if kind in MatterKind.values:
        rows = rows.filter(kind=kind)
    if (last := number(request.GET.get("before", ""))) is not None:
        rows = rows.filter(pk__lt=last)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    shown, has_more = found[:PAGE], len(found) > PAGE
    countdown = workingdays.Countdown((row.due_on for row in shown), today=localdate())
    may_write = policy.may_write_filings(request.user, entity)
    context = {
        "entity": entity,
        "rows": [_row(row, countdown) for row in shown],
        "kinds": MatterKind.choices,
        "kind": kind,
        "starts": _starts(request, entity) if may_write else [],
        "pager": pager(request, shown[-1].pk if has_more else None, kind=kind),
    }
    return render(request, "filings/matter_list.html", context)


def _starts(request: PersonRequest, entity: Entity) -> list[tuple[Any, str]]:
    """What the provider may begin; a public body may also offer data."""
    starts: list[tuple[Any, str]] = [(text, reverse(name, args=[entity.pk])) for text, name in matterwords.starts()]
    if policy.may_edit_entity(request.user, entity) and datasets.is_public_body(entity):
        starts.append((_("Offer a data set"), reverse("filings:dataset-start", args=[entity.pk])))
    return starts


def _row(matter: Matter, countdown: workingdays.Countdown) -> dict[str, Any]:
    return {
        "matter": matter,
        "state": matterwords.for_provider(matter),
        "turn": matterwords.turn(matter),
        "left": countdown.left(matter.due_on),
        "is_standard": matter.due_basis == STANDARD,
        "is_mine": matter.turn == Matter.Turn.PROVIDER,
    }


@require_GET
def matter_detail(request: PersonRequest, pk: int) -> HttpResponse:
    return matter_page(request, find_matter(request, pk))


def matter_page(request: PersonRequest, matter: Matter, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of a matter; ``more`` are forms that came back with errors, for the part of its kind."""
    events = Event.objects.filter(matter=matter, audience=Event.Audience.BOTH).order_by("-id")
    events = events.select_related("actor", "posting__authority", "filing", "procedure")[:SHOWN]
    part = matter_pages.CONTEXT.get(matter.kind)
    context = {
        "matter": matter,
        "state": matterwords.for_provider(matter),
        "turn": matterwords.turn(matter),
        "next_step": matterwords.next_step(matter),
        "is_mine": matter.turn == Matter.Turn.PROVIDER,
        "is_standard": matter.due_basis == STANDARD,
        "left": workingdays.left(matter.due_on, today=workingdays.today()) if matter.due_on else None,
        "part": f"filings/matters/{matter.kind}.html" if part else "",
        "posts": thread(matter),
        "events": sentences.timeline(events),
        **(part(request, matter) if part else {}),
        **more,
    }
    return render(request, "filings/matter_detail.html", context, status=status)


def thread(matter: Matter) -> list[dict[str, Any]]:
    """What was written, oldest first, as the provider may read it."""
    rows = matter.posts.filter(staff_only=False).select_related("author").prefetch_related("attachments")
    return [_post(row) for row in rows.order_by("-pk")[:SHOWN]][::-1]


def _post(row: MatterPost) -> dict[str, Any]:
    files = [
        {"name": each.name, "size": each.size, "url": reverse("filings:attachment-download", args=[each.pk])}
        for each in row.attachments.all()
    ]
    return {"row": row, "title": matterwords.post(row), "author": matterwords.author(row), "files": files}
