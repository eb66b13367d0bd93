"""The queue: one line a task, filters in the address, pages by key, claims from the line."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from filings import names, wording, workingdays
from filings.access import posted_as
from filings.models import FilingKind, OfficerRole
from reviews import forms, policy, queue, workload
from reviews.admin import annexes, decision, review, testing
from reviews.admin.access import DeskAdmin, officer
from reviews.admin.site import act, desk, page
from reviews.models import ReviewTask, StagePlan

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from reviews.admin.access import OfficerRequest

PAGE = 50
SHOWN = ("mine", "free", "overdue", "soon", "late", "open", "everywhere", "done")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; anything else in it is ignored."""

    show: str
    kind: str
    stage: str
    text: str
    after: tuple[dt.date, int] | None

    @classmethod
    def read(cls, request: HttpRequest) -> Filters:
        given = request.GET
        return cls(
            show=given.get("show") if given.get("show") in SHOWN else "open",  # type: ignore[arg-type]
            kind=given.get("kind", "") if given.get("kind") in FilingKind else "",
            stage=given.get("stage", "")[:40],
            text=given.get("q", "").replace("\x00", "").strip()[:100],
            after=_place(given.get("after", "")),
        )


def _place(text: str) -> tuple[dt.date, int] | None:
    day, _dot, key = text.partition(".")
    try:
        return dt.date.fromisoformat(day), int(key)
    except ValueError:
        return None


def rows(user: Any, filters: Filters, *, day: dt.date) -> list[ReviewTask]:
    """One page and one more row, in due order, of the tasks that the officer may read."""
    found = workload.own(user)
    match filters.show:
        case "mine":
            found = workload.mine(user)
        case "free":
            found = workload.free(user)
        case "overdue":
            found = found.overdue(day)
        case "soon":
            found = found.unfinished().filter(due_on__range=(day, workingdays.add(day, workload.SOON)))
        case "late":
            found = found.filed_late()
        case "everywhere":
            found = ReviewTask.objects.visible_to(user).unfinished()
        case "done":
            found = found.filter(status__in=(ReviewTask.Status.DONE, ReviewTask.Status.DROPPED))
        case _:
            found = found.unfinished()
    if filters.kind:
        found = found.filter(procedure__filing__kind=filters.kind)
    if filters.stage:
        found = found.filter(stage__code=filters.stage)
    if filters.text:
        found = found.filter(
            Q(procedure__filing__name__icontains=filters.text)
            | Q(procedure__filing__held_name__contains=names.key(filters.text))
            | Q(procedure__filing__entity__name__icontains=filters.text)
        )
    if filters.after:
        after, key = filters.after
        found = found.filter(Q(due_on__gt=after) | Q(due_on=after, pk__gt=key))
    related = found.select_related(
        "procedure__filing__entity", "procedure__change", "procedure__ending", "stage", "authority", "claimed_by"
    )
    return list(related.order_by("due_on", "pk")[: PAGE + 1])


@admin.register(ReviewTask, site=desk)
class QueueAdmin(DeskAdmin):
    readers = policy.READS_QUEUE

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        name = "reviews_reviewtask"
        return [
            path("", wrap(self.changelist_view), name=f"{name}_changelist"),
            path("claim-next/", wrap(claim_next), name=f"{name}_claim-next"),
            path("<int:pk>/claim/", wrap(claim), name=f"{name}_claim"),
            path("<int:pk>/release/", wrap(release), name=f"{name}_release"),
            path("<int:pk>/reassign/", wrap(reassign), name=f"{name}_reassign"),
            path("<int:object_id>/change/", wrap(to_review), name=f"{name}_change"),
            *review.urls(wrap, name),
            *annexes.urls(wrap, name),
            *testing.urls(wrap, name),
            *decision.task_urls(wrap, name),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        review.require(self.reads(officer(request)))
        filters, day = Filters.read(request), workingdays.today()
        found, glance = rows(officer(request), filters, day=day), workload.counts(officer(request), day=day)
        address = request.GET.copy()
        if len(found) > PAGE:
            last = found[PAGE - 1]
            address["after"] = f"{last.due_on.isoformat()}.{last.pk}"
        return page(
            request,
            "reviews/queue.html",
            title=_("Review queue"),
            tasks=found[:PAGE],
            next_page=address.urlencode() if len(found) > PAGE else "",
            filters=filters,
            choices=_choices(),
            glance=glance,
            lines=_days_left(found[:PAGE], day),
            day=day,
            soon=glance.until,
            may_claim=bool(posted_as(officer(request), OfficerRole.REVIEWER)),
            own_entities=policy.own_entities(officer(request)),
            reviews_at={p.authority_id for p in posted_as(officer(request), OfficerRole.REVIEWER)},
        )


def _choices() -> dict[str, Any]:
    stages = StagePlan.objects.order_by("code").values_list("code", "name_zh", "name_en").distinct()
    return {
        "show": [
            ("open", _("All unfinished")),
            ("mine", _("Mine")),
            ("free", _("Free to claim")),
            ("overdue", _("Overdue")),
            ("soon", _("Due soon")),
            ("late", _("Filed late")),
            ("everywhere", _("Unfinished at every authority")),
            ("done", _("Finished")),
        ],
        "kind": FilingKind.choices,
        "stage": [(code, zh if wording.is_chinese() else en) for code, zh, en in stages],
    }


def _days_left(tasks: list[ReviewTask], day: dt.date) -> list[tuple[ReviewTask, int]]:
    """Working days left of each line, with one query for all."""
    left = workload.days_left({task.due_on for task in tasks}, day=day)
    return [(task, left[task.due_on]) for task in tasks]


def visible_task(request: OfficerRequest, pk: int) -> ReviewTask:
    return get_object_or_404(ReviewTask.objects.visible_to(request.user), pk=pk)


def to_review(request: OfficerRequest, object_id: int) -> HttpResponse:
    return redirect("admin:reviews_reviewtask_review", pk=object_id)


@require_POST
def claim_next(request: OfficerRequest) -> HttpResponse:
    task = queue.claim_next(by=request.user, at=timezone.now())
    if task is None:
        messages.info(request, _("No task is free to claim."))
        return redirect("admin:reviews_reviewtask_changelist")
    return redirect("admin:reviews_reviewtask_review", pk=task.pk)


@require_POST
def claim(request: OfficerRequest, pk: int) -> HttpResponse:
    task = visible_task(request, pk)
    here = reverse("admin:reviews_reviewtask_review", args=[pk])
    return act(
        request,
        lambda: queue.claim(task=task, by=request.user, at=timezone.now()),
        said=_("The task is yours now."),
        back=here,
    )


@require_POST
def release(request: OfficerRequest, pk: int) -> HttpResponse:
    task = visible_task(request, pk)
    return act(
        request,
        lambda: queue.release(task=task, by=request.user, at=timezone.now()),
        said=_("The task is back in the queue; drafted findings were kept."),
        back=reverse("admin:reviews_reviewtask_changelist"),
    )


def reassign(request: OfficerRequest, pk: int) -> HttpResponse:
    task = visible_task(request, pk)
    review.require(policy.may_reassign(request.user, task))
    people = queue.colleagues([task.authority_id], on=workingdays.today())
    form = forms.ReassignForm(request.POST or None, colleagues=people)
    if request.method != "POST" or not form.is_valid():
        return page(
            request, "reviews/form.html", title=_("Hand the task to somebody else"), form=form, subtitle=str(task),
            back=reverse("admin:reviews_reviewtask_review", args=[pk]), submit=_("Hand over the task"),
        )  # fmt: skip
    to = next(p.user for p in people if p.user_id == form.cleaned_data["to"])
    return act(
        request,
        lambda: queue.reassign(task=task, to=to, by=request.user, at=timezone.now()),
        said=_("The task was handed to %(name)s.") % {"name": to},
        back=reverse("admin:reviews_reviewtask_changelist"),
    )
