from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from filings import changes, policy, sealing, submissions, transfers, wording
from filings.change_forms import ConsentForm, TransferForm
from filings.lifecycle import ProcedureStatus
from filings.models import Transfer
from filings.transitions import TransitionNotAllowed
from filings.views.changes import find_filing

if TYPE_CHECKING:
    from filings.dossier.problems import Problem
    from filings.views.requests import PersonRequest


@require_http_methods(["GET", "POST"])
def transfer_start(request: PersonRequest, pk: int) -> HttpResponse:
    filing = find_filing(request, pk)
    policy.require(policy.may_transfer(request.user, filing))
    form = TransferForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            transfer = transfers.offer(filing=filing, by=request.user, at=now(), **form.cleaned_data)
        except transfers.NoReceiver:
            form.add_error("credit_code", _("No other entity of this portal has this name and code. Compare both."))
        except changes.AnotherIsOpen as found:
            messages.error(request, _("Another procedure on this filing is still open. End it first."))
            return redirect("filings:procedure-detail", found.procedure.pk)
        except changes.NotRegistered:
            messages.error(request, _("Only a registered filing can be transferred; nothing was changed."))
            return redirect("filings:entity-detail", filing.entity_id)
        else:
            return redirect("filings:transfer-detail", transfer.pk)
    context = {"filing": filing, "form": form}
    return render(request, "filings/transfer_start.html", context, status=422 if form.is_bound else 200)


def find_transfer(request: PersonRequest, pk: int) -> Transfer:
    """A transfer that an entity of the user's gives or takes; else 404."""
    rows = Transfer.objects.visible_to(request.user)
    related = ("procedure__filing__entity", "procedure__dossier", "giver", "receiver", "given_by", "taken_by", "base")
    return get_object_or_404(rows.select_related(*related), pk=pk)


@require_http_methods(["GET", "POST"])
def transfer_detail(request: PersonRequest, pk: int) -> HttpResponse:
    transfer = find_transfer(request, pk)
    may_consent = policy.may_consent(request.user, transfer)
    if request.method == "POST":
        policy.require(may_consent)
    if not may_consent:
        return _page(request, transfer, None, [])
    own = list(transfer.receiver.products.filter(is_withdrawn=False).order_by("pk"))
    form = ConsentForm(
        request.POST if request.method == "POST" else None, used=transfers.used_products(transfer), own=own
    )
    if request.method != "POST" or not form.is_valid():
        return _page(request, transfer, form, [])
    try:
        transfers.consent(transfer=transfer, products=form.products(), by=request.user, at=now())
    except transfers.NoProfile:
        form.add_error(None, _("Complete your entity's profile and submit it first: the filing will cite it."))
        return _page(request, transfer, form, [])
    except sealing.NotReady as missing:
        return _page(request, transfer, form, missing.problems)
    except TransitionNotAllowed:
        messages.error(request, _("This transfer is no longer open; nothing was changed."))
    else:
        messages.info(request, _("Your consent was recorded and the transfer submitted to the authority."))
    return redirect("filings:transfer-detail", pk)


def _page(
    request: PersonRequest, transfer: Transfer, form: ConsentForm | None, problems: list[Problem]
) -> HttpResponse:
    procedure = transfer.procedure
    context = {
        "transfer": transfer,
        "procedure": procedure,
        "filing": procedure.filing,
        "form": form,
        "problems": problems[:20],
        "state": wording.for_provider(procedure),
        "next_step": wording.next_step(procedure),
        "is_holder": bool(policy.member_role(request.user, procedure.filing.entity)),
        "is_ended": procedure.status in ProcedureStatus.final,
    }
    failed = form is not None and form.is_bound
    return render(request, "filings/transfer_detail.html", context, status=422 if failed else 200)


@require_POST
def transfer_refuse(request: PersonRequest, pk: int) -> HttpResponse:
    transfer = find_transfer(request, pk)
    policy.require(policy.may_consent(request.user, transfer))
    try:
        submissions.withdraw(procedure=transfer.procedure, by=request.user, at=now())
    except TransitionNotAllowed:
        messages.error(request, _("This transfer is no longer open; nothing was changed."))
    else:
        messages.info(request, _("The transfer was refused; the filing stays where it is."))
    return redirect("filings:transfer-detail", pk)
