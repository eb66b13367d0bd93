"""Admin permissions from postings, and lists that page by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.text import capfirst

from filings.access import posted_as
from filings.models import OfficerRole
from reviews import policy

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest, HttpResponse

    from portal.models import User

    class OfficerRequest(HttpRequest):
        """A request that ``Desk.admin_view`` let in: somebody with a posting."""

        user: User


def officer(request: HttpRequest) -> User:
    """The person behind a request that ``Desk.admin_view`` let in."""
    assert request.user.is_authenticated, "the desk lets nobody else in"
    return request.user


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts no further than a screen says: beyond it stands "10,000+"."""

    object_list: QuerySet[Any]

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by()[:10_001].count()


class DeskAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Nobody may do anything unless a posting says so; Django's permission tables are not read."""

    readers: tuple[str, ...] = tuple(OfficerRole.values)
    writers: tuple[str, ...] = ()
    may_delete = False
    show_full_result_count = False
    paginator = CappedPaginator
    list_per_page = 50
    actions = None
    show_facets = admin.ShowFacets.NEVER

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list's own name as title: the stock one asks to choose a row."""
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    def reads(self, user: User) -> bool:
        return bool(posted_as(user, *self.readers)) or (
            OfficerRole.ADMINISTRATOR in self.readers and policy.is_administrator(user)
        )

    def writes(self, user: User) -> bool:
        if OfficerRole.ADMINISTRATOR in self.writers and policy.is_administrator(user):
            return True
        return bool(posted_as(user, *self.writers))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and self.reads(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.reads(officer(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.writes(officer(request))

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.writes(officer(request))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may_delete and self.writes(officer(request))
