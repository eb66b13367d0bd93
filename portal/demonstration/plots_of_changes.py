"""What becomes of registered filings: a change under way and one that is registered, a transfer that is offered."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from filings import changes, transfers
from filings.models import Dossier, Filing
from portal.demonstration.plots import REASONS_TO_REGISTER
from reviews.models import Proposal

if TYPE_CHECKING:
    from portal.demonstration.acts import Acts
    from portal.demonstration.plots import Plot

ADDED = "自本次变更起，新增面向视障用户的语音播报入口。"


def changed(acts: Acts, name: str, ago: int, *, registered: bool) -> Plot:
    """The scene of use is told anew; the province has it in its queue, or has concluded."""
    yield acts.days.ago(ago, 10, 20)
    filing = Filing.objects.select_related("entity").get(name=name, number__isnull=False)
    owner = next(acts.owner(key) for key, each in acts.entities.items() if each.pk == filing.entity_id)
    procedure = changes.begin(filing=filing, changed_on=acts.days.day(-ago - 4), by=owner, at=acts.at)
    value = copy.deepcopy(Dossier.objects.get(procedure=procedure).content["publication"])
    value["scene"] += ADDED
    acts.save(procedure, "publication", value, minutes=15)
    yield acts.days.ago(ago - 1, 14)
    acts.submit(procedure)
    if not registered:
        return
    yield acts.days.ago(ago - 4, 10, 30)
    acts.propose(procedure, Proposal.Kind.REGISTER, reasons=REASONS_TO_REGISTER)
    yield acts.days.ago(ago - 5, 15)
    acts.sign(procedure)


def offered(acts: Acts, name: str, ago: int, *, to: str) -> Plot:
    """A filing is offered to another entity, whose owner has not consented yet."""
    yield acts.days.ago(ago, 11)
    filing = Filing.objects.select_related("entity").get(name=name, number__isnull=False)
    owner = next(acts.owner(key) for key, each in acts.entities.items() if each.pk == filing.entity_id)
    receiver = acts.entities[to]
    receiver.refresh_from_db()
    transfers.offer(
        filing=filing, name=receiver.name, credit_code=receiver.credit_code, by=owner, at=acts.at,
        reason="双方签订业务转让协议，该算法及其服务整体转由受让方运营。",
    )  # fmt: skip
