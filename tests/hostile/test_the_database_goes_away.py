"""The database restarts under load: one clear page each, then on, without restarting the portal."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections
from django.test import RequestFactory

pytestmark = pytest.mark.django_db(transaction=True)


def end_all_other_backends():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0]


def visit(site):
    """One request through the site as a server makes it, so that broken connections are let go as there."""
    told = []
    answer = site(RequestFactory().get("/register/").environ, lambda status, _headers: told.append(status))
    page = b"".join(answer).decode()
    answer.close()
    return int(told[0][:3]), page


def test_visitors_meet_one_clear_page_and_then_the_register_again(installation):
    site = WSGIHandler()
    ended, stop, ready = [], threading.Event(), threading.Barrier(5)

    def stay():
        connections["default"].settings_dict = {**connections["default"].settings_dict, "CONN_MAX_AGE": 300}
        answers = [visit(site)]
        ready.wait(timeout=60)
        while not stop.is_set():
            answers.append(visit(site))
        answers += [visit(site) for _ in range(3)]
        connections.close_all()
        return answers

    with ThreadPoolExecutor(4) as pool:
        visitors = [pool.submit(stay) for _ in range(4)]
        ready.wait(timeout=60)
        ended = [end_all_other_backends() for _ in range(3)]
        stop.set()
        seen = [visitor.result() for visitor in visitors]

    assert sum(ended) > 0
    everything = [answer for answers in seen for answer in answers]
    assert {status for status, _page in everything} <= {200, 503}
    for _status, page in (each for each in everything if each[0] == 503):
        assert "<h1" in page
        assert "Traceback" not in page
    assert [[status for status, _page in answers[-2:]] for answers in seen] == [[200, 200]] * 4
