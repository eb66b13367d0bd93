"""The director: plays all plots in the order of time, then leaves papers and mail to the worker."""

from __future__ import annotations

import datetime as dt
import heapq
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import translation

from filings.imports.register import import_file
from filings.models import Delivery, Entity, Installation, Notice
from portal.demonstration import lists, programme
from portal.demonstration.acts import Acts
from portal.demonstration.days import Days
from portal.demonstration.people import People
from portal.models import User

if TYPE_CHECKING:
    from portal.demonstration.plots import Plot

_LOCK = 7_200_902  # two starts at once build one demonstration; any constant of ours does
BEGAN = 520  # working days ago
MAILS = ("filings.mail", "filings.mail_confirmation_links", "filings.invitation_mail", "reviews.posting_mail")
MAIL_KEPT = dt.timedelta(days=4)
PACE = dt.timedelta(seconds=2)


class AlreadyThere(Exception):
    """The database holds people or entities: a demonstration is built on an empty one only."""


def is_there() -> bool:
    """Whether anybody or anything is in the database that a demonstration would mix with."""
    return Installation.objects.exists() or User.objects.exists() or Entity.objects.exists()


@transaction.atomic
def build(*, now: dt.datetime) -> int:
    """Fill an empty database; how many moments were played. All of it or nothing.

    Raises AlreadyThere.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    if is_there():
        raise AlreadyThere
    with translation.override(settings.LANGUAGE_CODE):
        _install()
        days = Days(now)
        people = People()
        people.open_desks(since=days.ago(BEGAN, 9))
        _import_lists(days)
        played = _play(Acts(people, days))
    _leave_to_worker(now)
    return played


def _install() -> None:
    Installation.objects.create(
        authority_zh="演示网信办",
        authority_en="Demonstration authority",
        number_prefix=lists.PREFIX,
        service_prefix=lists.SERVICE_PREFIX,
        public_url=settings.PUBLIC_URL,
        is_demonstration=True,
    )


def _import_lists(days: Days) -> None:
    day = days.today.replace(day=1) - dt.timedelta(days=400)
    at = days.ago(BEGAN - 1)
    import_file(lists.synthesis(year=day.year, month=day.month), name="synthesis.docx", at=at)
    import_file(lists.recommendation(year=day.year, month=day.month), name="recommendation.docx", at=at)
    import_file(lists.services(year=day.year, month=day.month), name="services.docx", at=at)


def _play(acts: Acts) -> int:
    """Run every plot up to its next moment, always the earliest one first."""
    waiting: list[tuple[dt.datetime, int, Plot]] = []
    for number, plot in enumerate(programme.plots_in_order(acts)):
        heapq.heappush(waiting, (next(plot), number, plot))
    played = 0
    while waiting:
        acts.at, number, plot = heapq.heappop(waiting)
        following = next(plot, None)
        acts.settle()
        _look_after_guards()
        played += 1
        if following is not None:
            assert following >= acts.at, f"plot {number} goes back in time"
            heapq.heappush(waiting, (following, number, plot))
    return played


def _look_after_guards() -> None:
    """Let the database check now what it would check at commit, one moment at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    failed = Delivery.objects.filter(attempts__gt=0).first()
    if failed is not None:
        raise RuntimeError(f"{failed.handler}: {failed.error}")


def _leave_to_worker(now: dt.datetime) -> None:
    """What takes long comes after the start, newest first and at a pace that lets visitors in between.

    Mail of past weeks was sent and read in past weeks: the outbox begins a few days ago.
    """
    open_ones = Delivery.objects.filter(done_at__isnull=True)
    old = open_ones.filter(handler__in=MAILS, event__at__lt=now - MAIL_KEPT)
    old.update(done_at=F("due_at"))
    Notice.objects.filter(event__at__lt=now - MAIL_KEPT).update(mailed_at=F("at"), read_at=F("at"))
    papers = open_ones.exclude(handler__in=(*MAILS, "reviews.intake", "filings.notices"))
    ordered = list(papers.order_by("-event__at", "pk").only("pk"))
    for place, delivery in enumerate(ordered):
        delivery.due_at = now + place * PACE
    Delivery.objects.bulk_update(ordered, ["due_at"], batch_size=200)
