"""Complaints and objections: answered, waiting for their provider, decided by others, and enough to be counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filings import complaints, objections
from filings.models import Matter, OfficerRole, RegisterEntry
from filings.receipts import Person
from reviews import complaints as desk
from reviews import objections as deciding
from reviews import policy

if TYPE_CHECKING:
    from portal.demonstration.acts import Acts
    from portal.demonstration.plots import Plot
    from portal.models import User

# Working days ago, topic, text, how it ends.
COUNTED = (
    (118, "content", "生成的图片含有虚假的灾害场面，容易误导公众。", "closed"),
    (109, "labels", "下载的图片右下角没有人工智能生成的提示。", "closed"),
    (104, "unanswered", "多次通过客服投诉，一个月没有答复。", "closed"),
    (97, "labels", "分享到其他平台以后看不到标识。", "closed"),
    (90, "content", "输入普通问题也会出现低俗内容。", "closed"),
    (84, "other", "不喜欢这个产品的界面。", "out_of_scope"),
    (76, "labels", "导出的视频没有片头提示。", "closed"),
    (70, "content", "编造了不存在的新闻。", "closed"),
    (63, "other", "会员价格太高。", "out_of_scope"),
    (55, "labels", "图片标识太小，手机上看不清。", "closed"),
    (48, "content", "对历史人物的描述与事实不符。", "closed"),
    (41, "other", "有问题。", "no_facts"),
    (35, "labels", "去除水印的功能可以去掉标识。", "closed"),
    (31, "content", "能够生成他人肖像的合成照片。", "closed"),
)


def _entry(name: str) -> RegisterEntry:
    return RegisterEntry.objects.select_related("filing__entity", "entity").get(name=name, filing__isnull=False)


def _fresh(acts: Acts, matter: Matter, *roles: str) -> User:
    """Somebody at the region's desk who took no part in what is objected to."""
    took_part = policy.took_part(matter)
    officers = acts.desk(matter.region_code).officers
    return next(each for role in roles for each in officers[role] if each.pk not in took_part)


def counted(acts: Acts, name: str, ago: int, topic: str, text: str, end: str) -> Plot:
    """A complaint that the province ends by itself within days."""
    yield acts.days.ago(ago, 9, 40)
    matter, _code = complaints.lodge(entry=_entry(name), topic=topic, text=text, at=acts.at)
    yield acts.days.ago(ago - 3, 15)
    intake = acts.desk(matter.region_code).one(OfficerRole.INTAKE)
    if end == "closed":
        desk.close(matter=matter, text="已核查并约谈提供者，问题已处置。感谢您的反映。", by=intake, at=acts.at)
    else:
        desk.reject(matter=matter, ground=end, text="经审查，该反映不予处理，理由如上。", by=intake, at=acts.at)


def answered(acts: Acts, name: str, ago: int, *, finished: bool) -> Plot:
    """Put to the provider; answered and closed, or still waiting for it."""
    yield acts.days.ago(ago, 11, 5)
    person = Person("王女士", "complainant@demo.example")
    text = "我输入人物姓名后，生成了带有侮辱内容的图片，已截图保存。"
    entry = _entry(name)
    matter, _code = complaints.lodge(entry=entry, topic="rights", text=text, person=person, at=acts.at)
    yield acts.days.ago(ago - 1, 10)
    intake = acts.desk(matter.region_code).one(OfficerRole.INTAKE)
    told = "有人反映，输入特定人物姓名后会生成侮辱性图片。请核查过滤措施并说明处置情况。"
    desk.forward(matter=matter, text=told, by=intake, at=acts.at)
    if not finished:
        return
    yield acts.days.ago(ago - 4, 16)
    owner = acts.owner_of(matter)
    reply = "经核查情况属实。已补充关键词和人物保护策略，相关样本已用于模型优化训练，复测不再出现。"
    complaints.answer(matter=Matter.objects.get(pk=matter.pk), text=reply, by=owner, at=acts.at)
    yield acts.days.ago(ago - 6, 10)
    desk.close(matter=matter, text="经核查属实，提供者已处置并完成优化训练。", by=intake, at=acts.at)


def decided(acts: Acts, name: str, ago: int) -> Plot:
    """Anybody objects to an entry; two officers who took no part reject it with reasons."""
    yield acts.days.ago(ago, 9, 15)
    entry = _entry(name)
    matter, _code = objections.lodge(entry=entry, text="公示的用途中没有提到图片编辑功能。", at=acts.at)
    yield acts.days.ago(ago - 5, 14)
    reviewer = _fresh(acts, matter, OfficerRole.REVIEWER, OfficerRole.SUPERVISOR)
    deciding.take_up(matter=matter, by=reviewer, at=acts.at)
    reasons = "图片编辑不使用本算法，公示内容与申报材料一致，异议不成立。"
    proposal = deciding.propose(matter=matter, kind="reject", reasons=reasons, by=reviewer, at=acts.later(50))
    yield acts.days.ago(ago - 7, 10)
    deciding.sign(proposal=proposal, by=_fresh(acts, matter, OfficerRole.SIGNATORY), at=acts.at)


def objected(acts: Acts, name: str, ago: int, *, follow_up: str) -> Plot:
    """A provider objects to its own entry; who took it up, and took no part before, has proposed.

    ``follow_up``: what is to follow if it is upheld; without it the proposal is to reject.
    """
    yield acts.days.ago(ago, 15, 30)
    entry = _entry(name)
    assert entry.filing is not None, "published here"
    owner = acts.owner_of(entry.filing)
    text = "公示的应用领域与我们申报的不一致，请更正。"
    matter = objections.raise_own(contested=entry, text=text, by=owner, at=acts.at)
    yield acts.days.ago(ago - 2, 11)
    reviewer = _fresh(acts, matter, OfficerRole.REVIEWER, OfficerRole.SUPERVISOR)
    deciding.take_up(matter=matter, by=reviewer, at=acts.at)
    kind, reasons = ("uphold", "经核对，公示内容有误。") if follow_up else ("reject", "公示内容与申报材料一致。")
    deciding.propose(matter=matter, kind=kind, reasons=reasons, follow_up=follow_up, by=reviewer, at=acts.later(40))
