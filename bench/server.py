"""The portal's WSGI server on a bench database, started as `make run` starts it, on a port of loopback."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from bench.database import CHECKOUT, environment

PATIENCE = 60.0


@dataclass(frozen=True)
class Server:
    """A running gunicorn with its workers."""

    port: int
    process: subprocess.Popen[bytes]

    def memory(self) -> list[int]:
        """Resident megabytes of each worker, pages shared with its siblings included."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                status = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines())
            except OSError:
                continue  # it ended while we looked
            if int(status["PPid"]) == self.process.pid and "VmRSS" in status:
                found.append(int(status["VmRSS"].split()[0]) // 1024)
        return sorted(found)


@contextmanager
def serving(database: str) -> Iterator[Server]:
    """Serve until the block ends; every process it started ends with it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    more = {"PORT": str(port), "BIND": "127.0.0.1"}
    command = [sys.executable, "-m", "gunicorn", "-c", "python:portal.gunicorn", "portal.wsgi"]
    process = subprocess.Popen(command, cwd=CHECKOUT, env=environment(database, **more))
    try:
        _wait(port, process)
        yield Server(port, process)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    give_up_at = time.monotonic() + PATIENCE
    while time.monotonic() < give_up_at and process.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/health/live")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"the server did not answer within {PATIENCE:.0f} s (exit {process.poll()})")


def machine() -> str:
    """Cores and memory, without names."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB of memory"
