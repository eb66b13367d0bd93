"""When two entries are one, however they are written.

Equal after NFKC, case folding and dropping spaces and punctuation, or the same separated words
in another order. Permuted characters stay two: 蜜蜂 is no 蜂蜜.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from itertools import chain

# Shown as nothing at all: variation selectors, joiners and fillers that could make one entry look like two.
INVISIBLE = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef"
# Separators, punctuation, controls, and the signs that keyboards have among their punctuation.
SEPARATING = frozenset("ZPC")
KEYBOARD = "$+<=>^`|~"
LONGEST_KEPT = 48
MOST_MARKS = 30
HARMLESS_LENGTH = 256  # whatever stands in it


# Planes that hold spaces, punctuation or controls; the rest is letters, private or unassigned.
PLANES = (range(0x20000), range(0xE0000, 0xE0100))


@cache
def _separators() -> re.Pattern[str]:
    """Made at the first use: a process that checks no annex need not wait for it."""
    found: list[list[int]] = []
    for point in (each for plane in PLANES for each in plane):
        sign = chr(point)
        category = unicodedata.category(sign)
        if sign not in KEYBOARD and (category[0] not in SEPARATING or category in ("Cn", "Co", "Cs")):
            continue
        if found and found[-1][1] == point - 1:
            found[-1][1] = point
        else:
            found.append([point, point])
    ranges = "".join(f"{re.escape(chr(start))}-{re.escape(chr(end))}" for start, end in found)
    return re.compile(f"[{ranges}]+")


_INVISIBLE = re.compile(f"[{INVISIBLE}]+")


@cache
def _heaped() -> re.Pattern[str]:
    """More marks above and below one letter than any script stacks (Unicode 15.12 allows thirty)."""
    marks = "".join(
        re.escape(sign)
        for sign in map(chr, chain.from_iterable(PLANES))
        if not sign.isascii() and unicodedata.combining(unicodedata.normalize("NFKD", sign)[0])
    )
    return re.compile(f"([{marks}]{{{MOST_MARKS}}})[{marks}]+")


def folded(text: str) -> str:
    """NFKC and case folding, and NFKC again, since folding may undo the first.

    Marks heaped on one letter are cut off: putting them in order takes time with the square of them.
    """
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
        if len(text) > HARMLESS_LENGTH:
            text = _heaped().sub(r"\1", text)
        text = unicodedata.normalize("NFKC", text)
        return unicodedata.normalize("NFKC", text.casefold())
    return text.casefold()


def words(text: str) -> list[str]:
    """The words of a text, cut at spaces and punctuation."""
    plain = folded(text)
    if plain.isalnum():
        return [plain]
    return [word for word in _separators().split(plain) if word]


def compact(text: str) -> str:
    """The text without spaces and punctuation, "" if nothing else is in it."""
    return "".join(words(text))


def same(one: str, other: str) -> bool:
    """Whether two entries are one."""
    return compact(one) == compact(other) or sorted(words(one)) == sorted(words(other))


def _short(key: str) -> str | bytes:
    """The key itself, or sixteen bytes for a long one: an index of questions stays small."""
    return key if len(key) <= LONGEST_KEPT else blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).digest()


@dataclass(slots=True)
class Keys:
    """What identifies one entry: joined characters and, if it has several words, the sorted words."""

    joined: str | bytes
    sorted_words: str | bytes | None

    @classmethod
    def of(cls, text: str) -> Keys | None:
        """None for a text of nothing but spaces and punctuation."""
        found = words(text)
        if not found:
            return None
        if len(found) == 1:
            return cls(_short(found[0]), None)
        return cls(_short("".join(found)), _short("\0".join(sorted(found))))


@dataclass(slots=True)
class Index:
    """The entries met so far and where each stood first."""

    places: dict[str | bytes, int] = field(default_factory=dict)

    def find(self, keys: Keys) -> int | None:
        """The place of an entry that is one with this."""
        place = self.places.get(keys.joined)
        if place is None and keys.sorted_words is not None:
            place = self.places.get(keys.sorted_words)
        return place

    def add(self, keys: Keys, place: int) -> int | None:
        """Remember an entry; the place of an earlier one that is one with it, else None."""
        earlier = self.find(keys)
        self.places.setdefault(keys.joined, place)
        if keys.sorted_words is not None:
            self.places.setdefault(keys.sorted_words, place)
        return earlier

    def __contains__(self, keys: Keys) -> bool:
        return self.find(keys) is not None
