import datetime as dt

import pytest
from django.utils import translation

from filings.forms import LaterDateForm

pytestmark = pytest.mark.django_db


def form(date):
    return LaterDateForm({"date": date, "reason": "等待检测报告"}, after=dt.date(2026, 9, 20))


@pytest.mark.parametrize(
    ("date", "following"),
    [("2026-10-03", "8 October 2026"), ("2026-11-28", "30 November 2026")],
)
def test_a_holiday_is_refused_and_the_next_working_day_named(date, following):
    with translation.override("en"):
        (said,) = form(date).errors["date"]
    assert said.endswith(f"The next one is {following}.")


def test_a_working_day_is_taken():
    assert form("2026-10-09").is_valid()
