import datetime as dt

import pytest

from filings import events
from filings.models import RegisterEntry
from reviews import decisions, queue
from reviews.models import ReviewTask


@pytest.fixture
def entry(submitted, reviewer, national_reviewer, national_signatory, now):
    """A registered and published filing's entry."""
    events.deliver_due(at=now + dt.timedelta(minutes=5))
    task = queue.claim(task=ReviewTask.objects.get(procedure=submitted), by=reviewer, at=now)
    task = queue.claim(task=decisions.pass_up(task=task, by=reviewer, at=now), by=national_reviewer, at=now)
    proposal = decisions.propose(task=task, kind="register", by=national_reviewer, at=now)
    decisions.sign(proposal=proposal, by=national_signatory, at=now)
    return RegisterEntry.objects.select_related("filing__entity").get(filing=submitted.filing)


@pytest.fixture
def member(client, provider):
    """The owner at a browser, in English."""
    client.force_login(provider)
    client.cookies["django_language"] = "en"
    return client
