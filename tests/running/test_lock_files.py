import re
import tomllib
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PYTHON_LOCKS = sorted((CHECKOUT / "requirements").glob("*.txt"))
NODE_LOCKS = [CHECKOUT / "package-lock.json", CHECKOUT / "scripts" / "font" / "package-lock.json"]


@pytest.mark.parametrize("lock", PYTHON_LOCKS, ids=lambda path: path.name)
def test_a_python_lock_names_no_package_host_and_hashes_everything(lock):
    text = lock.read_text()
    packages = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]

    assert packages
    assert re.findall(r"://|--(?:extra-)?index-url|--find-links|@ file", text) == []
    assert [line for line in packages if not re.fullmatch(r"[a-z0-9.-]+==\S+( ; .+)? \\", line)] == []
    assert text.count("--hash=sha256:") >= len(packages)


@pytest.mark.parametrize("lock", NODE_LOCKS, ids=lambda path: path.parent.name)
def test_a_node_lock_names_no_package_host(lock):
    text = lock.read_text()

    assert '"resolved"' not in text
    assert '"integrity": "sha512-' in text


def test_every_wanted_package_is_locked():
    wanted = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]["dependencies"]
    locked = (CHECKOUT / "requirements" / "run.txt").read_text()

    names = [re.split(r"[\[<>=]", line)[0].lower() for line in wanted]
    assert [name for name in names if f"{name}==" not in locked] == []
