"""Who did not confirm a filing in time: the list from which inspections are opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from filings import access, confirmations
from filings.matter_lifecycle import MatterKind, MatterStatus
from filings.views.requests import number
from reviews.admin import matter
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
    return page(
        request, "reviews/unconfirmed.html", title=_("Not confirmed in time"), rows=found[:PAGE], chosen=chosen,
        next_after=found[PAGE - 1].pk if len(found) > PAGE else None,
        statuses=[(each.value, each.label) for each in (MatterStatus.MISSED, MatterStatus.LISTED)],
    )  # fmt: skip
