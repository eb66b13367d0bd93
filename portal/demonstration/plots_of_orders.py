"""Orders: a warning that was fulfilled, what is suspended and what was lifted, and what waits for a signature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filings import orders as told
from filings import workingdays
from filings.models import OfficerRole, OrderKind
from reviews import orders

if TYPE_CHECKING:
    from filings.models import Filing, Order
    from portal.demonstration.acts import Acts
    from portal.demonstration.plots import Plot
    from portal.models import User

DAYS = 15
REASONS = "事实清楚，证据充分，拟按所引条款处理。"
LIFTED = "已完成整改并经复核，暂停的理由不再存在。"


@dataclass(frozen=True, slots=True)
class Case:
    """What is found and demanded, and on what it rests."""

    kind: OrderKind
    article: str
    facts: str
    demand: str


UNPUBLISHED = Case(
    OrderKind.WARNING, "ARP 31", "未以显著方式公示算法基本原理和主要运行机制。", "立即公示，并在服务页面保持可查。"
)
UNANSWERED = Case(
    OrderKind.CORRECT, "ARP 31", "关闭个性化推荐的入口需要五步操作，且没有说明。", "在首页提供便捷的关闭入口。"
)
UNCHECKED = Case(OrderKind.WARNING, "ARP 31", "公示的投诉渠道无人应答。", "恢复投诉渠道并公布反馈时限。")
UNFILTERED = Case(
    OrderKind.SUSPEND_UPDATES, "ARP 31", "多次出现违法和不良信息，整改后仍未有效过滤。", "暂停信息更新，完善过滤措施。"
)
MANIPULATED = Case(OrderKind.SUSPEND_UPDATES, "ARP 31", "存在人工操纵榜单的情形。", "暂停榜单更新，提交自查报告。")
UNLABELLED = Case(
    OrderKind.SUSPEND_SERVICE, "DSP 21", "生成的内容未按规定添加标识，存在较大安全风险。", "暂停服务，补充标识。"
)


def drafted(acts: Acts, name: str, ago: int, case: Case, *, proposed: bool) -> Plot:
    """A draft with its officer, or one that waits for the second person."""
    yield acts.days.ago(ago, 10, 40)
    _draft(acts, name, ago, case, proposed=proposed)


def fulfilled(acts: Acts, name: str, ago: int, case: Case) -> Plot:
    """Issued by two people, and found to be done some days later."""
    yield acts.days.ago(ago, 10)
    order, _filing, officer = _draft(acts, name, ago, case, proposed=True)
    yield acts.days.ago(ago - 1, 15, 30)
    _sign(acts, order)
    yield acts.days.ago(ago - 6, 11)
    orders.fulfil(order=order, reasons="已查看服务页面，公示内容完整。", by=officer, at=acts.at)


def suspended(acts: Acts, name: str, ago: int, case: Case, *, lifting: bool = False, lifted: bool = False) -> Plot:
    """Suspended and shown in the register; until its lifting is proposed, and signed."""
    yield acts.days.ago(ago, 9, 45)
    order, filing, officer = _draft(acts, name, ago, case, proposed=True)
    yield acts.days.ago(ago - 1, 16)
    _sign(acts, order)
    if not (lifting or lifted):
        return
    yield acts.days.ago(ago - 7, 10)
    told.report(order=order, text="已完成整改，附措施说明。", by=acts.owner_of(filing), at=acts.at)
    yield acts.days.ago(ago - 9, 14)
    orders.propose_lift(order=order, reasons=LIFTED, by=officer, at=acts.at)
    if lifted:
        yield acts.days.ago(ago - 10, 10, 30)
        _sign(acts, order)


def _draft(acts: Acts, name: str, ago: int, case: Case, *, proposed: bool) -> tuple[Order, Filing, User]:
    filing = acts.registered(name)
    desk = acts.desk(filing.region_code)
    officer = desk.one(OfficerRole.REVIEWER)
    due_on = workingdays.add(acts.days.day(-ago), DAYS) if case.kind in OrderKind.dated else None
    terms = orders.Terms(case.kind, (case.article,), case.facts, case.demand, due_on)
    order = orders.draft(terms=terms, filing=filing, authority=desk.authority, by=officer, at=acts.at)
    if proposed:
        orders.propose(order=order, reasons=REASONS, by=officer, at=acts.later(25))
    return order, filing, officer


def _sign(acts: Acts, order: Order) -> None:
    signatory = acts.desk(order.matter.region_code).one(OfficerRole.SIGNATORY)
    orders.sign(proposal=order.matter.proposals.get(status="pending"), by=signatory, at=acts.at)
