"""Matters 事项 on the desk: one list and one page for all kinds, and the signatory's page.

A kind adds itself: ``PAGES`` names what its part of the page (``reviews/matters/<kind>.html``)
shows, ``URLS`` its own actions, ``SIGNING`` what signing and sending back a proposal does.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from filings import sentences, workingdays
from filings.access import posted_as
from filings.inspections import OPENERS
from filings.matter_lifecycle import MatterKind
from filings.models import AccessRecord, Matter, MatterAuthority
from filings.views.requests import number
from reviews import accesses, forms, policy, workload
from reviews.admin.access import DeskAdmin, officer
from reviews.admin.review import require
from reviews.admin.site import act, desk, page
from reviews.models import Proposal

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from portal.models import User
    from reviews.admin.access import OfficerRequest

PAGE = 50
HISTORY = 60
SHOWN = ("waiting", "own", "open", "overdue", "closed")
NAME = "filings_matter"


@dataclass(frozen=True, slots=True)
class Signing:
    """What a kind does when a proposal on one of its matters is signed or sent back."""

    sign: Callable[..., object]  # (proposal=, by=, at=)
    send_back: Callable[..., object]  # (proposal=, reason=, by=, at=)
    consequences: Callable[[Proposal], list[Any]]  # lines with topic, text, is_warning


# What the part of the page that only one kind has needs; without an entry there is no such part.
PAGES: dict[str, Callable[[OfficerRequest, Matter], dict[str, Any]]] = {}
URLS: dict[str, Callable[[Callable[..., Any], str], list[Any]]] = {}
SIGNING: dict[str, Signing] = {}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; anything else in it is ignored."""

    show: str
    kind: str
    text: str
    after: tuple[dt.date | None, int] | None

    @classmethod
    def read(cls, request: HttpRequest) -> Filters:
        given = request.GET
        show, kind = given.get("show", ""), given.get("kind", "")
        return cls(
            show=show if show in SHOWN else "own",
            kind=kind if kind in MatterKind else "",
            text=given.get("q", "").replace("\x00", "").strip()[:100],
            after=_place(given.get("after", "")),
        )


def _place(text: str) -> tuple[dt.date | None, int] | None:
    """The last line of the page before: its day, if it has one, and its key."""
    day, _dot, key = text.partition(".")
    known = number(key)
    if known is None:
        return None
    try:
        return (dt.date.fromisoformat(day) if day else None), known
    except ValueError:
        return None


def rows(user: User, filters: Filters, *, day: dt.date) -> list[Matter]:
    """One page and one more row: what is due first, then what has no day; closed ones newest first."""
    found = policy.desk_matters(user).filter(closed_at__isnull=filters.show != "closed")
    match filters.show:
        case "waiting":
            found = workload.matters_waiting(user)
        case "own":
            found = found.filter(workload.own_matters(user))
        case "overdue":
            found = found.filter(due_on__lt=day)
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.text:
        text = filters.text
        found = found.filter(
            Q(reference__icontains=text) | Q(title__icontains=text) | Q(entity__name__icontains=text)
        )  # fmt: skip
    related = found.select_related("entity", "authority", "filing")
    if filters.show == "closed":
        if filters.after:
            related = related.filter(pk__lt=filters.after[1])
        return list(related.order_by("-pk")[: PAGE + 1])
    if filters.after:
        last, key = filters.after
        later = Q(due_on__gt=last) | Q(due_on=last, pk__gt=key) | Q(due_on__isnull=True)
        related = related.filter(later if last else Q(due_on__isnull=True, pk__gt=key))
    return list(related.order_by("due_on", "pk")[: PAGE + 1])  # PostgreSQL puts those without a day last


@admin.register(Matter, site=desk)
class MatterAdmin(DeskAdmin):
    readers = policy.READS_QUEUE

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        kinds = [url for urls in URLS.values() for url in urls(wrap, NAME)]
        return [
            path("", wrap(self.changelist_view), name=f"{NAME}_changelist"),
            path("<int:object_id>/change/", wrap(detail), name=f"{NAME}_change"),
            *kinds,
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        require(self.reads(officer(request)))
        filters, day = Filters.read(request), workingdays.today()
        found = rows(officer(request), filters, day=day)
        address, shown = request.GET.copy(), found[:PAGE]
        if len(found) > PAGE:
            last = shown[-1]
            address["after"] = f"{last.due_on.isoformat() if last.due_on else ''}.{last.pk}"
        left = workload.days_left({each.due_on for each in shown if each.due_on}, day=day)
        return page(
            request, "reviews/matter_list.html", title=_("Matters"), filters=filters, choices=_choices(),
            may_open=_opens(officer(request)),
            lines=[(each, left.get(each.due_on) if each.due_on else None) for each in shown],
            next_page=address.urlencode() if len(found) > PAGE else "",
        )  # fmt: skip


def _opens(user: User) -> bool:
    return bool(posted_as(user, *OPENERS))


def _choices() -> dict[str, Any]:
    show = [
        ("own", _("Open ones of my authority")), ("waiting", _("Our turn")), ("open", _("All open ones")),
        ("overdue", _("Overdue")), ("closed", _("Closed")),
    ]  # fmt: skip
    return {"show": show, "kind": MatterKind.choices}


def visible(request: OfficerRequest, pk: int, kind: str = "") -> Matter:
    """The matter, of that kind, if the officer may see it; 404 otherwise."""
    found = policy.desk_matters(request.user).select_related("entity", "filing__entity", "authority", "parent")
    return get_object_or_404(found.filter(kind=kind) if kind else found, pk=pk)


def back_to(matter: Matter, anchor: str = "") -> str:
    address = reverse(f"admin:{NAME}_change", args=[matter.pk])
    return f"{address}#{anchor}" if anchor else address


@require_GET
def detail(request: OfficerRequest, object_id: int) -> HttpResponse:
    matter = visible(request, object_id)
    accesses.record(
        AccessRecord.Action.OPEN, by=request.user, at=timezone.now(), filing=matter.filing, entity=matter.entity,
        subject=matter.reference,
    )  # fmt: skip
    return page(request, "reviews/matter.html", **context(request, matter))


def context(request: OfficerRequest, matter: Matter) -> dict[str, Any]:
    """All the page shows; the same when a form of the kind comes back with errors."""
    today, related = workingdays.today(), ("actor", "posting__authority", "filing", "procedure")
    posts = matter.posts.select_related("author", "reply_to").prefetch_related("attachments")
    joined = MatterAuthority.objects.filter(left_at__isnull=True).select_related("authority").order_by("joined_at")
    matters = policy.desk_matters(request.user)
    of_kind = PAGES.get(matter.kind)
    return {
        "title": matter.title,
        "matter": matter,
        "posts": posts.order_by("pk"),
        "joined": list(joined.filter(matter=matter)),
        "children": matters.filter(parent=matter).select_related("entity").order_by("pk"),
        "parent": matters.filter(pk=matter.parent_id).first() if matter.parent_id else None,
        "proposals": matter.proposals.select_related("proposed_by", "sent_back_by").order_by("-pk"),
        "history": sentences.timeline(matter.events.select_related(*related).order_by("-id")[:HISTORY], to_staff=True),
        "left": workload.days_left({matter.due_on}, day=today)[matter.due_on] if matter.due_on else None,
        "part": f"reviews/matters/{matter.kind}.html" if of_kind else "",
        **(of_kind(request, matter) if of_kind else {}),
    }


def sign(request: OfficerRequest, proposal: Proposal) -> HttpResponse:
    """The signatory's page of a proposal on a matter: what it says, what follows, sign or send back."""
    assert proposal.matter is not None, "called for proposals on matters"
    matter, does = proposal.matter, SIGNING[proposal.matter.kind]
    may_sign, is_pending = policy.may_sign(request.user, proposal), proposal.status == Proposal.Status.PENDING
    if request.method == "POST":
        require(may_sign or not is_pending)
        return _decide(request, proposal, does)
    accesses.record(
        AccessRecord.Action.OPEN, by=request.user, at=timezone.now(), filing=matter.filing, entity=matter.entity,
        subject=matter.reference,
    )  # fmt: skip
    return page(
        request, "reviews/matter_sign.html", title=_("Sign or send back"), proposal=proposal, matter=matter,
        form=forms.SendBackForm(), consequences=does.consequences(proposal) if is_pending else [], may_sign=may_sign,
        is_own=is_pending and proposal.proposed_by_id == request.user.pk,
    )  # fmt: skip


def _decide(request: OfficerRequest, proposal: Proposal, does: Signing) -> HttpResponse:
    here, now = reverse("admin:reviews_proposal_sign", args=[proposal.pk]), timezone.now()
    if "send_back" in request.POST:
        reason = request.POST.get("reason", "")
        return act(
            request,
            lambda: does.send_back(proposal=proposal, reason=reason, by=request.user, at=now),
            said=_("The proposal went back to the officer who made it."),
            back=here,
        )
    return act(
        request,
        lambda: does.sign(proposal=proposal, by=request.user, at=now),
        said=_("Signed. What the page announced has been done."),
        back=here,
    )
