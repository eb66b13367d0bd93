from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_GET, require_POST

from filings import notices
from filings.models import Notice
from filings.views.paging import pager
from filings.views.requests import PersonRequest, number

PAGE = 20


@require_GET
def notice_list(request: PersonRequest) -> HttpResponse:
    rows = notices.of(request.user).select_related(
        "event__entity", "event__filing", "event__procedure__filing", "event__matter"
    )
    if (last := number(request.GET.get("before", ""))) is not None:
        rows = rows.filter(pk__lt=last)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    shown, has_more = found[:PAGE], len(found) > PAGE
    context = {
        "notices": [(notice, notices.said(notice.event, to=request.user)) for notice in shown],
        "has_unread": any(notice.read_at is None for notice in shown),
        "pager": pager(request, shown[-1].pk if has_more else None),
    }
    return render(request, "filings/notice_list.html", context)


@require_POST
def notice_open(request: PersonRequest, pk: int) -> HttpResponse:
    rows = notices.of(request.user).select_related("event")
    notice: Notice = get_object_or_404(rows, pk=pk)
    notices.mark_read(request.user, at=now(), only=notice)
    return redirect(notices.path(notice.event))


@require_POST
def notice_read(request: PersonRequest) -> HttpResponse:
    notices.mark_read(request.user, at=now())
    return redirect("filings:notice-list")
