"""Batches of publications: open, look through, move, publish in one act; and their lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from filings import contents, publication, workingdays
from filings.access import posted_as
from filings.models import Authority, HeldPublication, Ministry, PublicationBatch
from filings.submissions import document_of
from filings.uploads import kinds
from filings.views.files import served
from reviews import batches, policy
from reviews.admin.review import require
from reviews.admin.site import act, page
from reviews.forms_batches import DayForm, OpenForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import FileResponse, HttpResponse

    from reviews.admin.access import OfficerRequest

PAGE = 30
MOST_ROWS = 200


def urls(wrap: Callable[..., Any]) -> list[Any]:
    return [
        path("batches/", wrap(batch_list), name="desk-batches"),
        path("batches/open/", wrap(batch_open), name="desk-batch-open"),
        path("batches/<int:pk>/", wrap(batch), name="desk-batch"),
        path("batches/<int:pk>/<slug:action>/", wrap(batch_act), name="desk-batch-act"),
        path("batches/<int:pk>/lists/<slug:kind>.docx", wrap(batch_file), name="desk-batch-file"),
    ]


def _seen(request: OfficerRequest) -> QuerySet[PublicationBatch]:
    """Batches of the authorities where the officer is posted; the auditor reads along."""
    held = [p for p in posted_as(request.user, *policy.READS_QUEUE) if p.authority.ministry == Ministry.CAC]
    require(bool(held))
    return PublicationBatch.objects.filter(authority__in={p.authority_id for p in held}).select_related("authority")


@require_GET
def batch_list(request: OfficerRequest) -> HttpResponse:
    return _list(request, OpenForm(authorities=_own(request)))


def _own(request: OfficerRequest) -> list[Authority]:
    return [p.authority for p in posted_as(request.user, *batches.KEEPERS) if p.authority.ministry == Ministry.CAC]


def _list(request: OfficerRequest, form: OpenForm) -> HttpResponse:
    rows = batches.counted(_seen(request))
    before = request.GET.get("before", "")
    over = rows.filter(published_at__isnull=False).order_by("-pk")
    if before.isascii() and before.isdigit() and len(before) < 18:
        over = over.filter(pk__lt=int(before))
    published = list(over[: PAGE + 1])
    return page(
        request, "reviews/batches.html", title=_("Batches of publications"), form=form,
        waiting=rows.filter(published_at__isnull=True).order_by("publish_on", "pk")[:PAGE],
        published=published[:PAGE], next_before=published[PAGE - 1].pk if len(published) > PAGE else None,
        may_open=bool(_own(request)), today=workingdays.today(),
    )  # fmt: skip


@require_POST
def batch_open(request: OfficerRequest) -> HttpResponse:
    _seen(request)
    require(bool(_own(request)))
    form = OpenForm(request.POST, authorities=_own(request))
    if not form.is_valid():
        return _list(request, form)
    return act(
        request,
        lambda: batches.open_batch(by=request.user, at=timezone.now(), **form.cleaned_data),
        said=_("The batch is open. What is signed from now on can wait for it."),
        back=reverse("admin:desk-batches"),
    )


@require_GET
def batch(request: OfficerRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(_seen(request), pk=pk)
    related = ("filing__entity", "submission__procedure")
    held = row.held.select_related(*related).order_by("pk")[:MOST_ROWS]
    others = PublicationBatch.objects.waiting().filter(authority=row.authority_id).exclude(pk=pk)
    return page(
        request, "reviews/batch.html", title=str(row), batch=row, lines=[(each, _shown(each)) for each in held],
        may_keep=batches.may_keep(request.user, row.authority_id), others=others.order_by("publish_on")[:20],
        form=DayForm(initial={"publish_on": row.publish_on}), today=workingdays.today(),
    )  # fmt: skip


def _shown(held: HeldPublication) -> dict[str, Any]:
    """What the public will read under the number."""
    document = document_of(held.submission)
    content, entity = document["content"], document["entity"]["content"]
    return publication.public_content(held.filing.kind, content, entity, number=held.number)


@require_POST
def batch_act(request: OfficerRequest, pk: int, action: str) -> HttpResponse:
    """Publish, give another day, or move one row; the rule says who may."""
    row = get_object_or_404(_seen(request), pk=pk)
    if not batches.may_keep(request.user, row.authority_id):
        raise PermissionDenied
    if action == "publish":
        return _publish(request, row)
    if action == "day":
        return _move(request, row)
    if action in ("row", "at-once"):
        return _move_row(request, row, at_once=action == "at-once")
    raise Http404(action)


def _publish(request: OfficerRequest, row: PublicationBatch) -> HttpResponse:
    found = batches.publish(batch=row, by=request.user, at=timezone.now())
    done = sum(each.published_at is not None for each in found)
    failed = sum(bool(each.error) for each in found)
    said = ngettext("%(count)d entry was published.", "%(count)d entries were published.", done) % {"count": done}
    messages.success(request, said)
    if failed:
        messages.error(request, _("%(count)d could not be published; each row says why.") % {"count": failed})
    return redirect("admin:desk-batch", row.pk)


def _move(request: OfficerRequest, row: PublicationBatch) -> HttpResponse:
    form, back = DayForm(request.POST), reverse("admin:desk-batch", args=[row.pk])
    if not form.is_valid():
        messages.error(request, _("Enter a day."))
        return redirect(back)
    day = form.cleaned_data["publish_on"]
    return act(
        request,
        lambda: batches.move_batch(batch=row, publish_on=day, by=request.user, at=timezone.now()),
        said=_("The batch has another day. The providers are told."),
        back=back,
    )


def _move_row(request: OfficerRequest, row: PublicationBatch, *, at_once: bool) -> HttpResponse:
    key, to = request.POST.get("held", ""), request.POST.get("to", "")
    held = get_object_or_404(row.held.waiting(), pk=_key(key))
    back = reverse("admin:desk-batch", args=[row.pk])
    if at_once:
        rule, said = (lambda: batches.take_out(held=held, by=request.user, at=timezone.now())), _("Published.")
        return act(request, rule, said=said, back=back)
    other = get_object_or_404(_seen(request), pk=_key(to))
    return act(
        request,
        lambda: batches.move_row(held=held, to=other, by=request.user, at=timezone.now()),
        said=_("Moved to the other batch."),
        back=back,
    )


def _key(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


@require_GET
def batch_file(request: OfficerRequest, pk: int, kind: str) -> FileResponse:
    row = get_object_or_404(_seen(request), pk=pk)
    listed = next((each for each in row.lists if each["kind"] == kind), None)
    if listed is None:
        raise Http404(kind)
    return served(contents.open_content(listed["sha256"]), listed["name"], kinds.DOCX, inline=False)
