"""What becomes of filings once decided: changes, transfers, and filing again what was not registered."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from filings import changes, drafts, transfers
from filings.models import Dossier, Filing
from portal.demonstration.plots import REASONS_TO_REGISTER
from reviews.models import Proposal

if TYPE_CHECKING:
    from portal.demonstration.acts import Acts
    from portal.demonstration.algorithms import Algorithm
    from portal.demonstration.plots import Plot

ADDED = "自本次变更起，新增面向视障用户的语音播报入口。"


def changed(acts: Acts, name: str, ago: int, *, decision: str = "") -> Plot:
    """The scene of use is told anew; the province has it in its queue, or has concluded with a ``Proposal.Kind``."""
    yield acts.days.ago(ago, 10, 20)
    filing = acts.registered(name)
    owner = acts.owner_of(filing)
    procedure = changes.begin(filing=filing, changed_on=acts.days.day(-ago - 4), by=owner, at=acts.at)
    value = copy.deepcopy(Dossier.objects.get(procedure=procedure).content["publication"])
    value["scene"] += ADDED
    acts.save(procedure, "publication", value, minutes=15)
    yield acts.days.ago(ago - 1, 14)
    acts.submit(procedure)
    if not decision:
        return
    words = {"reasons": REASONS_TO_REGISTER}
    if decision == Proposal.Kind.DECLINE:
        words = {"reasons": "未说明新增入口的安全措施，材料不能证明变更后仍符合要求。", "ground": "incomplete"}
    yield acts.days.ago(ago - 4, 10, 30)
    acts.propose(procedure, decision, **words)
    yield acts.days.ago(ago - 5, 15)
    acts.sign(procedure)


def offered(acts: Acts, name: str, ago: int, *, to: str, granted: bool = False) -> Plot:
    """A filing is offered to another entity, whose owner has not consented yet, or did and has it now."""
    yield acts.days.ago(ago, 11)
    filing = acts.registered(name)
    owner = acts.owner_of(filing)
    receiver = acts.entities[to]
    receiver.refresh_from_db()
    transfer = transfers.offer(
        filing=filing, name=receiver.name, credit_code=receiver.credit_code, by=owner, at=acts.at,
        reason="双方签订业务转让协议，该算法及其服务整体转由受让方运营。",
    )  # fmt: skip
    if not granted:
        return
    yield acts.days.ago(ago - 1, 10, 50)
    transfers.consent(transfer=transfer, products={}, by=acts.owner(to), at=acts.at)
    yield acts.days.ago(ago - 4, 10, 20)
    acts.propose(transfer.procedure, Proposal.Kind.REGISTER, reasons=REASONS_TO_REGISTER)
    yield acts.days.ago(ago - 5, 15, 10)
    acts.sign(transfer.procedure)


def filed_again(acts: Acts, algorithm: Algorithm, ago: int, *, registered: bool) -> Plot:
    """What ended without a number is filed anew with its answers; half read again, or registered this time."""
    yield acts.days.ago(ago, 9, 15)
    old = Filing.objects.filter(name=algorithm.name, number=None).order_by("pk")[0]
    procedure = drafts.file_again(filing=old, by=acts.owner(algorithm.company), at=acts.at)
    acts.fill(procedure, algorithm, only=() if registered else ("algorithm", "introduction", "facilities"))
    if not registered:
        return
    yield acts.days.ago(ago - 1, 14, 20)
    acts.submit(procedure)
    yield acts.days.ago(ago - 4, 9, 40)
    acts.pass_up(procedure)
    yield acts.days.ago(ago - 6, 10, 15)
    acts.propose(procedure, Proposal.Kind.REGISTER, reasons=REASONS_TO_REGISTER)
    yield acts.days.ago(ago - 8, 15, 20)
    acts.sign(procedure)
