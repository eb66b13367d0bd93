"""`make check`: everything that reads the code without running the portal. `--fix` is `make fmt`."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable
# Production as it should be, so that `check --deploy` judges the settings and not this machine.
PRODUCTION = {
    "PUBLIC_URL": "https://filing.example.org",
    "SECRET_KEY": "only-to-check-the-settings-" + "abcdefghijklmnopqrstuvwxyz0123456789" * 2,
    "FIELD_ENCRYPTION_KEYS": "kF0bSg2Wgq2nZ3yqzU5S9R1dJb0cXkz6d0cUq2QeO1g=",
    "EMAIL_URL": "smtp://portal:password@mail.example.org:587",
    "CELERY_BROKER_URL": "amqp://portal:password@broker.example.org//",
}


def tracked(*patterns: str) -> list[str]:
    """Files of the repository that match and are there, new ones included."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns]
    names = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout.split("\0")
    return [name for name in names if name and (CHECKOUT / name).exists()]


def steps() -> dict[str, tuple[list[str], Mapping[str, str]]]:
    templates = tracked("*.html")
    sources = [name for name in tracked("*.py") if "/migrations/" not in name]
    return {
        "format": ([str(BIN / "ruff"), "format", "--check", "."], {}),
        "lint": ([str(BIN / "ruff"), "check", "."], {}),
        "modern Django": ([str(BIN / "django-upgrade"), "--target-version", "6.1", "--check", *sources], {}),
        "templates": ([str(BIN / "djade"), "--check", "--target-version", "6.1", *templates], {}),
        "types": ([str(BIN / "mypy")], {}),
        "import rules": ([str(BIN / "lint-imports"), "--no-cache"], {}),
        "migrations": ([PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"], {}),
        "deployment": ([PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
        "generated docs": ([PYTHON, "scripts/generated_docs.py", "--check"], {}),
        "sizes": ([PYTHON, "scripts/sizes.py"], {}),
    }


def fix() -> None:
    templates = tracked("*.html")
    sources = [name for name in tracked("*.py") if "/migrations/" not in name]
    for command in (
        [str(BIN / "ruff"), "check", "--fix", "-q", "."],
        [str(BIN / "ruff"), "format", "-q", "."],
        [str(BIN / "django-upgrade"), "--target-version", "6.1", *sources],
        [str(BIN / "djade"), "--target-version", "6.1", *templates],
    ):
        subprocess.run(command, cwd=CHECKOUT, check=False)


def main() -> int:
    if "--fix" in sys.argv:
        fix()
        return 0
    failed = []
    for name, (command, extra) in steps().items():
        began = time.monotonic()
        done = subprocess.run(
            command, cwd=CHECKOUT, env={**os.environ, **extra}, capture_output=True, text=True, check=False
        )
        result = "ok" if done.returncode == 0 else "FAILED"
        print(f"{name:<14} {result:<7} {time.monotonic() - began:5.1f} s", flush=True)
        if done.returncode:
            failed.append(name)
            print(f"{done.stdout}{done.stderr}".rstrip(), flush=True)
    print(f"make check: {len(failed)} failed: {', '.join(failed)}" if failed else "make check: all passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
