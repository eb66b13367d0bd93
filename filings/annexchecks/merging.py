"""Merged cells: the value stands in the first cell and is meant for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from filings.annexchecks.tables import Line

MOST_OPEN = 400  # a sheet in order has fewer than it has columns


class Filler:
    """Repeats what merged cells say beside each row they span, a merged class beside its keywords.

    The column of entries (``own``) is left out: one keyword over ten rows is no ten keywords.
    Ranges are met in the order of their first rows, and only the open ones are kept.
    """

    def __init__(self, merged: list[tuple[int, int, int, int]], *, own: int, below: int) -> None:
        self.waiting = sorted(
            (each for each in merged if each[1] > each[0] and each[1] > below and not each[2] <= own <= each[3]),
            reverse=True,
        )
        self.open: list[tuple[int, int, int, int]] = []
        self.values: dict[int, Any] = {}

    def __bool__(self) -> bool:
        return bool(self.waiting or self.open)

    def filled(self, line: Line) -> dict[int, Any]:
        """The cells of the row, with what the merged cells above it say; a blank row stays blank."""
        while self.waiting and self.waiting[-1][0] <= line.number:
            merged = self.waiting.pop()
            if len(self.open) < MOST_OPEN:
                self.open.append(merged)
        if not self.open:
            return line.cells
        cells = dict(line.cells)
        still = []
        for merged in self.open:
            _first, last, column, last_column = merged
            if line.number > last:
                for place in range(column, last_column + 1):
                    self.values.pop(place, None)
                continue
            still.append(merged)
            if column in line.cells:
                self.values[column] = line.cells[column]
            if line.cells and column in self.values:
                cells.setdefault(column, self.values[column])
        self.open = still
        return cells
