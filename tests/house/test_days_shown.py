import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import translation

LATE_EVENING_IN_GREENWICH = dt.datetime(2026, 11, 23, 17, 38, tzinfo=dt.UTC)  # 01:38 of the next day in Beijing


@pytest.mark.parametrize(("language", "shown"), [("zh-hans", "2026年11月24日 01:38"), ("en", "24 November 2026 01:38")])
def test_the_day_of_a_moment_is_the_day_here_as_its_time_is(language, shown):
    page = Template('{% load ui %}{{ moment|day }} {{ moment|time:"H:i" }}')
    with translation.override(language):
        assert page.render(Context({"moment": LATE_EVENING_IN_GREENWICH})) == shown


def test_a_plain_day_stays_what_it_is():
    page = Template("{% load ui %}{{ due|day }}")
    with translation.override("en"):
        assert page.render(Context({"due": dt.date(2026, 11, 23)})) == "23 November 2026"
