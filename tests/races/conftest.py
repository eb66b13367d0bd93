import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client

from filings import events
from reviews import queue


@pytest.fixture
def at_once():
    """Run callables in threads that start together; gives their results or exceptions in order."""

    def at_once(*calls):
        barrier = Barrier(len(calls))

        def run(call):
            try:
                connections["default"].ensure_connection()
                barrier.wait(timeout=20)
                return call()
            except Exception as failure:
                return failure
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(calls)) as pool:
            return list(pool.map(run, calls))

    return at_once


@pytest.fixture
def posting():
    """A callable that posts a form as a person and gives status and address; a failure is a 500."""

    def posting(person, path, data=None):
        client = Client(raise_request_exception=False)
        client.force_login(person)

        def post():
            answer = client.post(path, data or {})
            return answer.status_code, answer.get("Location", "")

        return post

    return posting


@pytest.fixture
def free(submitted, reviewer, second_reviewer, signatory, now):
    """One task that waits in the region's queue."""
    events.deliver_due(at=now + dt.timedelta(minutes=5))
    return submitted.tasks.get()


@pytest.fixture
def claimed(free, reviewer, now):
    return queue.claim(task=free, by=reviewer, at=now)
