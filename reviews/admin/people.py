"""Authorities and postings: the administrator everywhere, regions for their own officers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from filings import workingdays
from filings.access import posted_as
from filings.models import Authority, Level, OfficerRole, Posting
from reviews import forms, policy, postings, queue
from reviews.admin.access import DeskAdmin, officer
from reviews.admin.review import require
from reviews.admin.site import act, desk, page

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from portal.models import User

KEEPERS = (OfficerRole.ADMINISTRATOR, OfficerRole.SUPERVISOR)


@admin.register(Authority, site=desk)
class AuthorityAdmin(DeskAdmin):
    readers = (OfficerRole.ADMINISTRATOR, OfficerRole.AUDITOR)
    writers = (OfficerRole.ADMINISTRATOR,)
    list_display = ("name_zh", "name_en", "ministry", "level", "region_prefix", "is_active")
    ordering = ("level", "region_prefix", "pk")

    def writes(self, user: User) -> bool:
        return policy.is_administrator(user, national=True)


@admin.register(Posting, site=desk)
class PostingAdmin(DeskAdmin):
    """Who holds which role since when; ended, never deleted."""

    readers = (*KEEPERS, OfficerRole.AUDITOR)
    list_display = ("user", "authority", "role", "starts_on", "ends_on", "created_by")
    list_filter = ("role", "authority")
    list_select_related = ("user", "authority", "created_by")
    search_fields = ("user__email", "user__display_name")
    ordering = ("authority", "role", "-starts_on", "pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return policy.is_administrator(officer(request)) or bool(posted_as(officer(request), *KEEPERS))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Posting]:
        user = officer(request)
        if policy.is_administrator(user, national=True):
            return Posting.objects.all()
        condition = Q(pk__in=())
        for held in posted_as(user, *self.readers):
            is_national = held.authority.level == Level.NATIONAL and held.role == OfficerRole.AUDITOR
            condition |= Q() if is_national else Q(authority=held.authority_id)
            if is_national:
                return Posting.objects.all()
        return Posting.objects.filter(condition)

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("add/", wrap(self.make), name="filings_posting_add"),
            path("<int:object_id>/change/", wrap(self.leave), name="filings_posting_change"),
            *[url for url in super().get_urls() if url.name == "filings_posting_changelist"],
        ]

    def make(self, request: HttpRequest) -> HttpResponse:
        user = officer(request)
        require(self.has_add_permission(request))
        form = forms.PostingForm(
            request.POST or None, authorities=_own_authorities(user), roles=_roles(user),
            initial={"starts_on": workingdays.today()},
        )  # fmt: skip
        back = reverse("admin:filings_posting_changelist")
        if request.method != "POST" or not form.is_valid():
            return page(
                request, "reviews/form.html", title=_("Post an officer"), form=form, back=back,
                submit=_("Post the officer"),
            )  # fmt: skip
        return act(
            request,
            lambda: postings.post(by=user, at=timezone.now(), **form.cleaned_data),
            said=_("The officer is posted and told by mail; a new person sets a password through the link in it."),
            back=back,
        )

    def leave(self, request: HttpRequest, object_id: int) -> HttpResponse:
        user = officer(request)
        posting = get_object_or_404(self.get_queryset(request).select_related("user", "authority"), pk=object_id)
        require(policy.may_post_at(user, posting.authority) and policy.may_give_role(user, posting.role))
        people = [
            p for p in queue.colleagues([posting.authority_id], on=workingdays.today()) if p.user_id != posting.user_id
        ]
        form = forms.LeaveForm(request.POST or None, colleagues=people, initial={"ends_on": workingdays.today()})
        back = reverse("admin:filings_posting_changelist")
        if request.method != "POST" or not form.is_valid():
            return page(
                request, "reviews/form.html", title=_("End a posting"), subtitle=str(posting), form=form, back=back,
                submit=_("End the posting"),
            )  # fmt: skip
        to = next((p.user for p in people if p.user_id == form.cleaned_data["to"]), None)
        return act(
            request,
            lambda: postings.end(
                posting=posting, ends_on=form.cleaned_data["ends_on"], to=to, by=user, at=timezone.now()
            ),
            said=_("The posting ends as entered; open tasks were handed over."),
            back=back,
        )


def _own_authorities(user: User) -> QuerySet[Authority]:
    known = Authority.objects.filter(is_active=True).order_by("level", "region_prefix", "pk")
    if policy.is_administrator(user, national=True):
        return known
    return known.filter(pk__in=[p.authority_id for p in posted_as(user, *KEEPERS)])


def _roles(user: User) -> list[tuple[str, Any]]:
    return [(code, label) for code, label in OfficerRole.choices if policy.may_give_role(user, code)]
