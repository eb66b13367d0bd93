"""What must follow from an event is tried eight times, whether a try fails or its worker is killed."""

import datetime as dt
import subprocess
import sys

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone, translation

from filings import annexes, annexgate, events
from filings.lifecycle import Actor
from filings.models import AnnexCheck, Delivery, Event
from tests import factories
from tests.annexes import desk
from tests.annexes.package import small
from tests.faults.processes import environment

HOUR = dt.timedelta(hours=1)


class Killed(BaseException):
    """What no `except Exception` catches, as a killed worker is caught by nothing."""


@pytest.fixture
def delivery(db, monkeypatch, now):
    """One due delivery of a handler that the test chooses: `delivery(handler)`."""

    def make(handler):
        monkeypatch.setitem(events._handlers, "tests.one", handler)
        event = Event.objects.create(kind="tests.happened", at=now, side=Actor.SYSTEM)
        return Delivery.objects.create(event=event, handler="tests.one", due_at=now)

    return make


def try_on(at, *, times):
    """Work what is due, an hour later each time; a killed try leaves nothing but its count."""
    for number in range(times):
        try:
            events.deliver_next(at=at + number * HOUR, only=["tests.one"])
        except Killed:
            continue


def test_a_delivery_that_succeeds_at_once_counts_no_attempt(delivery, now):
    row = delivery(lambda event, at: None)
    try_on(now, times=1)
    row.refresh_from_db()
    assert (row.done_at, row.due_at, row.attempts, row.error) == (now, now, 0, "")


def test_a_delivery_whose_worker_is_killed_each_time_is_parked_after_eight(delivery, now):
    tried = []

    def kill(event, at):
        tried.append(at)
        raise Killed

    row = delivery(kill)
    try_on(now, times=12)
    row.refresh_from_db()
    assert len(tried) == row.attempts == events.MOST_ATTEMPTS == 8
    assert (row.done_at, row.parked_at, row.error) == (None, now + 8 * HOUR, events.UNFINISHED)
    assert Event.objects.get(kind="delivery.parked").data["delivery"] == row.pk


def test_a_delivery_that_raises_is_parked_at_the_eighth_try_with_its_error(delivery, now):
    def fail(event, at):
        raise ValueError("out of paper")

    row = delivery(fail)
    try_on(now, times=8)
    row.refresh_from_db()
    assert (row.parked_at, row.attempts, row.error) == (now + 7 * HOUR, 8, "ValueError: out of paper")


def test_failed_tries_stand_until_one_succeeds_and_are_told_by_their_number(delivery, now):
    outcomes = iter([Killed(), ValueError(), None])

    def handle(event, at):
        if outcome := next(outcomes):
            raise outcome

    row = delivery(handle)
    try_on(now, times=3)
    row.refresh_from_db()
    assert (row.done_at, row.attempts, row.error) == (now + 2 * HOUR, 2, "")


def test_nobody_takes_a_delivery_again_while_it_is_worked(delivery, now):
    seen = []

    def handle(event, at):
        seen.append(events.deliver_next(at=at, only=["tests.one"]))

    delivery(handle)
    try_on(now, times=1)
    assert seen == [False]


def test_a_parked_delivery_of_the_mail_about_parked_ones_tells_no_more(db, monkeypatch, now):
    event = Event.objects.create(kind=events.PARKED, at=now, side=Actor.SYSTEM, data={"handler": "x", "event": 0})
    Delivery.objects.create(event=event, handler="nobody", due_at=now, attempts=8)
    events.deliver_due(at=now)
    assert Event.objects.filter(kind=events.PARKED).count() == 1
    assert Delivery.objects.get().parked_at == now


def test_national_administrators_are_mailed_once_about_work_that_is_parked(delivery, nation, province, now):
    factories.officer("admin@cac.example.cn", nation, "administrator")
    factories.officer("admin@zj.example.cn", province, "administrator")
    row = delivery(lambda event, at: 1 / 0)
    Delivery.objects.filter(pk=row.pk).update(attempts=7)
    events.deliver_due(at=now)
    (message,) = mail.outbox
    assert message.to == ["admin@cac.example.cn"]
    assert reverse("admin:filings_delivery_change", args=[row.pk]) in message.body
    assert "division" not in message.body


KILLS_ITSELF = """
import os, signal, django
django.setup()
from django.utils import timezone
from filings import events
events._handlers["tests.one"] = lambda event, at: os.kill(os.getpid(), signal.SIGKILL)
events.deliver_next(at=timezone.now(), only=["tests.one"])
"""


@pytest.mark.faults
@pytest.mark.django_db(transaction=True)
def test_a_killed_process_leaves_its_try_counted(delivery, tmp_path):
    row = delivery(None)
    ended = subprocess.run([sys.executable, "-c", KILLS_ITSELF], env=environment(tmp_path), check=False)
    row.refresh_from_db()
    assert ended.returncode == -9
    assert (row.attempts, row.done_at, row.error) == (1, None, events.UNFINISHED)
    assert row.due_at > timezone.now()


@pytest.fixture
def unchecked(provider, entity, now, monkeypatch):
    """A service whose one annex was handed in, and a worker that dies of it."""
    monkeypatch.setattr("filings.annexworking.rules_of", lambda _rule_set: small())
    service = desk.service(provider, entity, at=now)
    desk.hand_in(service, provider, {"keywords": ("词.csv", "关键词\n甲\n".encode())}, work=False)
    with monkeypatch.context() as broken:
        broken.setattr("filings.annexworking.checking.check", lambda *args, **options: 1 / 0)
        for hour in range(8):
            events.deliver_due(at=timezone.now() + hour * HOUR)
    events.deliver_due(at=timezone.now() + 9 * HOUR)
    return desk.refreshed(service)


def test_a_check_that_is_given_up_says_so_and_may_be_asked_for_again(client, provider, unchecked):
    check = AnnexCheck.objects.get()
    assert (check.status, Event.objects.filter(kind="annex.failed").count()) == ("failed", 1)
    with translation.override("en"):
        (problem,) = annexgate.problems(unchecked, unchecked.dossier.content, {})
        assert (problem.is_blocking, "error of the portal" in problem.message) == (True, True)

    client.force_login(provider)
    client.cookies["django_language"] = "en"
    address = reverse("filings:annex-detail", args=[unchecked.pk, "keywords"])
    page = client.get(address)
    assert "An operator has been told" in page.content.decode()
    assert "Refresh" not in page.headers

    client.post(reverse("filings:annex-check", args=[unchecked.pk]), {"failed": "yes"})
    events.deliver_due()
    assert annexes.newest(unchecked)["keywords"].status != "failed"
    assert AnnexCheck.objects.count() == 2


def test_an_operator_who_lets_it_be_tried_again_brings_the_result(unchecked):
    parked = Delivery.objects.get(handler="filings.annex_check")
    events.release_parked(parked, at=timezone.now())
    events.deliver_due()
    assert AnnexCheck.objects.get().status in ("done", "refused", "unmapped")
