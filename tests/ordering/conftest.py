import datetime as dt

import pytest

from reviews import orders
from tests.registering import registered


@pytest.fixture
def entry(entity, provider, reviewer, signatory, national_reviewer, national_signatory, now):
    """A registered filing in Zhejiang, and its officers."""
    return registered(
        entity, by=provider, at=now, reviewer=reviewer, national_reviewer=national_reviewer,
        national_signatory=national_signatory,
    )  # fmt: skip


@pytest.fixture
def filing(entry):
    return entry.filing


@pytest.fixture
def terms(now):
    """What an order of a kind says; ``changes`` replace parts of it."""

    def terms(kind, **changes):
        day = (now + dt.timedelta(days=20)).date()
        known = {"warning": ("ARP 31",), "suspend_service": ("GAI 21",), "suspend_updates": ("ARP 31",)}
        facts = {
            "kind": kind, "articles": known.get(kind, ("ARP 28",)), "facts": "未按要求公示算法基本原理。",
            "demand": "立即改正。", "due_on": day if kind in ("correct", "summons") else None,
            "place": "浙江省网信办一楼会议室" if kind == "summons" else "",
        }  # fmt: skip
        return orders.Terms(**facts | changes)

    return terms


@pytest.fixture
def issue(filing, terms, province, reviewer, signatory, now):
    """An order of a kind, drafted, proposed and issued by two people."""

    def issue(kind, **changes):
        order = orders.draft(
            terms=terms(kind, **changes), filing=filing, authority=province, by=reviewer, at=now
        )  # fmt: skip
        proposal = orders.propose(order=order, reasons="情节属实。", by=reviewer, at=now)
        orders.sign(proposal=proposal, by=signatory, at=now)
        order.refresh_from_db()
        return order

    return issue
