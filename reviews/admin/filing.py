"""Entity versions to verify, and waivers of intake rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from filings import entities, workingdays
from filings.access import over_filings
from filings.models import AccessRecord, EntityVersion, Filing, OfficerRole
from filings.views.requests import number
from reviews import accesses, forms, intake, policy, sheet, waivers
from reviews.admin.access import DeskAdmin, officer
from reviews.admin.review import require
from reviews.admin.site import act, desk, page
from reviews.models import Waiver

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from portal.models import User


@admin.register(EntityVersion, site=desk)
class EntityVersionAdmin(DeskAdmin):
    """Versions of entities in the officer's region; intake officers verify or return them."""

    readers = policy.READS_QUEUE
    list_display = ("name", "number", "credit_code", "region_code", "status", "submitted_at", "checked_by")
    list_filter = ("status",)
    list_select_related = ("checked_by",)
    search_fields = ("name", "credit_code")
    ordering = ("-submitted_at", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[EntityVersion]:
        condition = Q(pk__in=())
        for posting in over_filings(officer(request), *self.readers):
            condition |= Q(region_code__startswith=posting.authority.region_prefix)
        return EntityVersion.objects.filter(condition).defer("document", "content")

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:object_id>/change/", wrap(self.version), name="filings_entityversion_change"),
            *[url for url in super().get_urls() if url.name == "filings_entityversion_changelist"],
        ]

    def version(self, request: HttpRequest, object_id: int) -> HttpResponse:
        rows = self.get_queryset(request).defer(None).select_related("entity", "checked_by", "submitted_by")
        row = get_object_or_404(rows, pk=object_id)
        if request.method == "POST":
            return _verdict(request, officer(request), row)
        accesses.record(
            AccessRecord.Action.OPEN, by=officer(request), at=timezone.now(), entity=row.entity, subject=str(row)
        )
        return page(
            request, "reviews/entity_version.html", title=row.name, version=row,
            parts=sheet.profile(row.content, _verified_before(row)),
            may_reveal=policy.posting_over(officer(request), row.region_code, *policy.REVEALS) is not None,
            may_verify=policy.posting_over(officer(request), row.region_code, OfficerRole.INTAKE) is not None
            and row.status == EntityVersion.Status.PENDING, form=forms.ReturnVersionForm(),
        )  # fmt: skip


def _verified_before(row: EntityVersion) -> dict[str, Any] | None:
    known = EntityVersion.objects.filter(entity=row.entity_id, number__lt=row.number)
    return (
        known.filter(status=EntityVersion.Status.VERIFIED).order_by("-number").values_list("content", flat=True).first()
    )


def _verdict(request: HttpRequest, by: User, row: EntityVersion) -> HttpResponse:
    posting = policy.posting_over(by, row.region_code, OfficerRole.INTAKE)
    require(posting is not None)
    assert posting is not None, "required above"
    back = reverse("admin:filings_entityversion_change", args=[row.pk])
    if "return" in request.POST:
        form = forms.ReturnVersionForm(request.POST)
        if not form.is_valid():
            return page(
                request, "reviews/form.html", title=_("Return the entity version"), subtitle=row.name, form=form,
                back=back, submit=_("Return the entity version"),
            )  # fmt: skip
        return act(
            request,
            lambda: entities.return_version(
                version=row, reason=form.cleaned_data["reason"], by=by, posting=posting, at=timezone.now()
            ),
            said=_("The version was returned to the provider."),
            back=back,
        )
    return act(
        request,
        lambda: entities.verify_version(version=row, by=by, posting=posting, at=timezone.now()),
        said=_("The entity is verified."),
        back=back,
    )


@admin.register(Waiver, site=desk)
class WaiverAdmin(DeskAdmin):
    """Waived rules; each is granted once, with reason and end, and never changed."""

    readers = policy.READS_QUEUE
    list_display = ("filing", "rule", "expires_on", "granted_by", "granted_at")
    list_select_related = ("filing", "granted_by")
    list_filter = ("rule",)
    ordering = ("-granted_at", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Waiver]:
        return Waiver.objects.filter(filing__in=Filing.objects.visible_to(officer(request)))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        add = path("add/", self.admin_site.admin_view(self.grant), name="reviews_waiver_add")
        return [add, *super().get_urls()]

    def grant(self, request: HttpRequest) -> HttpResponse:
        key = number(request.GET.get("filing", ""))
        filing = get_object_or_404(Filing.objects.visible_to(officer(request)), pk=key)
        require(policy.may_waive(officer(request), filing))
        rules = [
            (code, f"{rule.title} ({rule.legal_basis})") for code, rule in intake.RULES.items() if rule.is_waivable
        ]
        form = forms.WaiverForm(
            request.POST or None, rules=rules, initial={"expires_on": workingdays.add(workingdays.today(), 20)}
        )
        back = reverse("admin:reviews_waiver_changelist")
        if request.method != "POST" or not form.is_valid():
            return page(
                request, "reviews/form.html", title=_("Waive a rule for this filing"), subtitle=filing.name, form=form,
                back=back, submit=_("Waive the rule"),
            )  # fmt: skip
        return act(
            request,
            lambda: waivers.grant(filing=filing, by=officer(request), at=timezone.now(), **form.cleaned_data),
            said=_("The rule is waived for this filing from its next submission on."),
            back=back,
        )
