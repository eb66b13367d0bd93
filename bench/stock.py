"""The stock admin of the queue's model, set up as its manual says, with the queue's columns and page length.

Its pages come from Django's own templates, which the engine named "stock" finds, and not from ours.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from reviews.models import ReviewTask

site = admin.AdminSite(name="stock")


@admin.register(ReviewTask, site=site)
class StockReviewTask(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = (
        "algorithm",
        "entity",
        "kind_of_filing",
        "stage",
        "round",
        "created_at",
        "due_on",
        "claimed_by",
        "status",
    )
    list_select_related = ("procedure__filing__entity", "stage", "claimed_by")
    list_filter = ("status", "kind")
    search_fields = ("procedure__filing__name", "procedure__filing__entity__name")
    ordering = ("due_on", "pk")
    list_per_page = 50
    raw_id_fields = ("procedure", "submission", "claimed_by")

    def algorithm(self, task: ReviewTask) -> str:
        return task.procedure.filing.name

    def entity(self, task: ReviewTask) -> str:
        return task.procedure.filing.entity.name

    def kind_of_filing(self, task: ReviewTask) -> str:
        return task.procedure.filing.get_kind_display()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return _stock(super().changelist_view(request, extra_context))

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        return _stock(super().change_view(request, object_id, form_url, extra_context))


def _stock(answer: Any) -> Any:
    answer.using = "stock"
    return answer
