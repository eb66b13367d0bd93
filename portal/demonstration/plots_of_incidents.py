"""What providers report while a service runs: one of each kind under way, one of each at its end."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from filings import incidents
from filings.matter_lifecycle import MatterKind
from filings.models import Attachment, Matter, OfficerRole
from reviews import incidents as dealt

if TYPE_CHECKING:
    from portal.demonstration.acts import Acts
    from portal.demonstration.plots import Plot
    from portal.models import User

HOUR = dt.timedelta(hours=1)


def _sent(acts: Acts, name: str, kind: str) -> tuple[Matter, User]:
    filing = acts.registered(name)
    owner = acts.owner_of(filing)
    matter = incidents.start(filing=filing, kind=kind, by=owner, at=acts.at)
    values = {
        "found_at": acts.at - 6 * HOUR, "records_until": (acts.at + dt.timedelta(days=200)).date(),
        "records": "相关输入、输出、账号处置与内部通报记录，存于审计库。", "told": "",
    }  # fmt: skip
    if kind == MatterKind.MISUSE:
        values |= {
            "act": "同一账号批量生成冒充客服的诈骗话术。", "measure": "suspend", "acted_at": acts.at - 5 * HOUR,
            "clause": "用户协议第八条：不得利用本服务从事诈骗活动。",
        }  # fmt: skip
    else:
        values |= {
            "categories": ["A.1.1"], "description": "多轮诱导提问后，模型输出了违法内容。", "how_found": "monitoring",
            "place": "对话功能，网页端与移动端", "extent": "共三条输出，两名用户可见，未见转发。",
            "generation_stopped_at": acts.at - 5 * HOUR, "transmission_stopped_at": acts.at - 5 * HOUR,
            "removed": "三条输出、其缓存与分享链接。", "correction": "training",
            "correction_text": "以同类诱导问法补充拒答语料，微调后以安全题库复测。",
            "correct_by": (acts.at + dt.timedelta(days=14)).date(),
        }  # fmt: skip
    files = Attachment.objects.filter(entity=filing.entity).order_by("pk")[:1]
    incidents.save(matter=matter, values=values, files=files, by=owner, at=acts.at)
    return incidents.report(matter=matter, by=owner, at=acts.at), owner


def _officer(matter: Matter) -> User:
    assert matter.authority is not None, "somebody takes reports"
    return matter.authority.postings.filter(role=OfficerRole.REVIEWER).order_by("pk")[0].user


def incident(acts: Acts, name: str, ago: int, *, finished: bool) -> Plot:
    """Illegal content: acknowledged and being corrected, or shown and closed."""
    yield acts.days.ago(ago, 15)
    matter, owner = _sent(acts, name, MatterKind.INCIDENT)
    officer = _officer(matter)
    yield acts.days.ago(ago - 1, 10)
    dealt.acknowledge(matter=matter, text="已收到报告，请按期完成整改并提交证据。", by=officer, at=acts.at)
    if not finished:
        return
    yield acts.days.ago(ago - 6, 16)
    files = list(matter.incident.files.all())
    incidents.show_correction(
        matter=matter, text="已完成微调，复测拒答率百分之九十九。", files=files, by=owner, at=acts.at
    )
    yield acts.days.ago(ago - 8, 11)
    dealt.close(matter=matter, text="整改措施有效，予以办结。", by=officer, at=acts.at)


def misuse(acts: Acts, name: str, ago: int, *, finished: bool) -> Plot:
    """A user's illegal act: asked about, or forwarded to the competent authority and closed by it."""
    yield acts.days.ago(ago, 16)
    matter, owner = _sent(acts, name, MatterKind.MISUSE)
    officer = _officer(matter)
    yield acts.days.ago(ago - 1, 9, 30)
    dealt.ask(matter=matter, text="请说明该行为持续的时间。", by=officer, at=acts.at)
    if not finished:
        return
    yield acts.days.ago(ago - 2, 14)
    incidents.answer(matter=matter, text="自发现前一日起，共两日。", by=owner, at=acts.at)
    yield acts.days.ago(ago - 3, 10)
    dealt.forward(matter=matter, to=dealt.competent(matter)[0], text="涉嫌违法，移送主管部门。", by=officer, at=acts.at)
    yield acts.days.ago(ago - 5, 14, 30)
    text = "已立案，相关记录调取完毕，予以办结。"
    dealt.close(matter=matter, text=text, by=_officer(Matter.objects.get(pk=matter.pk)), at=acts.at)
