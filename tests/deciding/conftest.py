import datetime as dt

import pytest

from filings import events
from reviews import queue
from reviews.models import ReviewTask
from tests import factories


@pytest.fixture
def cast(reviewer, signatory, national_reviewer, national_signatory):
    """Everybody who decides, posted before anything is routed."""


@pytest.fixture
def queued(submitted, cast, now):
    """A submission that passed intake and waits for its region."""
    events.deliver_due(at=now + dt.timedelta(minutes=5))
    submitted.refresh_from_db()
    return submitted


@pytest.fixture
def task(queued, reviewer, now):
    """The regional task, claimed by the reviewer."""
    return queue.claim_next(by=reviewer, at=now)


@pytest.fixture
def finding(task, reviewer, now):
    from reviews import findings

    return findings.draft(
        task=task,
        path="algorithm.name",
        severity="must",
        text="算法名称与拟公示内容不一致，请核对。",
        legal_basis="ARP 24",
        by=reviewer,
        at=now,
    )


@pytest.fixture
def national_task(task, reviewer, national_reviewer, now):
    """Passed up and claimed at the level that concludes."""
    from reviews import decisions

    opened = decisions.pass_up(task=task, by=reviewer, at=now)
    return queue.claim(task=opened, by=national_reviewer, at=now)


@pytest.fixture
def resubmit(provider, now):
    def again(procedure, *, at=None, answer="已核对并修改。"):
        from filings import answers

        for finding in procedure.findings.filter(sent_at__isnull=False, settled_at__isnull=True):
            answers.answer_finding(finding=finding, text=answer, by=provider, at=at or now)
        factories.submit(procedure, by=provider, at=at or now)
        events.deliver_due()
        procedure.refresh_from_db()
        return ReviewTask.objects.filter(procedure=procedure).latest("pk")

    return again
