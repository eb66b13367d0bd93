"""Bench databases on the portal's own server: made once, kept between runs while their stamp fits."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier, Literal

from portal import embedded, env

CHECKOUT = Path(__file__).resolve().parent.parent
SOURCES = ("filling.py", "mass.py", "standing.py", "words.py", "dossier.py")
PREFIX = "portal_bench"


def options() -> dict[str, Any]:
    """Django's settings of the server that the portal uses."""
    url = env.text("DATABASE_URL", "")
    return env.database(url) if url else embedded.settings()


@contextmanager
def connect(name: str = "") -> Iterator[psycopg.Connection[Any]]:
    """A connection in autocommit; without a name, to the portal's own database."""
    known = options()
    with psycopg.connect(
        dbname=name or known["NAME"],
        user=known["USER"],
        password=known["PASSWORD"] or None,
        host=known["HOST"],
        port=known["PORT"] or None,
        autocommit=True,
    ) as connection:
        yield connection


def environment(name: str, **more: str) -> dict[str, str]:
    """The environment of a program that works on a bench database."""
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "bench.settings", "BENCH_DATABASE": name, **more}


def inside(what: str, name: str, *arguments: str) -> Any:
    """Run one part of the bench inside Django on a bench database; what it told."""
    command = [sys.executable, "-m", "bench.within", what, *arguments]
    done = subprocess.run(command, cwd=CHECKOUT, env=environment(name), stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def stamp(size: int) -> str:
    """What a filled database depends on: migrations, the filling's own code, size, and today."""
    found = sorted(CHECKOUT.glob("*/migrations/*.py"))
    sums = [hashlib.sha256(path.read_bytes()).hexdigest() for path in found]
    sums += [hashlib.sha256((CHECKOUT / "bench" / name).read_bytes()).hexdigest() for name in SOURCES]
    return hashlib.sha256(" ".join([*sums, str(size), date.today().isoformat()]).encode()).hexdigest()[:16]  # noqa: DTZ011


def filled(size: int) -> str:
    """The name of a database that holds that many filings; filled now if it is not there."""
    name, wanted = f"{PREFIX}_{size}", stamp(size)
    if comment(name) != wanted:
        _migrated()
        copy(f"{PREFIX}_empty", name)
        inside("filling", name, str(size))
        with connect() as connection:
            connection.execute(SQL("COMMENT ON DATABASE {} IS {}").format(Identifier(name), Literal(wanted)))
    return name


def comment(name: str) -> str | None:
    query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    with connect() as connection:
        row = connection.execute(query, [name]).fetchone()
    return row[0] if row else None


def copy(source: str, name: str) -> None:
    """Make `name` anew as a copy of `source`."""
    drop(name)
    with connect() as connection:
        connection.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(source)))


def drop(name: str) -> None:
    with connect() as connection:
        connection.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))


def _migrated() -> None:
    """An empty database with today's tables, from which others are copied."""
    name, wanted = f"{PREFIX}_empty", stamp(0)
    if comment(name) == wanted:
        return
    drop(name)
    with connect() as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=CHECKOUT, env=environment(name), check=True)
    with connect() as connection:
        connection.execute(SQL("COMMENT ON DATABASE {} IS {}").format(Identifier(name), Literal(wanted)))
