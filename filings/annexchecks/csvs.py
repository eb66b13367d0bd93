"""CSV in UTF-8, UTF-16 with its mark, or GB18030, with commas, semicolons or tabs."""

from __future__ import annotations

import codecs
import csv
import io
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

from filings.annexchecks import limits
from filings.annexchecks.refusals import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK = 1024 * 1024
DELIMITERS = ",\t;，"
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
MOST_CONTROLS = 0.01


@dataclass
class CsvSheet:
    """The one sheet of a CSV file."""

    content: BinaryIO
    encoding: str
    rows: int
    name: str = ""
    is_hidden: bool = False
    far: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def lines(self) -> Iterator[Any]:
        """Records as a spreadsheet numbers them. Raises Unreadable at a cell that swallows the file."""
        from filings.annexchecks.tables import Line  # reason: cycle, tables opens this module

        self.content.seek(0)
        text = io.TextIOWrapper(_Kept(self.content), encoding=self.encoding, newline="")
        text_head = text.read(8192)
        text.seek(0)
        csv.field_size_limit(limits.LONGEST_RAW_CELL)
        records = csv.reader(text, delimiter=_delimiter(text_head))
        number = 0
        while True:
            try:
                record = next(records, None)
            except csv.Error:
                raise Unreadable("cell_too_long", row=number + 1, most=f"{limits.LONGEST_RAW_CELL:,}") from None
            if record is None:
                return
            number += 1
            self.far += len(record) > limits.MOST_COLUMNS
            cells = {place: value for place, value in enumerate(record[: limits.MOST_COLUMNS], 1) if value}
            yield Line(number, cells)


class _Kept(io.BufferedReader):
    """Reads a file that stays open when the text wrapper around it is thrown away."""

    def __init__(self, content: BinaryIO) -> None:
        super().__init__(content)  # type: ignore[arg-type]

    def close(self) -> None:
        if not self.closed:
            self.detach()


@dataclass
class CsvTable:
    """A CSV file as a table of one sheet."""

    encoding: str
    sheets: list[CsvSheet]
    form: str = "csv"


@contextmanager
def opened(content: BinaryIO) -> Iterator[CsvTable]:
    """Raises Unreadable for what is no text."""
    encoding, rows = _looked_at(content)
    yield CsvTable(encoding, [CsvSheet(content, encoding, rows)])


def _looked_at(content: BinaryIO) -> tuple[str, int]:
    """The encoding in which the whole file can be read, and how many lines it has."""
    content.seek(0)
    head = content.read(4)
    for encoding in ("utf-16",) if head.startswith(UTF_16) else ("utf-8-sig", "gb18030"):
        lines = _readable_lines(content, encoding)
        if lines is not None:
            return encoding, lines
    raise Unreadable("encoding")


def _readable_lines(content: BinaryIO, encoding: str) -> int | None:
    """The number of lines in that encoding; None if it is another one. Raises Unreadable for binary content."""
    content.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = 0
    try:
        while block := content.read(BLOCK):
            text = decoder.decode(block)
            if sum(text.count(sign) for sign in "\0\x01\x02\x03\x04\x05\x06\x0e\x0f") > MOST_CONTROLS * len(text):
                raise Unreadable("not_a_table")
            lines += text.count("\n") or text.count("\r")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return lines + 1


def _delimiter(head: str) -> str:
    """What separates the columns: the sign met most often in the first lines."""
    lines = head.splitlines()[:5]
    counts = {sign: sum(line.count(sign) for line in lines) for sign in DELIMITERS}
    best = max(DELIMITERS, key=lambda sign: counts[sign])
    return best if counts[best] and best != "，" else ","
