from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from filings import access, attachments, displays, duties, policy, tracks
from filings.display_forms import DisplayForm
from filings.models import Filing, NumberDisplay, RegisterEntry

if TYPE_CHECKING:
    from filings.views.requests import PersonRequest


def _numbered(request: PersonRequest, pk: int) -> Filing:
    """A filing of the user's own entities that has a number. Else 404."""
    own = Filing.objects.filter(access.own(request.user, "entity", filing="pk"))
    filing = get_object_or_404(own.select_related("entity"), pk=pk)
    if filing.number is None:
        raise Http404(str(pk))
    return filing


@require_http_methods(["GET", "POST"])
def number_show(request: PersonRequest, pk: int) -> HttpResponse:
    filing = _numbered(request, pk)
    if request.method == "GET":
        return _page(request, filing, DisplayForm())
    policy.require(policy.may_write_filings(request.user, filing.entity))
    return _keep(request, filing, None)


@require_http_methods(["GET", "POST"])
def display_change(request: PersonRequest, pk: int, display: int) -> HttpResponse:
    filing = _numbered(request, pk)
    row = get_object_or_404(filing.displays.select_related("filing__entity"), pk=display)
    policy.require(policy.may_write_filings(request.user, filing.entity))
    if request.method == "GET":
        return _page(request, filing, DisplayForm(display=row), changed=row)
    return _keep(request, filing, row)


def _keep(request: PersonRequest, filing: Filing, row: NumberDisplay | None) -> HttpResponse:
    form = DisplayForm(request.POST, request.FILES, display=row)
    if form.is_valid():
        try:
            _record(request, filing, row, form)
        except attachments.RefusedUpload as refused:
            form.add_error("screenshot", refused.message)
        except displays.DisplayRefused:
            messages.error(request, _("Not possible now: the number is not in force or not published."))
            return redirect("filings:number-show", filing.pk)
        else:
            messages.success(request, _("Recorded. The authority can see it."))
            return redirect("filings:number-show", filing.pk)
    return _page(request, filing, form, changed=row, status=422)


def _record(request: PersonRequest, filing: Filing, row: NumberDisplay | None, form: DisplayForm) -> None:
    said, picture = form.given()
    by, at, kept = request.user, now(), None
    if picture is not None:
        kept = attachments.accept_upload(
            entity=filing.entity, filing=filing, upload=picture, by=by, at=at, purpose="screenshot"
        )
    if row is not None:
        displays.change(display=row, said=said, screenshot=kept, by=by, at=at)
    elif kept is not None:
        displays.record(filing=filing, said=said, screenshot=kept, by=by, at=at)


def _page(
    request: PersonRequest,
    filing: Filing,
    form: DisplayForm,
    *,
    changed: NumberDisplay | None = None,
    status: int = 200,
) -> HttpResponse:
    entry = RegisterEntry.objects.without_search_columns().filter(filing=filing).first()
    context = {
        "filing": filing,
        "entry": entry,
        "held": None if entry else displays.held(filing),
        "to_show": displays.to_show(entry) if entry else None,
        "displays": displays.of(filing),
        "duties": duties.of(filing),
        "basis": tracks.of(filing.kind).displays,
        "form": form,
        "changed": changed,
        "may_write": policy.may_write_filings(request.user, filing.entity),
    }
    return render(request, "filings/number_show.html", context, status=status)
