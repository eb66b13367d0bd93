"""Rows that steer the desk: stages, finding templates, working days, parked deliveries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from filings import events
from filings.dossier.kinds import KINDS
from filings.lifecycle import Actor
from filings.models import CalendarDay, Delivery, OfficerRole
from reviews import policy
from reviews.admin.access import DeskAdmin, officer
from reviews.admin.review import require
from reviews.admin.site import act, desk
from reviews.models import DeclineGround, FindingTemplate, StagePlan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model, QuerySet
    from django.http import HttpRequest, HttpResponse

    from portal.models import User
    from reviews.admin.access import OfficerRequest


class RecordedAdmin(DeskAdmin):
    """Rows that may be corrected on the desk; each correction is an event with before and after."""

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        before = {name: str(form.initial.get(name, "")) for name in form.changed_data} if change else {}
        after = {name: str(form.cleaned_data.get(name, "")) for name in form.changed_data}
        super().save_model(request, obj, form, change)
        events.record(
            f"setting.{'changed' if change else 'added'}",
            side=Actor.OFFICER,
            by=officer(request),
            at=timezone.now(),
            staff_only=True,
            data={"table": obj._meta.label_lower, "row": str(obj.pk), "before": before, "after": after},
        )


@admin.register(StagePlan, site=desk)
class StagePlanAdmin(RecordedAdmin):
    """Stages as rows. A procedure keeps the version it began with: add a version, change none."""

    readers = tuple(OfficerRole.values)
    writers = (OfficerRole.ADMINISTRATOR,)
    list_display = (
        "kind",
        "purpose",
        "version",
        "position",
        "name_zh",
        "level",
        "working_days",
        "basis",
        "may_conclude",
    )
    list_filter = ("kind", "version")
    ordering = ("kind", "purpose", "-version", "position", "pk")

    def writes(self, user: User) -> bool:
        return policy.is_administrator(user, national=True)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


def section_title(code: str) -> str:
    """A section in words; what names no section stands as it is."""
    titles = {section.code: section.title for kind in KINDS.values() for section in kind.sections}
    return str(titles.get(code, code) or _("any section"))


class SectionFilter(admin.AllValuesFieldListFilter):
    """Sections by their titles; templates for no section in particular stand under a name too."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice in super().choices(changelist):
            yield {**choice, "display": section_title(str(choice["display"]))}


@admin.register(FindingTemplate, site=desk)
class FindingTemplateAdmin(RecordedAdmin):
    readers = policy.READS_QUEUE
    writers = (OfficerRole.SUPERVISOR,)
    list_display = ("title", "section_name", "severity", "legal_basis", "is_active")
    list_filter = (("section", SectionFilter), "severity", "is_active")
    search_fields = ("title", "text")
    ordering = ("section", "title", "pk")

    @admin.display(description=gettext_lazy("section"), ordering="section")
    def section_name(self, template: FindingTemplate) -> str:
        return section_title(template.section)


@admin.register(DeclineGround, site=desk)
class DeclineGroundAdmin(DeskAdmin):
    """The closed list on which a filing may be declined: read here, changed by a migration."""

    list_display = ("text_zh", "text_en", "kinds", "article", "in_force_from", "in_force_to")
    ordering = ("code",)


@admin.register(CalendarDay, site=desk)
class CalendarDayAdmin(RecordedAdmin):
    writers = (OfficerRole.ADMINISTRATOR,)
    list_display = ("day", "is_workday", "note", "is_provisional")
    list_filter = ("is_workday", "is_provisional")
    date_hierarchy = "day"
    ordering = ("-day",)

    def writes(self, user: User) -> bool:
        return policy.is_administrator(user, national=True)


@admin.register(Delivery, site=desk)
class DeliveryAdmin(DeskAdmin):
    """What must follow from events; a parked one waits for a person to look at it."""

    readers = (OfficerRole.ADMINISTRATOR, OfficerRole.AUDITOR)
    change_form_template = "reviews/delivery.html"
    list_display = ("handler", "kind", "attempts", "due_at", "parked_at", "error")
    list_filter = (("parked_at", admin.EmptyFieldListFilter), ("done_at", admin.EmptyFieldListFilter), "handler")
    list_select_related = ("event",)
    ordering = ("-id",)

    @admin.display(description=gettext_lazy("event"))
    def kind(self, delivery: Delivery) -> str:
        return delivery.event.kind

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delivery]:
        return Delivery.objects.all()

    def get_urls(self) -> list[Any]:
        again = path("<int:pk>/again/", self.admin_site.admin_view(try_again), name="filings_delivery_again")
        return [again, *super().get_urls()]


@require_POST
def try_again(request: OfficerRequest, pk: int) -> HttpResponse:
    require(policy.is_administrator(request.user))
    delivery = get_object_or_404(Delivery, pk=pk, parked_at__isnull=False)

    def rule() -> None:
        events.release_parked(delivery, at=timezone.now())
        data = {"delivery": delivery.pk, "handler": delivery.handler}
        events.record(
            "delivery.released", side=Actor.OFFICER, by=request.user, at=timezone.now(), staff_only=True, data=data
        )

    return act(request, rule, said=_("The delivery is tried again."), back=reverse("admin:filings_delivery_changelist"))
