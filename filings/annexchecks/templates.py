"""Templates to fill in: an XLSX with explanations, or a bare CSV."""

from __future__ import annotations

import codecs
import csv
import io
from typing import TYPE_CHECKING, BinaryIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from filings.annexchecks.columns import Annex
    from filings.annexchecks.rules import Rules

WIDE, NARROW = 48, 16
WIDE_COLUMNS = ("entry", "answer", "reason")
HEAD = PatternFill("solid", fgColor="DCE6F1")


def write_xlsx(annex: Annex, rules: Rules, target: BinaryIO) -> None:
    """A sheet of headings to fill in; behind it what each column expects, and the risks or aspects by name."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None, "a new workbook has a sheet"
    sheet.title = annex.sheet
    for place, column in enumerate(annex.columns, 1):
        cell = sheet.cell(1, place, column.heading)
        cell.font, cell.fill = Font(bold=True), HEAD
        sheet.column_dimensions[get_column_letter(place)].width = WIDE if column.code in WIDE_COLUMNS else NARROW
    sheet.freeze_panes = "A2"
    _explain(book, annex)
    codes = {column.code for column in annex.columns}
    if "risk" in codes:
        _list(book, _("Risks"), [(risk.group, risk.code, *risk.names) for risk in rules.risks])
    if "aspect" in codes:
        _list(book, _("Aspects"), [aspect.names for aspect in rules.aspects])
    book.save(target)


def _explain(book: Workbook, annex: Annex) -> None:
    sheet = book.create_sheet(_("How to fill in"))
    sheet.append([str(annex.title)])
    sheet["A1"].font = Font(bold=True)
    sheet.append([str(annex.lead)])
    for column in annex.columns:
        need = _("required") if column.required else _("may be left out")
        sheet.append([column.heading, str(column.title), need, str(column.explains), column.example])
    for letter, width in zip("ABCDE", (22, 26, 14, 70, 40), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_row=3):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _list(book: Workbook, title: str, rows: list[tuple[str, ...]]) -> None:
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(list(row))
    for letter in "ABCD":
        sheet.column_dimensions[letter].width = 34


def write_csv(annex: Annex, target: BinaryIO) -> None:
    """One line of headings, in UTF-8 with the mark that spreadsheets look for."""
    text = io.StringIO(newline="")
    csv.writer(text).writerow([column.heading for column in annex.columns])
    target.write(codecs.BOM_UTF8 + text.getvalue().encode())
