from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from filings import access, confirmations, policy, workingdays
from filings.confirmation_forms import DeclarationForm
from filings.matter_lifecycle import MatterKind
from filings.models import Matter, MemberRole, PeriodicConfirmation, RegisterEntry
from filings.register import split_products
from filings.transitions import TransitionNotAllowed
from filings.views import matter_pages

if TYPE_CHECKING:
    from filings.views.requests import PersonRequest


def of_confirmation(request: PersonRequest, matter: Matter) -> dict[str, Any]:
    """What is asked or was declared; the declaration has a page of its own."""
    return {"row": matter.confirmation}


matter_pages.CONTEXT[MatterKind.CONFIRMATION] = of_confirmation


@require_http_methods(["GET", "POST"])
def confirmation_declare(request: PersonRequest, pk: int) -> HttpResponse:
    """The page of what is asked, by its matter's key, and the declaration of an owner."""
    own = PeriodicConfirmation.objects.filter(access.own(request.user, "filing__entity", filing="filing"))
    row = get_object_or_404(own.select_related("matter", "filing__entity", "rule_set", "declared_by"), matter=pk)
    if request.method == "GET":
        return _page(request, row, DeclarationForm())
    policy.require(policy.member_role(request.user, row.filing.entity) == MemberRole.OWNER)
    form = DeclarationForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    try:
        confirmations.declare(confirmation=row, by=request.user, at=now(), **form.given())
    except TransitionNotAllowed:
        messages.error(request, _("This was declared already, or is no longer asked for; nothing was changed."))
    else:
        messages.success(request, _("Declared. The authority sees day and declaration."))
    return redirect("filings:confirmation-declare", pk)


def _page(
    request: PersonRequest, row: PeriodicConfirmation, form: DeclarationForm, *, status: int = 200
) -> HttpResponse:
    entry = RegisterEntry.objects.without_search_columns().filter(filing=row.filing_id).first()
    due_on = row.matter.due_on
    context = {
        "row": row,
        "filing": row.filing,
        "matter": row.matter,
        "entry": entry,
        "products": split_products(entry.products) if entry else [],
        "left": workingdays.left(due_on, today=workingdays.today()) if due_on else None,
        "form": form,
        "may_change": policy.may_change(request.user, row.filing),
        "may_declare": row.matter.closed_at is None
        and policy.member_role(request.user, row.filing.entity) == MemberRole.OWNER,
        "earlier": row.filing.periodic_confirmations.exclude(pk=row.pk).select_related("matter").order_by("-pk")[:20],
    }
    return render(request, "filings/confirmation.html", context, status=status)
