"""Whoever tries whatever after the number: known refusals only, two people at each decision, and always a way out."""

import json

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from filings import datasets, entities
from filings.dossier import specimen
from filings.models import EntityVersion
from tests import factories
from tests.lifecycle.acting import ACTS, World
from tests.registering import registered

pytestmark = pytest.mark.django_db

PEOPLE = ("provider", "viewer", "receiver", "giver", "outsider", "reviewer", "signatory", "both")
LIFTED = [("report", "provider"), ("propose_lift", "reviewer"), ("sign", "both")]
DECIDED = [("claim", "reviewer"), ("register", "reviewer"), ("sign", "signatory")]
# The usual ways, so that walks get far; what is tried at random stands between their steps.
WAYS = {
    "orders": [
        [("warn", "reviewer"), ("propose_order", "reviewer"), ("sign", "signatory"), ("fulfil", "reviewer")],
        [("order_to_correct", "both"), ("propose_order", "both"), ("sign", "signatory"), ("report", "provider"),
         ("not_met", "reviewer"), ("report", "provider"), ("fulfil", "reviewer")],
        [("suspend", "reviewer"), ("propose_order", "reviewer"), ("sign", "both"), *LIFTED],
        [("ask", "provider"), ("miss", "provider"), ("declare", "provider")],
    ],
    "data sets": [
        [("draft_set", "giver"), ("offer_set", "giver"), ("return_set", "reviewer"), ("offer_set", "giver")],
        [("draft_set", "giver"), ("offer_set", "giver"), ("grade", "reviewer"), ("apply", "provider"),
         ("consent", "giver"), ("revoke_consent", "giver")],
        [("draft_set", "giver"), ("offer_set", "giver"), ("grade", "reviewer"), ("apply", "provider"),
         ("take_back", "provider"), ("withdraw_set", "giver")],
    ],
    "endings": [
        [("cancel", "provider"), *DECIDED],
        [("open_cancellation", "reviewer"), ("answer", "provider"), ("propose_end", "both"), ("sign", "signatory")],
        [("open_revocation", "reviewer"), ("ask_to_be_heard", "provider"), ("invite", "reviewer"),
         ("minute", "reviewer"), ("propose_end", "reviewer"), ("sign", "signatory")],
    ],
    "changes": [
        [("change", "provider"), ("submit", "provider"), *DECIDED],
        [("change", "provider"), ("submit", "provider"), ("claim", "reviewer"), ("find", "reviewer"),
         ("return", "reviewer"), ("sign", "signatory"), ("submit", "provider")],
        [("change", "provider"), ("submit", "provider"), ("claim", "both"), ("decline", "both"), ("sign", "signatory")],
    ],
    "transfers": [
        [("offer", "provider"), ("take", "receiver"), *DECIDED],
        [("offer", "provider"), ("take", "receiver"), ("claim", "reviewer"), ("find", "reviewer"),
         ("return", "reviewer"), ("sign", "signatory"), ("take", "receiver")],
    ],
}  # fmt: skip
# One person who may do both proposes: the other half is never theirs.
ALONE = [
    [("warn", "both"), ("propose_order", "both")],
    [("suspend", "reviewer"), ("propose_order", "reviewer"), ("sign", "both"), ("propose_lift", "both")],
    [("cancel", "provider"), ("claim", "both"), ("register", "both")],
    [("open_revocation", "both"), ("answer", "provider"), ("propose_end", "both")],
    [("change", "provider"), ("submit", "provider"), ("claim", "both"), ("decline", "both")],
    [("offer", "provider"), ("take", "receiver"), ("claim", "both"), ("register", "both")],
]
# By these alone everything that is open can be brought to an end, whatever happened before.
WAY_OUT = (
    ("send_back", "signatory"), ("drop", "reviewer"), ("abandon", "reviewer"), ("withdraw", "provider"),
    ("withdraw", "receiver"), ("fulfil", "reviewer"), ("propose_lift", "reviewer"), ("sign", "signatory"),
    ("declare", "provider"), ("declare", "receiver"), ("refuse", "giver"), ("withdraw_set", "giver"),
)  # fmt: skip
TRIED = st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from(PEOPLE)), max_size=3)


def second_entity(owner, now, *, name, code, kind):
    """Another entity of Zhejiang with a verified profile."""
    told = json.dumps(specimen.entity(), ensure_ascii=False)
    basic = specimen.entity()["basic"]
    told = told.replace(basic["name"], name).replace(basic["credit_code"], code)
    entity = entities.create_entity(name=name, by=owner, at=now)
    entity.profile = factories.real(json.loads(told), entity, by=owner, at=now)
    entity.profile["basic"]["entity_type"] = kind
    entity.save(update_fields=["profile"])
    entities.freeze_version(entity=entity, by=owner, at=now)
    EntityVersion.objects.filter(entity=entity).update(status="verified", checked_by=owner, checked_at=now)
    entity.refresh_from_db()
    return entity


@pytest.fixture
def world(
    entity, provider, viewer, outsider, reviewer, signatory, national_reviewer, national_signatory, province, now
):
    both = factories.officer("both@zj.example.cn", province, "reviewer")
    factories.post(both, province, "signatory")
    giver, taker = factories.user("giver@example.cn"), factories.user("receiver@example.cn")
    entry = registered(
        entity, by=provider, at=now, reviewer=reviewer, national_reviewer=national_reviewer,
        national_signatory=national_signatory,
    )  # fmt: skip
    receiver = second_entity(taker, now, name="杭州承接科技有限公司", code="91330110MA2H00004G", kind="company")
    body = factories.verified_entity(owner=giver, at=now, entity_type="public_institution")
    people = {
        "provider": provider, "viewer": viewer, "receiver": taker, "giver": giver, "outsider": outsider,
        "reviewer": reviewer, "signatory": signatory, "both": both,
    }  # fmt: skip
    terms = datasets.Terms(
        title="示例市公共文化数据", description="馆藏目录。", source="本馆采集编目", licence="可训练",
        data_class="text", size="8000 条", contact="0571-88880000", wished_grade="application",
    )  # fmt: skip
    return World(entry.filing, people, province=province, receiver=receiver, body=body, terms=terms, now=now)


def test_every_way_can_be_gone_to_its_end_and_no_decision_by_one_person(world):
    for way in [each for ways in WAYS.values() for each in ways]:
        with transaction.atomic():
            assert [step for step in way if not world.try_out(*step)] == []
            world.check()
            transaction.set_rollback(True)
    for way in ALONE:
        with transaction.atomic():
            assert [step for step in way if not world.try_out(*step)] == []
            assert not world.try_out("sign", "both")
            assert world.try_out("sign", "signatory")
            transaction.set_rollback(True)


@pytest.mark.parametrize("family", WAYS)
def test_no_sequence_of_acts_gets_stuck_or_skips_the_second_person(family, world):
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(way=st.sampled_from(WAYS[family]), tried=st.lists(TRIED, min_size=8, max_size=8), far=st.integers(0, 8))
    def walk(way, tried, far):
        with transaction.atomic():
            for place, others in enumerate(tried):
                for act, who in [*others, *way[place : place + 1]][: None if place < far else len(others)]:
                    world.try_out(act, who)
                world.check()
            for _round in range(30):
                if world.is_over():
                    break
                for act, who in WAY_OUT:
                    world.try_out(act, who)
            world.check()
            assert world.is_over()
            transaction.set_rollback(True)

    walk()
