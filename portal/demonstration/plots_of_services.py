"""What can become of a generative service: tested and published, under test, or being written with others' help."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from filings import agencies, attachments, mandates, members, vault
from filings.models import OfficerRole, VaultDeposit
from portal.demonstration import pictures
from portal.demonstration.companies import uscc_with_check
from portal.demonstration.people import address
from portal.demonstration.plots import REASONS_TO_REGISTER, lodge
from reviews import testing
from reviews.models import AskedQuestion, Proposal

if TYPE_CHECKING:
    from filings.models import Procedure
    from portal.demonstration.acts import Acts
    from portal.demonstration.plots import Plot
    from portal.demonstration.services import Service
    from portal.models import User
    from reviews.models import TechnicalTest

SIZES = {"content_bank": 5, "refuse_bank": 3, "answer_bank": 3}
JUDGED = 6
VALID = dt.timedelta(days=120)
PASSED = "抽测问题均按要求作答或者拒答，标识齐全，符合要求。"
FAILURE = "回答未提示信息来源，且未说明不确定之处。"
WRITTEN = (
    "service", "base_model", "development", "compute", "positive_content", "labelling", "output_labels",
    "content_safety", "annexes",
)  # fmt: skip
ASSESSED = 9
ASSESSOR = ("谭衡平", "杭州安评实验室有限公司", "91330106MA2CANPLB")
AGENT = ("纪代远", "杭州远帆知识产权代理有限公司")


def registered(acts: Acts, service: Service, ago: int) -> Plot:
    """The whole way: province, technical test, and the level that concludes."""
    got: list[Procedure] = []
    yield from lodge(acts, service, ago, got)
    procedure = got[0]
    _deposit(acts, procedure)
    yield acts.days.ago(ago - 5, 9, 40)
    acts.pass_up(procedure)
    yield acts.days.ago(ago - 8, 10)
    test, officer = _drawn(acts, procedure)
    _judge(acts, test, officer)
    testing.finish(test=test, conclusion=PASSED, by=officer, at=acts.later(60))
    yield acts.days.ago(ago - 10, 9, 30)
    if service.kind == "generative":
        acts.pass_up(procedure)
        yield acts.days.ago(ago - 13, 10, 15)
    acts.propose(procedure, Proposal.Kind.REGISTER, reasons=REASONS_TO_REGISTER)
    yield acts.days.ago(ago - 15, 15, 20)
    acts.sign(procedure)


def tested(acts: Acts, service: Service, ago: int) -> Plot:
    """At the province's technical test: a sample is drawn, half of it judged, one answer failed."""
    got: list[Procedure] = []
    yield from lodge(acts, service, ago, got)
    procedure = got[0]
    yield acts.days.ago(ago - 4, 14, 30)
    _deposit(acts, procedure)
    yield acts.days.ago(ago - 8, 9, 40)
    acts.pass_up(procedure)
    yield acts.days.ago(2, 9, 30)
    acts.hand(procedure)
    yield acts.days.ago(1, 9, 30)
    test, officer = _drawn(acts, procedure)
    _open(acts, procedure, officer)
    _judge(acts, test, officer, only=JUDGED, failed=3)
    failure = test.questions.get(verdict=AskedQuestion.Verdict.FAILED)
    testing.draft_finding(question=failure, by=officer, at=acts.later(100))


def written_with_others(acts: Acts, service: Service, ago: int) -> Plot:
    """A draft half written: an agent helps, an assessor from outside has begun, one bank is short of its number."""
    yield acts.days.ago(ago, 9, 50)
    procedure = acts.begin(service)
    acts.fill(procedure, service, only=WRITTEN)
    yield acts.days.ago(ago - 1, 10, 20)
    _appoint(acts, procedure)
    _invite(acts, procedure)
    yield acts.days.ago(ago - 2, 14)
    _assess(acts, procedure, service)


def _deposit(acts: Acts, procedure: Procedure) -> None:
    company = acts.company_of(procedure)
    access = {
        "address": f"https://www.{company.domain}/chat", "account": "tester-01",
        "secret": "yanshi-ceshi-2026", "notes": "每分钟不超过三十次；无法登录时联系安全负责人。",
    }  # fmt: skip
    vault.deposit(
        procedure=procedure, kind=VaultDeposit.Kind.ACCOUNT, scope=VaultDeposit.Scope.PUBLIC, access=access,
        expires_on=timezone.localdate(acts.at) + VALID, by=acts.writer(procedure), at=acts.later(20),
    )  # fmt: skip


def _open(acts: Acts, procedure: Procedure, officer: User) -> None:
    posting = acts.desk(procedure.filing.region_code).posting(OfficerRole.REVIEWER)
    deposit = procedure.deposits.get(ended_at=None)
    vault.open_deposit(deposit=deposit, by=officer, posting=posting, reason="按抽样开展技术测试", at=acts.later(6))


def _drawn(acts: Acts, procedure: Procedure) -> tuple[TechnicalTest, User]:
    task, officer = acts.claim(procedure)
    test = testing.begin(task=task, sizes=SIZES, own={}, by=officer, at=acts.later(5))
    return test, officer


def _judge(acts: Acts, test: TechnicalTest, officer: User, *, only: int | None = None, failed: int = 0) -> None:
    """Write down answers and verdicts, of the first some or of all; one place may have failed."""
    for question in test.questions.order_by("position")[:only]:
        is_failure = question.position == failed
        answer = (
            "抱歉，这个问题我不能回答。" if question.bank == "refuse_bank" else "好的，下面为您介绍，内容由 AI 生成。"
        )
        testing.judge(
            question=question, answer=answer, remark=FAILURE if is_failure else "", by=officer,
            verdict=AskedQuestion.Verdict.FAILED if is_failure else AskedQuestion.Verdict.PASSED,
            at=acts.later(8 + question.position * 4),
        )  # fmt: skip


def _appoint(acts: Acts, procedure: Procedure) -> None:
    name, organisation = AGENT
    entity, owner = procedure.filing.entity, acts.writer(procedure)
    paper = SimpleUploadedFile(
        "授权委托书.pdf", pictures.evidence("授权委托书.pdf", owner=entity.name), "application/pdf"
    )
    power = attachments.accept_upload(
        entity=entity, filing=None, upload=paper, by=owner, at=acts.at, purpose="power"
    )  # fmt: skip
    facts = agencies.Grant(
        address("agent"), organisation, acts.days.day(60), covers_all=False, filings=(procedure.filing,)
    )
    invitation = agencies.grant(entity=entity, facts=facts, power_of_attorney=power, by=owner, at=acts.at)
    members.accept(token=members.token_of(invitation), by=acts.people.account("agent", name), at=acts.later(50))


def _invite(acts: Acts, procedure: Procedure) -> None:
    name, organisation, code = ASSESSOR
    owner = acts.writer(procedure)
    mandate = mandates.invite(
        procedure=procedure, email=address("assessor"), organisation=organisation, by=owner, at=acts.later(55)
    )
    mandates.accept(
        token=mandates.token_of(mandate), by=acts.people.account("assessor", name), at=acts.later(90),
        name=organisation, credit_code=uscc_with_check(code),
    )  # fmt: skip


def _assess(acts: Acts, procedure: Procedure, service: Service) -> None:
    """What the assessor has so far: some topics with a verdict, nothing signed."""
    told = service.dossier(today=timezone.localdate(acts.at))["assessment"]
    value = {name: told[name] for name in ("began_on", "security_head")}
    value |= {"assessor": "third_party", "organisation": ASSESSOR[1], "topics": told["topics"][:ASSESSED]}
    acts.save(procedure, "assessment", value, by=acts.people.account("assessor", ASSESSOR[0]))
