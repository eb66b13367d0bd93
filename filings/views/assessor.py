from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filings import drafts, mandates
from filings.assessment_forms import OrganisationForm, SignForm
from filings.dossier import kinds
from filings.models import Mandate
from filings.views import assessment_sheet
from filings.views.places import Place

if TYPE_CHECKING:
    from filings.views.requests import PersonRequest

SHOWN = 100


@require_GET
def assessment_list(request: PersonRequest) -> HttpResponse:
    context = {
        "organisation": mandates.organisation_of(request.user),
        "mandates": mandates.taken_on(request.user)[:SHOWN],
    }
    return render(request, "filings/assessor_list.html", context)


def _find(request: PersonRequest, pk: int) -> tuple[Mandate, Place]:
    """What the person's organisation took on, and of the dossier the assessment alone; else 404."""
    related = ("assessor", "procedure__filing__entity", "procedure__dossier")
    mandate = get_object_or_404(Mandate.objects.visible_to(request.user).select_related(*related), pk=pk)
    dossier = mandate.procedure.dossier
    dossier.procedure = mandate.procedure
    place = Place(
        kind=kinds.KINDS[mandate.procedure.filing.kind],
        content=dossier.content,
        versions=dossier.section_versions,
        entity=mandate.procedure.filing.entity,
        others=[],
        may_write=True,
        is_open=mandates.is_open(mandate),
        dossier=dossier,
    )
    return mandate, place


@require_http_methods(["GET", "POST"])
def assessment_fill(request: PersonRequest, pk: int) -> HttpResponse:
    mandate, place = _find(request, pk)
    if request.method == "GET" or not place.is_open:
        sheet = assessment_sheet.read(place, request.GET)
        return _page(request, mandate, place, sheet, status=200 if request.method == "GET" else 409)
    sheet = assessment_sheet.posted(place, request.POST, allowed=assessment_sheet.OF_ASSESSOR)
    try:
        sheet.save(by=request.user, at=now())
    except drafts.SectionConflict as conflict:
        return _page(request, mandate, place, sheet.against(conflict), status=409)
    except drafts.NotEditable:
        place.is_open = False
        return _page(request, mandate, place, sheet, status=409)
    if sheet.errors:
        return _page(request, mandate, place, sheet, status=422)
    messages.success(request, _("The assessment is saved."))
    return redirect(f"{request.path}{sheet.query}")


def _page(
    request: PersonRequest,
    mandate: Mandate,
    place: Place,
    sheet: assessment_sheet.Sheet,
    *,
    form: SignForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "mandate": mandate,
        "procedure": mandate.procedure,
        "place": place,
        "sheet": sheet.laid_out(),
        "signature": assessment_sheet.signature(mandate.procedure),
        "form": form or SignForm(),
        "url": request.path,
    }
    return render(request, "filings/assessor_fill.html", context, status=status)


@require_POST
def assessment_sign(request: PersonRequest, pk: int) -> HttpResponse:
    mandate, place = _find(request, pk)
    form = SignForm(request.POST)
    if form.is_valid():
        try:
            mandates.sign(mandate=mandate, signatory=form.cleaned_data["signatory"], by=request.user, at=now())
        except mandates.StillOpen:
            form.add_error(None, _("Some topics have no verdict or no evidence yet. Nothing may be left open."))
        except (drafts.NotEditable, drafts.SectionConflict):
            messages.error(request, _("The assessment can no longer be signed; nothing was changed."))
        else:
            messages.success(request, _("The assessment is signed. Any later change needs a new signature."))
    if form.errors:
        sheet = assessment_sheet.read(place, request.GET)
        return _page(request, mandate, place, sheet, form=form, status=422)
    return redirect("filings:assessment-fill", pk=pk)


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def assessment_accept(request: HttpRequest, token: str) -> HttpResponse:
    is_sent = request.method == "POST" and request.user.is_authenticated
    form = OrganisationForm(request.POST if is_sent else None)
    try:
        mandate = mandates.open_link(token, at=now())
        known = mandates.organisation_of(request.user) if request.user.is_authenticated else None
        if is_sent and request.user.is_authenticated and (known or form.is_valid()):
            given = {} if known else form.cleaned_data
            mandate = mandates.accept(token=token, by=request.user, at=now(), **given)
            return redirect("filings:assessment-fill", pk=mandate.pk)
    except mandates.MandateRefused as refused:
        return render(request, "filings/invitation_refused.html", {"reason": str(refused)}, status=410)
    if mandate.accepted_at and (known is None or known.pk != mandate.assessor_id):
        reason = _("This invitation was already used. Ask the provider for a new one.")
        return render(request, "filings/invitation_refused.html", {"reason": reason}, status=410)
    context = {"mandate": mandate, "form": form, "known": known, "here": request.path}
    return render(request, "filings/assessor_accept.html", context, status=422 if form.errors else 200)
