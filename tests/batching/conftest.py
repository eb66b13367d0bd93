import datetime as dt

import pytest
from django.utils import timezone

from filings import events, workingdays
from reviews import batches, decisions, queue
from reviews.models import ReviewTask
from tests import factories


@pytest.fixture
def propose(entity, provider, reviewer, national_reviewer, national_signatory, now):
    """A filing of that name, proposed for registration."""

    def proposed(name="青禾生成算法"):
        draft = factories.complete_draft(entity=entity, by=provider, at=now, name=name)
        factories.submit(draft, by=provider, at=now)
        events.deliver_due(at=now + dt.timedelta(minutes=5))
        task = queue.claim(task=ReviewTask.objects.get(procedure=draft), by=reviewer, at=now)
        task = queue.claim(task=decisions.pass_up(task=task, by=reviewer, at=now), by=national_reviewer, at=now)
        return decisions.propose(task=task, kind="register", by=national_reviewer, at=now)

    return proposed


@pytest.fixture
def batch(nation, national_signatory, now):
    """Of the national authority, ten working days ahead."""
    day = workingdays.add(timezone.localdate(), 10)
    return batches.open_batch(authority=nation, publish_on=day, by=national_signatory, at=now)
