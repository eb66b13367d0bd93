from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from filings import policy, vault, workingdays
from filings.models import VaultDeposit, VaultOpening
from filings.vault_forms import DepositForm
from filings.views.procedure import find_procedure

if TYPE_CHECKING:
    from filings.models import Procedure
    from filings.views.requests import PersonRequest

SHOWN_OPENINGS = 100


def _with_vault(request: PersonRequest, pk: int) -> Procedure:
    procedure = find_procedure(request, pk)
    if not vault.takes(procedure.filing):
        raise Http404(str(pk))
    return procedure


@sensitive_post_parameters()
@cache_control(private=True, no_store=True)
@require_http_methods(["GET", "POST"])
def vault_list(request: PersonRequest, pk: int) -> HttpResponse:
    procedure = _with_vault(request, pk)
    if request.method == "GET":
        return _page(request, procedure, DepositForm())
    return _deposit(request, procedure, None)


@sensitive_post_parameters()
@cache_control(private=True, no_store=True)
@require_http_methods(["GET", "POST"])
def vault_replace(request: PersonRequest, pk: int, deposit: uuid.UUID) -> HttpResponse:
    procedure = _with_vault(request, pk)
    policy.require(policy.may_deposit(request.user, procedure))
    row = get_object_or_404(procedure.deposits, pk=deposit)
    if request.method == "GET":
        form = DepositForm(initial={"kind": row.kind, "scope": row.scope})
        return _page(request, procedure, form, replaces=row)
    return _deposit(request, procedure, row)


@require_POST
def vault_withdraw(request: PersonRequest, pk: int, deposit: uuid.UUID) -> HttpResponse:
    procedure = _with_vault(request, pk)
    row = get_object_or_404(procedure.deposits.select_related("procedure__filing__entity"), pk=deposit)
    try:
        vault.withdraw(deposit=row, by=request.user, at=now())
    except vault.Closed:
        messages.error(request, _("This deposit had ended already; nothing was changed."))
    else:
        messages.info(request, _("The deposit was withdrawn and erased."))
    return redirect("filings:vault-list", pk=pk)


def _deposit(request: PersonRequest, procedure: Procedure, replaces: VaultDeposit | None) -> HttpResponse:
    policy.require(policy.may_deposit(request.user, procedure))
    form = DepositForm(request.POST)
    if form.is_valid():
        try:
            vault.deposit(procedure=procedure, by=request.user, at=now(), replaces=replaces, **form.given())
        except ValidationError as error:
            form.add_error(None, error)
        except vault.Closed:
            messages.error(request, _("This deposit had ended already; nothing was changed."))
            return redirect("filings:vault-list", pk=procedure.pk)
        else:
            messages.info(request, _("The access is sealed. The page shows when it is opened, and by which authority."))
            return redirect("filings:vault-list", pk=procedure.pk)
    return _page(request, procedure, form, replaces=replaces, status=422)


def _page(
    request: PersonRequest,
    procedure: Procedure,
    form: DepositForm,
    *,
    replaces: VaultDeposit | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = list(procedure.deposits.select_related("sealed").order_by("-deposited_at", "-pk")[:50])
    context: dict[str, Any] = {
        "procedure": procedure,
        "filing": procedure.filing,
        "deposits": [{"row": row, "masked": vault.masked(row), "openings": []} for row in rows],
        "form": form,
        "replaces": replaces,
        "may_deposit": policy.may_deposit(request.user, procedure),
        "today": workingdays.today(),
    }
    by_pk = {each["row"].pk: each["openings"] for each in context["deposits"]}
    openings = VaultOpening.objects.filter(deposit__in=rows).select_related("authority").order_by("-pk")
    for opening in openings[:SHOWN_OPENINGS]:
        by_pk[opening.deposit_id].append(opening)
    return render(request, "filings/vault.html", context, status=status)
