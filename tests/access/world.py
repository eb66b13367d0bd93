"""One of everything that an address can name, and one person of every role."""

import datetime as dt
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from filings import (
    attachments,
    changes,
    complaints,
    datasets,
    displays,
    events,
    feeds,
    inspections,
    mandates,
    matters,
    members,
    objections,
    sealed,
    sealing,
    transfers,
    vault,
    workingdays,
)
from filings.lifecycle import Actor
from filings.models import (
    AnnexCheck,
    Attachment,
    CalendarDay,
    Confirmation,
    DataSet,
    Delivery,
    Entity,
    EntityVersion,
    Event,
    Notice,
    OfficerRole,
    Paper,
    PeriodicConfirmation,
    Posting,
    PublicFile,
    RegisterEntry,
    RuleSet,
    SealedValue,
    SignedScan,
)
from filings.receipts import Person
from reviews import batches, decisions, findings, intake, queue, testing, waivers
from reviews import complaints as desk_complaints
from reviews import datasets as datasets_of_authority
from reviews.models import BankQuestion, DeclineGround, FindingTemplate, ReviewTask, StagePlan
from tests import factories
from tests.access.asking import CANARY

PROVIDERS = ("owner", "editor", "viewer")
POSTINGS = {
    "intake": ("33", OfficerRole.INTAKE),
    "reviewer": ("33", OfficerRole.REVIEWER),
    "colleague": ("33", OfficerRole.REVIEWER),
    "signatory": ("33", OfficerRole.SIGNATORY),
    "supervisor": ("33", OfficerRole.SUPERVISOR),
    "auditor": ("33", OfficerRole.AUDITOR),
    "administrator": ("33", OfficerRole.ADMINISTRATOR),
    "nat_reviewer": ("", OfficerRole.REVIEWER),
    "nat_signatory": ("", OfficerRole.SIGNATORY),
    "nat_admin": ("", OfficerRole.ADMINISTRATOR),
    "far_reviewer": ("44", OfficerRole.REVIEWER),
    "far_auditor": ("44", OfficerRole.AUDITOR),
}


def people(at):
    """Who asks: visitor, members, strangers, every posting, and an officer whose posting ended."""
    owner = factories.user("owner@example.cn", "林知远")
    cast = {"anonymous": None, "owner": owner}
    entity = factories.verified_entity(owner=owner, at=at)
    cast["editor"] = factories.member(entity, "editor@example.cn", "editor")
    cast["viewer"] = factories.member(entity, "viewer@example.cn", "viewer")
    cast["agent"] = factories.agent(entity, "agent@example.cn", by=owner, at=at)
    cast["assessor"] = factories.user("assessor@example.cn", "评估员")
    cast["stranger"] = factories.user("stranger@example.cn")
    cast["other_owner"] = factories.user("other@example.cn")
    factories.bare_entity(owner=cast["other_owner"], name="广州晴川科技有限公司", at=at)
    for name, (prefix, role) in POSTINGS.items():
        cast[name] = factories.officer(f"{name}@gov.example.cn", factories.authority(prefix), role)
    cast["former"] = factories.user("former@gov.example.cn", is_staff=True)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Posting.objects.create(
        user=cast["former"], authority=factories.authority("33"), role=OfficerRole.REVIEWER,
        starts_on=yesterday - dt.timedelta(days=30), ends_on=yesterday, created_at=at,
    )  # fmt: skip
    return cast, entity


def build():
    """Four filings of one entity: under review, proposed to register, to rectify, and a locked draft."""
    at = timezone.now()
    factories.installation()
    cast, entity = people(at)
    made = SimpleNamespace(cast=cast, entity=entity, at=at, owner=cast["owner"])
    made.reviewed = _submitted(made, "在审算法")
    made.task = queue.claim(task=ReviewTask.objects.get(procedure=made.reviewed), by=cast["reviewer"], at=at)
    made.finding = _finding(made, made.task)
    made.rectifying = _returned(made, _submitted(made, "待改算法"))
    made.sent_finding = made.rectifying.findings.get()
    made.proposal = _proposed(made, _submitted(made, "待签算法"))
    published = _proposed(made, _submitted(made, "已备案算法"))
    decisions.sign(proposal=published, by=cast["nat_signatory"], at=at)
    made.entry = RegisterEntry.objects.get(filing=published.procedure.filing)
    made.registered = published.procedure.filing
    made.change = changes.begin(filing=made.registered, changed_on=None, by=made.owner, at=at)
    given = _proposed(made, _submitted(made, "转让中的算法"))
    decisions.sign(proposal=given, by=cast["nat_signatory"], at=at)
    made.transfer = _offered_away(made, given.procedure.filing)
    made.matter = _inspected(made)
    made.question, made.check = made.matter.posts.first(), made.matter.inspection.checks.first()
    _complained(made)
    made.dataset, made.application = _catalogue(made)
    made.draft = factories.complete_draft(entity=entity, by=made.owner, at=at, name="草稿算法")
    made.lock = sealing.lock(procedure=made.draft, by=made.owner, at=at)
    sealing.invite(sealing=made.lock, emails={"legal_representative": "legal@example.cn"}, by=made.owner, at=at)
    made.service = factories.complete_draft(entity=entity, by=made.owner, at=at, kind="generative", name="草稿大模型")
    made.mandate = _mandated(made, cast["assessor"])
    made.offer = _offered(made)
    _small_things(made)
    _tested(made)
    events.deliver_due(at=at + dt.timedelta(minutes=30))
    made.paper = Paper.objects.filter(procedure=made.reviewed, submission__isnull=False).first()
    made.lock_paper = Paper.objects.filter(sealing=made.lock, format=Paper.Format.PDF).first()
    made.scan = SignedScan.objects.create(
        sealing=made.lock, names={}, uploaded_by=made.owner, uploaded_at=at, total_pages=1, status="refused",
        finished_at=at,
    )  # fmt: skip
    made.notice = Notice.objects.filter(user=made.owner).first()
    return made


def _complained(made):
    """A complaint with a name and a file, put to the provider; an objection of the provider itself."""
    at, picture = made.at, SimpleUploadedFile(f"{CANARY}.png", factories.PNG, "image/png")
    made.complaint, _code = complaints.lodge(
        entry=made.entry, topic="content", text="生成了违法内容。", person=Person(CANARY, f"{CANARY}@example.cn"),
        files=[picture], at=at,
    )  # fmt: skip
    made.public_file = PublicFile.objects.get()
    desk_complaints.forward(matter=made.complaint, text="有人反映生成违法内容。", by=made.cast["intake"], at=at)
    made.objection = objections.raise_own(contested=made.entry, text="用途有误。", by=made.owner, at=at)


def _offered_away(made, filing):
    receiver = made.cast["other_owner"].memberships.get().entity
    Entity.objects.filter(pk=receiver.pk).update(credit_code="91440101MA5CQA3D0X")
    facts = {"name": receiver.name, "credit_code": "91440101MA5CQA3D0X", "reason": "转让。"}
    return transfers.offer(filing=filing, by=made.owner, at=made.at, **facts)


def _inspected(made):
    """An inspection of the registered filing, whose provider was asked."""
    grounds, due = inspections.Grounds("planned", "年度计划。"), workingdays.add(workingdays.today(), 10)
    (found,) = inspections.open_inspections(
        [made.entry.filing], factories.authority("33"), grounds=grounds, by=made.cast["reviewer"], at=made.at,
        due_on=due,
    )  # fmt: skip
    return found.matter


def _submitted(made, name):
    draft = factories.complete_draft(entity=made.entity, by=made.owner, at=made.at, name=name)
    submitted = factories.submit(draft, by=made.owner, at=made.at)
    events.deliver_due(at=made.at + dt.timedelta(minutes=5))
    submitted.refresh_from_db()
    return submitted


def _finding(made, task):
    return findings.draft(
        task=task, path="algorithm.name", severity="must", text="请核对算法名称。", legal_basis="ARP 24",
        by=made.cast["reviewer"], at=made.at,
    )  # fmt: skip


def _returned(made, procedure):
    reviewer, at = made.cast["reviewer"], made.at
    task = queue.claim(task=ReviewTask.objects.get(procedure=procedure), by=reviewer, at=at)
    _finding(made, task)
    by = workingdays.add(workingdays.today(), 10)
    proposal = decisions.propose(task=task, kind="return", rectify_by=by, by=reviewer, at=at)
    decisions.sign(proposal=proposal, by=made.cast["signatory"], at=at)
    procedure.refresh_from_db()
    return procedure


def _proposed(made, procedure):
    cast, at = made.cast, made.at
    task = queue.claim(task=ReviewTask.objects.get(procedure=procedure), by=cast["reviewer"], at=at)
    passed = decisions.pass_up(task=task, by=cast["reviewer"], at=at)
    task = queue.claim(task=passed, by=cast["nat_reviewer"], at=at)
    return decisions.propose(task=task, kind="register", by=cast["nat_reviewer"], at=at)


def _tested(made):
    """A draft with access deposited, and a filing whose technical test is under way."""
    made.generative = factories.complete_draft(
        entity=made.entity, by=made.owner, at=made.at, name="生成服务", kind="generative"
    )
    made.deposit = _deposit(made, made.generative)
    made.counted = _counted(made)
    StagePlan.objects.create(
        version=99, kind="generative", purpose="first", position=1, code="technical_test", name_zh="技术测试",
        name_en="Technical test", level="provincial", working_days=10, may_conclude=True, test_required=True,
    )  # fmt: skip
    draft = factories.complete_draft(entity=made.entity, by=made.owner, at=made.at, name="在测服务", kind="generative")
    procedure = factories.submit(draft, by=made.owner, at=made.at)
    events.deliver_due(at=made.at + dt.timedelta(minutes=5))
    reviewer = made.cast["reviewer"]
    made.tested = queue.claim(task=ReviewTask.objects.get(procedure=procedure), by=reviewer, at=made.at)
    made.deposited = _deposit(made, procedure)
    made.own_question = BankQuestion.objects.create(
        authority=factories.authority("33"), bank="content_bank", risk="A.1.1", text="自有题", added_by=reviewer,
        added_at=made.at,
    )  # fmt: skip
    testing.begin(task=made.tested, sizes={}, own={"content_bank": 1}, by=reviewer, at=made.at)


def _deposit(made, procedure):
    return vault.deposit(
        procedure=procedure, kind="account", scope="public", by=made.owner, at=made.at,
        access={"address": "https://qinglan.example.cn", "account": "tester", "secret": "q7-Tulip-9431"},
        expires_on=workingdays.add(workingdays.today(), 20),
    )  # fmt: skip


def _counted(made):
    """A checked annex with its file of remarks."""
    file = Attachment.objects.filter(entity=made.entity).first()
    return AnnexCheck.objects.create(
        procedure=made.generative, annex="keywords", attachment=file, sha256=file.sha256, report=file.sha256,
        rule_set=made.generative.rule_set, digest="0" * 64, status="done", asked_by=made.owner, asked_at=made.at,
    )  # fmt: skip


def _mandated(made, person):
    """The draft of a service, with an assessor from outside who took it on."""
    mandate = mandates.invite(
        procedure=made.service, email=person.email, organisation="安评实验室", by=made.owner, at=made.at
    )
    facts = {"name": "安评实验室有限公司", "credit_code": "91330106MA2CFRGM44"}
    return mandates.accept(token=mandates.token_of(mandate), by=person, at=made.at, **facts)


def _offered(made):
    """The token of an invitation to assess that nobody has accepted."""
    other = factories.complete_draft(
        entity=made.entity, by=made.owner, at=made.at, kind="generative", name="另一大模型"
    )
    mandate = mandates.invite(
        procedure=other, email="lab2@example.cn", organisation="另一实验室", by=made.owner, at=made.at
    )
    return mandates.token_of(mandate)


def _catalogue(made):
    """A data set of the entity's, open on application, and another entity's application for it."""
    entity, at, owner = made.entity, made.at, made.owner
    matter = matters.open_matter(
        kind="dataset", title="公共交通数据", side=Actor.PROVIDER, by=owner, at=at, entity=entity, told_provider=True,
        region_code=entity.region_code, authority=factories.authority("33"), turn="provider",
    )  # fmt: skip
    dataset = DataSet.objects.create(
        matter=matter, description="线路", source="运营", licence="可商用", data_class="text", size="3 GB",
        contact="0571-0000", wished_grade="application", haystack="公共交通数据",
    )  # fmt: skip
    datasets.offer(dataset=dataset, by=owner, at=at)
    datasets_of_authority.confirm(dataset=dataset, grade="application", by=made.cast["reviewer"], at=at)
    other = made.cast["other_owner"]
    application = datasets.apply(
        dataset=dataset, entity=other.memberships.get().entity, purpose="训练", handling="内部", by=other, at=at
    )
    dataset.refresh_from_db()
    return dataset, application


def _confirmed(made):
    """The matter of a confirmation that is asked of the registered filing."""
    at, filing = made.at, made.entry.filing
    matter = matters.open_matter(
        kind="confirmation", title=filing.name, side=Actor.SYSTEM, at=at, filing=filing, told_provider=True,
        turn="provider", due_on=workingdays.add(timezone.localdate(at), 20),
    )  # fmt: skip
    PeriodicConfirmation.objects.create(matter=matter, filing=filing, reason="yearly", cycle_on=timezone.localdate(at))
    return matter


def _batch(made):
    """A waiting batch of the national authority, with a list as if it had been published."""
    day = workingdays.add(timezone.localdate(made.at), 5)
    batch = batches.open_batch(
        authority=factories.authority(""), publish_on=day, by=made.cast["nat_signatory"], at=made.at
    )
    listed = {"kind": "deep_synthesis", "rows": 1, "name": "list.docx", "sha256": made.attachment.sha256}
    batch.lists = [listed]
    batch.save(update_fields=["lists"])
    return batch


def _small_things(made):
    entity, owner, at = made.entity, made.owner, made.at
    made.invitation = members.invite(entity=entity, email="new@example.cn", role="viewer", by=owner, at=at)
    made.membership = entity.memberships.get(user=made.cast["viewer"])
    made.confirmation = Confirmation.objects.filter(sealing=made.lock).get()
    made.version = EntityVersion.objects.filter(entity=entity).first()
    made.attachment = Attachment.objects.filter(submissions=made.reviewed.submissions.get()).first()
    made.sealed = SealedValue.objects.filter(entity=entity, kind="identity_number").first()
    rule = next(code for code, each in intake.RULES.items() if each.is_waivable)
    made.waiver = waivers.grant(
        filing=made.reviewed.filing, rule=rule, reason="核实无误", by=made.cast["intake"], at=at,
        expires_on=workingdays.add(workingdays.today(), 20),
    )  # fmt: skip
    made.parked = Delivery.objects.create(
        event=Event.objects.first(), handler="nobody", due_at=at, attempts=9, parked_at=at
    )
    said = displays.Place(place="app", where="关于页", since=timezone.localdate(at))
    made.display = displays.record(filing=made.entry.filing, said=said, screenshot=made.attachment, by=owner, at=at)
    made.feed = feeds.token_of(feeds.make(entity=entity, by=owner, at=at))
    made.asked = _confirmed(made)
    made.batch = _batch(made)
    made.template = FindingTemplate.objects.first()
    made.ground = DeclineGround.objects.first()
    made.day = CalendarDay.objects.first()
    made.stage = StagePlan.objects.first()
    made.rule_set = RuleSet.objects.first()
    made.authority = factories.authority("33")
    made.posting = Posting.objects.get(user=made.cast["colleague"])
    made.invited = members.token_of(made.invitation)
    made.link = sealing.token_of(made.confirmation)
    assert attachments.reference(made.attachment)
    assert sealed.masked(made.sealed)
