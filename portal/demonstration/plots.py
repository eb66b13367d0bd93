"""What can become of a filing, as plots: each yields the next moment at which something happens."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from filings import answers, entities, submissions
from filings.dossier.specimen.stubs import key
from filings.models import Dossier, Finding, OfficerRole, Procedure
from portal.demonstration.acts import SEVERITIES, Acts, Fault
from reviews import decisions, notes, waivers
from reviews.models import Proposal

if TYPE_CHECKING:
    import datetime as dt

    from portal.demonstration.algorithms import Algorithm
    from portal.demonstration.companies import Company
    from portal.demonstration.services import Service

type Plot = Iterator[dt.datetime]

VAGUE: Fault = (
    "introduction.summary",
    "算法简介未说明适用范围和限制条件，请补充本算法不适用的场景以及对结果可靠性的说明。",
    "ARP 24",
)
PRINCIPLE: Fault = (
    "publication.principle",
    "拟公示的基本原理使用了较多专业术语，请改用普通用户能够理解的表述。",
    "ARP 16",
)
METRICS: Fault = (
    "model.metrics",
    "请补充评测集的构成、评测时间以及评测人员，并说明指标的计算口径。",
    "ARP 24",
)
QUALITY: Fault = ("training.quality", "请说明训练数据抽检不合格时的处理方式和记录留存期限。", "ARP 24")
AMENDMENT = "经补充：适用范围、限制条件和核验方式已在此写明，相关记录留存不少于三年，可供查验。"
REPLY = "已按要求补充，修改后的内容见该项，相关制度文件一并更新。"
REASONS_TO_REGISTER = "材料齐全，内容真实完整，初审与复核意见一致，建议准予备案。"


def founding(acts: Acts, company: Company, ago: int) -> Plot:
    """An entity registers, its people join, and an intake officer verifies it."""
    yield acts.days.ago(ago, 9, 5)
    acts.found(company)
    yield acts.days.ago(ago - 1, 10)
    version = acts.freeze(company.key)
    acts.join(company)
    yield acts.days.ago(ago - 3, 14, 30)
    acts.verify(version)


def waiting_entity(acts: Acts, company: Company, ago: int, *, returned: str = "") -> Plot:
    """An entity that nobody has verified yet, or that was returned with a reason."""
    yield acts.days.ago(ago, 9, 5)
    acts.found(company)
    yield acts.days.ago(ago, 15)
    version = acts.freeze(company.key)
    if returned:
        yield acts.days.ago(ago - 1, 11)
        desk = acts.desk(version.region_code)
        entities.return_version(
            version=version, reason=returned, by=desk.one(OfficerRole.INTAKE),
            posting=desk.posting(OfficerRole.INTAKE), at=acts.at,
        )  # fmt: skip


def lodged(acts: Acts, algorithm: Algorithm | Service, ago: int) -> Iterator[dt.datetime | Procedure]:
    """Drafted and submitted two working days later; gives the procedure when intake is done."""
    yield acts.days.ago(ago, 9, 20)
    procedure = acts.begin(algorithm)
    acts.fill(procedure, algorithm)
    yield acts.days.ago(ago - 2, 13, 40)
    acts.submit(procedure)
    yield acts.days.ago(ago - 3, 9, 10)
    yield acts.now(procedure)


def lodge(acts: Acts, algorithm: Algorithm | Service, ago: int, found: list[Procedure]) -> Plot:
    for step in lodged(acts, algorithm, ago):
        if isinstance(step, Procedure):
            found.append(step)
        else:
            yield step


def registered(acts: Acts, algorithm: Algorithm, ago: int, *, rounds: int = 1) -> Plot:
    """The whole way to a number, with rounds of rectification at the province or none."""
    got: list[Procedure] = []
    yield from lodge(acts, algorithm, ago, got)
    procedure = got[0]
    for _round in range(1, rounds):
        yield from _returned(acts, procedure, ago - 4, (VAGUE, METRICS))
        yield from _rectified(acts, procedure, ago - 9)
        ago -= 9
    yield acts.days.ago(ago - 5, 9, 40)
    acts.pass_up(procedure)
    yield acts.days.ago(ago - 8, 10, 15)
    acts.propose(procedure, Proposal.Kind.REGISTER, reasons=REASONS_TO_REGISTER)
    yield acts.days.ago(ago - 10, 15, 20)
    acts.sign(procedure)


def _returned(
    acts: Acts, procedure: Procedure, ago: int, faults: tuple[Fault, ...], *, days: int = 20, signed: bool = True
) -> Plot:
    """Findings are drafted, a return is proposed and, two days later, signed."""
    yield acts.days.ago(ago, 9, 30)
    task, officer = acts.claim(procedure)
    acts.find(task, officer, faults)
    notes.write(
        procedure=procedure, by=officer, at=acts.later(45),
        text="与同类算法材料比对，本次主要问题在说明不具体，补正后可较快办结。",
    )  # fmt: skip
    acts.propose(procedure, Proposal.Kind.RETURN, rectify_by=acts.days.day(days - ago))
    if signed:
        yield acts.days.ago(ago - 1, 16)
        acts.sign(procedure)


def _rectified(acts: Acts, procedure: Procedure, ago: int) -> Plot:
    """Everything is answered and changed, then submitted as the next round."""
    yield acts.days.ago(ago, 10)
    _answer(acts, procedure)
    yield acts.days.ago(ago - 1, 14)
    acts.submit(procedure)


def _answer(acts: Acts, procedure: Procedure, *, only: int | None = None) -> None:
    """Answer findings and change what they concern."""
    standing = Finding.objects.standing().filter(procedure=procedure).order_by("pk")
    for minute, finding in enumerate(standing[:only]):
        section, _dot, field = finding.path.partition(".")
        value = copy.deepcopy(Dossier.objects.get(procedure=procedure).content.get(section, {}))
        value[field] = f"{value.get(field, '')}{AMENDMENT}"
        acts.save(procedure, section, value, minutes=minute * 5)
        answers.answer_finding(finding=finding, text=REPLY, by=acts.writer(procedure), at=acts.later(minute * 5 + 2))


def drafted(acts: Acts, algorithm: Algorithm, ago: int, *sections: str, by: str = "owner") -> Plot:
    """A draft with some sections, or only begun."""
    yield acts.days.ago(ago, 10, 30)
    procedure = acts.begin(algorithm, by=acts.member(algorithm.company, by))
    acts.fill(procedure, algorithm, only=sections or ("algorithm",))


def complete(acts: Acts, algorithm: Algorithm, ago: int) -> Plot:
    """A draft ready to be locked."""
    yield acts.days.ago(ago, 10)
    acts.fill(acts.begin(algorithm), algorithm)


def copied(acts: Acts, algorithm: Algorithm, ago: int) -> Plot:
    """A draft begun from the entity's earlier filing, half read again."""
    yield acts.days.ago(ago, 11)
    own = Procedure.objects.filter(filing__entity=acts.entities[algorithm.company], filing__kind=algorithm.kind)
    earlier = own.filter(filing__standing="registered").order_by("pk").select_related("filing")[0]
    procedure = acts.begin(algorithm, copy_from=earlier.filing)
    acts.fill(procedure, algorithm, only=("algorithm", "introduction", "facilities"))


def locked(acts: Acts, algorithm: Algorithm, ago: int) -> Plot:
    """Locked for signature; the legal representative has confirmed, the other one not yet."""
    yield acts.days.ago(ago + 1, 9, 30)
    procedure = acts.begin(algorithm)
    acts.fill(procedure, algorithm)
    yield acts.days.ago(ago, 10)
    acts.lock(procedure, confirming=1)


def sent(acts: Acts, algorithm: Algorithm, ago: int) -> Plot:
    """Just submitted: the worker's intake comes to it when the portal starts."""
    yield acts.days.ago(ago + 2, 9, 30)
    procedure = acts.begin(algorithm)
    acts.fill(procedure, algorithm)
    yield acts.days.ago(0)
    acts.lock(procedure)
    submissions.submit(procedure=procedure, by=acts.writer(procedure), at=acts.days.now)


def unclaimed(acts: Acts, algorithm: Algorithm, ago: int) -> Plot:
    """In the province's queue, free to claim; overdue or due soon if it began long ago."""
    yield from lodge(acts, algorithm, ago, [])


def in_work(acts: Acts, algorithm: Algorithm, ago: int, *, turn: int = 0) -> Plot:
    """With a reviewer, who has drafted findings and written a note."""
    got: list[Procedure] = []
    yield from lodge(acts, algorithm, ago, got)
    yield acts.days.ago(1, 14)
    task, officer = acts.hand(got[0], turn)
    source = key(f"source-{algorithm.algorithm_class}-open")
    consent: Fault = (
        f"training.sources[{source}].consent",
        "请说明如何核实署名信息为本人主动公开，并附删除渠道的页面截图。",
        "PIPL 13",
    )
    acts.find(task, officer, (QUALITY, consent))
    acts.find(task, officer, (PRINCIPLE,), severity=SEVERITIES.SHOULD)
    notes.write(
        procedure=got[0], by=officer, at=acts.later(50), path="training.quality",
        text="抽检比例与主体责任报告中的数字需要再核对，已请同事查阅上一次备案材料。",
    )  # fmt: skip


def failed_intake(acts: Acts, algorithm: Algorithm, ago: int, *, waived: bool = False) -> Plot:
    """Returned by the machine: the name stands in the register already."""
    got: list[Procedure] = []
    yield from lodge(acts, algorithm, ago, got)
    if waived:
        yield acts.days.ago(ago - 4, 10)
        waivers.grant(
            filing=got[0].filing, rule="algorithm.name_is_unique",
            reason="名录中的同名条目为该主体更名前所备案，已核实营业执照变更记录。",
            expires_on=acts.days.day(40), by=acts.desk(got[0].filing.region_code).one(OfficerRole.INTAKE), at=acts.at,
        )  # fmt: skip


def rectifying(acts: Acts, algorithm: Algorithm, ago: int, *, asks: bool = False, days: int = 20) -> Plot:
    """Back with the provider, who has answered half and may ask for a later date."""
    got: list[Procedure] = []
    yield from lodge(acts, algorithm, ago, got)
    yield from _returned(acts, got[0], ago - 4, (VAGUE, METRICS, PRINCIPLE, QUALITY), days=days)
    yield acts.days.ago(ago - 7, 10, 10)
    _answer(acts, got[0], only=2)
    if asks:
        yield acts.days.ago(1, 16)
        submissions.request_later_date(
            procedure=acts.now(got[0]), date=acts.days.day(12), by=acts.writer(got[0]), at=acts.at,
            reason="评测需要第三方机构配合，预计两周后取得报告，申请延期提交补正材料。",
        )  # fmt: skip


def resubmitted(acts: Acts, algorithm: Algorithm, ago: int) -> Plot:
    """A second round, back with the reviewer who returned the first."""
    got: list[Procedure] = []
    yield from lodge(acts, algorithm, ago, got)
    yield from _returned(acts, got[0], ago - 4, (VAGUE, METRICS, QUALITY))
    yield from _rectified(acts, got[0], ago - 8)


def national(acts: Acts, algorithm: Algorithm, ago: int, *, in_hand: bool = False) -> Plot:
    """Passed up to the national level."""
    got: list[Procedure] = []
    yield from lodge(acts, algorithm, ago, got)
    yield acts.days.ago(ago - 6, 9, 40)
    acts.pass_up(got[0])
    if in_hand:
        yield acts.days.ago(1, 10)
        acts.hand(got[0])


def to_sign(acts: Acts, algorithm: Algorithm, ago: int, kind: str, **words: Any) -> Plot:
    """A proposal to register or to decline waits for the national signatory; a return for the province's."""
    got: list[Procedure] = []
    yield from lodge(acts, algorithm, ago, got)
    if kind == Proposal.Kind.RETURN:
        yield from _returned(acts, got[0], ago - 4, (VAGUE, PRINCIPLE), days=ago + 16, signed=False)
        return
    yield acts.days.ago(ago - 5, 9, 40)
    acts.pass_up(got[0])
    yield acts.days.ago(ago - 8, 10, 15)
    acts.propose(got[0], kind, **words)


def sent_back(acts: Acts, algorithm: Algorithm, ago: int) -> Plot:
    """The second person did not sign; the reviewer has it again."""
    yield from to_sign(acts, algorithm, ago, Proposal.Kind.REGISTER, reasons=REASONS_TO_REGISTER)
    yield acts.days.ago(ago - 9, 11)
    proposal = Proposal.objects.get(procedure__filing__name=algorithm.name, status=Proposal.Status.PENDING)
    assert proposal.task is not None, "what a provider filed is decided in a task"
    decisions.send_back(
        proposal=proposal, by=acts.desk_of(proposal.task).one(OfficerRole.SIGNATORY), at=acts.at,
        reason="请核实第三方模型的备案编号是否有效，并在意见中写明核验方式。",
    )  # fmt: skip


def declined(acts: Acts, algorithm: Algorithm, ago: int) -> Plot:
    """Declined on a listed ground, by two people."""
    yield from to_sign(
        acts, algorithm, ago, Proposal.Kind.DECLINE, ground="out_of_scope",
        reasons="该服务仅供企业内部使用，不面向公众提供，不属于应当备案的算法推荐服务。",
    )  # fmt: skip
    yield acts.days.ago(ago - 10, 15)
    acts.sign(Procedure.objects.get(filing__name=algorithm.name))


def withdrawn(acts: Acts, algorithm: Algorithm, ago: int) -> Plot:
    """Taken back by the provider during the review."""
    got: list[Procedure] = []
    yield from lodge(acts, algorithm, ago, got)
    yield acts.days.ago(ago - 7, 11, 30)
    submissions.withdraw(procedure=acts.now(got[0]), by=acts.writer(got[0]), at=acts.at)


def missed(acts: Acts, algorithm: Algorithm, ago: int, *, lapsed: bool = False, proposed: bool = False) -> Plot:
    """The date for rectification has passed; the officer has it back, and may propose to close it."""
    got: list[Procedure] = []
    yield from lodge(acts, algorithm, ago, got)
    yield from _returned(acts, got[0], ago - 4, (VAGUE, QUALITY), days=12)
    if not lapsed and not proposed:
        return
    yield acts.days.ago(ago - 22, 10)
    reasons = "补正期限届满已逾五个工作日，经电话和站内通知提醒，备案主体未提交补正材料。"
    acts.propose(got[0], Proposal.Kind.LAPSE, reasons=reasons)
    if lapsed:
        yield acts.days.ago(ago - 24, 10)
        acts.sign(got[0])
