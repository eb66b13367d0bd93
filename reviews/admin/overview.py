"""Across the desk: find a filing by name, number or entity; who has how much to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from filings import wording, workingdays
from filings.access import posted_as
from reviews import lookup, policy, readiness, workload
from reviews.admin.review import require
from reviews.admin.site import page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from filings.models import Filing
    from reviews.admin.access import OfficerRequest

MOST_FOUND = 50


@require_GET
def find(request: OfficerRequest) -> HttpResponse:
    require(bool(posted_as(request.user, *policy.READS_QUEUE)))
    text = request.GET.get("q", "").strip()[:100]
    found = list(lookup.filings_found(request.user, text)[: MOST_FOUND + 1]) if text else []
    return page(
        request, "reviews/find.html", title=_("Find a filing"), text=text, is_cut=len(found) > MOST_FOUND,
        lines=[(filing, _standing(filing)) for filing in found[:MOST_FOUND]],
    )  # fmt: skip


def _standing(filing: Filing) -> wording.Status | str:
    procedures = filing.procedures.all()
    return wording.for_staff(procedures[0]) if procedures else filing.get_standing_display()


@require_GET
def workload_of_officers(request: OfficerRequest) -> HttpResponse:
    held = posted_as(request.user, *policy.READS_WORKLOAD)
    require(bool(held))
    day = workingdays.today()
    loads = workload.by_officer([posting.authority_id for posting in held], day=day)
    most = max((load.held for load in loads), default=0) or 1
    return page(
        request, "reviews/workload.html", title=_("Workload of officers"), day=day,
        authorities=[posting.authority for posting in held],
        lines=[(load, 100 * load.held // most, 100 * load.overdue // most) for load in loads],
    )  # fmt: skip


@require_GET
def readiness_of_the_system(request: OfficerRequest) -> HttpResponse:
    require(policy.is_administrator(request.user, national=True))
    points = readiness.points(at=timezone.now())
    missing = len(readiness.lacking(points))
    return page(
        request, "reviews/readiness.html", title=_("Readiness for real use"), points=points, missing=missing
    )  # fmt: skip
