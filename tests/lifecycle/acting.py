"""Everything that people may do around one registered filing, each act asking what its page asks before its rule."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from filings import (
    changes,
    confirmations,
    datasets,
    drafts,
    endings,
    orders,
    policy,
    sealing,
    submissions,
    transfers,
    workingdays,
)
from filings.lifecycle import FILING_TRANSITIONS, PROCEDURE_TRANSITIONS, ProcedureStatus, pairs
from filings.matter_lifecycle import MATTER_TRANSITIONS, final
from filings.models import (
    DataRequest,
    DataSet,
    Event,
    Filing,
    Hearing,
    Matter,
    Order,
    PeriodicConfirmation,
    Procedure,
    Purpose,
    RegisterEntry,
    Transfer,
)
from filings.transitions import TransitionNotAllowed
from reviews import datasets as grades
from reviews import decisions, findings, handlers, queue, signing
from reviews import endings as ex_officio
from reviews import orders as ordering
from reviews.models import DeclineGround, Proposal, ReviewTask, Signature
from tests import factories

REFUSALS = (
    PermissionDenied, ValidationError, TransitionNotAllowed, changes.NotRegistered, changes.AnotherIsOpen,
    transfers.NoReceiver, transfers.NoProfile, sealing.NotReady, queue.AlreadyClaimed, signing.EntityNotVerified,
    submissions.NotLocked, submissions.NotConfirmed,
)  # fmt: skip
NOTICE = {"reason": "停止运营。", "users": "已退还余额。", "data": "已删除。", "told": "已公告。"}
MANY_DAYS = dt.timedelta(days=120)


class Nothing(TransitionNotAllowed):
    """There is nothing yet that the act could be done to."""

    def __init__(self):
        super().__init__("act", "nothing")


class World:
    """One registered filing, a public body's data set beside it, and whoever acts."""

    def __init__(self, filing, people, *, province, receiver, body, terms, now):
        self.pk, self.people, self.province, self.now = filing.pk, people, province, now
        self.receiver, self.body, self.terms = receiver, body, terms

    @property
    def filing(self):
        return Filing.objects.select_related("entity").get(pk=self.pk)

    def newest(self, model, *open_first, **where):
        """The newest one, of those that are still open if there are any. Raises Nothing."""
        found = model.objects.filter(**where).order_by(*open_first, "-pk").first()
        if found is None:
            raise Nothing
        return found

    def newest_of(self, model):
        """The same of what hangs on a matter."""
        return self.newest(model, F("matter__closed_at").asc(nulls_first=True))

    def hearing(self):
        return self.newest(Hearing, F("procedure__decided_at").asc(nulls_first=True))

    def try_out(self, act, who):
        """Do it, and let the database look at it as it would at commit; whether it was done."""
        try:
            with transaction.atomic():
                ACTS[act](self, self.people[who], self.now)
                connection.check_constraints()
        except REFUSALS:
            return False
        return True

    def matters(self):
        return Matter.objects.exclude(kind="complaint").order_by("pk")

    def check(self):
        """Unbroken chains of moves of the tables; every decision is one proposal and another's signature."""
        for matter in self.matters():
            table = MATTER_TRANSITIONS[matter.kind]
            ended = _chain({"matter": matter}, f"matter.{matter.kind}.", table, matter.status)
            assert (matter.closed_at is not None) == (ended in final(matter.kind))
            _two_people({"matter": matter}, f"matter.{matter.kind}.", table, {"proposal__matter": matter})
        for procedure in Procedure.objects.filter(filing=self.pk):
            _chain({"procedure": procedure}, "procedure.", PROCEDURE_TRANSITIONS, procedure.status)
            _two_people(
                {"procedure": procedure}, "procedure.", PROCEDURE_TRANSITIONS, {"proposal__procedure": procedure}
            )
        filing = self.filing
        _chain({"filing": filing}, "filing.", FILING_TRANSITIONS, filing.standing)
        signatures = Signature.objects.select_related("proposal")
        assert all(each.signed_by_id != each.proposal.proposed_by_id for each in signatures)

    def is_over(self):
        """Whether nothing is open any more but what may stay: a published entry, a consent that was given."""
        stays = {"published", "consented"}
        is_open = any(m.status not in final(m.kind) | stays for m in self.matters())
        return not is_open and not Procedure.objects.open().filter(filing=self.pk).exists()


def _chain(subject, prefix, table, now_at):
    moves = Event.objects.filter(**subject, kind__startswith=prefix).exclude(to_status="").order_by("pk")
    told = list(moves.values_list("kind", "from_status", "to_status"))
    allowed = pairs(table)
    for kind, start, end in told:
        assert f"{prefix}{allowed[start, end].name}" == kind
    assert [start for _kind, start, _end in told[1:]] == [end for _kind, _start, end in told[:-1]]
    assert not told or told[-1][2] == now_at
    return now_at


def _two_people(subject, prefix, table, signed):
    names = [f"{prefix}{each.name}" for each in table if each.two_people]
    decided = Event.objects.filter(**subject, kind__in=names)
    own = [event for event in decided if "overtaken_by" not in (event.data or {})]
    assert len(own) == Signature.objects.filter(**signed).count()
    for event in decided:
        if event not in own:
            assert Signature.objects.filter(proposal__procedure=event.data["overtaken_by"]).exists()


def _order(kind):
    def draft(world, by, at):
        article = {"suspend_service": "DSP 21"}.get(kind, "ARP 31")
        day = (at + MANY_DAYS).date() if kind == "correct" else None
        terms = ordering.Terms(kind, (article,), "未按要求公示。", "改正。", day)
        ordering.draft(terms=terms, filing=world.filing, authority=world.province, by=by, at=at)

    return draft


def _on_order(name, **words):
    return lambda world, by, at: getattr(ordering, name)(order=world.newest_of(Order), by=by, at=at, **words)


def _report(world, by, at):
    order = world.newest_of(Order)
    policy.require(policy.may_edit_entity(by, order.matter.entity))
    orders.report(order=order, text="已改正。", by=by, at=at)


def _rules_of(proposal):
    if proposal.matter_id is not None:
        return ordering
    return decisions if proposal.task_id is not None else ex_officio


def _sign(world, by, at):
    proposal = world.newest(Proposal, status="pending")
    (ordering if proposal.matter_id is not None else decisions).sign(proposal=proposal, by=by, at=at)


def _send_back(world, by, at):
    proposal = world.newest(Proposal, status="pending")
    _rules_of(proposal).send_back(proposal=proposal, reason="请再核对。", by=by, at=at)


def _confirmation(outcome):
    def declare(world, by, at):
        asked = world.newest_of(PeriodicConfirmation)
        confirmations.declare(confirmation=asked, outcome=outcome, statement="已核对。", by=by, at=at)

    return declare


def _on_dataset(name, rules=datasets, **words):
    return lambda world, by, at: getattr(rules, name)(dataset=world.newest_of(DataSet), by=by, at=at, **words)


def _on_request(name, **words):
    return lambda world, by, at: getattr(datasets, name)(request=world.newest_of(DataRequest), by=by, at=at, **words)


def _apply(world, by, at):
    told = {"purpose": "微调", "handling": "加密存储"}
    datasets.apply(dataset=world.newest_of(DataSet), entity=world.filing.entity, by=by, at=at, **told)


def _cancel(world, by, at):
    policy.require(policy.may_cancel(by, world.filing))
    notice = endings.Notice(ended_on=timezone.localdate(at), **NOTICE)
    _check(endings.cancel(filing=world.filing, notice=notice, by=by, at=at), at)


def _open(purpose):
    def open_hearing(world, by, at):
        day = workingdays.add(timezone.localdate(at), ex_officio.LEAST_DAYS)
        charge = ex_officio.Charge(purpose, "材料不实。", "机构书面否认。", day)
        ex_officio.open_hearing(filing=world.filing, charge=charge, authority=world.province, by=by, at=at)

    return open_hearing


def _be_heard(*, in_person):
    def answer(world, by, at):
        hearing = world.hearing()
        policy.require(policy.may_be_heard(by, hearing.procedure))
        endings.answer(hearing=hearing, text="说明。", in_person=in_person, by=by, at=at)

    return answer


def _invite(world, by, at):
    ex_officio.invite(hearing=world.hearing(), oral_at=at + dt.timedelta(days=1), place="听证室", by=by, at=at)


def _minute(world, by, at):
    ex_officio.minute(hearing=world.hearing(), minutes="已听取。", by=by, at=at + dt.timedelta(days=2))


def _of_hearing(name):
    return lambda world, by, at: getattr(ex_officio, name)(
        procedure=world.hearing().procedure, reasons="理由。", by=by, at=at
    )


def _change(world, by, at):
    policy.require(policy.may_change(by, world.filing))
    procedure = changes.begin(filing=world.filing, changed_on=timezone.localdate(at), by=by, at=at)
    dossier = procedure.dossier
    value = {**dossier.content["publication"], "scene": f"{dossier.content['publication']['scene']}新增入口。"}
    version = int(dossier.section_versions.get("publication", 0))
    drafts.save_section(dossier=dossier, section="publication", value=value, base_version=version, by=by, at=at)


def _submit(world, by, at):
    procedure = world.newest(Procedure, purpose=Purpose.CHANGE)
    policy.require(policy.may_submit(by, procedure))
    procedure.findings.filter(answer="").update(answer="已核对。", answered_at=at)
    _check(factories.submit(procedure, by=by, at=at), at)


def _offer(world, by, at):
    policy.require(policy.may_transfer(by, world.filing))
    facts = {"name": world.receiver.name, "credit_code": world.receiver.credit_code, "reason": "业务转让。"}
    transfers.offer(filing=world.filing, by=by, at=at, **facts)


def _take(world, by, at):
    transfer = world.newest(Transfer)
    policy.require(policy.may_consent(by, transfer))
    theirs = transfer.receiver.products.values_list("key", flat=True)
    used = transfers.used_products(transfer)
    submission = transfers.consent(transfer=transfer, products={each.key: theirs[0] for each in used}, by=by, at=at)
    _check(submission.procedure, at)


def _withdraw(world, by, at):
    procedure = world.newest(Procedure, status__in=ProcedureStatus.open, opened_by_side="provider")
    policy.require(policy.may_withdraw(by, procedure))
    submissions.withdraw(procedure=procedure, by=by, at=at)
    handlers.drop_tasks(Event.objects.filter(procedure=procedure, kind="procedure.withdraw").latest("pk"), at=at)


def _check(procedure, at):
    asked = Event.objects.filter(procedure=procedure, kind__in=("procedure.submit", "procedure.resubmit"))
    handlers.check_submission(asked.latest("pk"), at=at)


def _task(world):
    return world.newest(ReviewTask, procedure__filing=world.pk)


def _find(world, by, at):
    told = {"path": "publication.scene", "severity": "must", "legal_basis": "ARP 24", "text": "请核对。"}
    findings.draft(task=_task(world), by=by, at=at, **told)


def _propose(kind):
    def propose(world, by, at):
        grounds = DeclineGround.objects.filter(code="incomplete") if kind == "decline" else ()
        day = workingdays.add(timezone.localdate(at), 5) if kind == "return" else None
        decisions.propose(task=_task(world), kind=kind, by=by, at=at, reasons="理由。", grounds=grounds, rectify_by=day)

    return propose


def _ask(world, by, at):
    RegisterEntry.objects.filter(filing=world.pk).update(issued_on=timezone.localdate(at) - dt.timedelta(days=367))
    confirmations.ask_due(at=at)


ACTS = {
    "warn": _order("warning"), "order_to_correct": _order("correct"), "suspend": _order("suspend_service"),
    "drop": _on_order("drop"), "propose_order": _on_order("propose", reasons="属实。"), "report": _report,
    "not_met": _on_order("not_met", reasons="未改。"), "fulfil": _on_order("fulfil", reasons="已改。"),
    "propose_lift": _on_order("propose_lift", reasons="已改。"), "sign": _sign, "send_back": _send_back,
    "ask": _ask, "declare": _confirmation("stands"), "declare_changed": _confirmation("changes"),
    "miss": lambda world, by, at: confirmations.miss_overdue(at=at + MANY_DAYS),
    "void": lambda world, by, at: confirmations.void(filing=world.filing, at=at),
    "draft_set": lambda world, by, at: datasets.draft(entity=world.body, terms=world.terms, by=by, at=at),
    "offer_set": _on_dataset("offer"), "withdraw_set": _on_dataset("withdraw"),
    "grade": _on_dataset("confirm", grades, grade="application"),
    "return_set": _on_dataset("return_offer", grades, reasons="请补正。"), "apply": _apply,
    "consent": _on_request("consent", text="同意。"), "refuse": _on_request("refuse", text="不同意。"),
    "revoke_consent": _on_request("revoke_consent", text="收回。"), "take_back": _on_request("take_back"),
    "cancel": _cancel, "open_cancellation": _open("cancellation"), "open_revocation": _open("revocation"),
    "answer": _be_heard(in_person=False), "ask_to_be_heard": _be_heard(in_person=True), "invite": _invite,
    "minute": _minute, "propose_end": _of_hearing("propose"), "abandon": _of_hearing("abandon"),
    "change": _change, "submit": _submit, "offer": _offer, "take": _take, "withdraw": _withdraw,
    "claim": lambda world, by, at: queue.claim(task=_task(world), by=by, at=at),
    "pass_up": lambda world, by, at: decisions.pass_up(task=_task(world), by=by, at=at),
    "find": _find, "register": _propose("register"), "return": _propose("return"), "decline": _propose("decline"),
}  # fmt: skip
