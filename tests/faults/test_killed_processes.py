"""200 submissions while worker and beat are killed and the broker is gone: 200 intakes, once each."""

import os
import time

import pytest
from django.utils import timezone

from filings import sealing, submissions
from filings.models import Delivery, Event, Procedure
from reviews.models import IntakeRun, ReviewTask
from tests import factories
from tests.faults.processes import Files, Processes, RabbitMQ, rings_the_bell_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]

HOW_MANY = 200
BROKER_GONE_FOR = 30  # seconds


@pytest.fixture
def broker(tmp_path):
    """A folder; `make test-rabbitmq` names a RabbitMQ of the test's own instead."""
    program = os.environ.get("RABBITMQ_SERVER")
    if not program:
        files = Files(tmp_path)
        files.start()
        yield files
        return
    rabbit = RabbitMQ(tmp_path, program)
    rabbit.start()
    yield rabbit
    rabbit.leave()


@pytest.fixture
def processes(tmp_path, broker):
    for name in ("media", "outbox"):
        (tmp_path / name).mkdir()
    group = Processes(tmp_path, broker.url)
    yield group
    group.kill()


@pytest.fixture
def locked_dossiers(entity, provider, reviewer, national_reviewer, now):
    """Complete dossiers, locked and confirmed; what their making left to deliver is set aside."""
    first = factories.complete_draft(entity=entity, by=provider, at=now, name="故障演练算法0号")
    content = first.dossier.content
    names = [f"故障演练算法{number}号" for number in range(1, HOW_MANY)]
    drafts = [first, *(factories.twin(first, content, name=name, by=provider, at=now) for name in names)]
    for procedure in drafts:
        factories.locked(procedure, by=provider, at=now)
    Delivery.objects.update(done_at=now)
    return drafts


def wait_for(condition, seconds):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.5)
    return condition()


def test_every_submission_is_checked_once_whatever_dies(processes, broker, locked_dossiers, provider):
    processes.start()
    gone_at = back_at = None
    with rings_the_bell_of(broker):
        for at, procedure in enumerate(locked_dossiers):
            submissions.submit(procedure=procedure, by=provider, at=timezone.now())
            if at == 40:
                assert wait_for(IntakeRun.objects.exists, 60), "the worker never began"
            if at in (60, 120):
                assert Delivery.objects.filter(done_at=None).exists(), "nothing was in flight"
                processes.kill()
                processes.start()
            if at == 80:
                broker.stop()
                gone_at = time.monotonic()
            if gone_at and not back_at and time.monotonic() - gone_at > BROKER_GONE_FOR:
                broker.start()
                back_at = time.monotonic()
        if not back_at:
            time.sleep(max(0.0, BROKER_GONE_FOR - (time.monotonic() - gone_at)))
            broker.start()
        processes.kill()
        processes.start()
        intake = Delivery.objects.filter(handler="reviews.intake")
        assert wait_for(lambda: not intake.filter(done_at=None).exists(), 240), "some intakes were never done"
    assert intake.count() == IntakeRun.objects.count() == HOW_MANY
    assert Event.objects.filter(kind="procedure.pass_intake").count() == HOW_MANY
    assert ReviewTask.objects.count() == HOW_MANY
    assert set(Procedure.objects.values_list("status", flat=True)) == {"in_review"}
    assert sealing.standing(locked_dossiers[0]) is None
