"""Inspections of registered filings: one that the provider is answering, and one drawn by lot that is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filings import inspections as told
from filings import workingdays
from filings.models import InspectionMode, Matter, OfficerRole
from portal.demonstration.people import POLICE
from reviews import inspections

if TYPE_CHECKING:
    from portal.demonstration.acts import Acts
    from portal.demonstration.plots import Plot

ANSWER = "详见备案材料相应部分，并附内部记录摘要。"
DAYS = 10


def _answer(acts: Acts, matter: Matter, *, leave: int = 0) -> None:
    owner = acts.owner_of(matter)
    questions = told.questions(matter)
    for question, _none in questions[: len(questions) - leave]:
        told.answer(question=question, text=ANSWER, by=owner, at=acts.at)
    if not leave:
        told.hand_over(matter=matter, by=owner, at=acts.at)


def answering(acts: Acts, name: str, ago: int) -> Plot:
    """Planned, joined by the national authority, and half answered."""
    yield acts.days.ago(ago, 10)
    filing = acts.registered(name)
    desk, nation = acts.desk(filing.region_code), acts.desk("")
    by = desk.one(OfficerRole.REVIEWER)
    day = workingdays.add(acts.days.day(-ago), DAYS)
    grounds = told.Grounds(InspectionMode.PLANNED, "年度检查计划。")
    (found,) = told.open_inspections([filing], desk.authority, grounds=grounds, by=by, at=acts.at, due_on=day)
    assert found.matter is not None, "nothing of it is inspected yet"
    inspections.join(matter=found.matter, authority=nation.authority, by=by, at=acts.at)
    yield acts.days.ago(ago - 1, 15)
    _answer(acts, found.matter, leave=2)


def closed(acts: Acts, name: str, ago: int) -> Plot:
    """For a complaint, joined by public security, checked off by both and closed with a result for the public."""
    yield acts.days.ago(ago, 9, 30)
    filing = acts.registered(name)
    desk = acts.desk(filing.region_code)
    by = desk.one(OfficerRole.REVIEWER)
    day = workingdays.add(acts.days.day(-ago), DAYS)
    grounds = told.Grounds(InspectionMode.CAUSE, "投诉反映关闭个性化入口难以找到。", "complaint")
    (found,) = told.open_inspections([filing], desk.authority, grounds=grounds, by=by, at=acts.at, due_on=day)
    assert found.matter is not None, "nothing of it is inspected yet"
    police = acts.people.desks[POLICE]
    inspections.join(matter=found.matter, authority=police.authority, by=by, at=acts.at)
    yield acts.days.ago(ago - 2, 16)
    _answer(acts, found.matter)
    yield acts.days.ago(ago - 3, 15)
    checks = found.matter.inspection.checks
    officer = police.one(OfficerRole.REVIEWER)
    for row in checks.filter(subject="personal_information"):
        inspections.check(row=row, state="kept", remark="调取日志核对一致。", by=officer, at=acts.at)
    yield acts.days.ago(ago - 4, 11)
    for row in checks.filter(state="open").order_by("pk")[:5]:
        inspections.check(row=row, state="kept", remark="现场核对一致。", by=by, at=acts.at)
    inspections.close(
        matter=found.matter, result="in_order", findings="所述入口可正常使用，申报措施已落实。",
        public_text="经检查，未发现与备案内容不符的情况。", by=by, at=acts.at,
    )  # fmt: skip
