"""Mail that a demonstration keeps in files instead of sending it."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

NEWEST = 50
_NAME = re.compile(r"[0-9A-Za-z-]{1,200}\.log")
_RULE = b"-" * 79


@dataclass(frozen=True, slots=True)
class Letter:
    """One kept mail. `name` and `number` find it again."""

    name: str
    number: int
    to: str
    subject: str
    body: str
    at: datetime | None


def newest(folder: Path, *, to: str = "") -> list[Letter]:
    """The newest mails, newest first; with `to`, only those to addresses that contain it."""
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)
    letters: list[Letter] = []
    for path in files:
        letters += [letter for letter in reversed(_read(path)) if to.lower() in letter.to.lower()]
        if len(letters) >= NEWEST:
            break
    return letters[:NEWEST]


def find(folder: Path, name: str, number: int) -> Letter:
    """One mail. Raises LookupError when there is none of that name and number."""
    path = folder / name
    if not _NAME.fullmatch(name) or not path.is_file():
        raise LookupError(name)
    for letter in _read(path):
        if letter.number == number:
            return letter
    raise LookupError(name)


def _read(path: Path) -> list[Letter]:
    chunks = [chunk.strip() for chunk in path.read_bytes().split(_RULE)]
    return [_letter(path.name, number, chunk) for number, chunk in enumerate(chunks) if chunk]


def _letter(name: str, number: int, raw: bytes) -> Letter:
    message = message_from_bytes(raw, _class=EmailMessage, policy=policy.default)
    body = message.get_body(preferencelist=("plain", "html"))
    date = message["date"]
    return Letter(
        name=name,
        number=number,
        to=str(message["to"] or ""),
        subject=str(message["subject"] or ""),
        body=body.get_content() if body is not None else "",
        at=date.datetime if date is not None else None,
    )
