"""How filings end: cancelled as asked for, cancelled by the authority, revoked after a hearing; some half-way."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from filings import endings as asked
from filings import workingdays
from filings.models import OfficerRole, Purpose
from reviews import decisions, endings
from reviews.models import Proposal

if TYPE_CHECKING:
    from filings.models import Filing, Procedure
    from portal.demonstration.acts import Acts
    from portal.demonstration.plots import Plot

DAYS = 8
REASONS = "服务已停止运营，用户和数据处置妥当，准予注销。"
CHARGES = {
    Purpose.CANCELLATION: ("服务已停止运营三个月，提供者未申请注销。", "多次访问服务页面，均已关停。"),
    Purpose.REVOCATION: ("备案时提交的安全自评估报告署名不实。", "报告所署机构书面否认出具。"),
}


def cancelled(acts: Acts, name: str, ago: int, *, finished: bool) -> Plot:
    """The provider says that its service ended; the province has it in its queue, or has granted it."""
    yield acts.days.ago(ago, 11, 20)
    filing = acts.registered(name)
    notice = asked.Notice(
        ended_on=acts.days.day(-ago - 4), reason="业务调整，该服务不再提供。",
        users="已提前三十日公告，账户余额全部退还。", data="个人信息已经删除，网络日志按规定留存六个月。",
        told="站内信、首页公告。",
    )  # fmt: skip
    procedure = asked.cancel(filing=filing, notice=notice, by=acts.owner_of(filing), at=acts.at)
    if not finished:
        return
    yield acts.days.ago(ago - 3, 9, 50)
    acts.propose(procedure, Proposal.Kind.REGISTER, reasons=REASONS)
    yield acts.days.ago(ago - 5, 15, 40)
    acts.sign(procedure)


def opened(acts: Acts, name: str, ago: int, purpose: Purpose) -> Plot:
    """The authority has told what it holds against the filing; the provider has not answered yet."""
    yield acts.days.ago(ago, 9, 25)
    _open(acts, acts.registered(name), ago, purpose)


def answered(acts: Acts, name: str, ago: int, purpose: Purpose) -> Plot:
    """The provider has answered and is invited to be heard in person."""
    yield acts.days.ago(ago, 9, 35)
    filing = acts.registered(name)
    procedure = _open(acts, filing, ago, purpose)
    yield acts.days.ago(ago - 3, 16, 20)
    text = "报告由合作方提供，我方已尽审核义务，申请当面陈述。"
    asked.answer(hearing=procedure.hearing, text=text, in_person=True, by=acts.owner_of(filing), at=acts.at)
    yield acts.days.ago(ago - 5, 10)
    oral_at = acts.days.now + dt.timedelta(days=7)
    by = acts.desk(filing.region_code).one(OfficerRole.REVIEWER)
    endings.invite(hearing=procedure.hearing, oral_at=oral_at, place="二楼听证室", by=by, at=acts.at)


def ended(acts: Acts, name: str, ago: int, purpose: Purpose, *, answer: str = "") -> Plot:
    """Heard, or silent until its day has passed; proposed by one officer and signed by another."""
    yield acts.days.ago(ago, 10, 5)
    filing = acts.registered(name)
    procedure = _open(acts, filing, ago, purpose)
    if answer:
        yield acts.days.ago(ago - 4, 14, 10)
        asked.answer(hearing=procedure.hearing, text=answer, in_person=False, by=acts.owner_of(filing), at=acts.at)
    yield acts.days.ago(ago - DAYS - 2, 9, 55)
    desk = acts.desk(filing.region_code)
    reasons = "事实清楚，证据充分，已听取提供者意见，依据所引条款作出决定。"
    proposal = endings.propose(procedure=procedure, reasons=reasons, by=desk.one(OfficerRole.REVIEWER), at=acts.at)
    yield acts.days.ago(ago - DAYS - 4, 15, 5)
    decisions.sign(proposal=proposal, by=desk.one(OfficerRole.SIGNATORY), at=acts.at)


def _open(acts: Acts, filing: Filing, ago: int, purpose: Purpose) -> Procedure:
    desk = acts.desk(filing.region_code)
    charge = endings.Charge(purpose, *CHARGES[purpose], workingdays.add(acts.days.day(-ago), DAYS))
    return endings.open_hearing(
        filing=filing, charge=charge, authority=desk.authority, by=desk.one(OfficerRole.REVIEWER), at=acts.at
    )
