import datetime as dt

import pytest

from filings import incidents
from filings.models import Attachment, Authority, OfficerRole
from tests import factories
from tests.registering import registered


@pytest.fixture
def filing(entity, provider, reviewer, signatory, national_reviewer, national_signatory, now):
    return registered(
        entity, by=provider, at=now, reviewer=reviewer, national_reviewer=national_reviewer,
        national_signatory=national_signatory,
    ).filing  # fmt: skip


@pytest.fixture
def evidence(entity, provider, now):
    return Attachment.objects.get(pk=factories._attachment(entity, {"name": "log.png"}, provider, now)["attachment"])


@pytest.fixture
def police():
    facts = {"ministry": "mps", "level": "provincial", "region_prefix": "33"}
    return Authority.objects.get_or_create(name_zh="浙江省公安厅", name_en="Police of Zhejiang", **facts)[0]


@pytest.fixture
def detective(police):
    return factories.officer("detective@zj.example.cn", police, OfficerRole.REVIEWER)


@pytest.fixture
def telecom():
    facts = {"ministry": "miit", "level": "provincial", "region_prefix": "33"}
    return Authority.objects.get_or_create(name_zh="浙江省通信管理局", name_en="Telecoms of Zhejiang", **facts)[0]


@pytest.fixture
def inspector(telecom):
    return factories.officer("inspector@zj.example.cn", telecom, OfficerRole.REVIEWER)


def told(kind, now, **changes):
    """What a complete report of the kind says."""
    hour = dt.timedelta(hours=1)
    shared = {
        "found_at": now - 3 * hour, "records": "输入输出日志与处置记录。", "told": "",
        "records_until": (now + dt.timedelta(days=200)).date(),
    }  # fmt: skip
    if kind == "misuse":
        own = {
            "act": "批量生成虚假营销信息。",
            "measure": "suspend",
            "acted_at": now - hour,
            "clause": "用户协议第七条",
        }
    else:
        own = {
            "categories": ["A.1.1"], "description": "多轮诱导后输出违法内容。", "place": "对话页",
            "extent": "三条输出。",
            "how_found": "monitoring", "generation_stopped_at": now - 2 * hour, "removed": "三条输出及其缓存。",
            "transmission_stopped_at": now - hour, "correction": "training", "correction_text": "补充拒答语料并微调。",
            "correct_by": (now + dt.timedelta(days=20)).date(),
        }  # fmt: skip
    return {**shared, **own, **changes}


@pytest.fixture
def sent(filing, provider, now, evidence):
    """A report of the kind, sent to the province."""

    def sent(kind, account=""):
        matter = incidents.start(filing=filing, kind=kind, by=provider, at=now)
        incidents.save(
            matter=matter, values=told(kind, now), files=[evidence], account=account, by=provider, at=now
        )  # fmt: skip
        return incidents.report(matter=matter, by=provider, at=now)

    return sent
