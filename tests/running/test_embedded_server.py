import os
import signal
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("running")]


def test_two_processes_that_start_the_server_at_once_get_one_server(clone):
    both = [clone.start(sys.executable, "-m", "portal.embedded", "start") for _ in range(2)]
    codes = [process.wait(timeout=60) for process in both]

    assert (codes, [clone.said(process) for process in both]) == ([0, 0], ["", ""])
    assert len([pid for pid in clone.postmasters() if is_master(pid)]) == 1


def test_a_command_finds_the_server_that_was_killed_hard_and_its_committed_rows(clone):
    clone.manage("migrate", "--verbosity", "0")
    clone.manage("shell", "-v", "0", "-c", "from portal.models import User; User.objects.create_user('a@example.org')")
    for pid in clone.postmasters():
        if is_master(pid):
            os.kill(pid, signal.SIGKILL)

    counted = clone.manage("shell", "-v", "0", "-c", "from portal.models import User; print(User.objects.count())")

    assert counted.strip() == "1"


def test_stopping_the_server_leaves_no_process(clone):
    started = clone.run(sys.executable, "-m", "portal.embedded", "start")
    stopped = clone.run(sys.executable, "-m", "portal.embedded", "stop")

    assert (started, stopped) == ((0, ""), (0, ""))
    assert clone.processes() == []


def is_master(pid):
    return b"\0-D\0" in Path(f"/proc/{pid}/cmdline").read_bytes()
