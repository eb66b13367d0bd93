"""XLSX by openpyxl, sheet after sheet and row after row, without ever holding a sheet.

openpyxl's read-only sheets fill up to the dimension a file declares and drop which rows are
hidden. Here its parser gets the rows from lxml one at a time, nothing is filled up, and each
row says whether it is hidden and whether it holds a formula. Formulas are never calculated:
the value saved with the file counts.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, BinaryIO

from lxml import etree
from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.worksheet._reader import FORMULA_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from filings.annexchecks import limits
from filings.annexchecks.refusals import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT_TAG = f"{{{SHEET_MAIN_NS}}}t"
SHARED_TAG = f"{{{SHEET_MAIN_NS}}}si"
BLOCK = 256 * 1024
OVERLAP = 64
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z0-9:$]{3,40})"')
ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
SHEET_TYPE = "/worksheet"
TRUE = ("1", "true")


class _Measured:
    """A part that gives up when too much of it passes before one more element is complete.

    What stands between two elements is held as a tree, some thirty times its size.
    """

    def __init__(self, part: Any) -> None:
        self.part = part
        self.passed = 0

    def read(self, length: int) -> bytes:
        """The next bytes. Raises Unreadable."""
        if self.passed > limits.MOST_WITHOUT_END:
            raise Unreadable("bomb")
        found: bytes = self.part.read(length)
        self.passed += len(found)
        return found

    def elements(self, tag: str) -> Iterator[Any]:
        """Each element of that name once it is complete; it and all before it are gone when the next is asked for."""
        parsed = etree.iterparse(
            self, events=("end",), tag=tag, resolve_entities=False, no_network=True, load_dtd=False
        )
        for _event, element in parsed:
            self.passed = 0
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _text_of(element: Any) -> str:
    """A plain text as it stands; one in pieces or with readings as openpyxl puts it together."""
    if len(element) == 1 and element[0].tag == TEXT_TAG and not len(element[0]):
        return element[0].text or ""
    whole: Any = Text.from_tree(element)
    text: str = whole.content
    return text


class _Book(ExcelReader):
    """openpyxl's reader as far as names of sheets, shared texts and formats of dates."""

    def __init__(self, content: BinaryIO) -> None:
        super().__init__(content, read_only=True, data_only=True, keep_links=False)

    def read(self) -> None:
        self.read_manifest()
        self.read_strings()
        self.read_workbook()
        apply_stylesheet(self.archive, self.wb)

    def read_strings(self) -> None:
        """The shared texts, as openpyxl reads them, but not more than are needed and without keeping their tree."""
        package: Any = self.package
        told = package.find(SHARED_STRINGS)
        if told is None:
            return
        texts: list[str] = []
        with self.archive.open(told.PartName[1:]) as part:
            for element in _Measured(part).elements(SHARED_TAG):
                if len(texts) >= limits.MOST_TEXTS:
                    raise Unreadable("bomb")
                texts.append(_text_of(element).replace("x005F_", ""))
        self.shared_strings = texts


class _Parser(WorkSheetParser):
    """openpyxl's parser of cells, fed with one row at a time."""

    far = 0

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """A text written in the cell itself is taken as it stands, which spares most of openpyxl's work on it."""
        if element.get("t") == "inlineStr" and len(element) == 1 and len(element[0]) == 1:
            text = element[0][0]
            place = element.get("r")
            if text.tag == TEXT_TAG and place:
                self.col_counter = coordinate_to_tuple(place)[1]
                return {"column": self.col_counter, "value": text.text}
        cell: dict[str, Any] = super().parse_cell(element)
        return cell

    def lines(self) -> Iterator[Any]:
        from filings.annexchecks.tables import Line  # reason: cycle, tables opens this module

        last = 0
        for row in _Measured(self.source).elements(ROW_TAG):
            is_hidden = row.get("hidden") in TRUE or row.get("ht") == "0"
            has_formula = next(row.iter(FORMULA_TAG), None) is not None
            number, cells = self.parse_row(row)
            if not last < number <= limits.LAST_ROW:
                raise Unreadable("damaged", why="row numbers")
            last = number
            found = {
                cell["column"]: cell["value"]
                for cell in cells
                if cell["value"] is not None and cell["column"] <= limits.MOST_COLUMNS
            }
            self.far += bool(cells) and cells[-1]["column"] > limits.MOST_COLUMNS
            self.row_dimensions.clear()
            yield Line(number, found, is_hidden, has_formula)


@dataclass
class XlsxSheet:
    """One sheet of a workbook."""

    book: _Book
    name: str
    path: str
    is_hidden: bool
    far: int = 0

    @cached_property
    def _looked_at(self) -> tuple[int, list[tuple[int, int, int, int]]]:
        """How many rows there are and which cells are merged: told only behind the rows, so looked up first."""
        rows, merged, kept = 0, [], b""
        with self.book.archive.open(self.path) as part:
            while block := part.read(BLOCK):
                rows += len(ROW.findall(kept[-4:] + block))
                text = kept + block
                fresh = (found for found in MERGED.finditer(text) if found.end() > len(kept))
                merged += [_bounds(found[1].decode()) for found in fresh]
                if len(merged) > limits.MOST_MERGED:
                    raise Unreadable("bomb")
                kept = text[-OVERLAP:]
        return rows, merged

    @property
    def rows(self) -> int:
        return self._looked_at[0]

    @property
    def merged(self) -> list[tuple[int, int, int, int]]:
        return self._looked_at[1]

    def lines(self) -> Iterator[Any]:
        """Rows as they stand in the file. Raises Unreadable for one that is not well formed."""
        book: Any = self.book.wb
        with self.book.archive.open(self.path) as part, _reading():
            parser = _Parser(
                part,
                self.book.shared_strings,
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            )
            yield from parser.lines()
            self.far = parser.far


@dataclass
class XlsxTable:
    """A workbook as a table of its sheets."""

    sheets: list[XlsxSheet]
    form: str = "xlsx"
    encoding: str = ""


@contextmanager
def opened(content: BinaryIO) -> Iterator[XlsxTable]:
    """Raises Unreadable for what is no workbook, is protected, or would unpack without measure."""
    with _reading():
        with zipfile.ZipFile(content) as package:
            _check_package(package)
        content.seek(0)
        book = _Book(content)
        book.read()
        sheets = [
            XlsxSheet(book, sheet.name, part.target, sheet.state != "visible")
            for sheet, part in book.parser.find_sheets()
            if part.Type.endswith(SHEET_TYPE) and part.target in book.valid_files
        ]
    if len(sheets) > limits.MOST_SHEETS:
        raise Unreadable("too_many_sheets", found=len(sheets), most=limits.MOST_SHEETS)
    try:
        yield XlsxTable(sheets)
    finally:
        book.archive.close()


@contextmanager
def _reading() -> Iterator[None]:
    """Whatever the reader library says about a file that is not well formed becomes one refusal."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (Unreadable, GeneratorExit):
        raise
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, ArithmeticError, OSError, EOFError) as error:
        raise Unreadable("damaged", why=type(error).__name__) from None
    except (zipfile.BadZipFile, NotImplementedError, SyntaxError, RuntimeError, etree.LxmlError) as error:
        raise Unreadable("damaged", why=type(error).__name__) from None


def _check_package(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if any(part.flag_bits & 0x1 for part in parts):
        raise Unreadable("encrypted")
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if len(parts) > limits.MOST_PARTS or unpacked > limits.MOST_UNPACKED:
        raise Unreadable("bomb")
    if unpacked > limits.RATIO_FROM and unpacked > limits.MOST_RATIO * max(packed, 1):
        raise Unreadable("bomb")
    if "[Content_Types].xml" not in package.namelist():
        raise Unreadable("not_a_table")
    for part in parts:
        _check_part(package, part)


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    name = part.filename.lower()
    if not name.endswith((".xml", ".rels")):
        return
    most = limits.MOST_UNPACKED
    if name.endswith("sharedstrings.xml"):
        most = limits.MOST_STRINGS
    elif name.endswith("styles.xml"):
        most = limits.MOST_STYLES
    elif "/worksheets/" not in name or name.endswith(".rels"):
        most = limits.MOST_BOOK
    if part.file_size > most:
        raise Unreadable("bomb")
    with package.open(part) as opened_part:
        head = opened_part.read(4096)
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise Unreadable("active_content", found="DOCTYPE")


def _bounds(reference: str) -> tuple[int, int, int, int]:
    """First row, last row, first column, last column of a merged range."""
    first_column, first_row, last_column, last_row = range_boundaries(reference)
    return first_row or 1, last_row or 1, first_column or 1, last_column or 1
