"""The file that was checked, with one more column: what was found beside each row."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING, Any, BinaryIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from filings.annexchecks import limits, tables, values
from filings.annexchecks.checking import Checked, Outcome, run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from filings.annexchecks.checking import Context
    from filings.annexchecks.columns import Annex

# A spreadsheet takes a text that begins so for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
TITLE_LENGTH = 31
NOT_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def harmless(value: Any) -> Any:
    """The value as no spreadsheet runs it: a text that begins like a formula gets an apostrophe before it."""
    if not isinstance(value, str):
        return value if isinstance(value, int | float | dt.date | dt.time | None) else values.text(value)
    plain = ILLEGAL_CHARACTERS_RE.sub(" ", value[: limits.LONGEST_CELL - 1])
    starts_formula = plain.startswith(FORMULA_STARTS) or plain.lstrip().startswith(FORMULA_STARTS)
    return f"'{plain}" if starts_formula else plain


def write(
    annex: Annex, content: BinaryIO, context: Context, target: BinaryIO, *, mapping: Mapping[str, str] | None = None
) -> Outcome:
    """Check the file again and write it to ``target`` with remarks: XLSX for XLSX, CSV in UTF-8 for CSV.

    Rows keep their numbers. Raises Unreadable.
    """
    outcome = Outcome(annex.code)
    with tables.opened(content) as table:
        names, form = [(sheet.name, sheet.is_hidden) for sheet in table.sheets], table.form
    rows = _in_place(run(annex, content, context, outcome, mapping=mapping or {}))
    if form == "csv":
        _write_csv(rows, target)
    else:
        _write_book(rows, names, target)
    return outcome


def _in_place(rows: Iterator[Checked]) -> Iterator[tuple[int, list[Any]]]:
    """The sheet and the cells of each row, blank rows put in where a file leaves out numbers, but not without end."""
    sheet, following, blanks = -1, 1, 0
    for checked in rows:
        if checked.sheet != sheet:
            sheet, following = checked.sheet, 1
        for _blank in range(following, min(checked.line.number, following + limits.MOST_ROWS - blanks)):
            blanks += 1
            yield sheet, []
        following = checked.line.number + 1
        yield sheet, _cells(checked)


def _cells(checked: Checked) -> list[Any]:
    """The cells side by side, with the remark behind the last heading."""
    heading, cells = checked.heading, checked.line.cells
    written = [harmless(cells.get(place)) for place in range(1, max(cells, default=0) + 1)]
    if heading is None:
        return written
    behind = max(heading.written)
    remark: str | None = " ".join(each.message for each in checked.found) or None
    if checked.line.number == heading.row:
        remark = _("Remarks of the check")
    written += [None] * (behind - len(written))
    return [*written[:behind], remark, *written[behind:]] if remark or len(written) > behind else written


def _write_csv(rows: Iterator[tuple[int, list[Any]]], target: BinaryIO) -> None:
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    for _sheet, cells in rows:
        writer.writerow(cells)
    text.detach()


def _write_book(rows: Iterator[tuple[int, list[Any]]], names: list[tuple[str, bool]], target: BinaryIO) -> None:
    book = Workbook(write_only=True)
    sheets = []
    for name, is_hidden in names:
        sheet = book.create_sheet(ILLEGAL_CHARACTERS_RE.sub(" ", name.translate(NOT_IN_TITLES))[:TITLE_LENGTH] or None)
        sheet.sheet_state = "hidden" if is_hidden else "visible"
        sheets.append(sheet)
    for place, cells in rows:
        sheets[place].append(cells)
    if all(is_hidden for _name, is_hidden in names):
        book.create_sheet()
    book.save(target)
