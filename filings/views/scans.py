from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.timezone import now
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from filings import access, policy, scans, sealing
from filings.forms import SignedScanForm
from filings.models import SignedScan
from filings.uploads import RefusedUpload, kinds
from filings.views.dossier import find_dossier
from filings.views.files import StopAtLargest

if TYPE_CHECKING:
    from filings.models import Procedure, Sealing
    from filings.views.requests import PersonRequest


@csrf_exempt  # so that nothing is read before the limit stands; _scan_list checks the token
@require_http_methods(["GET", "POST"])
def scan_list(request: PersonRequest, pk: int) -> HttpResponse:
    request.upload_handlers.insert(0, StopAtLargest(request))
    answer: HttpResponse = _scan_list(request, pk)
    return answer


@csrf_protect
def _scan_list(request: PersonRequest, pk: int) -> HttpResponse:
    procedure = find_dossier(request.user, pk).procedure
    if request.method == "POST":
        policy.require(policy.may_upload_scan(request.user, procedure))
    lock = sealing.standing(procedure)
    if lock is None:
        return redirect("filings:dossier-sign", pk=pk)
    lock.procedure = procedure
    signers = sealing.signers(lock.entity_version)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SignedScanForm(*given, signers=signers)
    is_whole = form.is_valid()
    if getattr(request, "too_large", False):
        is_whole = False
        form.add_error("files", RefusedUpload("too_large", size="…", most=filesizeformat(kinds.LARGEST)).message)
    if not is_whole:
        return _page(request, procedure, lock, form)
    try:
        files = request.FILES.getlist("files")
        scan = scans.upload(lock=lock, files=files, names=form.names(), by=request.user, at=now())
    except (RefusedUpload, scans.ScanRefused) as refused:
        form.add_error("files" if isinstance(refused, RefusedUpload) else None, str(refused))
        return _page(request, procedure, lock, form)
    return redirect("filings:scan-detail", pk=pk, scan=scan.pk)


def _page(request: PersonRequest, procedure: Procedure, lock: Sealing, form: SignedScanForm) -> HttpResponse:
    context = {
        "procedure": procedure,
        "lock": lock,
        "form": form,
        "to_sign": list(scans.papers_to_sign(lock)),
        "scans": lock.scans.select_related("uploaded_by").order_by("-pk"),
        "may_edit": policy.may_upload_scan(request.user, procedure),
    }
    return render(request, "filings/scan_list.html", context, status=422 if form.errors else 200)


@require_GET
def scan_detail(request: PersonRequest, pk: int, scan: int) -> HttpResponse:
    own = SignedScan.objects.filter(
        access.own(request.user, "sealing__procedure__filing__entity", filing="sealing__procedure__filing")
    )
    rows = own.select_related("sealing__procedure__filing__entity", "uploaded_by").defer("sealing__document")
    row = get_object_or_404(rows, pk=scan, sealing__procedure=pk)
    context = {"scan": row, "procedure": row.sealing.procedure, "lines": scans.lines(row)}
    context["names"] = sorted(set(row.names.values()))
    return render(request, "filings/scan_detail.html", context)
