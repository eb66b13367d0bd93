"""Keeps a few programs running as one: a dead one comes back, stopping stops all."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)  # seconds before the first, second, … restart in a row
STEADY = 60.0  # seconds of life after which the pauses begin anew
PATIENCE = 20.0  # seconds that programs get to finish what they do
PARENT_DIED = 1  # PR_SET_PDEATHSIG of Linux


@dataclass
class Program:
    """One supervised program with its own process group, so that its children end with it."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    due_at: float = 0.0
    failures: int = 0

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=_end_with_the_parent
        )
        self.started_at = time.monotonic()

    def tend(self) -> str | None:
        """Start it when it is due, or note that it died; tells what happened, if anything."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due_at:
                self.start()
            return None
        code = self.process.poll()
        if code is None:
            return None
        self.signal(signal.SIGKILL)  # what it left behind
        self.failures = 1 if now - self.started_at > STEADY else self.failures + 1
        pause = PAUSES[min(self.failures, len(PAUSES)) - 1]
        self.process, self.due_at = None, now + pause
        return f"{self.name} ended with {code}; it starts again in {pause:g} s"

    def signal(self, number: signal.Signals) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):  # all of the group are gone
                os.killpg(self.process.pid, number)

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None


def _end_with_the_parent() -> None:
    """If the supervisor is killed hard, Linux asks its children to end."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DIED, signal.SIGTERM)


@dataclass
class Supervisor:
    """Runs programs until SIGINT or SIGTERM. `look_after` is called about once a second."""

    programs: list[Program]
    look_after: Callable[[], None] = lambda: None
    say: Callable[[str], None] = print
    is_stopping: bool = field(default=False, init=False)

    def run(self) -> None:
        before = {number: signal.signal(number, self._stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            looked_at = time.monotonic()
            while not self.is_stopping:
                self._tend()
                if time.monotonic() - looked_at > 1:
                    self.look_after()
                    looked_at = time.monotonic()
                time.sleep(0.2)
        finally:
            self._end_all()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _tend(self) -> None:
        for program in self.programs:
            if (news := program.tend()) and not self.is_stopping:
                self.say(news)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.is_stopping = True

    def _end_all(self) -> None:
        for program in self.programs:
            if program.is_alive() and program.process:
                program.process.terminate()  # the master alone: it ends its workers in order
        give_up_at = time.monotonic() + PATIENCE
        while any(program.is_alive() for program in self.programs) and time.monotonic() < give_up_at:
            time.sleep(0.1)
        for program in self.programs:
            program.signal(signal.SIGKILL)
            if program.process is not None:
                program.process.wait()
