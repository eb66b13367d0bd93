"""Runs a program of the house from the checkout and keeps what it said."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


def run(*command: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    # Without the tests' settings: the program shall see the portal as an operator's shell does.
    own = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return subprocess.run(
        command, cwd=CHECKOUT, env={**own, **(env or {})}, capture_output=True, text=True, check=False
    )
