"""Whether this process lives, whether it can serve, and a few figures for monitoring."""

import ipaddress
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@login_not_required
@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    states = {name: check() for name, check in CHECKS.items()}
    is_ready = set(states.values()) == {"ok"}
    told = states if _may_watch(request) else {"ready": "ok" if is_ready else "not ok"}
    return JsonResponse(told, status=200 if is_ready else 503)


@login_not_required
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    if not _may_watch(request):
        return HttpResponse("not yours to see\n", status=403, content_type="text/plain")
    figures = {f"portal_{name}_ready": int(check() == "ok") for name, check in CHECKS.items()}
    figures["portal_broker_waiting_messages"] = _waiting_messages()
    lines = [f"{name} {value}\n" for name, value in figures.items()]
    return HttpResponse("".join(lines), content_type="text/plain; version=0.0.4")


def _may_watch(request: HttpRequest) -> bool:
    """Who bears METRICS_TOKEN; while none is set, who asks from this machine and through no proxy."""
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        return constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}")
    if "Forwarded" in request.headers or "X-Forwarded-For" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "away"
    return "ok"


def _migrations() -> str:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "unknown"
    return "waiting" if waiting else "ok"


def _broker() -> str:
    folder = settings.BROKER_DIR
    return "ok" if folder is None or Path(folder).is_dir() else "away"


def _waiting_messages() -> int:
    folder = settings.BROKER_DIR
    return sum(1 for _ in Path(folder).glob("*.msg")) if folder and Path(folder).is_dir() else 0


CHECKS: dict[str, Callable[[], str]] = {"database": _database, "migrations": _migrations, "broker": _broker}
