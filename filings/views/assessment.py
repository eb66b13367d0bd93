from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from filings import assessing, drafts, mandates, policy
from filings.assessment_forms import AssessorForm
from filings.views import assessment_sheet, places, sections
from filings.views.dossier import find_dossier

if TYPE_CHECKING:
    from filings.models import Procedure
    from filings.views.places import Place
    from filings.views.requests import PersonRequest

TEMPLATE = "filings/assessment.html"


def _place(request: PersonRequest, pk: int) -> Place:
    place = places.of_dossier(request.user, pk, at=now())
    place.section(assessing.SECTION)
    return place


@require_http_methods(["GET", "POST"])
def assessment(request: PersonRequest, pk: int) -> HttpResponse:
    place = _place(request, pk)
    if request.method == "GET":
        return _page(request, place, assessment_sheet.read(place, request.GET))
    policy.require(place.may_write)
    if not place.is_open:
        return _page(request, place, assessment_sheet.read(place, request.GET), status=409)
    sheet = assessment_sheet.posted(place, request.POST, allowed=assessment_sheet.OF_PROVIDER)
    try:
        sheet.save(by=request.user, at=now())
    except drafts.SectionConflict as conflict:
        return _page(request, place, sheet.against(conflict), status=409)
    except drafts.NotEditable:
        place.is_open = False
        return _page(request, place, sheet, status=409)
    sections.answer_findings(place, assessing.SECTION, request.POST, by=request.user, at=now())
    if sheet.errors:
        return _page(request, place, sheet, status=422)
    messages.success(request, _("The assessment is saved."))
    if request.POST.get("go") == "list":
        return redirect(place.list_url)
    return redirect(f"{place.url(assessing.SECTION)}{sheet.query}")


def _page(
    request: PersonRequest,
    place: Place,
    sheet: assessment_sheet.Sheet,
    *,
    form: AssessorForm | None = None,
    status: int = 200,
) -> HttpResponse:
    assert place.procedure is not None, "an assessment stands in a dossier"
    context = {
        "place": place,
        "procedure": place.procedure,
        "sheet": sheet.laid_out(findings=sections.findings_at(place, assessing.SECTION)),
        "mandate": mandates.standing(place.procedure),
        "signature": assessment_sheet.signature(place.procedure),
        "form": form or AssessorForm(),
        "may_invite": policy.may_submit(request.user, place.procedure),
        "url": place.url(assessing.SECTION),
    }
    return render(request, TEMPLATE, context, status=status)


@require_POST
def assessor_invite(request: PersonRequest, pk: int) -> HttpResponse:
    procedure = _with_assessment(request, pk)
    form = AssessorForm(request.POST)
    if not form.is_valid():
        place = _place(request, pk)
        return _page(request, place, assessment_sheet.read(place, request.GET), form=form, status=422)
    mandate = mandates.invite(procedure=procedure, by=request.user, at=now(), **form.cleaned_data)
    messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": mandate.email})
    return redirect("filings:assessment", pk=pk)


@require_POST
def assessor_revoke(request: PersonRequest, pk: int) -> HttpResponse:
    procedure = _with_assessment(request, pk)
    mandates.revoke(procedure=procedure, by=request.user, at=now())
    messages.success(request, _("The assessor's invitation is taken back; the assessor sees nothing any more."))
    return redirect("filings:assessment", pk=pk)


def _with_assessment(request: PersonRequest, pk: int) -> Procedure:
    procedure = find_dossier(request.user, pk).procedure
    if not assessing.asks(procedure.filing.kind):
        raise Http404(str(pk))
    policy.require(policy.may_submit(request.user, procedure))
    return procedure
