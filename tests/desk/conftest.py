import datetime as dt

import pytest

from filings import events
from reviews import queue


@pytest.fixture
def queued(submitted, reviewer, signatory, now):
    """A submission that passed intake and waits for its region."""
    events.deliver_due(at=now + dt.timedelta(minutes=5))
    submitted.refresh_from_db()
    return submitted


@pytest.fixture
def task(queued, reviewer, now):
    """The regional task, claimed by the reviewer."""
    return queue.claim_next(by=reviewer, at=now)


@pytest.fixture
def at_desk(client):
    """A browser at which an officer has signed in; pages in English."""

    def sign_in(user):
        client.force_login(user)
        client.cookies["django_language"] = "en"
        return client

    return sign_in
