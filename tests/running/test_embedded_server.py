import sys

import pytest

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("running")]


def test_two_processes_that_start_the_server_at_once_get_one_server(clone):
    both = [clone.popen(sys.executable, "-m", "portal.embedded", "start") for _ in range(2)]
    outputs = [process.communicate(timeout=60)[0] for process in both]

    assert ([process.returncode for process in both], outputs) == ([0, 0], ["", ""])
    assert len([pid for pid in clone.postmasters() if is_master(pid)]) == 1


def test_a_command_finds_the_server_that_was_killed_hard_and_its_committed_rows(clone):
    import os
    import signal

    clone.manage("migrate", "--verbosity", "0")
    clone.manage("shell", "-v", "0", "-c", "from portal.models import User; User.objects.create_user('a@example.org')")
    for pid in clone.postmasters():
        if is_master(pid):
            os.kill(pid, signal.SIGKILL)

    counted = clone.manage("shell", "-v", "0", "-c", "from portal.models import User; print(User.objects.count())")

    assert counted.strip() == "1"


def test_stopping_the_server_leaves_no_process(clone):
    clone.popen(sys.executable, "-m", "portal.embedded", "start").communicate(timeout=60)
    clone.popen(sys.executable, "-m", "portal.embedded", "stop").communicate(timeout=60)

    assert clone.processes() == []


def is_master(pid):
    from pathlib import Path

    return b"\0-D\0" in Path(f"/proc/{pid}/cmdline").read_bytes()
