"""Data sets on offer, on the desk: the grade is confirmed or the offer returned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from filings.matter_lifecycle import MatterKind, MatterStatus
from filings.models import DataRequest
from reviews import datasets, matterdecisions, policy
from reviews.admin import matter as matters
from reviews.admin.site import act
from reviews.forms_datasets import GradeForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from filings.models import Matter
    from reviews.admin.access import OfficerRequest


def _urls(wrap: Callable[..., Any], name: str) -> list[Any]:
    return [path("<int:object_id>/data-set/", wrap(decide), name=f"{name}_dataset")]


@require_POST
def decide(request: OfficerRequest, object_id: int) -> HttpResponse:
    matter = matters.visible(request, object_id, MatterKind.DATASET)
    given, by, at = request.POST, request.user, timezone.now()
    reasons = given.get("reasons", "")[:2000]
    rules: dict[str, Callable[[], object]] = {
        "confirm": lambda: datasets.confirm(
            dataset=matter.dataset, grade=given.get("grade", ""), reasons=reasons, by=by, at=at
        ),
        "return": lambda: datasets.return_offer(dataset=matter.dataset, reasons=reasons, by=by, at=at),
    }
    rule = rules.get(given.get("do", ""))
    if rule is None:
        raise PermissionDenied
    return act(request, rule, said=_("Done."), back=matters.back_to(matter))


def _of_dataset(request: OfficerRequest, matter: Matter) -> dict[str, Any]:
    is_posted = matter.authority_id is not None and policy.posting_at(
        request.user, matter.authority_id, *matterdecisions.PROPOSERS
    )
    may_decide = is_posted and matter.status == MatterStatus.OFFERED
    form = GradeForm(initial={"grade": matter.dataset.wished_grade}) if may_decide else None
    return {"dataset": matter.dataset, "form": form}


def _of_request(request: OfficerRequest, matter: Matter) -> dict[str, Any]:
    applied = DataRequest.objects.select_related("dataset__matter__entity").get(matter=matter)
    return {"applied": applied, "dataset": applied.dataset}


matters.PAGES[MatterKind.DATASET] = _of_dataset
matters.PAGES[MatterKind.DATA_REQUEST] = _of_request
matters.URLS[MatterKind.DATASET] = _urls
