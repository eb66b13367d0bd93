import json
import logging

import pytest
from django.db import InterfaceError, OperationalError
from django.test import RequestFactory

from portal.logs import JsonLine
from portal.middleware import server_error


@pytest.mark.parametrize("error", [OperationalError("gone"), InterfaceError("gone")])
def test_a_lost_database_is_told_as_a_pause_not_as_a_fault(error):
    answer = failing_with(error)

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "系统暂时不可用" in answer.content.decode()


def test_any_other_failure_is_told_as_a_fault():
    answer = failing_with(ValueError("bad"))

    assert answer.status_code == 500
    assert "系统出错" in answer.content.decode()
    assert "bad" not in answer.content.decode()


def test_a_log_line_names_the_route_and_not_the_address():
    request = RequestFactory().get("/sign/very-secret-token/?email=a@example.org")
    record = logging.LogRecord("django.request", logging.ERROR, "x", 1, "Internal: %s", (request.path,), None)
    record.request, record.status_code = request, 500

    line = json.loads(JsonLine().format(record))

    assert line["says"] == "500 GET /(no route)"


def test_a_log_line_of_a_failure_leaves_out_the_values_that_postgresql_tells():
    try:
        raise ValueError('duplicate key "one_email"\nDETAIL: Key (email)=(a@example.org) already exists.')
    except ValueError as error:
        record = logging.LogRecord("x", logging.ERROR, "x", 1, "failed", (), (ValueError, error, error.__traceback__))

    line = JsonLine().format(record)

    assert "a@example.org" not in line
    assert json.loads(line)["error"] == 'ValueError: duplicate key "one_email"'


def failing_with(error):
    request = RequestFactory().get("/")
    try:
        raise error
    except Exception:
        return server_error(request)
