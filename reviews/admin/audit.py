"""The auditor reads all events and accesses, searches and exports them, and changes nothing."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings import sentences, wording
from filings.models import AccessRecord, Event, OfficerRole
from filings.views.requests import number
from reviews import audits, forms, policy
from reviews.admin.access import DeskAdmin, officer
from reviews.admin.site import desk, page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from filings.models import Posting

PAGE = 50


class AuditAdmin(DeskAdmin):
    """A list of append-only rows, newest first, paged by key; only auditors look."""

    readers = (OfficerRole.AUDITOR,)
    find: Callable[..., Any]
    line: Callable[..., tuple[str, ...]]
    columns: tuple[Any, ...] = ()
    choices: Callable[[], list[tuple[str, str]]]

    def get_urls(self) -> list[Any]:
        wrap, name = self.admin_site.admin_view, f"filings_{self.model._meta.model_name}"
        return [
            path("", wrap(self.changelist_view), name=f"{name}_changelist"),
            path("export/", wrap(self.export), name=f"{name}_export"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not policy.may_audit(officer(request)):
            raise PermissionDenied
        form = forms.AuditForm(request.GET)
        wanted = form.cleaned_data if form.is_valid() else {}
        after = request.GET.get("after", "")
        found = list(
            audits.page(
                self.find(officer(request), **wanted),
                after=number(after),
                size=PAGE + 1,
            )
        )
        address = request.GET.copy()
        address["after"] = str(found[PAGE - 1].pk) if len(found) > PAGE else ""
        return page(
            request, "reviews/audit.html", title=self.opts.verbose_name_plural, form=form, columns=self.columns,
            lines=[self.line(row) for row in found[:PAGE]], choices=self.choices(), query=request.GET.urlencode(),
            next_page=address.urlencode() if len(found) > PAGE else "", is_later=bool(after),
            export_url=f"admin:filings_{self.model._meta.model_name}_export",
        )  # fmt: skip

    @transaction.atomic
    def _record(self, request: HttpRequest, count: int) -> None:
        audits.record_export(
            by=officer(request), at=timezone.now(), what=self.model._meta.model_name or "", query=request.POST.dict(),
            count=count,
        )  # fmt: skip

    def export(self, request: HttpRequest) -> HttpResponse:
        """A CSV of what the search found; the export itself is recorded."""
        if not policy.may_audit(officer(request)) or request.method != "POST":
            raise PermissionDenied
        form = forms.AuditForm(request.POST)
        wanted = form.cleaned_data if form.is_valid() else {}
        rows = audits.page(self.find(officer(request), **wanted), after=None, size=audits.MOST_EXPORTED)
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow([str(column) for column in self.columns])
        lines = [[audits.cell(value) for value in self.line(row)] for row in rows]
        writer.writerows(lines)
        self._record(request, len(lines))
        answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{self.model._meta.model_name}.csv"'
        return answer


def _moment(value: Any) -> str:
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M:%S")


def _office(posting: Posting | None) -> str:
    return f"{wording.authority(posting)} · {posting.get_role_display()}" if posting else ""


def event_line(event: Event) -> tuple[str, ...]:
    moved = f"{audits.status(event.from_status)} → {audits.status(event.to_status)}" if event.to_status else ""
    return (
        _moment(event.at), str(event.actor or event.get_side_display()), _office(event.posting), event.kind,
        sentences.sentence(event, to_staff=True), str(event.filing or event.entity or ""), moved,
        event.submission_digest[:16], audits.words(event.data),
    )  # fmt: skip


def access_line(record: AccessRecord) -> tuple[str, ...]:
    return (
        _moment(record.at), str(record.actor), _office(record.posting), str(record.get_action_display()),
        str(record.filing or record.entity or ""), record.subject,
    )  # fmt: skip


@admin.register(Event, site=desk)
class EventAdmin(AuditAdmin):
    find = staticmethod(audits.events_found)
    line = staticmethod(event_line)
    choices = staticmethod(audits.kinds_of_event)
    columns = (
        _("When"), _("Who"), _("Posting"), _("Action"), _("What happened"), _("Filing or entity"), _("Moved"),
        _("Digest"), _("Before and after"),
    )  # fmt: skip


@admin.register(AccessRecord, site=desk)
class AccessRecordAdmin(AuditAdmin):
    find = staticmethod(audits.accesses_found)
    line = staticmethod(access_line)
    choices = staticmethod(audits.kinds_of_access)
    columns = (_("When"), _("Who"), _("Posting"), _("Action"), _("Filing or entity"), _("What"))
