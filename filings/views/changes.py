from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from filings import access, changes, drafts, policy, sealing, timeline, tracks
from filings.change_forms import SinceForm
from filings.models import Change, Filing, Purpose
from filings.transitions import TransitionNotAllowed
from filings.views.dossier import find_dossier

if TYPE_CHECKING:
    import datetime as dt
    from typing import Any

    from filings.dossier.classification import Sorted
    from filings.models import Dossier
    from filings.views.requests import PersonRequest

SHOWN = 300


def find_filing(request: PersonRequest, pk: int) -> Filing:
    """A filing of the user's own entities; officers work at their desk. Else 404."""
    own = Filing.objects.filter(access.own(request.user, "entity", filing="pk"))
    return get_object_or_404(own.select_related("entity"), pk=pk)


@require_http_methods(["GET", "POST"])
def change_start(request: PersonRequest, pk: int) -> HttpResponse:
    filing = find_filing(request, pk)
    policy.require(policy.may_change(request.user, filing))
    form = SinceForm(request.POST if request.method == "POST" else None, today=localdate())
    context = {"filing": filing, "basis": tracks.of(filing.kind).files}
    if not form.is_valid():
        return render(
            request, "filings/change_start.html", {**context, "form": form}, status=422 if form.is_bound else 200
        )
    try:
        procedure = changes.begin(
            filing=filing, changed_on=form.cleaned_data["changed_on"], by=request.user, at=now()
        )  # fmt: skip
    except changes.AnotherIsOpen as found:
        messages.error(request, _("Another procedure on this filing is still open. End it first."))
        return redirect("filings:procedure-detail", found.procedure.pk)
    except changes.NotRegistered:
        messages.error(request, _("Only a registered filing can be changed; nothing was changed."))
        return redirect("filings:entity-detail", filing.entity_id)
    return redirect("filings:dossier-list", procedure.pk)


@require_http_methods(["GET", "POST"])
def change_detail(request: PersonRequest, pk: int) -> HttpResponse:
    dossier = find_dossier(request.user, pk)
    procedure = dossier.procedure
    if procedure.purpose != Purpose.CHANGE:
        raise Http404
    may_edit = policy.may_edit_dossier(request.user, procedure)
    if request.method == "POST":
        policy.require(may_edit)
    change = procedure.change
    form = SinceForm(
        request.POST if request.method == "POST" else None, today=localdate(), initial={"changed_on": change.changed_on}
    )
    if request.method == "POST" and form.is_valid():
        return _date(request, dossier, form.cleaned_data["changed_on"])
    context = {
        "procedure": procedure,
        "form": form if may_edit else None,
        "change": change,
        "latest": changes.latest_day(change.changed_on) if change.changed_on else None,
        "is_late": change.is_late or changes.is_late(change.changed_on, on=localdate()),
        "lock": sealing.standing(procedure),
        **_difference(dossier),
    }
    return render(request, "filings/change_detail.html", context, status=422 if form.is_bound else 200)


def _date(request: PersonRequest, dossier: Dossier, changed_on: dt.date) -> HttpResponse:
    try:
        changes.date(procedure=dossier.procedure, changed_on=changed_on, by=request.user, at=now())
    except TransitionNotAllowed:
        return redirect("filings:procedure-detail", dossier.procedure_id)
    messages.info(request, _("The day of the change is saved."))
    return redirect("filings:change-detail", dossier.procedure_id)


def _difference(dossier: Dossier) -> dict[str, Any]:
    """What differs from what is registered, in words, and how heavy that is."""
    profile = dossier.entity_version.content if dossier.entity_version else {}
    found = changes.compare(dossier.procedure, dossier.content, profile)
    before, before_profile = changes.registered(dossier.procedure)
    kind = dossier.procedure.filing.kind
    dossier_rows = _rows([row for row in found.rows if not row.is_of_profile], kind, before, dossier.content)
    profile_rows = _rows([row for row in found.rows if row.is_of_profile], "entity", before_profile, profile)
    rows = [*dossier_rows, *profile_rows]
    return {
        "rows": rows[:SHOWN],
        "more": max(len(rows) - SHOWN, 0),
        "weight": Change.Weight(found.weight).label if found.weight else "",
        "is_full": found.weight == Change.Weight.SUBSTANCE,
        "because": [row.change.label for row in found.because[:3]],
    }


def _rows(found: list[Sorted], kind: str, before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    touched = {row.change.path.partition(".")[0] for row in found}
    old, new = timeline.words(kind, before, touched), timeline.words(kind, after, touched)
    return [
        {
            "label": row.change.label,
            "weight": Change.Weight(row.weight).label,
            "is_item": row.change.path.endswith("]"),
            "is_gone": row.change.new is None,
            "old": old.get(row.change.path, ""),
            "new": new.get(row.change.path, ""),
        }
        for row in found
    ]


@require_POST
def filing_again(request: PersonRequest, pk: int) -> HttpResponse:
    filing = find_filing(request, pk)
    policy.require(policy.may_file_again(request.user, filing))
    procedure = drafts.file_again(filing=filing, by=request.user, at=now())
    messages.info(request, _("The answers of the old filing were copied. Read each marked section again."))
    return redirect("filings:dossier-list", procedure.pk)
