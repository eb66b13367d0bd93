"""Who did not confirm a filing in time: the list from which inspections are opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from filings import access, confirmations, inspections
from filings.matter_lifecycle import MatterKind, MatterStatus
from filings.models import InspectionCause
from filings.views.requests import number
from reviews import candidates
from reviews.admin import matter, opening
from reviews.admin.site import page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from filings.models import Matter
    from reviews.admin.access import OfficerRequest

PAGE = 50


def of_confirmation(request: OfficerRequest, row: Matter) -> dict[str, Any]:
    return {"row": row.confirmation}


matter.PAGES[MatterKind.CONFIRMATION] = of_confirmation


@require_GET
def unconfirmed(request: OfficerRequest) -> HttpResponse:
    seen = access.officer_sees_matters(request.user, "matter__")
    if seen is None:
        raise PermissionDenied
    rows = confirmations.unanswered().filter(seen)
    chosen = request.GET.get("status", "")
    if chosen in (MatterStatus.MISSED, MatterStatus.LISTED):
        rows = rows.filter(matter__status=chosen)
    if (last := number(request.GET.get("after", ""))) is not None:
        rows = rows.filter(pk__gt=last)
    found = list(rows[: PAGE + 1])
    held = candidates.authorities(request.user, *inspections.OPENERS)
    known = candidates.under_inspection([row.filing_id for row in found[:PAGE]], held)
    return page(
        request, "reviews/unconfirmed.html", title=_("Not confirmed in time"), chosen=chosen,
        rows=[(row, known.get(row.filing_id)) for row in found[:PAGE]], may_open=bool(held),
        next_after=found[PAGE - 1].pk if len(found) > PAGE else None,
        statuses=[(each.value, each.label) for each in (MatterStatus.MISSED, MatterStatus.LISTED)],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def inspect(request: OfficerRequest) -> HttpResponse:
    """Inspections of the chosen filings whose provider did not confirm."""
    asked = {key for each in request.GET.getlist("filing") if (key := number(each)) is not None}
    found = candidates.unconfirmed(request.user)
    offer = opening.Offer(
        filings=found.filter(pk__in=asked) if asked else found.none(), cause=InspectionCause.CONFIRMATION,
        reason=_("The periodic confirmation was not given in time."),
        authorities=candidates.authorities(request.user, *inspections.OPENERS), back=reverse("admin:desk-unconfirmed"),
        origin=_("Not confirmed in time"),
    )  # fmt: skip
    return opening.answer(request, offer)
