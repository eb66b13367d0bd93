"""Moments of the demonstration, counted in working days before today."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from filings.models import CalendarDay

OPENS = dt.time(9)


class Days:
    """The working calendar around `now`."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now
        self.today = timezone.localdate(now)
        rows = CalendarDay.objects.filter(is_workday=True).order_by("day").values_list("day", flat=True)
        self._past = [day for day in rows if day < self.today]
        self._coming = [day for day in rows if day > self.today]

    def ago(self, count: int, hour: int = 9, minute: int = 0) -> dt.datetime:
        """A time of the `count`-th working day before today; 0 is a little earlier today."""
        if count == 0:
            midnight = timezone.localtime(self.now).replace(hour=0, minute=0, second=0, microsecond=0)
            return max(self.now - dt.timedelta(minutes=max(59 - minute, 1)), midnight)
        return timezone.make_aware(dt.datetime.combine(self._past[-count], dt.time(hour, minute)))

    def day(self, offset: int) -> dt.date:
        """The working day so many before (negative) or after today."""
        return self._past[offset] if offset < 0 else self._coming[max(offset, 1) - 1]
