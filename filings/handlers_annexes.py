"""Checks of annexes as work of deliveries; each handler may run twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filings import annexworking, events
from filings.models import AnnexCheck

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Event


@events.subscribe("filings.annex_check", "annex.asked")
def check_annex(event: Event, *, at: dt.datetime) -> None:
    annexworking.work(_check(event), at=at)


@events.subscribe("filings.annex_report", "annex.checked")
def make_report(event: Event, *, at: dt.datetime) -> None:
    annexworking.report(_check(event))


def _check(event: Event) -> AnnexCheck:
    return AnnexCheck.objects.select_related("procedure__filing", "rule_set").get(pk=event.data["check"])
