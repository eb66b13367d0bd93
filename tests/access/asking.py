"""Every address of the site, asked by every role; what is written in between is undone."""

import re

from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver

WRITES = re.compile(r'\s*(INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
# The name and contact of who complained, and the name of their file, in the world of these tests.
CANARY = "canary-7c1e"
SESSIONS = {"django_session", "usersessions_usersession"}


def routes(patterns=None, prefix="", namespace=""):
    """(name, pattern) of every address; addresses without a name are named by their pattern."""
    patterns = get_resolver().url_patterns if patterns is None else patterns
    for each in patterns:
        address = f"{prefix}{each.pattern}"
        if isinstance(each, URLPattern):
            name = f"{namespace}:{each.name}" if namespace and each.name else each.name
            yield name or address, each
        else:
            inner = ":".join(part for part in (namespace, each.namespace) if part)
            yield from routes(each.url_patterns, address, inner)


def browsers(cast):
    """The session cookie of each role; nobody signs in twice."""
    found = {}
    for role, person in cast.items():
        client = Client()
        if person is not None:
            client.force_login(person)
        found[role] = client.cookies.output(header="", sep=";")
    return found


def ask(cookies, method, path, data):
    """The status of one request by a fresh browser, and the tables it wrote to; its writes are undone.

    Nothing shows who complained but the page that reveals it, with a reason.
    """
    cache.clear()  # nobody is throttled for what another role asked
    client = Client(raise_request_exception=False)
    client.cookies.load(cookies)
    with transaction.atomic(), CaptureQueriesContext(connection) as captured:
        answer = client.get(path) if method == "GET" else client.post(path, data)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    is_told = CANARY.encode() in body or CANARY in str(answer.headers)
    assert is_told == (method == "POST" and path.endswith("/person/") and answer.status_code == 200), path
    found = (WRITES.match(query["sql"]) for query in captured.captured_queries)
    return answer.status_code, {match[2] for match in found if match} - SESSIONS
