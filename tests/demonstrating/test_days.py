import pytest
from django.utils import timezone

from portal.demonstration.days import Days


@pytest.mark.parametrize("minute", [0, 1, 30, 58])
def test_a_moment_of_today_is_of_today_even_just_after_midnight(db, minute):
    now = timezone.localtime().replace(hour=0, minute=minute)
    moment = Days(now).ago(0, minute=10)
    assert timezone.localdate(moment) == timezone.localdate(now)
    assert moment <= now
