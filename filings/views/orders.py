from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filings import orders, policy
from filings.ending_forms import ReportForm
from filings.matter_lifecycle import MatterKind, MatterStatus
from filings.models import Matter
from filings.views import matter_pages
from filings.views.endings import try_with_files
from filings.views.entity import find_entity
from filings.views.matters import find_matter, matter_page, own_matters
from filings.views.paging import pager
from filings.views.requests import number

if TYPE_CHECKING:
    from filings.views.requests import PersonRequest

PAGE = 20


def of_order(request: PersonRequest, matter: Matter) -> dict[str, Any]:
    """What an order says, and the form to report on it while that is the provider's turn."""
    may_report = matter.status == MatterStatus.IN_FORCE and matter.turn == Matter.Turn.PROVIDER
    may_report = may_report and policy.may_edit_entity(request.user, matter.entity) if matter.entity else False
    return {"order": matter.order, "form": ReportForm() if may_report else None}


matter_pages.CONTEXT[MatterKind.ORDER] = of_order


@require_POST
def order_report(request: PersonRequest, pk: int) -> HttpResponse:
    matter = find_matter(request, pk, MatterKind.ORDER)
    assert matter.entity is not None, "an order concerns somebody"
    policy.require(policy.may_edit_entity(request.user, matter.entity))
    form = ReportForm(request.POST, request.FILES)
    if form.is_valid() and try_with_files(
        request, form, matter.entity, matter.filing,
        lambda files: orders.report(
            order=matter.order, text=form.cleaned_data["text"], attachments=files, by=request.user, at=now()
        ),
    ):  # fmt: skip
        messages.success(request, _("Your report was sent to the authority."))
        return redirect("filings:matter-detail", pk)
    return matter_page(request, matter, status=422, form=form)


@require_GET
def penalty_list(request: PersonRequest, pk: int) -> HttpResponse:
    entity = find_entity(request, pk)
    rows = orders.issued(entity=entity).filter(matter__in=own_matters(request))
    if (last := number(request.GET.get("before", ""))) is not None:
        rows = rows.filter(matter__lt=last)
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    context = {
        "entity": entity,
        "orders": shown,
        "pager": pager(request, shown[-1].matter_id if len(found) > PAGE else None),
    }
    return render(request, "filings/penalty_list.html", context)
