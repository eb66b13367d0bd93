"""200 submissions while worker and beat are killed and the broker is gone: 200 intakes, once each."""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from filings import sealing, submissions
from filings.models import Delivery, Event, Procedure
from reviews.models import IntakeRun, ReviewTask
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]

HOW_MANY = 200
BROKER_GONE_FOR = 30  # seconds


def environment(folder: Path) -> dict[str, str]:
    """The production settings on the test's own database, with broker and files in `folder`."""
    place = connection.settings_dict
    url = f"postgresql://{place['USER']}:{place['PASSWORD']}@/{place['NAME']}?host={place['HOST']}"
    if not place["HOST"].startswith("/"):
        url = f"postgresql://{place['USER']}:{place['PASSWORD']}@{place['HOST']}:{place['PORT']}/{place['NAME']}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATABASE_URL": url,
        "VAR_DIR": str(folder),
        "CELERY_BROKER_URL": "filesystem://",
        "SECRET_KEY": "only-for-this-test" * 4,
        "FIELD_ENCRYPTION_KEYS": ",".join(settings.FIELD_ENCRYPTION_KEYS),
        "PYTHONWARNINGS": "ignore",
    }


class Processes:
    """A real worker and a real beat, each in a process group of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        celery = [sys.executable, "-m", "celery", "-A", "portal.celery"]
        for role in (["worker", "--concurrency", "2", "-l", "WARNING"], ["beat", "--pidfile=", "-l", "WARNING"]):
            log = (self.folder / f"{role[0]}.log").open("ab")
            self.running.append(
                subprocess.Popen(
                    [*celery, *role],
                    cwd=settings.BASE_DIR,
                    env=environment(self.folder),
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            )

    def kill(self) -> None:
        """As a power cut would: the whole group at once, no goodbye."""
        for process in self.running:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.running = []


@pytest.fixture
def processes(tmp_path):
    for name in ("broker/control", "media", "outbox"):
        (tmp_path / name).mkdir(parents=True)
    group = Processes(tmp_path)
    yield group
    group.kill()


@contextmanager
def rings_the_bell_of(folder: Path):
    """Let this process nudge the same broker as the worker listens to."""
    from portal.celery import app

    options = {
        "data_folder_in": str(folder / "broker"),
        "data_folder_out": str(folder / "broker"),
        "control_folder": str(folder / "broker" / "control"),
    }
    before = app.conf.broker_url, app.conf.broker_transport_options
    app.conf.broker_url, app.conf.broker_transport_options = "filesystem://", options
    app.pool.force_close_all()
    yield
    app.conf.broker_url, app.conf.broker_transport_options = before
    app.pool.force_close_all()


def break_broker(folder: Path) -> None:
    shutil.rmtree(folder / "broker")
    (folder / "broker").write_text("not a folder")


def mend_broker(folder: Path) -> None:
    (folder / "broker").unlink()
    (folder / "broker" / "control").mkdir(parents=True)


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


def test_every_submission_is_checked_once_whatever_dies(processes, locked_dossiers, provider, tmp_path):
    processes.start()
    gone_at = back_at = None
    with rings_the_bell_of(tmp_path):
        for at, procedure in enumerate(locked_dossiers):
            submissions.submit(procedure=procedure, by=provider, at=timezone.now())
            if at == 40:
                assert wait_for(IntakeRun.objects.exists, 60), "the worker never began"
            if at in (60, 120):
                assert Delivery.objects.filter(done_at=None).exists(), "nothing was in flight"
                processes.kill()
                processes.start()
            if at == 80:
                break_broker(tmp_path)
                gone_at = time.monotonic()
            if gone_at and not back_at and time.monotonic() - gone_at > BROKER_GONE_FOR:
                mend_broker(tmp_path)
                back_at = time.monotonic()
        if not back_at:
            time.sleep(max(0.0, BROKER_GONE_FOR - (time.monotonic() - gone_at)))
            mend_broker(tmp_path)
        processes.kill()
        processes.start()
        intake = Delivery.objects.filter(handler="reviews.intake")
        assert wait_for(lambda: not intake.filter(done_at=None).exists(), 240), "some intakes were never done"
    assert intake.count() == IntakeRun.objects.count() == HOW_MANY
    assert Event.objects.filter(kind="procedure.pass_intake").count() == HOW_MANY
    assert ReviewTask.objects.count() == HOW_MANY
    assert set(Procedure.objects.values_list("status", flat=True)) == {"in_review"}
    assert sealing.standing(locked_dossiers[0]) is None
