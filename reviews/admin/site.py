"""The admin site of the officers: who enters, the home page, and what all desks share."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filings import workingdays
from filings.access import posted_as
from filings.entities import NotAwaitingVerification
from filings.models import OfficerRole
from filings.numbers import NumberNameTaken, NumberSpaceExhausted
from filings.transitions import TransitionNotAllowed
from reviews import policy, workload
from reviews.admin.access import officer
from reviews.queue import AlreadyClaimed, NoAuthority
from reviews.signing import EntityNotVerified

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from portal.models import User

SHOWN_AT_HOME = 8


class Desk(admin.AdminSite):
    """The stock admin for officers with a posting in force, and nobody else."""

    site_header = gettext_lazy("Officers' desk")
    site_title = gettext_lazy("Officers' desk")
    index_title = gettext_lazy("Desk")
    index_template = "reviews/home.html"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and policy.enters_desk(request.user)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Who signed in without a posting is refused, not asked to sign in again."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            posted = (value for values in request.POST.lists() for value in values[1])
            if "%00" in request.META.get("QUERY_STRING", "") or any("\x00" in value for value in posted):
                raise SuspiciousOperation("no text of a database holds it")
            answer: HttpResponse = inner(request, *args, **kwargs)
            return answer

        return guarded

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """No form here: the account pages sign in, with their throttling and second factor."""
        if not self.has_permission(request):
            raise PermissionDenied
        return redirect("admin:index")

    def password_change(  # type: ignore[override]  # leads elsewhere, shows nothing
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Likewise: the account page changes it, and tells the owner by mail."""
        return redirect("account_change_password")

    def get_urls(self) -> list[Any]:
        from reviews.admin import (  # reason: cycle, desks register themselves here
            batches,
            confirmations,
            displays,
            endings,
            overview,
        )

        return [
            *endings.urls(self.admin_view),
            path("find/", self.admin_view(overview.find), name="desk-find"),
            path("readiness/", self.admin_view(overview.readiness_of_the_system), name="desk-readiness"),
            path("workload/", self.admin_view(overview.workload_of_officers), name="desk-workload"),
            *batches.urls(self.admin_view),
            path("filings/<int:pk>/number/", self.admin_view(displays.number_shown), name="desk-number"),
            path("unconfirmed/", self.admin_view(confirmations.unconfirmed), name="desk-unconfirmed"),
            path("unconfirmed/inspect/", self.admin_view(confirmations.inspect), name="desk-unconfirmed-inspect"),
            *super().get_urls(),
        ]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        return super().index(request, {**home(officer(request)), **(extra_context or {})})


def home(user: User) -> dict[str, Any]:
    """What waits for this officer: counts, and the first few of each list."""
    day = workingdays.today()
    related = ("procedure__filing__entity", "stage", "authority", "claimed_by")
    mine = workload.mine(user).select_related(*related).order_by("due_on", "pk")[:SHOWN_AT_HOME]
    signing = ("procedure__filing__entity", "task__stage", "matter__entity", "proposed_by")
    proposals = workload.to_sign(user).select_related(*signing)
    asked = workload.dates_asked(user).select_related("filing__entity").order_by("later_date_asked", "pk")
    return {
        "glance": (glance := workload.counts(user, day=day)),
        "to_sign": workload.capped(workload.to_sign(user)),
        "to_verify": workload.capped(workload.to_verify(user)),
        "mine": mine,
        "free": workload.free(user).select_related(*related).order_by("due_on", "pk")[:SHOWN_AT_HOME],
        "proposals": proposals.order_by("proposed_at", "pk")[:SHOWN_AT_HOME],
        "asked": asked[:SHOWN_AT_HOME],
        "matters_waiting": workload.capped(workload.matters_waiting(user)),
        "matters": workload.matters_waiting(user).select_related("entity").order_by("due_on", "pk")[:SHOWN_AT_HOME],
        "day": day,
        "soon": glance.until,
        "may_claim": bool(posted_as(user, OfficerRole.REVIEWER)),
        "own_entities": policy.own_entities(user),
        "sees_readiness": policy.is_administrator(user, national=True),
        "sees_filings": bool(posted_as(user, *policy.READS_QUEUE)),
        "sees_workload": bool(posted_as(user, *policy.READS_WORKLOAD)),
        "title": _("Desk"),
    }


desk = Desk(name="admin")
desk.login = secure_admin_login(desk.login)  # type: ignore[method-assign]  # throttling and MFA


NOT_NOW = (
    EntityNotVerified, NoAuthority, NotAwaitingVerification, NumberNameTaken, NumberSpaceExhausted,
    workingdays.CalendarUnknown,
)  # fmt: skip


def page(request: HttpRequest, template: str, **context: Any) -> TemplateResponse:
    """A desk page of ours inside the admin's frame."""
    return TemplateResponse(request, template, {**desk.each_context(request), **context})


def act(request: HttpRequest, rule: Callable[[], object], *, said: str, back: str) -> HttpResponse:
    """Run one rule; say what happened or why not, and go back. Permission errors stay 403."""
    try:
        rule()
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
    except AlreadyClaimed:
        messages.warning(request, _("Another officer took this task first. Nothing was changed."))
    except TransitionNotAllowed:
        messages.warning(request, _("Meanwhile this was moved on by somebody else. Nothing was changed."))
    except NOT_NOW as error:
        messages.error(request, _("Not possible now: %(reason)s") % {"reason": error})
    else:
        messages.success(request, said)
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if is_ours else "admin:index")
