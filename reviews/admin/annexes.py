"""Results of the machine's count of annexes, beside the review screen; nothing is changed here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from filings import annexresults
from filings.annexchecks.columns import ANNEXES
from filings.models import AnnexCheck
from filings.views.requests import number
from reviews.admin.site import page
from reviews.models import ReviewTask

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from filings.models.annex import AnnexCheckQuerySet
    from reviews.admin.access import OfficerRequest


def urls(wrap: Callable[..., Any], name: str) -> list[Any]:
    return [
        path("<int:pk>/annexes/", wrap(results), name=f"{name}_annexes"),
        path("<int:pk>/annexes/<slug:annex>/", wrap(result), name=f"{name}_annex"),
    ]


def _task(request: OfficerRequest, pk: int) -> ReviewTask:
    rows = ReviewTask.objects.visible_to(request.user).select_related("procedure__filing")
    return get_object_or_404(rows, pk=pk)


def _of_round(task: ReviewTask) -> AnnexCheckQuerySet:
    """The checks of exactly the files that the round under review cites."""
    cited = task.submission.attachments.values("sha256")
    checks = AnnexCheck.objects.filter(procedure=task.procedure, sha256__in=cited)
    return checks.filter(status__in=("done", "unmapped", "refused")).select_related("rule_set", "attachment")


@require_GET
def results(request: OfficerRequest, pk: int) -> HttpResponse:
    task = _task(request, pk)
    rows = [(ANNEXES[check.annex].title, check, annexresults.state(check)) for check in _of_round(task).newest()]
    return page(request, "reviews/annexes.html", title=_("Annexes"), task=task, rows=rows)


@require_GET
def result(request: OfficerRequest, pk: int, annex: str) -> HttpResponse:
    task = _task(request, pk)
    check = _of_round(task).filter(annex=annex).order_by("-id").first()
    if check is None:
        raise Http404(annex)
    code, after = request.GET.get("kind", ""), number(request.GET.get("after", "")) or 0
    shown = annexresults.shown(check, code=code, after=after)
    return page(request, "reviews/annex.html", title=ANNEXES[annex].title, task=task, **shown)
