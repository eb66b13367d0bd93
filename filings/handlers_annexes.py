"""Checks of annexes as work of deliveries; each handler may run twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filings import annexworking, events
from filings.models import AnnexCheck, Event

if TYPE_CHECKING:
    import datetime as dt


CHECK = "filings.annex_check"


@events.subscribe(CHECK, "annex.asked")
def check_annex(event: Event, *, at: dt.datetime) -> None:
    annexworking.work(_check(event), at=at)


@events.subscribe("filings.annex_report", "annex.checked")
def make_report(event: Event, *, at: dt.datetime) -> None:
    annexworking.report(_check(event))


@events.subscribe("filings.annex_given_up", events.PARKED)
def give_up(event: Event, *, at: dt.datetime) -> None:
    """A check whose delivery is parked tells the provider so, unless an operator was quicker."""
    if event.data["handler"] == CHECK:
        annexworking.give_up(_check(Event.objects.get(pk=event.data["event"])), at=at)


def _check(event: Event) -> AnnexCheck:
    return AnnexCheck.objects.select_related("procedure__filing", "rule_set").get(pk=event.data["check"])
