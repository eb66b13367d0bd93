from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from filings import datasets
from filings.models import DataClass, DataGrade
from filings.views.paging import pager
from filings.views.requests import number

PAGE = 20


@login_not_required
@require_safe
def dataset_list(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    grade, data_class = request.GET.get("grade", ""), request.GET.get("class", "")
    grade = grade if grade in DataGrade.values else ""
    data_class = data_class if data_class in DataClass.values else ""
    before = number(request.GET.get("before", ""))
    rows = datasets.search(text, grade=grade, data_class=data_class, before=before)
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    filters = {"q": text, "grade": grade, "class": data_class}
    context = {
        "rows": shown, "text": text, "grade": grade, "data_class": data_class, "grades": DataGrade.choices,
        "classes": DataClass.choices, "is_filtered": any(filters.values()),
        "pager": pager(request, shown[-1].matter_id if len(found) > PAGE else None, **filters),
    }  # fmt: skip
    return render(request, "portal/opendata/dataset_list.html", context)


@login_not_required
@require_safe
def dataset_detail(request: HttpRequest, reference: str) -> HttpResponse:
    dataset = get_object_or_404(datasets.published(), matter__reference=reference.replace("\x00", "")[:40])
    return render(request, "portal/opendata/dataset_detail.html", {"dataset": dataset})
