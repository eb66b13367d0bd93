"""Public notices of what ended, in the form of the authority's own: one a day and kind, made from the register."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Min
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from filings.models.register import RegisterVersion

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

Reason = RegisterVersion.Reason
PAGE = 40
# As the authority titles its own notices, in Chinese whoever reads.
TITLES = {
    Reason.CANCELLED: "关于注销“{name}”{etc}备案编号的公告",
    Reason.REVOKED: "关于撤销“{name}”{etc}备案的公告",
}


@dataclass(frozen=True, slots=True)
class EndNotice:
    """One notice: a day, what happened then, and to how many."""

    day: dt.date
    reason: str
    count: int
    first: str

    @property
    def title(self) -> str:
        etc = f"等 {self.count} 个" if self.count > 1 else ""
        return TITLES[Reason(self.reason)].format(name=self.first, etc=etc)

    @property
    def url(self) -> str:
        return reverse("register:notice-detail", args=[self.day.isoformat(), self.reason])


def ended() -> QuerySet[RegisterVersion]:
    """What decisions of this portal ended; the lists have notices of their own."""
    return RegisterVersion.objects.filter(reason__in=TITLES, source_list__isnull=True)


@login_not_required
@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    before = _day(request.GET.get("before", ""))
    rows = ended().filter(valid_from__lt=before) if before else ended()
    groups = rows.values("valid_from", "reason").annotate(count=Count("pk"), first=Min("entry__name"))
    found = list(groups.order_by("-valid_from", "reason")[: PAGE + 2])
    last = found[PAGE]["valid_from"] if len(found) > PAGE else None
    shown = [each for each in found[:PAGE] if last is None or each["valid_from"] > last] or found[:PAGE]
    context = {
        "notices": [EndNotice(each["valid_from"], each["reason"], each["count"], each["first"]) for each in shown],
        "pages": {
            "first_url": request.path if before else "",
            "next_url": f"{request.path}?before={shown[-1]['valid_from']}" if last else "",
        },
    }
    return render(request, "portal/register/notice_list.html", context)


@login_not_required
@require_safe
def notice_detail(request: HttpRequest, day: str, reason: str) -> HttpResponse:
    known = _day(day)
    if known is None or reason not in TITLES:
        raise Http404
    rows = ended().filter(valid_from=known, reason=reason).select_related("entry").order_by("entry__name", "pk")
    entries = [row.entry for row in rows.defer("entry__haystack", "entry__grams")]
    if not entries:
        raise Http404
    notice = EndNotice(known, reason, len(entries), entries[0].name)
    return render(request, "portal/register/notice_detail.html", {"notice": notice, "entries": entries})


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
