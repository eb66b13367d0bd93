"""Whatever anybody tries in whatever order: known refusals only, an unbroken chain of events, two people."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from filings import events, workingdays
from filings.lifecycle import FILING_TRANSITIONS, PROCEDURE_TRANSITIONS, ProcedureStatus, pairs
from filings.models import Event, Filing, Posting, Procedure
from filings.submissions import NotConfirmed, NotLocked, submit, withdraw
from filings.transitions import TransitionNotAllowed
from reviews import decisions, findings, queue, signing
from reviews.models import DeclineGround, Proposal, ReviewTask, Signature
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

REFUSALS = (
    PermissionDenied,
    ValidationError,
    TransitionNotAllowed,
    queue.AlreadyClaimed,
    signing.EntityNotVerified,
    NotLocked,
    NotConfirmed,
)
PEOPLE = ("reviewer", "signatory", "both", "national_reviewer", "national_signatory")
ACTIONS = st.one_of(
    st.tuples(st.just("claim"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("release"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("pass_up"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("find"), st.sampled_from(PEOPLE)),
    st.tuples(st.sampled_from(["register", "return", "decline"]), st.sampled_from(PEOPLE)),
    st.tuples(st.just("sign"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("send_back"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("resubmit"), st.just("provider")),
    st.tuples(st.just("withdraw"), st.just("provider")),
)


class World:
    """One procedure and the people around it."""

    def __init__(self, procedure: Procedure, people: dict) -> None:
        self.pk, self.people = procedure.pk, people

    @property
    def procedure(self) -> Procedure:
        return Procedure.objects.select_related("filing").get(pk=self.pk)

    def task(self) -> ReviewTask:
        return ReviewTask.objects.filter(procedure=self.pk).latest("pk")

    def proposal(self) -> Proposal:
        found = Proposal.objects.filter(procedure=self.pk).order_by("-pk").first()
        if found is None:
            raise TransitionNotAllowed("sign", "without a proposal")
        return found

    def act(self, action: str, who: str) -> None:
        by, at = self.people[who], timezone.now()
        match action:
            case "claim":
                queue.claim(task=self.task(), by=by, at=at)
            case "release":
                queue.release(task=self.task(), by=by, at=at)
            case "pass_up":
                decisions.pass_up(task=self.task(), by=by, at=at)
            case "find":
                findings.draft(
                    task=self.task(), path="algorithm.name", severity="must", legal_basis="ARP 24", text="请核对。",
                    by=by, at=at,
                )  # fmt: skip
            case "sign":
                signing.sign(proposal=self.proposal(), by=by, at=at)
            case "send_back":
                decisions.send_back(proposal=self.proposal(), reason="请再核对。", by=by, at=at)
            case "withdraw":
                withdraw(procedure=self.procedure, by=by, at=at)
                events.deliver_due(at=at + dt.timedelta(minutes=1))
            case "resubmit":
                self.resubmit(by, at)
            case kind:
                decisions.propose(
                    task=self.task(), kind=kind, by=by, at=at, reasons="理由",
                    grounds=DeclineGround.objects.filter(code="incomplete") if kind == "decline" else (),
                    rectify_by=workingdays.add(timezone.localdate(), 5) if kind == "return" else None,
                )  # fmt: skip

    def resubmit(self, by, at) -> None:
        procedure = self.procedure
        if procedure.status == ProcedureStatus.RECTIFYING:
            procedure.findings.filter(answer="").update(answer="已核对。", answered_at=at)
            factories.locked(procedure, by=by, at=at)
        submit(procedure=procedure, by=by, at=at)
        events.deliver_due(at=at + dt.timedelta(minutes=1))


def check(world: World) -> None:
    """Events chain from draft to where the procedure stands; every two-person move has both."""
    procedure = world.procedure
    moves = Event.objects.filter(procedure=procedure, kind__startswith="procedure.").exclude(to_status="")
    at = "draft"
    for event in moves.order_by("id"):
        assert event.from_status == at
        assert (at, event.to_status) in pairs(PROCEDURE_TRANSITIONS)
        at = event.to_status
    assert at == procedure.status
    standing = "draft"
    of_filing = Event.objects.filter(filing=procedure.filing, kind__startswith="filing.").exclude(to_status="")
    for event in of_filing.order_by("id"):
        assert (standing, event.to_status) in pairs(FILING_TRANSITIONS)
        standing = event.to_status
    assert standing == procedure.filing.standing
    two = [t.name for t in PROCEDURE_TRANSITIONS if t.two_people]
    decided = moves.filter(kind__in=[f"procedure.{name}" for name in two]).count()
    signatures = Signature.objects.filter(proposal__procedure=procedure).select_related("proposal")
    assert len(signatures) == decided
    assert all(s.signed_by_id != s.proposal.proposed_by_id for s in signatures)
    assert (procedure.filing.number is not None) == (procedure.status == "granted")
    unfinished = ReviewTask.objects.filter(procedure=procedure).unfinished().count()
    assert unfinished == (1 if procedure.status in ("in_review", "awaiting_signature") else 0)


@given(actions=st.lists(ACTIONS, min_size=6, max_size=15), data=st.data())
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_sequence_of_actions_breaks_the_lifecycle(
    actions, data, entity, provider, reviewer, signatory, national_reviewer, national_signatory, province, nation
):
    both = factories.user(f"both{Filing.objects.count()}@zj.example.cn", is_staff=True)
    for role in ("reviewer", "signatory"):
        factories.post(both, province, role)
    now = timezone.now()
    name = f"随机演练算法{Filing.objects.count()}号"
    draft = factories.complete_draft(entity=entity, by=provider, at=now, name=name)
    factories.submit(draft, by=provider, at=now)
    events.deliver_due(at=timezone.now() + dt.timedelta(minutes=1))
    people = {
        "provider": provider,
        "reviewer": reviewer,
        "signatory": signatory,
        "both": both,
        "national_reviewer": national_reviewer,
        "national_signatory": national_signatory,
    }
    world = World(draft, people)
    likely = [("claim", "reviewer"), ("pass_up", "reviewer"), ("claim", "national_reviewer")]
    for action, who in [*likely[: data.draw(st.integers(0, 3))], *actions]:
        try:
            world.act(action, who)
        except REFUSALS:
            pass
        except IntegrityError as error:
            raise AssertionError(f"{action} by {who} reached a database guard: {error}") from error
        check(world)
    assert Posting.objects.exists()
