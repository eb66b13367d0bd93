"""A file read within bounds: so many bytes, so many steps, and not one more."""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

MEGABYTE = 1024 * 1024
MOST_BYTES = 48 * MEGABYTE
MOST_STEPS = 20_000
MOST_INFLATED = 16 * MEGABYTE
# A label is some hundred bytes; an XMP packet some ten thousand.
LARGEST_VALUE = MEGABYTE


class OutOfBounds(Exception):
    """The file asks for more reading than any sound one needs."""


class Damaged(Exception):
    """The file's structure ends or contradicts itself where it must not."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What stands at a place, before anybody judged whether it is a label."""

    place: str
    value: bytes


type Walk = Callable[["Source"], Iterator[Candidate]]


class Source:
    """The file, and what may still be read, stepped over and inflated of it.

    Work is bounded by these three counts and not by a clock, so that the same file always
    gets the same verdict.
    """

    def __init__(self, content: BinaryIO) -> None:
        self._content = content
        content.seek(0, 2)
        self.size = content.tell()
        self._bytes = MOST_BYTES
        self._steps = MOST_STEPS
        self._inflated = MOST_INFLATED

    def at(self, place: int, length: int) -> bytes:
        """Up to ``length`` bytes from ``place``; fewer at the end. Raises OutOfBounds."""
        self.step()
        if place < 0 or length <= 0 or place >= self.size:
            return b""
        length = min(length, self.size - place)
        self.spend(length)
        self._content.seek(place)
        return self._content.read(length)

    def exactly(self, place: int, length: int) -> bytes:
        """Just so many bytes. Raises Damaged at the end of the file, OutOfBounds."""
        found = self.at(place, length)
        if len(found) != length:
            raise Damaged
        return found

    def spend(self, length: int) -> None:
        """Count bytes that are looked at once more. Raises OutOfBounds."""
        self._bytes -= length
        if self._bytes < 0:
            raise OutOfBounds

    def step(self) -> None:
        """Count one more chunk, box, frame or entry. Raises OutOfBounds."""
        self._steps -= 1
        if self._steps < 0:
            raise OutOfBounds

    def inflate(self, packed: bytes, *, most: int = LARGEST_VALUE, raw: bool = False) -> bytes:
        """What zlib packed, up to ``most`` bytes of it. Raises OutOfBounds; damage ends the text early."""
        engine = zlib.decompressobj(-15 if raw else 15)
        try:
            found = engine.decompress(packed, min(most, max(self._inflated, 1)))
        except zlib.error:
            return b""
        self._inflated -= len(found)
        if self._inflated <= 0:
            raise OutOfBounds
        return found
