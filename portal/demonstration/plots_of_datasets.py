"""The catalogue of data sets: one entry with a consent and an application half-way, and one offer that waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filings import datasets as offers
from filings.datasets import Terms
from filings.models import DataGrade, DataSet, OfficerRole
from reviews import datasets as grades

if TYPE_CHECKING:
    from portal.demonstration.acts import Acts
    from portal.demonstration.plots import Plot

TITLE = "示例大学馆藏书目与摘要数据"
BOOKS = Terms(
    title=TITLE,
    description="1998 年以来馆藏图书、期刊的书目记录与自编摘要，适合检索、摘要和写作类模型微调。",
    source="图书馆自行编目和撰写，摘要著作权归本校所有，经校务会议批准对外开放。",
    licence="示例大学数据开放协议 1.0：可用于训练和商用，须署名，不得转让",
    data_class="text", size="86 万条，约 1.2 GB", contact="图书馆数据服务部 0571-00000000",
    wished_grade=DataGrade.APPLICATION,
)  # fmt: skip
LECTURES = Terms(
    title="示例大学公开课字幕数据",
    description="面向社会开放的 320 门公开课中文字幕，按课时切分。",
    source="授课教师书面授权，字幕由教务处制作。",
    licence="CC-BY-4.0",
    data_class="text", size="320 门，约 0.4 GB", contact="教务处 0571-00000001", wished_grade=DataGrade.OPEN,
)  # fmt: skip


def opened(acts: Acts, body: str, ago: int) -> Plot:
    """A public body offers, the province confirms the grade."""
    yield acts.days.ago(ago, 10)
    made = offers.draft(entity=acts.entities[body], terms=BOOKS, by=acts.owner(body), at=acts.at)
    offers.offer(dataset=made, by=acts.owner(body), at=acts.later(20))
    yield acts.days.ago(ago - 3, 14, 30)
    desk = next(each for each in acts.people.desks.values() if each.authority.pk == made.matter.authority_id)
    grades.confirm(dataset=made, grade=DataGrade.APPLICATION, by=desk.one(OfficerRole.REVIEWER), at=acts.at)


def applied(acts: Acts, applicant: str, body: str, ago: int, *, consented: bool) -> Plot:
    """Somebody applies; the body consents, or has not answered yet."""
    yield acts.days.ago(ago, 11)
    request = offers.apply(
        dataset=DataSet.objects.get(matter__title=TITLE), entity=acts.entities[applicant],
        purpose="用于写作类大模型的微调，提高摘要和书评的准确性。",
        handling="加密存储在独立区域，仅训练团队三人可读，项目结束后三十日内删除，不向第三方提供。",
        by=acts.owner(applicant), at=acts.at,
    )  # fmt: skip
    if consented:
        yield acts.days.ago(ago - 2, 16)
        offers.consent(
            request=request, text="同意用于所述模型的微调，须在公示信息中署名。", by=acts.owner(body), at=acts.at
        )


def waiting(acts: Acts, body: str, ago: int) -> Plot:
    """Another offer has not been looked at."""
    yield acts.days.ago(ago, 15)
    made = offers.draft(entity=acts.entities[body], terms=LECTURES, by=acts.owner(body), at=acts.at)
    offers.offer(dataset=made, by=acts.owner(body), at=acts.later(15))
