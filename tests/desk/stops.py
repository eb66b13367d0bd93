"""Officers with a task in every state, and the addresses of all that the desk shows them."""

import datetime as dt
from types import SimpleNamespace

from django.urls import reverse
from django.utils import timezone

from filings import events, workingdays
from filings.models import Delivery, EntityVersion, OfficerRole
from reviews import decisions, findings, queue, signing, waivers
from reviews.models import FindingTemplate, ReviewTask, StagePlan
from tests import factories
from tests.desk import services

NAMES = {
    "free": "青岚对话生成合成算法",
    "claimed": "青岚视频生成合成算法",
    "proposed": "青岚语音合成算法",
    "rectifying": "青岚图文生成合成算法",
}


def build():
    factories.installation()
    at = timezone.now()
    owner = factories.user("provider@example.cn", "林知远")
    made = SimpleNamespace(at=at, owner=owner, entity=factories.verified_entity(owner=owner, at=at))
    _officers(made)
    for state, name in NAMES.items():
        draft = factories.complete_draft(entity=made.entity, by=owner, at=at, name=name)
        setattr(made, state, factories.submit(draft, by=owner, at=at))
        if state != "claimed":  # the one whose review screen is looked at
            factories.set_papers_aside(getattr(made, state), at=at)
    events.deliver_due(at=at + dt.timedelta(minutes=5))
    _work(made)
    other = factories.pending_entity(owner=owner, at=at, credit_code="91330106MA2XK8QD36")
    made.pending = EntityVersion.objects.get(entity=other)
    services.build(made)
    return made


def _officers(made):
    provincial, national = factories.authority("33"), factories.authority("")
    for role, name in (
        (OfficerRole.REVIEWER, "沈予安"), (OfficerRole.SIGNATORY, "顾明远"), (OfficerRole.SUPERVISOR, "程书意"),
        (OfficerRole.INTAKE, "宋知微"), (OfficerRole.AUDITOR, "韩清越"),
    ):  # fmt: skip
        setattr(made, role, factories.officer(f"{role}@zj.example.cn", provincial, role, name))
    made.national_reviewer = factories.officer("reviewer@cac.example.cn", national, OfficerRole.REVIEWER, "陆行之")
    made.national_signatory = factories.officer("signatory@cac.example.cn", national, OfficerRole.SIGNATORY, "白若谷")
    made.administrator = factories.officer("admin@cac.example.cn", national, OfficerRole.ADMINISTRATOR, "方可期")


def _work(made):
    by, at = made.reviewer, made.at
    made.free_task = task_of(made.free)
    made.task = queue.claim(task=task_of(made.claimed), by=by, at=at)
    _find(made, made.task)
    passed = decisions.pass_up(task=queue.claim(task=task_of(made.proposed), by=by, at=at), by=by, at=at)
    made.national_task = queue.claim(task=passed, by=made.national_reviewer, at=at)
    made.proposal = decisions.propose(task=made.national_task, kind="register", by=made.national_reviewer, at=at)
    returned = queue.claim(task=task_of(made.rectifying), by=by, at=at)
    _find(made, returned)
    until = workingdays.add(workingdays.today(), 10)
    proposal = decisions.propose(task=returned, kind="return", rectify_by=until, by=by, at=at)
    made.signed = signing.sign(proposal=proposal, by=made.signatory, at=at).proposal
    made.waiver = waivers.grant(
        filing=made.free.filing, rule="entity.same_product", reason="同一产品的两个功能分别备案。",
        expires_on=until, by=made.intake, at=at,
    )  # fmt: skip
    made.template = FindingTemplate.objects.order_by("pk").first()
    made.posting = made.reviewer.postings.get()


def _find(made, task):
    for path, severity, text in (
        ("introduction.summary", "must", "请补充算法的适用范围和限制条件。"),
        ("algorithm.name", "should", "请核对算法名称与拟公示内容是否一致。"),
    ):
        findings.draft(
            task=task, path=path, severity=severity, text=text, legal_basis="ARP 24", by=made.reviewer, at=made.at
        )


def task_of(procedure):
    return ReviewTask.objects.filter(procedure=procedure).latest("pk")


def addresses(made):
    """Who looks at what: person → name of the page → address."""
    return {
        made.reviewer: {**_reviewing(made), **services.reviewing(made)},
        made.signatory: {"sign-signed": _admin("reviews_proposal_sign", made.signed.pk)},
        made.national_signatory: {
            "sign": _admin("reviews_proposal_sign", made.proposal.pk),
            "service-sign": _admin("reviews_proposal_sign", made.service_proposal.pk),
        },
        made.intake: {
            "home-intake": reverse("admin:index"),
            "versions": _admin("filings_entityversion_changelist"),
            "version-pending": _admin("filings_entityversion_change", made.pending.pk),
            "waiver-add": f"{_admin('reviews_waiver_add')}?filing={made.free.filing_id}",
        },
        made.supervisor: {
            "template": _admin("reviews_findingtemplate_change", made.template.pk),
            "reassign": _admin("reviews_reviewtask_reassign", made.task.pk),
            "home-supervisor": reverse("admin:index"),
            "workload": _admin("desk-workload"),
            "postings-own": _admin("filings_posting_changelist"),
        },
        made.auditor: _auditing(made),
        made.administrator: _administering(made),
    }


def _reviewing(made):
    queue_, task = _admin("reviews_reviewtask_changelist"), made.task.pk
    return {
        "home": reverse("admin:index"),
        "queue": queue_,
        "queue-filtered": f"{queue_}?show=mine&kind=deep_synthesis&q=青岚",
        "queue-nothing": f"{queue_}?q=没有这样的算法",
        "review-free": _admin("reviews_reviewtask_review", made.free_task.pk),
        "review": _admin("reviews_reviewtask_review", task),
        "review-at": f"{_admin('reviews_reviewtask_review', task)}?at=algorithm.name",
        "review-proposed": _admin("reviews_reviewtask_review", task_of(made.proposed).pk),
        "finding-edit": _admin(
            "reviews_reviewtask_finding-change", task, made.claimed.findings.earliest("pk").pk, "edit"
        ),
        "propose": _admin("reviews_reviewtask_propose", task),
        "pass-up": _admin("reviews_reviewtask_pass-up", task),
        "proposals": _admin("reviews_proposal_changelist"),
        "find": f"{_admin('desk-find')}?q=青岚",
        "find-nothing": f"{_admin('desk-find')}?q=没有这样的算法",
        "templates": _admin("reviews_findingtemplate_changelist"),
        "grounds": _admin("reviews_declineground_changelist"),
        "waivers": _admin("reviews_waiver_changelist"),
        "waiver": _admin("reviews_waiver_change", made.waiver.pk),
    }


def _auditing(made):
    return {
        "events": _admin("filings_event_changelist"),
        "events-found": f"{_admin('filings_event_changelist')}?action=task.&person=沈",
        "events-nothing": f"{_admin('filings_event_changelist')}?filing=没有这样的算法",
        "accesses": _admin("filings_accessrecord_changelist"),
        "postings-audited": _admin("filings_posting_changelist"),
    }


def _administering(made):
    return {
        "home-administrator": reverse("admin:index"),
        "readiness": _admin("desk-readiness"),
        "authorities": _admin("filings_authority_changelist"),
        "authority": _admin("filings_authority_change", made.posting.authority_id),
        "postings": _admin("filings_posting_changelist"),
        "posting-add": _admin("filings_posting_add"),
        "posting-end": _admin("filings_posting_change", made.posting.pk),
        "plan": _admin("reviews_stageplan_changelist"),
        "plan-stage": _admin("reviews_stageplan_change", StagePlan.objects.order_by("pk").first().pk),
        "plan-add": _admin("reviews_stageplan_add"),
        "calendar": _admin("filings_calendarday_changelist"),
        "deliveries": _admin("filings_delivery_changelist"),
        "rule-set-load": _admin("filings_ruleset_load"),
        "delivery": _admin("filings_delivery_change", Delivery.objects.latest("pk").pk),
    }


def _admin(name, *args):
    return reverse(f"admin:{name}", args=args)
