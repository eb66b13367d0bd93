"""Whatever anybody tries in whatever order: known refusals only, an unbroken chain of events, two others decide."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from filings import complaints, objections, receipts
from filings.matter_lifecycle import MATTER_TRANSITIONS, final
from filings.models import Event, Matter
from filings.transitions import TransitionNotAllowed
from reviews import complaints as desk
from reviews import objections as deciding
from reviews import policy
from reviews.models import Proposal, Signature
from tests import factories

pytestmark = pytest.mark.django_db
REFUSALS = (PermissionDenied, ValidationError, TransitionNotAllowed)
PEOPLE = ("provider", "intake", "reviewer", "signatory", "fresh", "other")
COMPLAINING = ("forward", "answer", "ask_more", "ask", "reject", "close", "add", "forget", "withdraw")
OBJECTING = ("take_up", "uphold", "turn_down", "sign", "send_back", "withdraw", "take_back", "add", "follow_up")


def act(action, matter, by, at):
    told = {"matter": matter, "by": by, "at": at}
    match action:
        case "forward" | "ask_more" | "close":
            getattr(desk, action)(text="转办", **told)
        case "ask":
            desk.ask_person(text="请说明", **told)
        case "reject":
            desk.reject(ground="no_facts", text="无事实", **told)
        case "answer":
            complaints.answer(text="已处置", **told)
        case "add":
            receipts.add(matter, text="补充", at=at)
        case "forget" | "withdraw":
            getattr(receipts, action)(matter, at=at)
        case "take_back":
            objections.withdraw(**told)
        case "take_up":
            deciding.take_up(**told)
        case "follow_up":
            deciding.note_follow_up(**told)
        case "uphold":
            deciding.propose(kind="uphold", reasons="属实", follow_up="更正", **told)
        case "turn_down":
            deciding.propose(kind="reject", reasons="不属实", **told)
        case _:
            proposal = Proposal.objects.filter(matter=matter).order_by("-pk").first()
            if proposal is None:
                raise TransitionNotAllowed(action, matter.status)
            more = {"reason": "再核"} if action == "send_back" else {}
            getattr(deciding, action)(proposal=proposal, by=by, at=at, **more)


def check(matter, before):
    """Each move is of the table and has its event; a decision has two people who took no part."""
    table = MATTER_TRANSITIONS[matter.kind]
    if matter.status != before:
        assert any(before in t.sources and t.target == matter.status for t in table)
        assert Event.objects.filter(matter=matter, from_status=before, to_status=matter.status).exists()
    assert (matter.closed_at is not None) == (matter.status in final(matter.kind))
    if matter.status == "upheld" or (matter.kind == "objection" and matter.status == "rejected"):
        signature = Signature.objects.select_related("proposal").get(proposal__matter=matter)
        deciders = {signature.signed_by_id, signature.proposal.proposed_by_id}
        assert len(deciders) == 2
        assert not deciders & policy.took_part(matter)
    if matter.kind == "complaint":
        assert matter.told_provider == matter.posts.exists()


@given(
    actions=st.lists(st.tuples(st.sampled_from(COMPLAINING + OBJECTING), st.sampled_from(PEOPLE)), max_size=25),
    ways=st.sampled_from([
        [], [("forward", "intake")], [("forward", "intake"), ("answer", "provider")], [("take_up", "fresh")],
        [("take_up", "fresh"), ("uphold", "fresh")], [("take_up", "fresh"), ("turn_down", "other")],
    ]),
    is_objection=st.booleans(),
)  # fmt: skip
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_sequence_of_actions_breaks_the_lifecycle(
    actions, ways, is_objection, entry, provider, intake, reviewer, signatory, province, now
):
    people = {"provider": provider, "intake": intake, "reviewer": reviewer, "signatory": signatory}
    with transaction.atomic():
        for name in ("fresh", "other"):
            people[name] = factories.officer(f"{name}@zj.example.cn", province, "reviewer")
            factories.post(people[name], province, "signatory")
        if is_objection:
            matter, _code = objections.lodge(entry=entry, text="不实", at=now)
        else:
            matter, _code = complaints.lodge(entry=entry, topic="other", text="有问题", at=now)
        for step, (action, who) in enumerate([*ways, *actions]):
            matter = Matter.objects.select_related("entity", "filing").get(pk=matter.pk)
            before = matter.status
            is_theirs = (action in COMPLAINING) if matter.kind == "complaint" else (action in OBJECTING)
            if not is_theirs:
                continue
            try:
                with transaction.atomic():
                    act(action, matter, people[who], now + dt.timedelta(minutes=step))
                    with connection.cursor() as cursor:
                        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
            except REFUSALS:
                pass
            check(Matter.objects.get(pk=matter.pk), before)
        transaction.set_rollback(True)
