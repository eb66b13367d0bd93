"""Whether a person sends a form, without pictures and without anybody else's service.

A browser with scripts finds a number whose digest begins with enough zero bits; where there are
none, a question in plain words is answered instead. Both belong to one signed challenge that is
good once, for two hours, and not in its first seconds: nobody reads and writes so fast.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core import signing
from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    import datetime as dt

SALT = "complaints.humanity"
BITS = 16
LEAST_SECONDS = 3
MOST_SECONDS = 2 * 3600
WORDS = (
    gettext_lazy("zero"), gettext_lazy("one"), gettext_lazy("two"), gettext_lazy("three"), gettext_lazy("four"),
    gettext_lazy("five"), gettext_lazy("six"), gettext_lazy("seven"), gettext_lazy("eight"), gettext_lazy("nine"),
)  # fmt: skip


class NotShown(Exception):
    """Nothing showed that a person sends this; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Challenge:
    """What goes into the form. ``token`` is signed, ``nonce`` is what the browser works on."""

    token: str
    nonce: str
    first: int
    second: int

    @property
    def bits(self) -> int:
        return BITS

    @property
    def question(self) -> str:
        """Worded, so that a screen reader speaks it and a plain reader of digits finds none."""
        told = {"first": WORDS[self.first], "second": WORDS[self.second]}
        return _("What is %(first)s plus %(second)s? Write the number in digits.") % told


def challenge(*, at: dt.datetime) -> Challenge:
    """A new challenge; nothing is stored until it is used."""
    nonce, first, second = secrets.token_hex(12), 1 + secrets.randbelow(9), 1 + secrets.randbelow(9)
    token = signing.dumps([nonce, int(at.timestamp()), first, second], salt=SALT)
    return Challenge(token, nonce, first, second)


def check(*, token: str, work: str, answer: str, at: dt.datetime) -> None:
    """Use a challenge up, by the browser's work or by the answer. Raises NotShown, which says what to do."""
    try:
        nonce, issued, first, second = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        raise NotShown(_("This page was open too long. Nothing was sent; send it again now.")) from None
    age = at.timestamp() - issued
    if age > MOST_SECONDS:
        raise NotShown(_("This page was open too long. Nothing was sent; send it again now."))
    if age < LEAST_SECONDS:
        raise NotShown(_("That was very quick. Wait a few seconds and send it again."))
    if not (is_worked(nonce, work) or _plain(answer) == str(first + second)):
        raise NotShown(_("Answer the question with the right number."))
    if not cache.add(f"{SALT}:{nonce}", True, MOST_SECONDS):
        raise NotShown(_("This was sent already. If you want to send something new, send it again now."))


def is_worked(nonce: str, work: str) -> bool:
    """Whether the digest of nonce and number begins with enough zero bits."""
    if not (work.isascii() and work.isdigit() and len(work) <= 12):
        return False
    found = hashlib.sha256(f"{nonce}:{work}".encode()).digest()
    return int.from_bytes(found[:4]) >> (32 - BITS) == 0


def _plain(answer: str) -> str:
    """Digits as people type them: full-width ones too, blanks around them."""
    return unicodedata.normalize("NFKC", answer).strip().lstrip("0")
