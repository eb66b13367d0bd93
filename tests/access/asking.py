"""Every address of the site, asked by every role; what is written in between is undone."""

import re
from contextlib import contextmanager

from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver

WRITES = re.compile(r'\s*(INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')


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
    """The status of one request by a fresh browser; its writes are rolled back."""
    cache.clear()  # nobody is throttled for what another role asked
    client = Client(raise_request_exception=False)
    client.cookies.load(cookies)
    with transaction.atomic():
        answer = client.generic("GET", path) if method == "GET" else client.post(path, data)
        status = answer.status_code
        for _part in answer.streaming_content if answer.streaming else ():
            pass  # to the end, which closes the file
        transaction.set_rollback(True)
    return status


@contextmanager
def written():
    """The tables that statements in the block write to; sessions and savepoints aside."""
    found = []
    with CaptureQueriesContext(connection) as captured:
        yield found
    for query in captured.captured_queries:
        match = WRITES.match(query["sql"])
        if match and match[2] not in ("django_session", "usersessions_usersession"):
            found.append(f"{match[1]} {match[2]}")
