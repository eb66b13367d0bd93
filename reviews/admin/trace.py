"""“What stands on this?”: search, the picture and the list, marks, and inspections of all affected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filings import access, tracing
from filings.access import posted_as
from filings.models import Filing, InspectionCause, OfficerRole, Resource
from filings.views.requests import number
from reviews import candidates, forms_trace, marks, policy, traces
from reviews.admin import opening
from reviews.admin.access import DeskAdmin
from reviews.admin.review import require
from reviews.admin.site import act, desk, page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from reviews.admin.access import OfficerRequest


@admin.register(Resource, site=desk)
class ResourceAdmin(DeskAdmin):
    """No stock pages: nobody types a resource, submissions bring them."""

    readers = policy.READS_QUEUE

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(search), name="filings_resource_changelist"),
            path("<slug:kind>/<int:pk>/", wrap(trace), name="filings_resource_trace"),
            path("<slug:kind>/<int:pk>/mark/", wrap(mark), name="filings_resource_mark"),
            path("<slug:kind>/<int:pk>/lift/", wrap(lift), name="filings_resource_lift"),
            path("<slug:kind>/<int:pk>/inspect/", wrap(inspect), name="filings_resource_inspect"),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@require_GET
def search(request: OfficerRequest) -> HttpResponse:
    require(bool(posted_as(request.user, *policy.READS_QUEUE)))
    form = forms_trace.TraceSearch(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {"q": "", "kind": ""}
    found = traces.resources(request.user, text=wanted["q"], kind=wanted["kind"])
    after = number(request.GET.get("after", ""))
    rows = list((found if after is None else found.filter(pk__lt=after))[: traces.PAGE + 1])
    address = request.GET.copy()
    address["after"] = str(rows[traces.PAGE - 1].pk) if len(rows) > traces.PAGE else ""
    return page(
        request, "reviews/trace_search.html", title=_("What stands on this?"), form=form, lines=rows[: traces.PAGE],
        filings=[] if after or wanted["kind"] else traces.filings_found(request.user, wanted["q"]), text=wanted["q"],
        next_page=address.urlencode() if address["after"] else "",
    )  # fmt: skip


@require_GET
def trace(request: OfficerRequest, kind: str, pk: int) -> HttpResponse:
    subject = _subject(request, kind, pk)
    shown = traces.page(subject, request.user, after=_after(request))
    is_filing = isinstance(subject, Filing)
    return page(
        request, "reviews/trace.html", title=str(subject), subject=subject, kind=kind, is_filing=is_filing,
        shown=shown, mark=marks.standing(subject), may_mark=marks.may_mark(request.user),
        below=traces.below(subject) if isinstance(subject, Filing) else (), lift_form=forms_trace.LiftForm(),
        is_later=bool(request.GET.get("after")),
    )  # fmt: skip


def mark(request: OfficerRequest, kind: str, pk: int) -> HttpResponse:
    subject = _subject(request, kind, pk)
    require(marks.may_mark(request.user))
    form = forms_trace.MarkForm(request.POST or None)
    back = _address(kind, pk)
    if request.method == "POST" and form.is_valid():
        try:
            marks.mark(subject=subject, by=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return act(
                request, lambda: None, said=_("It is marked. Drafts that cite it are told from now on."), back=back
            )
    return page(
        request, "reviews/form.html", title=_("Mark “%(name)s”") % {"name": subject}, form=form,
        submit=_("Set the mark"), back=back,
    )  # fmt: skip


@require_POST
def lift(request: OfficerRequest, kind: str, pk: int) -> HttpResponse:
    subject = _subject(request, kind, pk)
    require(marks.may_mark(request.user))
    standing = marks.standing(subject)
    if standing is None:
        raise Http404
    reason = request.POST.get("reason", "").replace("\x00", "")[:1000]
    return act(
        request,
        lambda: marks.lift(standing=standing, reason=reason, by=request.user, at=timezone.now()),
        said=_("The mark is lifted."),
        back=_address(kind, pk),
    )


@require_http_methods(["GET", "POST"])
def inspect(request: OfficerRequest, kind: str, pk: int) -> HttpResponse:
    """Inspections of what stands on it: a supervisor's, since they reach many at once."""
    subject = _subject(request, kind, pk)
    found = tracing.trace(traces.root_of(subject), regions=access.regions_seen(request.user), size=0)
    offer = opening.Offer(
        filings=candidates.affected(subject, request.user), cause=InspectionCause.TRACE, reason=_reason(subject),
        authorities=candidates.authorities(request.user, OfficerRole.SUPERVISOR), back=_address(kind, pk),
        origin=str(subject), unseen=found.unseen,
    )  # fmt: skip
    return opening.answer(request, offer)


def _reason(subject: Resource | Filing) -> str:
    """What the officer starts from when saying why: the thing, and the mark on it."""
    mark = marks.standing(subject)
    if mark is None:
        return _("It stands on “%(name)s”.") % {"name": subject}
    words = {"name": subject, "word": mark.get_word_display(), "basis": mark.legal_basis, "reason": mark.reason}
    return _("It stands on “%(name)s”, marked: %(word)s (%(basis)s). %(reason)s") % words


def _subject(request: OfficerRequest, kind: str, pk: int) -> Resource | Filing:
    """What the address names, if the officer may see it."""
    require(bool(posted_as(request.user, *policy.READS_QUEUE)))
    if kind == "filing":
        rows = policy.desk_filings(request.user).select_related("entity")
        return get_object_or_404(rows, pk=pk)
    if kind == "resource":
        return get_object_or_404(traces.resources(request.user), pk=pk)
    raise Http404


def _after(request: OfficerRequest) -> tuple[int, int]:
    level, _dot, key = request.GET.get("after", "").partition(".")
    return (number(level) or 0, number(key) or 0)


def _address(kind: str, pk: int) -> str:
    return reverse("admin:filings_resource_trace", args=[kind, pk])
