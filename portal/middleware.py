"""What the visitor sees when the server cannot answer, and who may keep a copy when it can."""

import sys
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.cache import patch_cache_control


class PrivateUnlessSaid:
    """Keeps pages out of shared caches: what says nothing about caching is for one browser alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response


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
