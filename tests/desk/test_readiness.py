"""What an installation lacks for real use, point by point, for who administers the system."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from filings import pulses
from filings.models import Authority, CalendarDay, Delivery, Event, Installation, OfficerRole, Pulse
from filings.tasks import deliver
from reviews import readiness
from reviews.readiness.point import State
from tests import factories
from tests.counting import costs

PAGE = "admin:desk-readiness"


@pytest.fixture
def states(db):
    """The state of each point, by its code."""

    def states():
        with translation.override("en"):
            return {point.code: point.state for point in readiness.points(at=timezone.now())}

    return states


@pytest.fixture
def national_administrator(nation):
    return factories.officer("admin@cac.example.cn", nation, OfficerRole.ADMINISTRATOR)


def test_an_empty_installation_names_everything_it_needs(states, settings):
    settings.DATABASE_URL, settings.SECRETS_MADE_HERE = "", ["SECRET_KEY"]
    settings.DEBUG = True
    missing = {code for code, state in states().items() if state == State.MISSING}
    assert missing >= {
        "authority", "administrators", "national-officers", "numbers", "address", "demonstration", "debug", "secrets",
        "database", "mail", "worker", "beat",
    }  # fmt: skip
    assert states()["backups"] == State.UNKNOWN


def test_what_is_put_right_is_no_longer_named(states, settings, nation, province, installation):
    settings.DATABASE_URL, settings.SECRETS_MADE_HERE, settings.DEMONSTRATION = "postgresql://x/y", [], False
    settings.PUBLIC_URL, settings.IS_HTTPS, settings.OUTBOX_DIR = "https://filing.example.cn", True, None
    facts = {"is_demonstration": False, "number_prefix": "某某算备", "service_prefix": "MouMou-"}
    Installation.objects.update(**facts, public_url="https://filing.example.cn")
    CalendarDay.objects.update(is_provisional=False)
    for number in range(2):
        factories.officer(f"admin{number}@cac.example.cn", nation, OfficerRole.ADMINISTRATOR)
    for authority, place in ((nation, "cac"), (province, "zj")):
        for role in (OfficerRole.INTAKE, OfficerRole.REVIEWER, OfficerRole.SIGNATORY):
            factories.officer(f"{role}@{place}.example.cn", authority, role)
    deliver(rung_by="beat")
    found = states()
    assert {code for code, state in found.items() if state == State.MISSING} <= {"deployment", "fonts"}
    assert (found["regions"], found["second-factors"]) == (State.READY, State.LOOK)


def test_one_person_in_both_roles_cannot_decide(states, nation):
    alone = factories.officer("all@cac.example.cn", nation, OfficerRole.REVIEWER)
    factories.post(alone, nation, OfficerRole.SIGNATORY)
    assert states()["national-officers"] == State.MISSING


def test_a_region_without_a_signatory_is_named(nation, province, other_province):
    for role in (OfficerRole.INTAKE, OfficerRole.REVIEWER, OfficerRole.SIGNATORY):
        factories.officer(f"{role}@zj.example.cn", province, role)
    (regions,) = [point for point in readiness.points(at=timezone.now()) if point.code == "regions"]
    assert other_province.name_zh in regions.todo
    assert province.name_zh not in regions.todo


def test_worker_and_beat_are_seen_when_they_ring_and_forgotten_after_five_minutes(states, now):
    deliver()
    assert (states()["worker"], states()["beat"]) == (State.READY, State.MISSING)
    deliver(rung_by="beat")
    assert states()["beat"] == State.READY
    Pulse.objects.update(at=now - dt.timedelta(minutes=6))
    assert (states()["worker"], states()["beat"]) == (State.MISSING, State.MISSING)


def test_a_sign_of_life_is_written_at_most_twice_a_minute(db, now, django_assert_num_queries):
    pulses.note("worker", at=now)
    with django_assert_num_queries(1):
        pulses.note("worker", at=now + dt.timedelta(seconds=20))
    pulses.note("worker", at=now + dt.timedelta(seconds=40))
    assert pulses.seen() == {"worker": now + dt.timedelta(seconds=40)}


def test_servers_that_do_not_answer_are_named_with_what_they_said(states, settings):
    settings.CELERY_BROKER_URL = "amqp://guest:secret@127.0.0.1:1//"
    settings.MAILERS = {"default": {"BACKEND": "x", "OPTIONS": {"host": "127.0.0.1", "port": 1}}}
    settings.OUTBOX_DIR = None
    points = {point.code: point for point in readiness.points(at=timezone.now())}
    assert (points["broker"].state, points["mail"].state) == (State.MISSING, State.MISSING)
    assert "secret" not in points["broker"].says + points["mail"].says


def test_parked_work_is_counted(states, now):
    event = Event.objects.create(kind="tests.happened", at=now, side="system")
    Delivery.objects.create(event=event, handler="nobody", due_at=now, parked_at=now)
    assert states()["parked"] == State.MISSING


def test_the_page_is_for_national_administrators_and_says_what_to_do(at_desk, national_administrator, administrator):
    page = at_desk(national_administrator).get(reverse(PAGE))
    assert "DEMO is on: set DEMO=no" in page.text
    assert reverse(PAGE) in at_desk(national_administrator).get(reverse("admin:index")).text
    assert at_desk(administrator).get(reverse(PAGE)).status_code == 403


def test_the_page_costs_the_same_for_one_region_and_three(at_desk, national_administrator, province, now):
    client = at_desk(national_administrator)
    before = costs(client, [reverse(PAGE)])
    for prefix in ("11", "31"):
        facts = {"name_zh": prefix, "name_en": prefix, "level": "provincial", "region_prefix": prefix}
        office = Authority.objects.create(**facts)
        factories.officer(f"reviewer@{prefix}.example.cn", office, OfficerRole.REVIEWER)
    event = Event.objects.create(kind="tests.happened", at=now, side="system")
    Delivery.objects.create(event=event, handler="nobody", due_at=now, parked_at=now)
    assert costs(client, [reverse(PAGE)]) == before
    assert before == [11]
