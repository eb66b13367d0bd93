"""What stands on what, as places on paper: a column for each level, a line for each reliance. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH, HEIGHT, ACROSS, DOWN, EDGE = 176, 30, 232, 40, 8
MOST_IN_A_COLUMN = 10
LONGEST = 13


@dataclass(frozen=True, slots=True)
class Box:
    """A filing, or the thing that the trace begins at (key 0), with the corner it is drawn at."""

    key: int
    name: str
    x: int
    y: int
    meaning: str = ""

    @property
    def short(self) -> str:
        return self.name if len(self.name) <= LONGEST else self.name[: LONGEST - 1] + "…"

    @property
    def left(self) -> int:
        return self.x + 10

    @property
    def line(self) -> int:
        return self.y + 20


@dataclass(frozen=True, slots=True)
class Rest:
    """How many of a level are not drawn."""

    count: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Picture:
    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[str, ...]
    rests: tuple[Rest, ...]


def draw(
    root: str,
    rows: Sequence[tuple[int, int]],
    words: dict[int, tuple[str, str]],
    edges: Iterable[tuple[int | None, int]],
    counts: dict[int, int],
) -> Picture:
    """Lay out a page of a trace.

    ``rows`` are (level, filing); ``words`` the name and meaning of each filing; ``edges`` who stands on
    whom, None being the root; ``counts`` how many each level holds in all.
    """
    columns: dict[int, list[int]] = {}
    for level, filing in rows:
        columns.setdefault(level, []).append(filing)
    # Levels of earlier pages are not drawn: the first column stands right of the root.
    place = {level: column for column, level in enumerate(sorted(columns), start=1)}
    boxes = {0: Box(0, root, EDGE, EDGE)}
    rests = []
    for level, filings in columns.items():
        x = EDGE + place[level] * ACROSS
        for at, filing in enumerate(filings[:MOST_IN_A_COLUMN]):
            name, meaning = words[filing]
            boxes[filing] = Box(filing, name, x, EDGE + at * DOWN, meaning)
        left = counts.get(level, 0) - min(len(filings), MOST_IN_A_COLUMN)
        if left > 0:
            rests.append(Rest(left, x, EDGE + min(len(filings), MOST_IN_A_COLUMN) * DOWN + 20))
    tallest = max([box.y for box in boxes.values()] + [rest.y for rest in rests])
    lines = [
        _line(boxes[lower or 0], boxes[upper]) for lower, upper in edges if (lower or 0) in boxes and upper in boxes
    ]
    return Picture(
        EDGE + len(place) * ACROSS + WIDTH + EDGE, tallest + HEIGHT + EDGE, tuple(boxes.values()), tuple(lines),
        tuple(rests),
    )  # fmt: skip


def _line(lower: Box, upper: Box) -> str:
    """A curve from the right edge of one to the left edge of the other, as an SVG path."""
    x1, y1, x2, y2 = lower.x + WIDTH, lower.y + HEIGHT // 2, upper.x, upper.y + HEIGHT // 2
    middle = (x1 + x2) // 2
    return f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}"
