import os
import signal
import urllib.error
import urllib.request
from pathlib import Path

import pytest

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("running")]

PROGRAMS = ("gunicorn", "portal.celery worker", "portal.celery beat")


@pytest.fixture
def served(clone, eventually):
    """`make run` in the fresh clone with all its programs up, whatever an earlier test did to it."""
    process = next((each for each in clone.running if each.poll() is None), None) or clone.start("make", "run")
    eventually(lambda: has_greeted(clone, process), seconds=240)
    eventually(lambda: all(len(masters(clone, program)) == 1 for program in PROGRAMS))
    eventually(lambda: get(clone, "/health/ready")[0] == 200)
    return process


def has_greeted(clone, process):
    assert process.poll() is None, clone.said(process)
    return f"The portal is at http://localhost:{clone.port}" in clone.said(process)


def test_a_fresh_clone_serves_in_production_mode(clone, served):
    status, page = get(clone, "/no-such-page")

    assert (status, "找不到页面" in page, "DEBUG" in page) == (404, True, False)
    assert get(clone, "/health/ready")[0] == 200


def test_a_killed_web_server_comes_back(clone, served, eventually):
    (master,) = masters(clone, "gunicorn")

    os.kill(master, signal.SIGKILL)
    eventually(lambda: is_replaced(clone, "gunicorn", master))
    eventually(lambda: get(clone, "/health/ready")[0] == 200)


@pytest.mark.parametrize("program", ["portal.celery worker", "portal.celery beat"])
def test_a_killed_background_program_comes_back(clone, served, eventually, program):
    (master,) = masters(clone, program)

    os.kill(master, signal.SIGKILL)

    eventually(lambda: is_replaced(clone, program, master))


def test_without_the_database_there_is_one_clear_page_and_then_all_goes_on(clone, served, eventually):
    supervisor = eventually(lambda: supervisor_of(clone))
    os.kill(supervisor, signal.SIGSTOP)  # or it would have the server back before we look
    for pid in clone.postmasters():
        os.kill(pid, signal.SIGKILL)

    status, page = get(clone, "/accounts/login/")
    os.kill(supervisor, signal.SIGCONT)
    assert (status, "系统暂时不可用" in page, "briefly unavailable" in page) == (503, True, True)
    eventually(lambda: get(clone, "/accounts/login/")[0] == 200)


def test_a_second_start_beside_the_first_is_refused(clone, served):
    code, output = clone.run("make", "run")

    assert code != 0
    assert "already runs from this checkout" in output


def test_ctrl_c_leaves_no_process_and_the_next_start_serves_again(clone, served, eventually):
    os.killpg(served.pid, signal.SIGINT)
    served.wait(timeout=60)

    assert "Stopped." in clone.said(served)
    eventually(lambda: clone.processes() == [], seconds=10)


def get(clone, path):
    request = urllib.request.Request(f"http://127.0.0.1:{clone.port}{path}", headers={"Accept-Language": "zh-CN"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read().decode()
    except OSError:
        return 0, ""


def supervisor_of(clone):
    return next((pid for pid in clone.processes() if "manage.py quickstart" in command(pid)), None)


def is_replaced(clone, program, master):
    found = masters(clone, program)  # a killed master's children count as masters until they are gone too
    return len(found) == 1 and found != [master]


def masters(clone, program):
    """Processes of the program whose parent is not of the same program."""
    found = [pid for pid in clone.processes() if program in command(pid) and "quickstart" not in command(pid)]
    return [pid for pid in found if parent(pid) not in found]


def command(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def parent(pid):
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0
