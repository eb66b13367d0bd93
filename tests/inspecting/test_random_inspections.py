"""Whatever anybody tries in whatever order: known refusals only, moves of the table, and always a way out."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from filings import inspections as told
from filings.lifecycle import pairs
from filings.matter_lifecycle import MATTER_TRANSITIONS, MatterKind, final
from filings.models import Event, Matter
from filings.transitions import TransitionNotAllowed
from reviews import inspections, orders
from reviews.models import Proposal, Signature

pytestmark = pytest.mark.django_db
REFUSALS = (PermissionDenied, ValidationError, TransitionNotAllowed)
PEOPLE = ("reviewer", "signatory", "inspector", "provider", "viewer")
ACTS = (
    "ask", "ask_more", "question", "drop", "join", "hand_lead", "answer", "hand_over", "order", "sign",
    "order_correction", "show", "not_corrected", "close", "date",
)  # fmt: skip
# The usual way, so that walks reach its end; what is tried at random stands between.
WAY = (
    ("ask", "reviewer"), ("answer", "provider"), ("hand_over", "provider"), ("order", "reviewer"),
    ("sign", "signatory"), ("order_correction", "reviewer"), ("show", "provider"), ("close", "reviewer"),
)  # fmt: skip
TABLE = MATTER_TRANSITIONS[MatterKind.INSPECTION]


class World:
    def __init__(self, matter, people, industry, now):
        self.pk, self.people, self.industry, self.now = matter.pk, people, industry, now

    def act(self, action, who):
        matter = Matter.objects.select_related("filing", "entity", "authority").get(pk=self.pk)
        known = {"by": self.people[who], "at": self.now}
        day = (self.now + dt.timedelta(days=30)).date()
        match action:
            case "ask" | "date":
                rule = inspections.ask if action == "ask" else inspections.move_date
                rule(matter=matter, due_on=day, **known)
            case "ask_more":
                inspections.ask_more(matter=matter, text="再问。", due_on=day, **known)
            case "question":
                inspections.add_question(matter=matter, text="再问。", **known)
            case "drop":
                inspections.drop(matter=matter, reason="不再需要。", **known)
            case "join" | "hand_lead":
                rule = inspections.join if action == "join" else inspections.hand_lead
                rule(matter=matter, authority=self.industry, **known)
            case "answer":
                for question, _none in told.questions(matter):
                    told.answer(question=question, text="说明。", **known)
            case "hand_over":
                told.hand_over(matter=matter, **known)
            case "order":
                terms = orders.Terms("correct", ("ARP 28",), "与申报不符。", "改正。", day)
                order = orders.draft(
                    terms=terms, filing=matter.filing, authority=matter.authority, parent=matter, **known
                )
                orders.propose(order=order, reasons="属实。", **known)
            case "sign":
                proposal = Proposal.objects.filter(matter__parent=matter, status="pending").first()
                if proposal is None:
                    raise TransitionNotAllowed("sign", "nothing")
                orders.sign(proposal=proposal, **known)
            case "order_correction":
                inspections.order_correction(matter=matter, **known)
            case "show":
                told.show_correction(matter=matter, text="已改。", **known)
            case "not_corrected":
                inspections.not_corrected(matter=matter, reason="未改。", due_on=day, **known)
            case "close":
                was = matter.status
                result = {"shown": "corrected", "correcting": "not_corrected"}.get(was, "in_order")
                inspections.close(matter=matter, result=result, findings="已查。", **known)

    def check(self):
        connection.check_constraints()
        matter = Matter.objects.get(pk=self.pk)
        at = "draft"
        for event in Event.objects.filter(matter=matter).exclude(to_status="").order_by("id"):
            assert event.from_status == at
            assert (at, event.to_status) in pairs(TABLE)
            at = event.to_status
        assert at == matter.status
        assert (matter.closed_at is not None) == (at in final(matter.kind))
        assert at in final(matter.kind) or any(at in each.sources for each in TABLE)
        assert (matter.turn == "nobody") == (matter.closed_at is not None)
        assert matter.told_provider == (Event.objects.filter(matter=matter, kind="matter.inspection.ask").exists())
        if at in ("correcting", "shown"):
            signed = Signature.objects.filter(proposal__matter__parent=matter).select_related("proposal")
            assert signed
            assert all(each.signed_by_id != each.proposal.proposed_by_id for each in signed)


@given(
    tried=st.lists(
        st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from(PEOPLE)), max_size=3), min_size=8, max_size=8
    )
)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_sequence_of_acts_skips_a_step_or_a_person(
    tried, opened, reviewer, signatory, inspector, provider, viewer, industry, now
):
    people = {
        "reviewer": reviewer, "signatory": signatory, "inspector": inspector, "provider": provider, "viewer": viewer,
    }  # fmt: skip
    world = World(opened, people, industry, now)
    with transaction.atomic():
        for usual, others in zip(WAY, tried, strict=True):
            for action, who in [*others, usual]:
                try:
                    with transaction.atomic():
                        world.act(action, who)
                except REFUSALS:
                    pass
                world.check()
        transaction.set_rollback(True)
