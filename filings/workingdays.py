"""Chinese working days: all deadlines count in them, from dated rows.

Day 1 is the working day after the day of the event (Civil Code, art. 201), and the
rows hold statutory holidays and make-up days as the State Council announces them
each year. A library fills the rows; an administrator may correct them.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from django.utils import timezone

from filings.models import CalendarDay

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# What the law gives an authority to answer a complete dossier (Algorithm Provisions, art. 25).
STATUTORY_DAYS = 30


class CalendarUnknown(LookupError):
    """The working calendar does not reach that day. An administrator adds the year."""


def add(day: dt.date, count: int) -> dt.date:
    """The ``count``-th working day after ``day``; ``day`` itself is not counted.

    Raises CalendarUnknown when the rows end before that.
    """
    assert count > 0, "a deadline lies ahead"
    days = CalendarDay.objects.filter(day__gt=day, is_workday=True).order_by("day")
    found: dt.date | None = days.values_list("day", flat=True)[count - 1 : count].first()
    if found is None:
        raise CalendarUnknown(day)
    return found


def between(first: dt.date, last: dt.date) -> int:
    """Working days from ``first`` to ``last``, both counted; 0 when last is earlier."""
    return CalendarDay.objects.filter(day__range=(first, last), is_workday=True).count()


def left(day: dt.date, *, today: dt.date) -> int:
    """Working days left until ``day``; negative when it has passed."""
    if day >= today:
        return between(today + dt.timedelta(days=1), day)
    return -between(day + dt.timedelta(days=1), today)


def next_workday(day: dt.date) -> dt.date:
    """``day`` if it is a working day, else the next one (Civil Code, art. 203)."""
    return add(day - dt.timedelta(days=1), 1)


def today() -> dt.date:
    """The day in Asia/Shanghai."""
    return timezone.localdate()


def known_days(year: int) -> Iterator[CalendarDay]:
    """Rows for a year from the library; provisional (weekends only) when not announced."""
    import chinese_calendar  # reason: heavy, and needed only when the rows are filled

    day = dt.date(year, 1, 1)
    while day.year == year:
        try:
            is_workday, note = bool(chinese_calendar.is_workday(day)), ""
            is_holiday, name = chinese_calendar.get_holiday_detail(day)
            if is_workday != (day.weekday() < 5) or (is_holiday and name):
                note = str(name or "")
            provisional = False
        except NotImplementedError:
            is_workday, note, provisional = day.weekday() < 5, "", True
        yield CalendarDay(day=day, is_workday=is_workday, note=note, is_provisional=provisional)
        day += dt.timedelta(days=1)


class Countdown:
    """Working days left until any of some days, from one query."""

    def __init__(self, days: Iterable[dt.date | None], *, today: dt.date) -> None:
        known = [day for day in days if day]
        self.today = today
        self._workdays: list[dt.date] = []
        if known:
            span = (min(*known, today), max(*known, today))
            rows = CalendarDay.objects.filter(day__range=span, is_workday=True).order_by("day")
            self._workdays = list(rows.values_list("day", flat=True))

    def left(self, day: dt.date | None) -> int | None:
        """As ``left`` of this module: negative when the day has passed, None without a day."""
        if day is None:
            return None
        if day >= self.today:
            return bisect_right(self._workdays, day) - bisect_right(self._workdays, self.today)
        return bisect_left(self._workdays, day) + (day in self._workdays) - bisect_right(self._workdays, self.today)
