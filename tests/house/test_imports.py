import sys
from pathlib import Path

from tests.house.commands import run


def test_modules_import_only_what_stands_below_them():
    done = run(str(Path(sys.executable).parent / "lint-imports"), "--no-cache")
    assert done.returncode == 0, done.stdout + done.stderr
