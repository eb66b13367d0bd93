"""Asks for addresses over loopback, in turns, so that what is compared is measured at the same time.

Each block is bounded in requests and in seconds. Addresses that are compared with one another take
turns block by block: a busy neighbour on the machine slows them all alike.
"""

import statistics
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import quote

BLOCK_SECONDS = 2.5


@dataclass
class Target:
    """One address at one server, and the times it took."""

    port: int
    path: str
    cookie: str = ""
    times: list[float] = field(default_factory=list)
    seconds: float = 0.0
    bytes: int = 0

    @property
    def p50(self) -> float:
        return statistics.median(self.times) * 1000

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.times, n=20)[18] * 1000 if len(self.times) > 1 else self.p50

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds

    def connection(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, connection: HTTPConnection) -> float:
        """One request, answered with 200 or the bench ends; seconds until the last byte."""
        headers = {"Host": "localhost", "Accept-Encoding": "identity"}
        if self.cookie:
            headers["Cookie"] = f"portal_session={self.cookie}"
        began = time.perf_counter()
        connection.request("GET", quote(self.path, safe="/?=&"), headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        took = time.perf_counter() - began
        if answer.status != 200:
            raise RuntimeError(f"{self.path}: {answer.status}")
        self.bytes = len(body)
        return took


def compare(targets: list[Target], *, concurrency: int, requests: int, blocks: int) -> None:
    """Ask for all targets in turns, `requests` times each."""
    for target in targets:
        _block(target, concurrency=concurrency, requests=4 * concurrency, is_counted=False)
    for turn in range(blocks):
        for target in targets if turn % 2 == 0 else targets[::-1]:
            _block(target, concurrency=concurrency, requests=max(requests // blocks, concurrency))


def _block(target: Target, *, concurrency: int, requests: int, is_counted: bool = True) -> None:
    left = threading.Semaphore(requests)
    stop_at = time.monotonic() + BLOCK_SECONDS
    times: list[float] = []
    failures: list[Exception] = []

    def client() -> None:
        connection = target.connection()
        try:
            while left.acquire(blocking=False) and (time.monotonic() < stop_at or not times):
                times.append(target.ask(connection))
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=client) for _number in range(concurrency)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    if is_counted:
        target.times += times
        target.seconds += time.monotonic() - began
