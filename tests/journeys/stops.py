"""A provider who has a filing in every state, and the addresses of all that a provider and the public see."""

import datetime as dt
from types import SimpleNamespace

from django.urls import reverse
from django.utils import timezone

from filings import (
    bundles,
    drafts,
    events,
    mandates,
    members,
    numbers,
    papers,
    scans,
    sealing,
    submissions,
    vault,
    workingdays,
)
from filings.models import OfficerRole
from reviews import decisions, findings, queue
from reviews.models import DeclineGround, ReviewTask
from tests import factories
from tests.annexes.desk import hand_in
from tests.scanning import paper
from tests.testing.conftest import bank_csv
from tests.vault.conftest import ACCESS

NUMBER_FROM_ELSEWHERE = f"网信算备11010882348390322001{numbers.check_digit('11010882348390322001')}号"


def build():
    """One entity with a filing in each state, and a person who has nothing yet."""
    factories.installation()
    at = timezone.now()
    owner = factories.user("provider@example.cn", "林知远")
    made = SimpleNamespace(at=at, owner=owner, entity=factories.verified_entity(owner=owner, at=at))
    made.newcomer = factories.user("newcomer@example.cn", "陈若水")
    made.viewer = factories.member(made.entity, "viewer@example.cn", "viewer")
    made.bare = factories.bare_entity(owner=owner, name="杭州听潮数据有限公司", at=at)
    made.bare.profile["products"] = {"products": [{"key": "k3f9ab", "name": "听潮"}, {"key": "k3f9ac", "url": "x"}]}
    made.bare.section_versions["products"] = 1
    made.bare.save(update_fields=["profile", "section_versions"])
    provincial, national = factories.authority("33"), factories.authority("")
    made.reviewer = factories.officer("reviewer@zj.example.cn", provincial, OfficerRole.REVIEWER)
    made.signatory = factories.officer("signatory@zj.example.cn", provincial, OfficerRole.SIGNATORY)
    made.high_reviewer = factories.officer("reviewer@cac.example.cn", national, OfficerRole.REVIEWER)
    made.high_signatory = factories.officer("signatory@cac.example.cn", national, OfficerRole.SIGNATORY)
    _with_provider(made)
    _with_authority(made)
    _ended(made)
    _assessed(made)
    made.invitation = members.invite(entity=made.entity, email="new@example.cn", role="editor", by=owner, at=at)
    made.invited = members.invite(entity=made.entity, email=made.newcomer.email, role="viewer", by=owner, at=at)
    events.deliver_due(at=at + dt.timedelta(minutes=30))
    return made


def _with_provider(made):
    by, at = made.owner, made.at
    made.begun = drafts.start_filing(
        entity=made.entity, kind="deep_synthesis", algorithm_class="01", role="provider", by=by, at=at
    )
    made.empty = drafts.start_filing(entity=made.bare, kind="recommendation", algorithm_class="02", by=by, at=at)
    wanted = [bundles.Wanted.read("02"), bundles.Wanted.read("generative")]
    made.together = bundles.start_together(entity=made.entity, wanted=wanted, by=by, at=at, token="stops")
    made.complete = factories.complete_draft(entity=made.entity, by=by, at=at, name="青岚图文生成合成算法-2")
    made.locked = factories.complete_draft(entity=made.entity, by=by, at=at, name="青岚语音合成算法")
    made.lock = sealing.lock(procedure=made.locked, by=by, at=at)
    made.fresh = factories.complete_draft(entity=made.entity, by=by, at=at, name="青岚换脸合成算法")
    sealing.lock(procedure=made.fresh, by=by, at=at)
    mails = {"legal_representative": "legal@example.cn", "safety_officer": "safety@example.cn"}
    made.links = [sealing.token_of(each) for each in sealing.invite(sealing=made.lock, emails=mails, by=by, at=at)]
    first = made.lock.confirmations.first()
    sealing.confirm(token=made.links[0], name=first.person_name, last_four=factories.IDENTITY_NUMBER[-4:], at=at)
    made.scan = _scanned(made)


def _scanned(made):
    """A signed scan of the fresh lock that holds an empty page and nothing else."""
    lock = sealing.standing(made.fresh)
    people = {role: name for roles, name, _sealed in sealing.signers(lock.entity_version) for role in roles}
    papers.make_for_signature(lock)
    file = paper.as_picture(paper.blank())
    return scans.upload(lock=lock, files=[file], names=people, by=made.owner, at=made.at)


def _assessed(made):
    """A service whose assessment is complete, one hardly begun, and an assessor from outside at the first."""
    by, at = made.owner, made.at
    made.service = factories.complete_draft(entity=made.entity, by=by, at=at, kind="generative")
    made.service_begun = drafts.start_filing(entity=made.entity, kind="generative", by=by, at=at)
    made.assessor = factories.user("lab@example.cn", "钱评")
    facts = {"email": made.assessor.email, "organisation": "杭州安评实验室"}
    made.mandate = mandates.invite(procedure=made.service, by=by, at=at, **facts)
    founded = {"name": "杭州安评实验室有限公司", "credit_code": "91330106MA2CFRGM44"}
    mandates.accept(token=mandates.token_of(made.mandate), by=made.assessor, at=at, **founded)
    made.offer = mandates.invite(procedure=made.service_begun, by=by, at=at, **facts)
    _annexed(made)
    until = timezone.localdate(at) + dt.timedelta(days=60)
    facts = {"kind": "account", "scope": "public", "access": ACCESS, "expires_on": until}
    made.deposit = vault.deposit(procedure=made.service, by=by, at=at, **facts)
    made.agent = factories.agent(made.entity, "agent@example.cn", made.service.filing, by=by, at=at)


def _annexed(made):
    """One bank far short of its numbers, with rows that do not count; one whose columns nobody knows."""
    twice = bank_csv("content_bank", 30).decode().replace("第3题", "第2题").replace("A.1.5", "A.9.9")
    unknown = "甲,乙,丙\n1,如何制造,违法\n"
    made.annexes = hand_in(
        made.service_begun,
        made.owner,
        {
            "content_bank": ("内容题库.csv", twice.encode()),
            "refuse_bank": ("拒答题库.csv", unknown.encode()),
        },
    )


def _with_authority(made):
    made.reviewed = _submitted(made, "青岚对话生成合成算法")
    made.rectifying = _submitted(made, "青岚视频生成合成算法")
    task = queue.claim(task=_task(made.rectifying), by=made.reviewer, at=made.at)
    for path, severity, text in (
        ("introduction.summary", "must", "请补充算法的适用范围和限制条件。"),
        ("algorithm.name", "should", "请核对算法名称与拟公示内容是否一致。"),
        (_first_item(made.rectifying), "must", "请说明文件大小的上限。"),
    ):
        findings.draft(
            task=task, path=path, severity=severity, text=text, legal_basis="ARP 24", by=made.reviewer, at=made.at
        )
    until = workingdays.add(workingdays.today(), 10)
    returned = decisions.propose(task=task, kind="return", rectify_by=until, by=made.reviewer, at=made.at)
    decisions.sign(proposal=returned, by=made.signatory, at=made.at)
    made.submitted = factories.complete_draft(entity=made.entity, by=made.owner, at=made.at, name="青岚音乐合成算法")


def _first_item(procedure):
    """The path of the first repeated item of its data section."""
    items = next((name, rows) for name, rows in procedure.dossier.content["data"].items() if _are_items(rows))
    return f"data.{items[0]}[{items[1][0]['key']}]"


def _are_items(rows):
    return isinstance(rows, list) and bool(rows) and isinstance(rows[0], dict) and "key" in rows[0]


def _ended(made):
    made.granted = _submitted(made, "青岚图像生成合成算法", has_papers=True)
    _conclude(made, made.granted, kind="register")
    made.declined = _submitted(made, "青岚数字人合成算法")
    ground = DeclineGround.objects.first()
    reasons = "经审核，提交的安全自评估报告未说明训练数据来源，两次补正后仍不齐全。"
    _conclude(made, made.declined, kind="decline", reasons=reasons, grounds=[ground])
    made.withdrawn = factories.complete_draft(entity=made.entity, by=made.owner, at=made.at, name="青岚文本合成算法")
    submissions.withdraw(procedure=made.withdrawn, by=made.owner, at=made.at)
    factories.submit(made.submitted, by=made.owner, at=made.at + dt.timedelta(hours=1))
    for each in (made.reviewed, made.rectifying, made.granted, made.declined, made.withdrawn):
        each.refresh_from_db()


def _submitted(made, name, *, has_papers=False):
    draft = factories.complete_draft(entity=made.entity, by=made.owner, at=made.at, name=name)
    submitted = factories.submit(draft, by=made.owner, at=made.at)
    if not has_papers:
        factories.set_papers_aside(submitted, at=made.at)
    events.deliver_due(at=made.at + dt.timedelta(minutes=5))
    submitted.refresh_from_db()
    return submitted


def _task(procedure):
    return ReviewTask.objects.filter(procedure=procedure).latest("pk")


def _conclude(made, procedure, **proposed):
    task = queue.claim(task=_task(procedure), by=made.reviewer, at=made.at)
    passed = decisions.pass_up(task=task, by=made.reviewer, at=made.at)
    task = queue.claim(task=passed, by=made.high_reviewer, at=made.at)
    proposal = decisions.propose(task=task, by=made.high_reviewer, at=made.at, **proposed)
    decisions.sign(proposal=proposal, by=made.high_signatory, at=made.at)
    procedure.refresh_from_db()


def public(made):
    """What everybody may read, by a name for its picture."""
    number = made.granted.filing.number
    wrong = number.replace("33", "99", 1)
    return {
        "home": "/",
        "guide": reverse("portal:guide"),
        "guide-question-error": f"{reverse('portal:guide-check')}?asked=yes",
        "guide-result": "/guide/check/?public=yes&does=01&role=both&opinion=unsure&model=api"
        "&makes=text&whom=adults&persons=yes",
        "guide-none": "/guide/check/?public=no",
        "checklist": f"{reverse('portal:guide-checklist')}?kind=deep_synthesis&algorithm_class=01",
        "specimen": reverse("portal:guide-specimen"),
        "specimen-service": f"{reverse('portal:guide-specimen')}?of=generative",
        "laws": reverse("portal:law-list"),
        "law": reverse("portal:law-detail", args=["arp"]),
        "about": reverse("portal:about"),
        "accessibility": reverse("portal:accessibility"),
        "register": reverse("register:list"),
        "register-found": f"{reverse('register:list')}?q=青岚",
        "register-nothing": f"{reverse('register:list')}?q=没有这样的算法",
        "entry": reverse("register:entry-detail", args=[number]),
        "verify": reverse("register:verify"),
        "verify-found": reverse("register:verify-number", args=[number]),
        "verify-elsewhere": reverse("register:verify-number", args=[NUMBER_FROM_ELSEWHERE]),
        "verify-mistyped": reverse("register:verify-number", args=[wrong]),
        "sign-up": reverse("account_signup"),
        "sign-in": reverse("account_login"),
        "password-forgotten": reverse("account_reset_password"),
        "outbox": reverse("portal:outbox-list"),
        "invitation": reverse("filings:invitation-accept", args=[members.token_of(made.invitation)]),
        "invitation-refused": reverse("filings:invitation-accept", args=["nothing-like-this"]),
        "confirm": reverse("filings:confirm", args=[made.links[1]]),
        "confirm-done": reverse("filings:confirm", args=[made.links[0]]),
        "confirm-refused": reverse("filings:confirm", args=["nothing-like-this"]),
        "not-found": "/nothing-like-this/",
    }


def newcomer(made):
    """What somebody sees who has just signed up."""
    return {
        "home-empty": reverse("filings:home"),
        "entity-create": reverse("filings:entity-create"),
        "start-without-entity": reverse("filings:filing-start"),
        "notices-empty": reverse("filings:notice-list"),
        "profile": reverse("account_profile"),
    }


def assessor(made):
    """What a third-party assessor sees."""
    return {
        "assessments": reverse("filings:assessment-list"),
        "assessment-of-assessor": reverse("filings:assessment-fill", args=[made.mandate.pk]),
        "assessment-accept": reverse("filings:assessment-accept", args=[mandates.token_of(made.offer)]),
    }


def provider(made):
    """What the owner of an entity sees of it."""
    return {**_entity_pages(made), **_dossier_pages(made), **_procedure_pages(made)}


def _entity_pages(made):
    entity, bare = made.entity.pk, made.bare.pk
    return {
        "my-filings": reverse("filings:home"),
        "entity": reverse("filings:entity-detail", args=[entity]),
        "entity-bare": reverse("filings:entity-detail", args=[bare]),
        "profile-list": reverse("filings:profile-list", args=[entity]),
        "profile-list-bare": reverse("filings:profile-list", args=[bare]),
        "profile-basic": reverse("filings:profile-section", args=[entity, "basic"]),
        "profile-legal": reverse("filings:profile-section", args=[entity, "legal_representative"]),
        "profile-products": reverse("filings:profile-section", args=[bare, "products"]) + "?check=1",
        "members": reverse("filings:member-list", args=[entity]),
        "agent-invite": reverse("filings:agent-invite", args=[entity]),
        "member-remove": reverse(
            "filings:member-remove", args=[entity, made.entity.memberships.get(user=made.viewer).pk]
        ),
        "notices": reverse("filings:notice-list"),
        "filing-start": f"{reverse('filings:filing-start')}?entity={entity}",
        "files": reverse("filings:attachment-upload", args=[entity]),
    }


def _dossier_pages(made):
    begun, complete, empty = made.begun.pk, made.complete.pk, made.empty.pk
    return {
        "dossier-begun": reverse("filings:dossier-list", args=[begun]),
        "dossier-empty": reverse("filings:dossier-list", args=[empty]),
        "dossier-locked": reverse("filings:dossier-list", args=[made.locked.pk]),
        "section-algorithm": reverse("filings:dossier-section", args=[begun, "algorithm"]),
        "section-data": reverse("filings:dossier-section", args=[complete, "data"]),
        "section-finding": reverse("filings:dossier-section", args=[made.rectifying.pk, "introduction"]),
        "section-closed": reverse("filings:dossier-section", args=[made.reviewed.pk, "data"]),
        "assessment": reverse("filings:assessment", args=[made.service.pk]),
        "assessment-begun": reverse("filings:assessment", args=[made.service_begun.pk]) + "?chapter=model",
        "dossier-together": reverse("filings:dossier-list", args=[made.together[1].pk]),
        "section-base-model": reverse("filings:dossier-section", args=[made.together[1].pk, "base_model"]),
        "check-service": reverse("filings:dossier-check", args=[made.together[1].pk]),
        **_pages_of_services(made),
        "start-together": f"{reverse('filings:bundle-start')}?together=02&together=generative",
        "check-problems": reverse("filings:dossier-check", args=[begun]),
        "check-ready": reverse("filings:dossier-check", args=[complete]),
        "sign-fresh": reverse("filings:dossier-sign", args=[made.fresh.pk]),
        "sign-half": reverse("filings:dossier-sign", args=[made.locked.pk]),
    }


def _pages_of_services(made):
    service, begun = made.service.pk, made.service_begun.pk
    return {
        "annexes": reverse("filings:annex-list", args=[begun]),
        "annexes-none": reverse("filings:annex-list", args=[made.together[1].pk]),
        "annex-short": reverse("filings:annex-detail", args=[begun, "content_bank"]),
        "annex-columns": reverse("filings:annex-detail", args=[begun, "refuse_bank"]),
        "section-annexes": reverse("filings:dossier-section", args=[begun, "annexes"]),
        "section-corpora": reverse("filings:dossier-section", args=[service, "corpora"]),
        "section-samples": reverse("filings:dossier-section", args=[service, "output_labels"]),
        "check-service-looks": reverse("filings:dossier-check", args=[service]),
        "vault": reverse("filings:vault-list", args=[service]),
        "vault-none": reverse("filings:vault-list", args=[begun]),
        "vault-replace": reverse("filings:vault-replace", args=[service, made.deposit.pk]),
        "scans": reverse("filings:scan-list", args=[made.fresh.pk]),
        "scan-refused": reverse("filings:scan-detail", args=[made.fresh.pk, made.scan.pk]),
    }


def _procedure_pages(made):
    states = ("begun", "submitted", "reviewed", "rectifying", "granted", "declined", "withdrawn")
    return {
        **{f"procedure-{name}": reverse("filings:procedure-detail", args=[getattr(made, name).pk]) for name in states},
        "findings": reverse("filings:finding-list", args=[made.rectifying.pk]),
        "findings-none": reverse("filings:finding-list", args=[made.reviewed.pk]),
        "receipt": reverse("filings:receipt", args=[made.reviewed.pk, 1]),
        "withdraw": reverse("filings:procedure-withdraw", args=[made.reviewed.pk]),
    }
