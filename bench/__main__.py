"""`python -m bench [--quick]`: fill, serve, measure, judge, and write docs/performance.md."""

import argparse
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

import django
import psycopg

from bench import annexes, database, load, report, server
from bench.report import LARGE, SMALL, Measured
from portal import embedded

PAGE = database.CHECKOUT / "docs" / "performance.md"


@dataclass(frozen=True)
class Effort:
    """How much is measured: requests a page and concurrency, blocks, repetitions, claims."""

    requests: int
    blocks: int
    repetitions: int
    tasks: int


FULL, QUICK = Effort(120, 6, 40, 10_000), Effort(24, 3, 12, 1_600)
CONCURRENCIES = (1, 8)


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    options.add_argument("--quick", action="store_true", help="fewer requests and claims; writes no page")
    options.add_argument("--strict", action="store_true", help="fail when a target is missed")
    chosen = options.parse_args()
    effort = QUICK if chosen.quick else FULL
    began, load_before = time.monotonic(), os.getloadavg()
    embedded.ensure_running_unless_configured()
    names = {size: database.filled(size) for size in (SMALL, LARGE)}
    _say("static files")
    _static(names[SMALL])
    _say("queries and rows of each page")
    looks = {size: database.inside("look", name) for size, name in names.items()}
    timed, memory = _timed(names, looks, effort)
    _say("search in the database")
    search = {size: database.inside("search", name, str(effort.repetitions)) for size, name in names.items()}
    _say("what stands on this")
    trace = database.inside("trace", names[LARGE], str(effort.repetitions))
    _say("a whole dossier")
    walk = _in_copy(names[SMALL], "walk")
    _say(f"{effort.tasks:,} claims")
    claims = _in_copy(names[LARGE], "claim", str(effort.tasks)) | {"tasks": effort.tasks // 4 * 4}
    _say("annexes")
    counted = annexes.alone()
    about = _about(load_before)
    measured = Measured(looks, timed, search, trace, claims, walk, memory, counted, about)
    _print(measured)
    _say(f"done in {time.monotonic() - began:.0f} s")
    if not chosen.quick:
        PAGE.write_text(report.page(measured))
        print(f"written: {PAGE.relative_to(database.CHECKOUT)}")
    return int(chosen.strict and any(check.met is False for check in report.checks(measured)))


def _timed(names: dict[int, str], looks: dict[int, Any], effort: Effort) -> tuple[Any, Any]:
    """Both sizes are served at once, and every page takes turns with its baseline and its other size."""
    timed, memory = {}, {}
    with server.serving(names[SMALL]) as small, server.serving(names[LARGE]) as large:
        servers = {SMALL: small, LARGE: large}
        before = {size: each.memory() for size, each in servers.items()}
        for place, page in enumerate(looks[SMALL]["pages"]):
            for concurrency in CONCURRENCIES:
                _say(f"{page['name']}, concurrency {concurrency}")
                pairs = {size: _pair(servers[size], looks[size]["pages"][place]) for size in servers}
                targets = [target for pair in pairs.values() for target in pair]
                load.compare(targets, concurrency=concurrency, requests=effort.requests, blocks=effort.blocks)
                timed |= {(page["name"], size, concurrency): pair for size, pair in pairs.items()}
        memory = {size: (before[size], each.memory()) for size, each in servers.items()}
    return timed, memory


def _pair(at: server.Server, page: dict[str, Any]) -> tuple[load.Target, load.Target]:
    """The page and its baseline."""
    base = page["bare"] or page["stock"]
    return (
        load.Target(at.port, page["url"], page["cookie"]),
        load.Target(at.port, base, page.get("stock_cookie", page["cookie"])),
    )


def _in_copy(source: str, part: str, *arguments: str) -> dict[str, Any]:
    """Run a part that writes in a copy of its own, which is dropped afterwards."""
    name = f"{database.PREFIX}_{part}"
    database.copy(source, name)
    try:
        told: dict[str, Any] = database.inside(part, name, *arguments)
        return told
    finally:
        database.drop(name)


def _static(name: str) -> None:
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(command, cwd=database.CHECKOUT, env=database.environment(name), check=True)


def _about(load_before: tuple[float, float, float]) -> dict[str, str]:
    with database.connect() as connection:
        postgres = psycopg.pq.version_pretty(connection.info.server_version)
    python = ".".join(map(str, sys.version_info[:3]))
    return {
        "command": " ".join(["make bench", *([f'ARGS="{" ".join(sys.argv[1:])}"'] if sys.argv[1:] else [])]),
        "machine": server.machine(),
        "software": f"PostgreSQL {postgres}, Python {python}, Django {django.get_version()}",
        "load before": f"{load_before[0]:.1f}",
        "load after": f"{os.getloadavg()[0]:.1f}",
    }


def _print(measured: Measured) -> None:
    for check in report.checks(measured):
        print(f"{check.verdict:<7} {check.what:<72} {check.target:<26} {check.measured:<40} {check.ratio}")


def _say(what: str) -> None:
    print(f"· {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
