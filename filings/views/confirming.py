from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from filings import contents, papers, sealing
from filings.forms import ConfirmForm
from filings.models import Capacity, Paper
from filings.views.files import content_missing


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    form = ConfirmForm(request.POST or None)
    try:
        if request.method == "POST" and form.is_valid():
            sealing.confirm(
                token=token,
                name=form.cleaned_data["name"],
                last_four=form.cleaned_data["last_four"],
                by=request.user,
                at=now(),
            )
            return redirect("filings:confirm", token=token)
        confirmation = sealing.open_link(token, by=request.user, at=now())
    except sealing.LinkRefused as refused:
        return render(request, "filings/confirm_refused.html", {"reason": str(refused)}, status=410)
    except sealing.AgentsCannotConfirm:
        reason = _("An agent does not confirm. The person named in the dossier opens this link.")
        return render(request, "filings/confirm_refused.html", {"reason": reason}, status=403)
    except sealing.WrongPerson as wrong:
        confirmation = wrong.confirmation
        form.add_error(None, _wrong_person(wrong.left))
    page = "confirm_done" if confirmation.confirmed_at else "confirm"
    context = {
        "confirmation": confirmation,
        "capacities": [Capacity(c).label for c in confirmation.capacities],
        "sealing": confirmation.sealing,
        "filing": confirmation.sealing.procedure.filing,
        "papers": Paper.objects.filter(sealing=confirmation.sealing, format=Paper.Format.PDF).order_by("id"),
        "form": form,
        "token": token,
    }
    return render(request, f"filings/{page}.html", context, status=422 if form.errors else 200)


def _wrong_person(left: int) -> str:
    said = _("Name or identity number does not match the dossier. Enter them as on your identity paper.")
    then = _("This link is now blocked; ask the sender for a new one.")
    if left > 0:
        then = ngettext("%(n)d try is left.", "%(n)d tries are left.", left) % {"n": left}
    return f"{said} {then}"


@login_not_required
@never_cache
@require_GET
def confirm_paper(request: HttpRequest, token: str, paper: int) -> HttpResponse | FileResponse:
    try:
        confirmation = sealing.open_link(token, at=now())
    except sealing.LinkRefused as refused:
        return render(request, "filings/confirm_refused.html", {"reason": str(refused)}, status=410)
    if confirmation.expires_at <= now():
        reason = _("This link has expired. Ask the sender for a new one.")
        return render(request, "filings/confirm_refused.html", {"reason": reason}, status=410)
    row = get_object_or_404(Paper.objects.filter(sealing=confirmation.sealing, format=Paper.Format.PDF), pk=paper)
    try:
        content = papers.open_paper(row)
    except contents.ContentMissing as missing:
        return content_missing(request, missing)
    return FileResponse(content, content_type="application/pdf", filename=f"{row.kind}.pdf")
