"""Real processes of the portal on the test's own database, and the broker that rings their bell."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.db import connection
from kombu import Connection


def environment(folder: Path, broker_url: str = "filesystem://") -> dict[str, str]:
    """The production settings on the test's own database, with files in `folder`."""
    place = connection.settings_dict
    url = f"postgresql://{place['USER']}:{place['PASSWORD']}@/{place['NAME']}?host={place['HOST']}"
    if not place["HOST"].startswith("/"):
        url = f"postgresql://{place['USER']}:{place['PASSWORD']}@{place['HOST']}:{place['PORT']}/{place['NAME']}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATABASE_URL": url,
        "VAR_DIR": str(folder),
        "CELERY_BROKER_URL": broker_url,
        "SECRET_KEY": "only-for-this-test" * 4,
        "FIELD_ENCRYPTION_KEYS": ",".join(settings.FIELD_ENCRYPTION_KEYS),
        "PYTHONWARNINGS": "ignore",
    }


class Files:
    """The broker of `make run`: a folder. It is gone when the folder is none."""

    url = "filesystem://"
    queue_type = "classic"

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "broker"
        control = self.folder / "control"
        self.options = {
            "data_folder_in": str(self.folder),
            "data_folder_out": str(self.folder),
            "control_folder": str(control),
        }

    def start(self) -> None:
        self.folder.unlink(missing_ok=True)
        (self.folder / "control").mkdir(parents=True)

    def stop(self) -> None:
        shutil.rmtree(self.folder)
        self.folder.write_text("not a folder")


class RabbitMQ:
    """A RabbitMQ of the test's own, on free ports, with all it keeps in a folder; needs no rights."""

    queue_type = "quorum"  # as portal.settings says for amqp
    options = {"confirm_publish": True}

    def __init__(self, folder: Path, program: str) -> None:
        self.program = program
        self.folder = folder / "rabbitmq"
        self.folder.mkdir()
        (self.folder / "plugins").write_text("[].\n")
        self.port, distribution, names = free_ports(3)
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}//"
        self.environment = {
            **os.environ,
            "HOME": str(self.folder),  # the cookie of Erlang lies there
            "ERL_EPMD_PORT": str(names),
            "RABBITMQ_NODENAME": f"portal-{self.port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(distribution),
            "RABBITMQ_MNESIA_BASE": str(self.folder / "data"),
            "RABBITMQ_LOG_BASE": str(self.folder / "log"),
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RABBITMQ_CONFIG_FILE": str(self.folder / "none"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "plugins"),
        }
        self.server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self.folder / "server.log").open("ab") as log:
            self.server = subprocess.Popen(
                [self.program], env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + 120
        while not self.answers():
            assert self.server.poll() is None, (self.folder / "server.log").read_text()
            assert time.monotonic() < until, "RabbitMQ does not answer"
            time.sleep(0.5)

    def answers(self) -> bool:
        with suppress(OSError), Connection(self.url, connect_timeout=5) as asked:
            asked.connect()
            return True
        return False

    def stop(self) -> None:
        """As an operator would; whatever outlives a minute is killed."""
        if self.server is None:
            return
        self.server.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.server.wait(timeout=60)
        with suppress(ProcessLookupError):
            os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()
        self.server = None

    def leave(self) -> None:
        """Stop it, and the program that Erlang started beside it to find nodes by name."""
        self.stop()
        subprocess.run(["epmd", "-kill"], env=self.environment, capture_output=True, check=False)


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class Processes:
    """A real worker and a real beat, each in a process group of its own."""

    def __init__(self, folder: Path, broker_url: str) -> None:
        self.folder, self.broker_url = folder, broker_url
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        celery = [sys.executable, "-m", "celery", "-A", "portal.celery"]
        for role in (["worker", "--concurrency", "2", "-l", "WARNING"], ["beat", "--pidfile=", "-l", "WARNING"]):
            with (self.folder / f"{role[0]}.log").open("ab") as log:
                self.running.append(
                    subprocess.Popen(
                        [*celery, *role],
                        cwd=settings.BASE_DIR,
                        env=environment(self.folder, self.broker_url),
                        stdout=log,
                        stderr=log,
                        start_new_session=True,
                    )
                )

    def kill(self) -> None:
        """As a power cut would: the whole group at once, no goodbye."""
        for process in self.running:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.running = []


@contextmanager
def rings_the_bell_of(broker: Files | RabbitMQ):
    """Let this process nudge the same broker as the worker listens to."""
    from portal.celery import app

    told = {
        "broker_url": broker.url,
        "broker_transport_options": broker.options,
        "task_default_queue_type": broker.queue_type,
    }
    before = {name: getattr(app.conf, name) for name in told}
    _let_celery_read(app, told)
    yield
    _let_celery_read(app, before)


def _let_celery_read(app, told):
    for name, value in told.items():
        setattr(app.conf, name, value)
    app.pool.force_close_all()
    app.__dict__.pop("amqp", None)  # queues were declared of the former type
