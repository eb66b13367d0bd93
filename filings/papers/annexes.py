"""Annexes printed as lists: the rows of the file that was counted, in its order, under our headings.

A paper states the hash of the file and prints at most ``MOST_ROWS`` rows; what is beyond them stands
in the file alone, and the paper says so.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from filings.annexchecks import headings, merging, tables
from filings.annexchecks.columns import ANNEXES
from filings.annexchecks.refusals import Unreadable
from filings.papers import blocks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from filings.annexchecks.columns import Annex
    from filings.annexchecks.headings import Heading
    from filings.papers.blocks import Block

SECTION, PREFIX = "annexes", "annex_"
PRINTED = ("keywords", "content_bank", "refuse_bank", "answer_bank")
MOST_ROWS = 12_000
LONGEST_CELL = 500
HEADING_ROWS = 20
WIDE = {"entry", "answer", "example"}


def composed(code: str, content: BinaryIO, *, about: dict[str, Any], mapping: Mapping[str, str]) -> tuple[Block, ...]:
    """The list of one annex; ``about`` is the reference of its file. Never raises for what is in the file."""
    facts = blocks.rows((
        ("文件", str(about.get("name", ""))),
        ("SHA-256", blocks.grouped(str(about.get("sha256", "")))),
    ))  # fmt: skip
    annex = ANNEXES[code]
    try:
        columns, lines = _read(annex, content, mapping)
    except Unreadable:
        return (facts, blocks.text("文件无法按行读取，以原文件为准。"))
    if not lines:
        return (facts, blocks.text("未能识别表头，以原文件为准。"))
    shown = lines[:MOST_ROWS]
    widths = {"序号": 0} | {annex.column(each).heading: 4 if each in WIDE else 2 for each in columns}
    found: list[Block] = [facts, blocks.ledger(widths, ([str(n), *line] for n, line in enumerate(shown, 1)))]
    if len(lines) > MOST_ROWS:
        found.append(blocks.small(f"此处列出前 {MOST_ROWS} 行；其余各行见原文件。"))
    return tuple(found)


def _read(annex: Annex, content: BinaryIO, mapping: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    columns: list[str] = []
    lines: list[list[str]] = []
    with tables.opened(content) as table:
        for sheet in table.sheets:
            if sheet.is_hidden or len(lines) > MOST_ROWS:
                continue
            rows = sheet.lines()
            head = list(islice(rows, HEADING_ROWS))
            heading = headings.find(annex, head, mapping)
            if heading is None or not heading.is_complete:
                continue
            columns = columns or [each.code for each in annex.columns if each.code in heading.places]
            columns = [each for each in columns if each != "number"]
            lines += islice(_lines(heading, columns, sheet.merged, head, rows), MOST_ROWS + 1 - len(lines))
    return columns, lines


def _lines(heading: Heading, columns: list[str], merged: Any, head: list[Any], rows: Any) -> Iterator[list[str]]:
    own = heading.places.get("entry", 0)
    filler = merging.Filler(merged, own=own, below=heading.row)
    for line in [*(each for each in head if each.number > heading.row), *rows]:
        cells = filler.filled(line) if filler else line.cells
        values = [_text(cells.get(heading.places.get(each, 0))) for each in columns]
        if any(values):
            yield values


def _text(value: Any) -> str:
    return "" if value is None else " ".join(str(value).split())[:LONGEST_CELL]
