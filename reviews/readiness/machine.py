"""What the installation runs on: address, secrets, database, files, mail, and the programs behind the pages."""

from __future__ import annotations

import datetime as dt
import secrets
import socket
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import checks
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu import Connection

from filings import fonts, pulses
from filings.models import Delivery, Installation, Pulse
from reviews.readiness.point import Point, State, point

if TYPE_CHECKING:
    from collections.abc import Iterator

PROBE = "probes"
PATIENCE = 3  # seconds for a server that does not answer
LATELY = dt.timedelta(minutes=5)
# What points of their own say in both languages.
SAID_HERE = {"portal.W001", "portal.W002", "portal.W003", "security.W018"}


def points(at: dt.datetime) -> Iterator[Point]:
    """Everything about machines and settings; servers are asked, a small file is written and taken away."""
    yield _address()
    yield _demonstration()
    yield _debug()
    yield _secrets()
    yield _database()
    yield _storage()
    yield _mail()
    yield _fonts()
    yield _scanner()
    yield _broker()
    yield from _programs(at)
    yield _parked()
    yield _deployment()
    yield _backups()


def _address() -> Point:
    told = Installation.objects.filter(pk=1).values_list("public_url", flat=True).first()
    todo = _("PUBLIC_URL is not https: set it and put a TLS proxy in front.")
    is_other = bool(told) and str(told).rstrip("/") != settings.PUBLIC_URL
    if settings.IS_HTTPS and is_other:
        todo = _("PUBLIC_URL differs from what setup was told: certificates lead to the one, mail to the other.")
    is_missing = not settings.IS_HTTPS or is_other
    return point("address", _("Public address"), is_missing, settings.PUBLIC_URL, todo)


def _demonstration() -> Point:
    says = _("Sign-ins are shown and officers need no second factor.") if settings.DEMONSTRATION else _("Off.")
    todo = _("DEMO is on: set DEMO=no, or officers sign in without a second factor.")
    return point("demonstration", _("Demonstration mode"), settings.DEMONSTRATION, says, todo)


def _debug() -> Point:
    says = _("Failures show the inside of the portal to everybody.") if settings.DEBUG else _("Off.")
    return point("debug", _("Debugging pages"), settings.DEBUG, says, _("DEBUG is on: set DEBUG=no."))


def _secrets() -> Point:
    made = ", ".join(settings.SECRETS_MADE_HERE)
    says = _("Made on this machine: %(names)s.") % {"names": made} if made else _("Given by the environment.")
    todo = _(
        "Give them by the environment, best as files, and keep copies apart: a key that is lost takes values with it."
    )
    return point("secrets", _("Secrets"), made, says, todo)


def _database() -> Point:
    says = _("A server named by DATABASE_URL.") if settings.DATABASE_URL else _("The embedded server.")
    todo = _("Set DATABASE_URL to a PostgreSQL server that is kept and backed up.")
    return point("database", _("Database"), not settings.DATABASE_URL, says, todo)


def _storage() -> Point:
    problem = probe_storage()
    says = problem or _("A file was written, read and taken away.")
    todo = _("The storage for files does not work. See S3_BUCKET and VAR_DIR.")
    return point("storage", _("Storage for files"), problem, says, todo)


def probe_storage() -> str:
    """Write, read back and take away a small file; what went wrong, or nothing."""
    written = secrets.token_bytes(64)
    try:
        name = default_storage.save(f"{PROBE}/{secrets.token_hex(8)}", ContentFile(written))
        with default_storage.open(name) as stored:
            read = stored.read()
        default_storage.delete(name)
    except Exception as error:  # a storage may fail in any way; the person is told how
        return f"{type(error).__name__}: {error}"
    return "" if read == written else "what was read is not what was written"


def _mail() -> Point:
    title, told = _("Mail server"), settings.MAILERS["default"].get("OPTIONS", {})
    if settings.OUTBOX_DIR is not None:
        todo = _("EMAIL_URL is not set: mail stays in a local outbox.")
        return Point("mail", title, State.MISSING, _("A local outbox."), todo)
    host, port = told.get("host", ""), told.get("port", 0)
    problem = _no_answer(host, port) if host else ""
    todo = _("The mail server does not answer. Check EMAIL_URL, and send a mail with manage.py setup --test-mail.")
    return point("mail", title, problem, problem or f"{host}:{port}", todo)


def _no_answer(host: str, port: int) -> str:
    try:
        socket.create_connection((host, port), timeout=PATIENCE).close()
    except OSError as error:
        return f"{host}:{port}: {error}"
    return ""


def _fonts() -> Point:
    try:
        names = ", ".join(fonts.chinese_fonts())
    except fonts.NoChineseFont:
        names = ""
    todo = _("No Chinese font is installed: official papers cannot be made (fonts-noto-cjk).")
    return point("fonts", _("Chinese fonts"), not names, names or "–", todo)


def _scanner() -> Point:
    says = settings.CLAMD_SOCKET or _("Uploads are marked “not scanned”.")
    todo = _("Install ClamAV and name its socket in CLAMD_SOCKET.")
    return point("scanner", _("Virus scanner"), not settings.CLAMD_SOCKET, says, todo, mild=True)


def _broker() -> Point:
    title = _("Broker")
    if settings.BROKER_DIR is not None:
        todo = _("Set CELERY_BROKER_URL to RabbitMQ or Redis: files serve one machine, and slowly.")
        return Point("broker", title, State.LOOK, _("Files of this machine."), todo)
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    asked = Connection(settings.CELERY_BROKER_URL, transport_options=options, connect_timeout=PATIENCE)
    try:
        with asked:
            asked.ensure_connection(max_retries=1, timeout=PATIENCE)
    except Exception as error:  # a broker may fail in any way; the person is told how
        todo = _("Start the broker, or correct CELERY_BROKER_URL. Nothing is lost; work waits for the next sweep.")
        return Point("broker", title, State.MISSING, f"{type(error).__name__}: {error}", todo)
    return Point("broker", title, State.READY, _("It answers."))


def _programs(at: dt.datetime) -> Iterator[Point]:
    seen = pulses.seen()
    for program, title, todo in (
        (Pulse.Program.WORKER, _("Worker"), _("Start the worker. Until then nothing is checked, mailed or printed.")),
        (Pulse.Program.BEAT, _("Beat"), _("Start beat, and a worker to hear it. Until then nobody is reminded.")),
    ):
        last = seen.get(program)
        says = _("Never seen.")
        if last is not None:
            says = _("Last seen: %(when)s.") % {"when": f"{timezone.localtime(last):%Y-%m-%d %H:%M:%S}"}
        yield point(str(program), title, last is None or at - last > LATELY, says, todo)


def _parked() -> Point:
    parked = Delivery.objects.filter(parked_at__isnull=False, done_at__isnull=True).count()
    says = _("Parked deliveries: %(count)d.") % {"count": parked}
    todo = _("Find out why each failed eight times, put that right, and let it be tried again.")
    url = f"{reverse('admin:filings_delivery_changelist')}?parked_at__isempty=0"
    return point("parked", _("Work that failed for good"), parked, says, todo, url=url)


def _deployment() -> Point:
    found = checks.run_checks(tags=[checks.Tags.security], include_deployment_checks=True)
    left = [each for each in found if each.id not in SAID_HERE and not each.is_silenced()]
    says = ", ".join(str(each.id) for each in left) or _("Nothing to complain about.")
    todo = _("Read what manage.py check --deploy says, and set what it asks for.")
    return point("deployment", _("Django's own checks"), left, says, todo)


def _backups() -> Point:
    says = _("Whether backups are made, and can be read again, is not known here.")
    todo = _(
        "Back up database, files and secrets, and try the way back once: docs/operations/production.md, “Backups”."
    )
    return Point("backups", _("Backups"), State.UNKNOWN, says, todo)
