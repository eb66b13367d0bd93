import datetime as dt

import pytest

from filings import events
from filings.models import RegisterEntry
from filings.submissions import document_of
from reviews import decisions, queue
from reviews.models import ReviewTask


@pytest.fixture
def publish(reviewer, signatory, national_reviewer, national_signatory, now):
    """Take a submitted procedure through both levels to its signature; gives its entry."""

    def publish(procedure):
        events.deliver_due(at=now + dt.timedelta(minutes=5))
        task = queue.claim(task=ReviewTask.objects.get(procedure=procedure), by=reviewer, at=now)
        task = queue.claim(task=decisions.pass_up(task=task, by=reviewer, at=now), by=national_reviewer, at=now)
        proposal = decisions.propose(task=task, kind="register", by=national_reviewer, at=now)
        decisions.sign(proposal=proposal, by=national_signatory, at=now)
        return RegisterEntry.objects.get(filing=procedure.filing)

    return publish


@pytest.fixture
def document(submitted):
    return document_of(submitted.submissions.get())
