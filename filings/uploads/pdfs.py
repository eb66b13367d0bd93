"""PDF: opens without a password, runs nothing, carries no other file."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, BinaryIO

from filings.uploads.refusals import RefusedUpload
from filings.uploads.signatures import read_at

PROGRAM = Path(__file__).with_name("pdfreading.py")
SECONDS = 30  # of the clock; the program itself keeps to 20 of the processor
TAIL = 4096


def check(content: BinaryIO, *, size: int) -> int:
    """The number of pages.

    Raises RefusedUpload for passwords, scripts, launched programs, files inside, and for what
    takes unreasonable memory or time to read.
    """
    _check_end(content, size=size)
    said = _told_by_a_process(content)
    if "refused" in said:
        raise RefusedUpload(said["refused"], **said["about"])
    return int(said["pages"])


def _told_by_a_process(content: BinaryIO) -> dict[str, Any]:
    content.seek(0)
    with tempfile.TemporaryFile() as copy:  # an upload may be in memory, or in a store far away
        shutil.copyfileobj(content, copy)
        copy.seek(0)
        command = [sys.executable, "-I", str(PROGRAM)]
        try:
            done = subprocess.run(command, stdin=copy, capture_output=True, timeout=SECONDS, check=True)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):  # killed at its limits
            raise RefusedUpload("bomb") from None
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _check_end(content: BinaryIO, *, size: int) -> None:
    tail = read_at(content, max(0, size - TAIL), TAIL)
    _before, mark, rest = tail.rpartition(b"%%EOF")
    if not mark:
        whole = read_at(content, 0, size)
        raise RefusedUpload("trailing_data" if b"%%EOF" in whole else "damaged", why="%%EOF")
    if rest.strip(b"\0\t\n\x0c\r "):
        raise RefusedUpload("trailing_data")
