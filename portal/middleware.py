"""What the visitor sees when the server cannot answer."""

import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader


def server_error(request: HttpRequest) -> HttpResponse:
    """The one page for failures: 503 when the database is away or too busy, else 500.

    It is the 500 handler, not a middleware, because sessions and sign-in fail first, and their
    failures never reach a middleware around them. It touches neither database nor session.
    """
    failure = sys.exc_info()[1]
    if isinstance(failure, OperationalError | InterfaceError):
        page = loader.render_to_string("503.html", {"PORTAL_NAME": settings.PORTAL_NAME})
        return HttpResponse(page, status=503, headers={"Retry-After": "5", "Cache-Control": "no-store"})
    page = loader.render_to_string("500.html", {"PORTAL_NAME": settings.PORTAL_NAME})
    return HttpResponse(page, status=500, headers={"Cache-Control": "no-store"})
