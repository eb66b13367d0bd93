"""Whoever tries whatever in whatever order: only known refusals, and every open report can still end."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from filings import incidents as reported
from filings.matter_lifecycle import MATTER_TRANSITIONS, final
from filings.models import Event, Matter
from filings.transitions import TransitionNotAllowed
from reviews import incidents

pytestmark = pytest.mark.django_db

REFUSED = (PermissionDenied, ValidationError, TransitionNotAllowed)
PEOPLE = ("provider", "reviewer", "signatory", "detective")
ACTS = ("answer", "follow_up", "show_correction", "ask", "acknowledge", "ask_more", "forward", "hand_back", "close")
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from(PEOPLE)), max_size=14)


def act(name, matter, by, at, police, evidence):
    if name == "forward":
        return incidents.forward(matter=matter, to=police, text="移送。", by=by, at=at)
    if name in ("answer", "follow_up", "show_correction"):
        return getattr(reported, name)(matter=matter, text="说明。", files=[evidence], by=by, at=at)
    return getattr(incidents, name)(matter=matter, text="说明。", by=by, at=at)


@pytest.mark.parametrize("kind", ["incident", "misuse"])
def test_no_order_of_acts_breaks_a_report(kind, sent, provider, reviewer, signatory, detective, police, evidence, now):
    people = {"provider": provider, "reviewer": reviewer, "signatory": signatory, "detective": detective}
    key = sent(kind).pk

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps=STEPS)
    def walk(steps):
        with transaction.atomic():
            for name, who in steps:
                before = Matter.objects.get(pk=key)
                try:
                    with transaction.atomic():
                        act(name, before, people[who], now, police, evidence)
                except REFUSED:
                    assert Matter.objects.get(pk=key).status == before.status
                    continue
                assert who != "signatory"
            matter = Matter.objects.get(pk=key)
            leads_on = {str(s) for each in MATTER_TRANSITIONS[kind] for s in each.sources}
            assert matter.status in leads_on | final(kind)
            assert (matter.closed_at is not None) == (matter.status in final(kind)) == (matter.turn == "nobody")
            moves = Event.objects.filter(matter=key).exclude(kind__endswith=".follow_up").order_by("pk")
            assert moves.last().to_status in ("", matter.status)
            transaction.set_rollback(True)

    walk()
