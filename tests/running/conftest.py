import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass
class Clone:
    """A fresh clone below a folder that only its owner may enter."""

    folder: Path
    port: int = 0
    mark: str = field(default_factory=lambda: uuid.uuid4().hex)
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in LOCAL}
        venv = str(Path(sys.executable).parent.parent)
        return {**kept, "PORTAL_VENV": venv, "PORT": str(self.port), "DEMO": "no", "TEST_MARK": self.mark}

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """A process whose output goes to a file, so that nobody waits for a full pipe."""
        with self.log(len(self.running)).open("wb") as log:
            process = subprocess.Popen(
                command,
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.running.append(process)
        return process

    def log(self, number: int) -> Path:
        return self.folder.parent / f"{number}.log"

    def said(self, process: subprocess.Popen[bytes]) -> str:
        return self.log(self.running.index(process)).read_text()

    def run(self, *command: str) -> tuple[int, str]:
        process = self.start(*command)
        process.wait(timeout=120)
        return process.returncode, self.said(process)

    def manage(self, *arguments: str) -> str:
        code, output = self.run(sys.executable, "manage.py", *arguments)
        assert code == 0, output
        return output

    def processes(self) -> list[int]:
        """Every process that this clone started, the database server's included."""
        homes = [str(self.folder), *(str(home) for home in self.server_homes())]
        return [pid for pid in _all_pids() if self._is_ours(pid, homes)]

    def server_homes(self) -> list[Path]:
        digest = hashlib.sha256(str(self.folder).encode()).hexdigest()[:10]
        return [self.folder / "var" / "postgres", Path(f"/var/lib/filing-portal-{digest}")]

    def postmasters(self) -> list[int]:
        return [pid for pid in self.processes() if "bin/postgres" in _read(pid, "cmdline")]

    def _is_ours(self, pid: int, homes: list[str]) -> bool:
        command = _read(pid, "cmdline")
        return self.mark in _read(pid, "environ") or any(home in command for home in homes)

    def clean(self) -> None:
        for process in self.running:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        for pid in self.processes():
            if pid != os.getpid():
                os.kill(pid, signal.SIGKILL)
        for home in self.server_homes():
            shutil.rmtree(home, ignore_errors=True)


LOCAL = {
    "DATABASE_URL",
    "DJANGO_SETTINGS_MODULE",
    "VAR_DIR",
    "PYTEST_CURRENT_TEST",
    "PYTEST_XDIST_WORKER",
    "PUBLIC_URL",
}


def _all_pids() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _read(pid: int, what: str) -> str:
    try:
        return Path(f"/proc/{pid}/{what}").read_bytes().decode(errors="replace")
    except OSError:
        return ""


def _overlay(folder: Path) -> None:
    """Bring what is not committed yet: the tests judge the tree that they stand in."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in filter(None, names):
        if (CHECKOUT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(CHECKOUT / name, folder / name)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clone]:
    private = tmp_path_factory.mktemp("private")
    private.chmod(0o700)
    folder = private / "portal"
    subprocess.run(["git", "clone", "-q", f"file://{CHECKOUT}", str(folder)], check=True, capture_output=True)
    _overlay(folder)
    for part in ("static/vendor", "var/stamps", "var/fonts"):  # what `make run` fetches, without the network
        if (CHECKOUT / part).exists():
            shutil.copytree(CHECKOUT / part, folder / part)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    clone = Clone(folder, port)
    yield clone
    clone.clean()


@pytest.fixture
def eventually() -> Callable[..., object]:
    def wait(condition: Callable[[], object], *, seconds: float = 120) -> object:
        give_up_at = time.monotonic() + seconds
        while not (result := condition()):
            assert time.monotonic() < give_up_at, f"waited {seconds} s in vain"
            time.sleep(0.1)
        return result

    return wait
