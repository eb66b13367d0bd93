import datetime as dt

import pytest

from filings import inspections
from filings.models import Authority, InspectionMode, OfficerRole
from reviews import inspections as desk
from tests import factories
from tests.registering import registered


@pytest.fixture
def filing(entity, provider, reviewer, signatory, national_reviewer, national_signatory, now):
    """A registered filing in Zhejiang, and its officers."""
    return registered(
        entity, by=provider, at=now, reviewer=reviewer, national_reviewer=national_reviewer,
        national_signatory=national_signatory,
    ).filing  # fmt: skip


@pytest.fixture
def industry(installation):
    """Another ministry, whose authority answers for the whole country."""
    return Authority.objects.create(
        name_zh="工业和信息化部", name_en="Ministry of Industry", ministry="miit", level="national"
    )


@pytest.fixture
def inspector(industry):
    return factories.officer("inspector@miit.example.cn", industry, OfficerRole.REVIEWER)


@pytest.fixture
def day(now):
    return (now + dt.timedelta(days=20)).date()


@pytest.fixture
def opened(filing, province, reviewer, now):
    """An inspection that nobody was told of yet."""
    grounds = inspections.Grounds(InspectionMode.PLANNED, "年度计划。")
    (found,) = inspections.open_inspections([filing], province, grounds=grounds, by=reviewer, at=now)
    return found.matter


@pytest.fixture
def asked(opened, reviewer, day, now):
    desk.ask(matter=opened, due_on=day, by=reviewer, at=now)
    opened.refresh_from_db()
    return opened


@pytest.fixture
def answered(asked, provider, now):
    for question, _answer in inspections.questions(asked):
        inspections.answer(question=question, text="已说明。", by=provider, at=now)
    inspections.hand_over(matter=asked, by=provider, at=now)
    asked.refresh_from_db()
    return asked
