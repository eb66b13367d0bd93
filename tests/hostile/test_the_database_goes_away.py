"""The database restarts under load: one clear page each, then on, without restarting the portal."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.test import Client

pytestmark = pytest.mark.django_db(transaction=True)


def end_all_other_backends():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0]


def test_visitors_meet_one_clear_page_and_then_the_register_again(settings, installation):
    settings.DATABASES["default"]["CONN_MAX_AGE"] = 300
    ended, stop, ready = [], threading.Event(), threading.Barrier(5)

    def visit():
        connections["default"].settings_dict["CONN_MAX_AGE"] = 300
        client = Client(raise_request_exception=False)
        answers = [client.get("/register/")]
        ready.wait(timeout=30)
        while not stop.is_set():
            answers.append(client.get("/register/"))
        answers += [client.get("/register/") for _ in range(3)]
        connections.close_all()
        return [(answer.status_code, answer.content.decode()) for answer in answers]

    with ThreadPoolExecutor(4) as pool:
        visitors = [pool.submit(visit) for _ in range(4)]
        ready.wait(timeout=30)
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
