"""Which entities are played, and what becomes of each of their filings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filings import confirmations, drafts, entities, members
from filings.models import Purpose
from portal.demonstration import (
    lists,
    plots,
    plots_of_changes,
    plots_of_complaints,
    plots_of_datasets,
    plots_of_endings,
    plots_of_incidents,
    plots_of_inspections,
    plots_of_numbers,
    plots_of_orders,
    plots_of_services,
    plots_of_traces,
)
from portal.demonstration.algorithms import Algorithm
from portal.demonstration.companies import BY_KEY
from portal.demonstration.lists import TAKEN
from portal.demonstration.plots import REASONS_TO_REGISTER
from portal.demonstration.services import Service
from reviews import batches, deadlines
from reviews.models import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portal.demonstration.acts import Acts
    from portal.demonstration.plots import Plot

A = Algorithm
# Entity → working days ago at which it signed up.
FOUNDED = {
    "qinglan": 515, "rongying": 470, "yanlu": 430, "puyu": 300, "xiyu": 250, "jingshi": 370,
    "university": 200, "weizhan": 170, "hospital": 110, "hebang": 140, "xiaoman": 60,
}  # fmt: skip
WATCHED = 160


def plots_of_entities(acts: Acts) -> Iterator[Plot]:
    for key, ago in FOUNDED.items():
        yield plots.founding(acts, BY_KEY[key], ago)
    yield plots.waiting_entity(acts, BY_KEY["ciwan"], 3)
    yield plots.waiting_entity(
        acts, BY_KEY["ouzhou"], 6, returned="营业执照扫描件右下角被遮挡，住所信息无法辨认，请重新上传完整的彩色扫描件。"
    )
    yield newcomer(acts)
    yield watching(acts)


def plots_of_the_past(acts: Acts) -> Iterator[Plot]:
    """What has ended: registered over two years, declined, withdrawn, lapsed."""
    for ago, rounds, algorithm in (
        (505, 1, A("qinglan", "01", "青岚图文创作生成合成算法-1", "图文创作", "provider")),
        (
            460,
            1,
            A("rongying", "01", "榕影图文成片生成合成算法", "短视频制作", "provider", result="带标识的短视频草稿"),
        ),
        (420, 2, A("yanlu", "04", "砚路题库信息检索算法", "题目检索")),
        (360, 1, A("jingshi", "03", "京拾热榜排序精选算法", "热点话题榜单")),
        (330, 2, A("qinglan", "02", "青岚资讯个性化推送算法", "科技与生活文章推荐")),
        (290, 1, A("puyu", "06", "浦屿专车调度决策算法", "网约车派单")),
        (240, 1, A("xiyu", "01", "汐语语音合成算法-1", "文字转语音", "provider", result="带标识的语音")),
        (235, 1, A("xiyu", "01", "汐语语音合成算法-2", "语音合成接口服务", "supporter", result="带标识的语音")),
        (220, 1, A("rongying", "05", "榕影弹幕内容过滤算法", "弹幕审核")),
        (190, 1, A("university", "04", "示例大学馆藏信息检索算法", "文献检索")),
        (160, 1, A("weizhan", "01", "微栈图文生成合成算法", "企业图文生成接口服务", "supporter")),
        (130, 2, A("hebang", "06", "禾邦农机调度决策算法", "农机作业派单")),
        (200, 1, A("xiyu", "01", "汐语方言语音合成算法", "方言播报", "supporter", result="带标识的方言语音")),
        (180, 1, A("jingshi", "02", "京拾早报个性化推送算法", "早间资讯推荐")),
    ):
        yield plots.registered(acts, algorithm, ago, rounds=rounds)
    guide = A("hospital", "01", "示例医院导诊问答生成合成算法", "就诊引导", "provider", result="就诊须知和科室建议")
    yield plots_of_numbers.held(acts, guide, 100, publish_on=-90)
    inside = A("rongying", "02", "榕影内部素材推荐算法", "内部素材推荐")
    yield plots.declined(acts, inside, 180)
    yield plots_of_changes.filed_again(acts, inside, 150, registered=True)
    clips = A("rongying", "02", "榕影素材市集推荐算法", "素材交易推荐")
    yield plots.declined(acts, clips, 40)
    yield plots_of_changes.filed_again(acts, clips, 9, registered=False)
    yield plots.withdrawn(acts, A("yanlu", "01", "砚路教案生成合成算法-1", "教案编写", "provider"), 150)
    yield plots.missed(acts, A("jingshi", "02", "京拾晚报个性化推送算法", "晚间资讯推荐"), 120, lapsed=True)


def plots_of_qinglan(acts: Acts) -> Iterator[Plot]:
    """The entity of the demonstration's own providers: something of everything."""
    yield plots.drafted(acts, A("qinglan", "03", "青岚热榜排序精选算法", "热点话题榜单"), 1, by="editor")
    yield plots.drafted(
        acts, A("qinglan", "04", "青岚站内信息检索算法", "站内信息检索"), 6,
        "algorithm", "introduction", "facilities", "flow", "usage", "training",
    )  # fmt: skip
    yield plots.complete(acts, A("qinglan", "05", "青岚社区评论内容过滤算法", "社区评论审核"), 4)
    yield plots.copied(acts, A("qinglan", "01", "青岚绘本生成合成算法", "绘本创作", "provider"), 2)
    yield plots.locked(acts, A("qinglan", "01", "青岚商品图文生成合成算法", "商品图文创作", "supporter"), 1)
    yield plots.in_work(acts, A("qinglan", "06", "青岚到家保洁调度决策算法", "家政保洁派单"), 14)
    yield plots.rectifying(
        acts,
        A("qinglan", "01", "青岚配音生成合成算法", "有声内容制作", "provider", result="带标识的配音"),
        22,
        asks=True,
    )


def plots_at_the_provinces(acts: Acts) -> Iterator[Plot]:
    yield plots.sent(acts, A("hebang", "04", "禾邦农技信息检索算法", "农技检索"), 2)
    yield plots.unclaimed(acts, A("university", "01", "示例大学文献问答生成合成算法", "文献问答", "provider"), 20)
    yield plots.unclaimed(acts, A("qinglan", "01", "青岚润色生成合成算法", "文稿润色", "provider"), 15)
    yield plots.unclaimed(acts, A("xiaoman", "01", "小满线稿上色生成合成算法", "线稿上色", "provider"), 5)
    yield plots.unclaimed(acts, A("xiyu", "01", "汐语新闻播报生成合成算法", "新闻播报", "provider"), 17)
    yield plots.failed_intake(acts, A("xiaoman", "01", TAKEN, "线稿上色", "provider"), 9)
    yield plots.failed_intake(
        acts, A("university", "01", "星帆智能客服对话生成算法", "校务问答", "provider"), 12, waived=True
    )
    yield plots.rectifying(acts, A("rongying", "02", "榕影短片个性化推送算法", "短片推荐"), 24, days=30)
    yield plots.resubmitted(acts, A("hebang", "06", "禾邦植保无人机调度决策算法", "植保作业派单"), 26)
    yield plots.missed(acts, A("xiaoman", "01", "小满动态插画生成合成算法", "动态插画制作", "provider"), 24)
    yield plots.missed(acts, A("university", "04", "示例大学数据集检索算法", "数据检索"), 34, proposed=True)
    yield plots.to_sign(
        acts, A("university", "01", "示例大学讲义摘要生成合成算法", "讲义摘要", "provider"), 8, Proposal.Kind.RETURN
    )


def plots_at_the_nation(acts: Acts) -> Iterator[Plot]:
    yield plots.national(acts, A("yanlu", "01", "砚路教案生成合成算法-2", "教案编写", "provider"), 24)
    yield plots.national(acts, A("puyu", "02", "浦屿周边个性化推送算法", "周边活动推荐"), 19, in_hand=True)
    yield plots.to_sign(
        acts, A("hospital", "04", "示例医院科普信息检索算法", "健康科普检索"), 18, Proposal.Kind.REGISTER,
        reasons=REASONS_TO_REGISTER,
    )  # fmt: skip
    yield plots.to_sign(
        acts, A("weizhan", "01", "微栈数字员工生成合成算法", "企业内部问答", "supporter"), 21, Proposal.Kind.DECLINE,
        ground="not_provider", reasons="材料显示该算法由第三方提供，备案主体仅转售接口，不是技术支持者。",
    )  # fmt: skip
    yield plots.sent_back(acts, A("jingshi", "02", "京拾日报个性化推送算法", "资讯推荐"), 23)


def plots_of_generative_services(acts: Acts) -> Iterator[Plot]:
    """Both tracks: published, under test, and being written with an agent and an assessor."""
    filed = Service("rongying", "generative", "榕影成片大模型", "RongYingChengPian")
    called = Service("qinglan", "generative_registration", "青岚写作助手", "QingLanXieZuo", model=filed.name)
    yield plots_of_services.registered(acts, filed, 90)
    yield plots_of_services.registered(acts, called, 45)
    cited = Service(
        "qinglan", "generative", "青岚文思大模型", "QingLanWenSi", model=filed.name, data_set=plots_of_datasets.TITLE
    )
    yield plots_of_services.tested(acts, cited, 18)
    begun = Service("qinglan", "generative", "青岚绘语大模型", "QingLanHuiYu", draft=("content_bank",))
    yield plots_of_services.written_with_others(acts, begun, 6)


def plots_of_changes_and_transfers(acts: Acts) -> Iterator[Plot]:
    """What follows a number."""
    yield plots_of_changes.changed(acts, "砚路题库信息检索算法", 30, decision=Proposal.Kind.REGISTER)
    yield plots_of_changes.changed(acts, "青岚资讯个性化推送算法", 28, decision=Proposal.Kind.DECLINE)
    yield plots_of_changes.changed(acts, "浦屿专车调度决策算法", 4)
    yield plots_of_changes.offered(acts, "微栈图文生成合成算法", 70, to="rongying", granted=True)
    yield plots_of_changes.offered(acts, "汐语语音合成算法-2", 2, to="qinglan")
    yield plots_of_incidents.incident(acts, "砚路题库信息检索算法", 12, finished=True)
    yield plots_of_incidents.incident(acts, "浦屿专车调度决策算法", 3, finished=False)
    yield plots_of_incidents.misuse(acts, "青岚图文创作生成合成算法-1", 10, finished=True)
    yield plots_of_incidents.misuse(acts, "浦屿专车调度决策算法", 2, finished=False)


def plots_of_numbers_day_by_day(acts: Acts) -> Iterator[Plot]:
    yield plots_of_numbers.shown(acts, "青岚图文创作生成合成算法-1", 155)
    yield plots_of_numbers.confirmed(acts, "青岚图文创作生成合成算法-1", 150)
    yield plots_of_numbers.held(
        acts, A("weizhan", "01", "微栈会议纪要生成合成算法", "会议纪要整理", "provider"), 13, publish_on=6
    )


def plots_of_what_is_inspected(acts: Acts) -> Iterator[Plot]:
    """What the authorities look at while services run."""
    yield plots_of_inspections.closed(acts, "青岚资讯个性化推送算法", 20)
    yield plots_of_inspections.answering(acts, "浦屿专车调度决策算法", 5)
    yield plots_of_traces.withdrawn(acts, lists.MODEL, "44", 8)


def plots_of_what_is_ordered(acts: Acts) -> Iterator[Plot]:
    yield plots_of_orders.fulfilled(acts, "禾邦农机调度决策算法", 40, plots_of_orders.UNPUBLISHED)
    yield plots_of_orders.suspended(acts, "榕影弹幕内容过滤算法", 12, plots_of_orders.UNFILTERED)
    yield plots_of_orders.suspended(acts, "示例医院导诊问答生成合成算法", 50, plots_of_orders.UNLABELLED, lifted=True)
    yield plots_of_orders.suspended(acts, "京拾热榜排序精选算法", 16, plots_of_orders.MANIPULATED, lifting=True)
    yield plots_of_orders.drafted(acts, "青岚资讯个性化推送算法", 2, plots_of_orders.UNANSWERED, proposed=True)
    yield plots_of_orders.drafted(acts, "禾邦农机调度决策算法", 1, plots_of_orders.UNCHECKED, proposed=False)


def plots_of_what_ends(acts: Acts) -> Iterator[Plot]:
    yield plots_of_endings.cancelled(acts, "汐语语音合成算法-1", 40, finished=True)
    yield plots_of_endings.cancelled(acts, "示例大学馆藏信息检索算法", 3, finished=False)
    yield plots_of_endings.ended(acts, "汐语方言语音合成算法", 60, Purpose.CANCELLATION)
    yield plots_of_endings.opened(acts, "榕影弹幕内容过滤算法", 3, Purpose.CANCELLATION)
    said = "报告由合作方提供，我方未能核实。"
    yield plots_of_endings.ended(acts, "京拾早报个性化推送算法", 55, Purpose.REVOCATION, answer=said)
    yield plots_of_endings.answered(acts, "榕影图文成片生成合成算法", 7, Purpose.REVOCATION)


def plots_of_complaints_and_objections(acts: Acts) -> Iterator[Plot]:
    for ago, topic, text, end in plots_of_complaints.COUNTED:
        yield plots_of_complaints.counted(acts, "青岚图文创作生成合成算法-1", ago, topic, text, end)
    yield plots_of_complaints.answered(acts, "青岚图文创作生成合成算法-1", 40, finished=True)
    yield plots_of_complaints.answered(acts, "青岚图文创作生成合成算法-1", 3, finished=False)
    yield plots_of_complaints.decided(acts, "青岚图文创作生成合成算法-1", 50)
    yield plots_of_complaints.objected(acts, "青岚资讯个性化推送算法", 6, follow_up="更正公示的应用领域。")
    yield plots_of_complaints.objected(acts, "青岚图文创作生成合成算法-1", 5, follow_up="")


def plots_of_data_sets(acts: Acts) -> Iterator[Plot]:
    yield plots_of_datasets.opened(acts, "university", 40)
    yield plots_of_datasets.applied(acts, "qinglan", "university", 25, consented=True)
    yield plots_of_datasets.applied(acts, "yanlu", "university", 3, consented=False)
    yield plots_of_datasets.waiting(acts, "university", 2)


def newcomer(acts: Acts) -> Plot:
    """Somebody who signed up yesterday, has begun a profile, and is invited elsewhere."""
    yield acts.days.ago(1, 15, 30)
    person = acts.people.account("newcomer", "范初见")
    entity = entities.create_entity(name="嘉兴新芽文化工作室", by=person, at=acts.at)
    drafts.save_profile_section(
        entity=entity, section="basic", base_version=0, by=person, at=acts.later(9),
        value={"name": entity.name, "entity_type": "sole_trader", "region": "330402"},
    )  # fmt: skip
    members.invite(
        entity=acts.entities["qinglan"], email=person.email, role="editor", by=acts.owner("qinglan"), at=acts.later(30)
    )


def watching(acts: Acts) -> Plot:
    """What beat does each morning: remind of dates, bring missed ones back, ask for yearly confirmations."""
    for ago in range(WATCHED, 0, -1):
        yield acts.days.ago(ago, 8)
        deadlines.remind(at=acts.at)
        deadlines.bring_back_missed(at=acts.at)
        confirmations.ask_due(at=acts.at)
        confirmations.remind(at=acts.at)
        confirmations.miss_overdue(at=acts.at)
        batches.publish_due(at=acts.at)


def plots_in_order(acts: Acts) -> Iterator[Plot]:
    yield from plots_of_entities(acts)
    yield from plots_of_the_past(acts)
    yield from plots_of_qinglan(acts)
    yield from plots_at_the_provinces(acts)
    yield from plots_at_the_nation(acts)
    yield from plots_of_generative_services(acts)
    yield from plots_of_changes_and_transfers(acts)
    yield from plots_of_numbers_day_by_day(acts)
    yield from plots_of_what_is_inspected(acts)
    yield from plots_of_what_is_ordered(acts)
    yield from plots_of_what_ends(acts)
    yield from plots_of_complaints_and_objections(acts)
    yield from plots_of_data_sets(acts)
