from __future__ import annotations

import datetime as dt
import hashlib
import re
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST, require_safe

from filings import feeds, obligations, workingdays
from filings.views.entity import find_entity

if TYPE_CHECKING:
    from django.http import HttpRequest

    from filings.views.requests import PersonRequest

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
AHEAD = dt.timedelta(days=366)


@cache_control(private=True, no_store=True)
@require_GET
def calendar(request: PersonRequest, pk: int) -> HttpResponse:
    entity, today = find_entity(request, pk), workingdays.today()
    first = _month(request.GET.get("month", ""), today)
    until = max(today, first) + AHEAD
    found = obligations.due(entity, user=request.user, until=until)
    coming = [each for each in found if each.day >= today or each.is_open]
    countdown = workingdays.Countdown((each.day for each in coming), today=today)
    feed = feeds.standing(entity, request.user)
    token = feeds.token_of(feed) if feed else ""
    context = {
        "entity": entity,
        "today": today,
        "first": first,
        "weeks": obligations.month(found, year=first.year, number=first.month, today=today),
        "before": first - dt.timedelta(days=1),
        "after": first + dt.timedelta(days=31),
        "coming": [(each, countdown.left(each.day)) for each in coming],
        "feed": feed,
        "address": settings.PUBLIC_URL + reverse("filings:calendar-feed", args=[token]) if token else "",
    }
    return render(request, "filings/calendar.html", context)


def _month(text: str, today: dt.date) -> dt.date:
    """The first day of the month that an address names; of this one for anything else."""
    named = MONTH.fullmatch(text)
    return dt.date(int(named[1]), int(named[2]), 1) if named else today.replace(day=1)


@require_POST
def feed_make(request: PersonRequest, pk: int) -> HttpResponse:
    feeds.make(entity=find_entity(request, pk), by=request.user, at=now())
    messages.success(request, _("The address of your calendar is below. Keep it to yourself."))
    return redirect("filings:calendar", pk)


@require_POST
def feed_revoke(request: PersonRequest, pk: int) -> HttpResponse:
    if feeds.revoke(entity=find_entity(request, pk), by=request.user, at=now()):
        messages.info(request, _("The address no longer answers."))
    return redirect("filings:calendar", pk)


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    row = feeds.found(token)
    if row is None:
        raise Http404
    body = feeds.text(row, on=workingdays.today())
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="calendar.ics"'
    answer["ETag"], answer["Cache-Control"] = etag, "private, no-cache"
    answer["X-Robots-Tag"] = "noindex"
    told = get_conditional_response(request, etag=etag, response=answer)
    return told if isinstance(told, HttpResponseNotModified) else answer
