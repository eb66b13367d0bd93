"""Which rows of a bank are asked: drawn by a seed, so that anybody can draw the same again.

A row's lot is SHA-256 over seed, the file's SHA-256, the sheet's place and the row's number,
each on a line; the rows with the smallest lots are asked. It depends on no library's random
numbers and needs memory for the sample alone, however long the file is.
"""

from __future__ import annotations

import hashlib
import heapq
import secrets
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class BankRow(NamedTuple):
    """One question of a file: its sheet's place from 0, its row as a spreadsheet shows it."""

    sheet: int
    row: int
    question: str
    risk: str = ""


class Drawn(NamedTuple):
    """What was drawn, in the order of the file, out of how many."""

    rows: list[BankRow]
    total: int


def new_seed() -> str:
    """A seed that nobody can foresee."""
    return secrets.token_hex(8)


def lot(seed: str, sha256: str, sheet: int, row: int) -> bytes:
    """What decides whether a row is asked."""
    return hashlib.sha256(f"{seed}\n{sha256}\n{sheet}\n{row}".encode()).digest()


def draw(rows: Iterable[BankRow], *, seed: str, sha256: str, size: int) -> Drawn:
    """``size`` rows, or all where there are fewer; the same for the same seed, file and size.

    A larger size adds rows to a smaller one's and replaces none.
    """
    total = 0
    kept: list[tuple[int, BankRow]] = []
    for each in rows:
        total += 1
        worth = -int.from_bytes(lot(seed, sha256, each.sheet, each.row))
        if len(kept) < size:
            heapq.heappush(kept, (worth, each))
        elif kept and worth > kept[0][0]:
            heapq.heapreplace(kept, (worth, each))
    return Drawn(sorted((each for _worth, each in kept), key=lambda each: each[:2]), total)


def pick(keys: Iterable[int], *, seed: str, size: int) -> list[int]:
    """``size`` of our own questions by their numbers, drawn in the same way."""
    return sorted(sorted(keys, key=lambda key: lot(seed, "own", 0, key))[:size])


def together[FileT](
    drawn: Iterable[tuple[FileT, Drawn]], *, lots: Callable[[FileT, BankRow], bytes], size: int
) -> list[tuple[FileT, Drawn]]:
    """Of several files' samples the ``size`` rows with the smallest lots, still file by file."""
    parts = list(drawn)
    every = sorted((lots(file, row), place, row) for place, (file, draw) in enumerate(parts) for row in draw.rows)
    chosen = {(place, row) for _lot, place, row in every[:size]}
    return [
        (file, Drawn([row for row in draw.rows if (place, row) in chosen], draw.total))
        for place, (file, draw) in enumerate(parts)
    ]
