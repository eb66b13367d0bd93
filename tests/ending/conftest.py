import datetime as dt

import pytest
from django.utils import timezone

from filings import endings as provider_endings
from filings import events, workingdays
from reviews import decisions, endings, queue
from reviews.models import ReviewTask
from tests.ordering.conftest import entry, filing

__all__ = ["entry", "filing"]


@pytest.fixture
def notice(now):
    return provider_endings.Notice(
        ended_on=timezone.localdate(now) - dt.timedelta(days=3), reason="业务调整，停止运营。",
        users="注册用户余额已全部退还。", data="个人信息已删除，日志留存六个月。", told="站内信与公告提前三十日告知。",
    )  # fmt: skip


@pytest.fixture
def charge(now):
    return endings.Charge(
        purpose="revocation", facts="提交的自评估报告系伪造。", evidence="报告署名机构书面否认出具。",
        answer_by=workingdays.add(timezone.localdate(now), 5),
    )  # fmt: skip


@pytest.fixture
def proposed(filing, notice, provider, reviewer, now):
    """A cancellation that the provider asked for, with the officer's proposal."""
    procedure = provider_endings.cancel(filing=filing, notice=notice, by=provider, at=now)
    events.deliver_due(at=now + dt.timedelta(minutes=5))
    task = queue.claim(task=ReviewTask.objects.get(procedure=procedure), by=reviewer, at=now)
    return decisions.propose(task=task, kind="register", by=reviewer, at=now)
