import fcntl
import os
import socket
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal import catalogues, embedded, env, static_files
from portal.supervisor import Program, Supervisor


class Command(BaseCommand):
    help = "Prepare the database and the files, then serve web, worker and beat until stopped."
    requires_system_checks: list[str] = []
    has_greeted = False

    def handle(self, *args: Any, **options: Any) -> None:
        # manage.py may have started the server a moment ago; it tells through the environment.
        started_server = os.environ.pop("EMBEDDED_SERVER_STARTED", "") == "yes"
        try:
            with self._alone():
                self._prepare()
                self._serve()
        finally:
            connection.close()
            if started_server and not settings.DATABASE_URL and not embedded.is_used():
                embedded.stop()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        settings.VAR_DIR.mkdir(exist_ok=True)
        with (settings.VAR_DIR / "run.lock").open("w") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise CommandError("The portal already runs from this checkout.") from None
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind((env.text("BIND", "127.0.0.1"), settings.PORT))
                except OSError as error:
                    hint = f"try another one: PORT={settings.PORT + 1} make run"
                    raise CommandError(f"Port {settings.PORT} cannot be used ({error.strerror}); {hint}") from None
            yield

    def _prepare(self) -> None:
        for folder in ("media", "outbox", "broker", "broker/control"):
            (settings.VAR_DIR / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self._say("Preparing the database …")
            call_command("migrate", interactive=False, verbosity=0)
        catalogues.compile_stale()
        if static_files.are_stale():
            self._say("Preparing static files …")
            static_files.collect()
        if "demo" in get_commands() and settings.DEMONSTRATION:
            call_command("demo", if_empty=True)

    def _serve(self) -> None:
        # As root there is a warning of a screenful; whoever starts a demonstration as root knows.
        python = [sys.executable, "-W", "ignore:You're running the worker"]
        celery = [*python, "-m", "celery", "--quiet", "-A", "portal.celery"]
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        worker = [*celery, "worker", "--concurrency", env.text("CELERY_WORKERS", "2"), *quiet, "--loglevel", "WARNING"]
        beat = [*celery, "beat", "--pidfile=", "--loglevel", "WARNING"]
        web = [sys.executable, "-m", "gunicorn", "-c", "python:portal.gunicorn", "portal.wsgi"]
        programs = [Program("web", web), Program("worker", worker), Program("beat", beat)]
        Supervisor(programs, look_after=self._look_after, say=self._say).run()
        self._say("Stopped.")

    def _look_after(self) -> None:
        if not settings.DATABASE_URL and not embedded.is_running():
            self._say("The database server is away; starting it again …")
            try:
                embedded.ensure_running()
            except embedded.EmbeddedServerError as error:
                self._say(str(error))
        elif not self.has_greeted and self._answers():
            self.has_greeted = True
            self._greet()

    def _greet(self) -> None:
        self._say(f"\nThe portal is at {settings.PUBLIC_URL}   (Ctrl-C stops it)")
        if "demo" in get_commands() and settings.DEMONSTRATION:
            call_command("demo", sign_ins=True)
        connection.close()  # the supervisor itself needs no database from here on

    def _answers(self) -> bool:
        address = env.text("BIND", "127.0.0.1").replace("0.0.0.0", "127.0.0.1")  # noqa: S104 - read, not bound
        asked = urllib.request.Request(f"http://{address}:{settings.PORT}/health/ready")
        asked.add_header("Host", urlsplit(settings.PUBLIC_URL).netloc)
        try:
            with urllib.request.urlopen(asked, timeout=2) as answer:  # noqa: S310 - a fixed http address
                return bool(answer.status == 200)
        except OSError:
            return False

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
