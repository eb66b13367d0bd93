"""Letters of the authority: receipt, notice of rectification, decision, certificate."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.utils import timezone

from filings import tracks, workingdays
from filings.dossier import paths
from filings.lifecycle import ProcedureStatus
from filings.models import Article, Finding, Purpose
from filings.papers import blocks
from filings.papers.official import Frozen
from filings.papers.setting import Sheet, chinese_day

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Procedure, RegisterEntry, Submission

NO_ENDORSEMENT = (
    "备案是依法履行的登记手续，不代表主管部门对该算法、产品、服务及其提供者的认可、推荐或者保证；"
    "任何单位和个人不得将备案结果用于广告和其他商业宣传。"
)
REMEDIES = (
    "如不服本决定，可以自收到本决定书之日起六十日内依法申请行政复议，"
    "或者自收到本决定书之日起六个月内依法向人民法院提起行政诉讼。"
    "补齐材料或者消除上述情形后，可以重新提交备案。"
)
DEMONSTRATION = "演示系统生成，不具有法律效力。"


@dataclass(frozen=True, slots=True)
class Office:
    """Whose letterhead it is, and where codes lead to."""

    name: str
    public_url: str
    is_demonstration: bool = False

    def notice(self, *parts: str) -> str:
        return "".join([*parts, DEMONSTRATION if self.is_demonstration else ""])


def receipt(submission: Submission, office: Office) -> Sheet:
    """What was received, when and with which digest (Algorithm Provisions, art. 25)."""
    frozen, filing = _frozen(submission), submission.procedure.filing
    received = timezone.localtime(submission.submitted_at)
    track = tracks.for_letters(filing.kind, submission.procedure.purpose)
    due = [("材料齐全时的答复期限", chinese_day(workingdays.add(received.date(), track.days)))] if track.days else []
    return _sheet(
        f"{track.act_zh}材料接收回执", submission, office, made_on=received.date(),
        number=submission.reference,
        found=(
            blocks.plain(f"{frozen.words('basic.name')}："),
            blocks.text(f"你单位提交的“{filing.name}”{track.act_zh}材料已经收到。现将接收情况告知如下："),
            blocks.rows((
                ("提交编号", submission.reference),
                ("轮次", f"第 {submission.round} 轮"),
                ("接收时间", f"{chinese_day(received.date())} {received:%H:%M}（北京时间）"),
                ("材料摘要", blocks.grouped(submission.digest)),
                ("附件", f"{len(frozen.document.get('attachments', []))} 件"),
                *due,
            )),
            blocks.text(track.limit_zh),
            blocks.seal(office.name, chinese_day(received.date())),
        ),
        notice=office.notice(f"本回执仅证明材料已收到，不代表{track.act_zh}已经完成。"),
    )  # fmt: skip


def rectification(procedure: Procedure, submission: Submission, office: Office, *, at: dt.datetime) -> Sheet:
    """Every standing finding with its place, text and legal basis, and the date to answer by."""
    document = json.loads(bytes(submission.document))
    found = Finding.objects.filter(procedure=procedure, submission=submission, sent_at__isnull=False)
    lines = [
        (
            str(number),
            paths.label(procedure.filing.kind, document["content"], each.path),
            each.text,
            cited(each.legal_basis),
            str(each.get_severity_display()),
        )
        for number, each in enumerate(found.order_by("section", "pk"), 1)
    ]
    day, act = timezone.localdate(at), tracks.for_letters(procedure.filing.kind, procedure.purpose).act_zh
    until = f"于 {chinese_day(procedure.rectify_by)} 前" if procedure.rectify_by else ""
    return _sheet(
        "补正通知书", submission, office, made_on=day, number=submission.reference,
        found=(
            blocks.plain(f"{procedure.filing.entity.name}："),
            blocks.text(
                f"你单位提交的“{procedure.filing.name}”{act}材料（第 {submission.round} 轮）经审查，"
                f"需要补正以下 {len(lines)} 项。请{until}逐项答复或者修改，并重新提交："
            ),
            blocks.table({"序号": 0, "位置": 4, "审核意见": 7, "依据": 4, "性质": 0}, lines),
            blocks.text(
                "需要延长补正期限的，可以在期限届满前在备案系统内提出并说明理由；"
                f"也可以在决定作出前撤回{act}申请材料。"
            ),
            blocks.seal(office.name, chinese_day(day)),
        ),
        notice=office.notice(),
    )  # fmt: skip


def decision(
    procedure: Procedure,
    submission: Submission,
    office: Office,
    *,
    at: dt.datetime,
    grounds: tuple[tuple[str, str], ...] = (),
) -> Sheet:
    """Registered with its number; or declined or lapsed, with grounds, articles and remedies."""
    day = timezone.localdate(at)
    opening = blocks.plain(f"{procedure.filing.entity.name}：")
    act = tracks.for_letters(procedure.filing.kind, procedure.purpose).act_zh
    titles = {ProcedureStatus.GRANTED: f"予以{act}决定书", ProcedureStatus.LAPSED: "终止办理决定书"}
    return _sheet(
        titles.get(ProcedureStatus(procedure.status), f"不予{act}决定书"), submission, office, made_on=day,
        number=submission.reference,
        found=(opening, *_decided(procedure, day, grounds), blocks.seal(office.name, chinese_day(day))),
        notice=office.notice(NO_ENDORSEMENT),
    )  # fmt: skip


def _decided(procedure: Procedure, day: dt.date, grounds: tuple[tuple[str, str], ...]) -> list[blocks.Block]:
    filing, track = procedure.filing, tracks.for_letters(procedure.filing.kind, procedure.purpose)
    act, ground = track.act_zh, cited(track.answers or track.files)
    if procedure.status == ProcedureStatus.GRANTED:
        duties = f"请依据{cited(track.displays)}，{track.duties_zh}" if track.displays else track.duties_zh
        if procedure.purpose == Purpose.CANCELLATION:
            duties = "该编号不再使用，也不再分配；请撤下各处展示的编号和公示链接，并按承诺安排好用户和数据。"
        named = ((track.name_zh, filing.name), (track.number_zh, filing.number or ""), ("决定日期", chinese_day(day)))
        return [
            blocks.text(f"你单位提交的“{filing.name}”{act}材料齐全，依据{ground}，决定予以{act}。"),
            blocks.rows(named),
            blocks.text(duties),
        ]
    if procedure.status == ProcedureStatus.LAPSED:
        return [
            blocks.text(f"你单位提交的“{filing.name}”{act}材料逾期未补正，本次办理终止。"),
            blocks.heading("理由"),
            blocks.text(procedure.decision_reasons or "在通知的期限内未收到补正材料。"),
            blocks.text(
                f"所占用的名称已释放；补齐材料后可以重新提交{act}。"
                if procedure.purpose == Purpose.FIRST
                else f"原备案（登记）内容和编号不变；补齐材料后可以重新提交{act}。"
            ),
        ]
    return [
        blocks.text(f"你单位提交的“{filing.name}”{act}材料经审查，依据{ground}，决定不予{act}。"),
        blocks.heading(f"不予{act}的情形和依据"),
        blocks.table({"序号": 0, "情形": 7, "依据": 5}, [
            (str(number), text, cited(article)) for number, (text, article) in enumerate(grounds, 1)
        ]),
        blocks.heading("理由"),
        blocks.text(procedure.decision_reasons),
        blocks.heading("救济途径"),
        blocks.text(REMEDIES),
    ]  # fmt: skip


def certificate(entry: RegisterEntry, submission: Submission, office: Office) -> Sheet:
    """One page with the number and a code that leads to the public check of it."""
    url = f"{office.public_url}/verify/{entry.number}/"
    code = f"{office.public_url}/verify/{quote(entry.number)}/"
    track = tracks.of(entry.kind)
    facts = [
        (track.name_zh, entry.name),
        (track.entity_zh, entry.entity_name),
        *_kind_of(entry),
        ("公示日期", chinese_day(entry.published_on)),
    ]
    grounds = "、".join(cited(code) for code in track.decides)
    return Sheet(
        title=track.certificate_zh,
        issuer=office.name,
        letterhead=office.name,
        number=entry.number,
        digest=submission.digest,
        qr_text=code,
        made_on=entry.published_on,
        notice=office.notice(NO_ENDORSEMENT),
        template="certificate.typ",
        extra={
            "number_label": track.number_zh,
            "rows": facts,
            "statement": f"上述{track.subject_zh}已依据{grounds}履行{track.act_zh}手续，{track.act_zh}信息已经公示。",
            "qr_caption": f"扫码或者访问 {url} 核验本证明；{track.act_zh}被注销或者撤销的，以核验结果为准。",
        },
    )


def _kind_of(entry: RegisterEntry) -> list[tuple[str, str]]:
    """An algorithm's class and role; where a service is and the day it was filed."""
    if entry.is_service:
        filed = [("属地", entry.content.get("place_label", ""))] if entry.content.get("place_label") else []
        return [*filed, ("办理日期", chinese_day(entry.issued_on))] if entry.issued_on else filed
    return [
        ("算法类型", entry.class_label or str(entry.get_algorithm_class_display())),
        ("角色", str(entry.get_role_display()) if entry.role else blocks.NOTHING),
    ]


def cited(code: str) -> str:
    """An article as a letter names it: 《互联网信息服务算法推荐管理规定》第25条."""
    article = Article.objects.filter(code=code).select_related("instrument").order_by("-in_force_from").first()
    if article is None:
        return code
    return f"《{article.instrument.title_zh.strip('《》')}》第{article.number}条"


def _frozen(submission: Submission) -> Frozen:
    return Frozen(json.loads(bytes(submission.document)))


def _sheet(
    title: str,
    submission: Submission,
    office: Office,
    *,
    made_on: dt.date,
    number: str,
    found: tuple[blocks.Block, ...],
    notice: str,
) -> Sheet:
    return Sheet(
        title=title,
        issuer=office.name,
        letterhead=office.name,
        number=number,
        subject=submission.procedure.filing.name,
        digest=submission.digest,
        qr_text=f"{submission.reference}|{submission.digest}",
        made_on=made_on,
        blocks=found,
        notice=notice,
    )
