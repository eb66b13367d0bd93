"""Filing numbers that the dossier relies on: read, looked up, and blocked when ended.

The register is complete only to a date it knows, so a number not found asks for proof
and never refuses; form and check digit are reconstructions, so they warn. A cancelled or
revoked filing may not be relied on (ARP 33).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from filings import numbers
from filings.models import EntryStanding, NumberState, RegisterEntry
from reviews.intake.registry import Found, Reading, Rule, register

LONGEST_LINE = 300
SEPARATORS = re.compile(r"[,，、;；\n]")

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(reading: Reading) -> Iterator[Found]:
    prefixes = numbers.known_prefixes()
    parsed = [(path, text, numbers.parse(text, prefixes=prefixes)) for path, text in _quoted(reading, prefixes)]
    keys = {each.key for _path, _text, each in parsed}
    known = {
        entry.number_key: entry
        for entry in RegisterEntry.objects.filter(number_key__in=keys).only("number_key", "standing")
    }
    for path, text, number in parsed:
        entry = known.get(number.key)
        values = {"number": text}
        if entry is not None and entry.standing != EntryStanding.REGISTERED:
            basis = "GAI 7(1)" if number.is_service else "ARP 33"
            yield Found(
                _("%(number)s is cancelled or revoked: a dossier may not rely on it."), values, path, True, basis
            )
        elif entry is None and number.state != NumberState.OK:
            yield Found(_("%(number)s is not of the published form: it may be mistyped."), values, path)
        elif entry is None:
            yield Found(
                _("%(number)s is not in this register, which is complete only to a date: ask for proof."), values, path
            )


def _quoted(reading: Reading, prefixes: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Every answer that is a number, or a few of them in one line, with its path."""
    stack: list[tuple[str, Any]] = [("", reading.content)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, dict):
            stack += [(f"{path}.{name}".strip("."), inner) for name, inner in value.items()]
        elif isinstance(value, list):
            stack += [(f"{path}[{inner.get('key')}]", inner) for inner in value if isinstance(inner, dict)]
        elif isinstance(value, str) and len(value) <= LONGEST_LINE:
            words = [word.strip() for word in SEPARATORS.split(value) if word.strip()]
            if words and numbers.looks_quoted(words[0], prefixes):
                yield from ((path, word) for word in words if numbers.looks_quoted(word, prefixes))


RULE = register(
    Rule("numbers.quoted_stand", _("Quoted filing numbers stand"), "ARP 33", check, service_basis="GAI 7(1)")
)
