"""The official lists of filed algorithms, read from the text of the document.

Columns are found by their names, never by their place: batches add, rename and merge
them. Values are kept as published, misprints included; only blanks around them go.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from filings import names
from filings.imports.docx import TextDocument, UnreadableFile
from filings.models.filing import FilingKind

COLUMNS: dict[str, tuple[str, ...]] = {
    "serial": ("序号",),
    "name": ("算法名称", "算法名"),
    "class": ("算法类别", "算法类型", "类别"),
    "role": ("角色", "服务角色", "主体角色"),
    "entity": ("主体名称", "备案主体", "主体", "备案单位", "公司名称"),
    "products": ("应用产品", "关联产品", "应用产品名称", "产品名称"),
    "main_use": ("主要用途", "用途"),
    "number": ("备案编号", "备案号", "算法备案编号"),
    "remark": ("备注", "说明"),
}
_COLUMN_OF = {names.key(name): code for code, known in COLUMNS.items() for name in known}
_REQUIRED = ("name", "entity", "number")

_TITLE = re.compile(r"(?P<name>境内[^境]{0,30}?算法备案清单)\s*\((?P<year>20\d\d)年(?P<month>1[0-2]|0?[1-9])月\)")


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row as published. ``row`` counts the rows of data from 1, headings left out."""

    row: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that names no filing, and why, for the person who imports."""

    row: int
    reason: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class PublishedList:
    """A list with its rows; ``rows`` and ``rejected`` together are every row it has."""

    title: str
    kind: FilingKind
    month: date
    edited_at: datetime | None
    rows: tuple[ListRow, ...]
    rejected: tuple[RejectedRow, ...]
    unknown_columns: tuple[str, ...]

    @property
    def rows_read(self) -> int:
        return len(self.rows) + len(self.rejected)


def read_list(document: TextDocument) -> PublishedList:
    """Find the title and read every row. Raises UnreadableFile if it is no such list."""
    title, kind, month = _title(document)
    rows: list[ListRow] = []
    rejected: list[RejectedRow] = []
    unknown: dict[str, None] = {}
    seen: dict[str, int] = {}
    for number, row in enumerate(_data_rows(document.tables, unknown), 1):
        reason = _reason_to_reject(row, seen)
        if reason:
            rejected.append(RejectedRow(number, reason, row.get("number", "")))
            continue
        seen[names.key(row["number"])] = number
        rows.append(ListRow(number, row))
    if not rows and not rejected:
        raise UnreadableFile(_("No table with the columns of a filing list was found."))
    return PublishedList(title, kind, month, document.edited_at, tuple(rows), tuple(rejected), tuple(unknown))


def _title(document: TextDocument) -> tuple[str, FilingKind, date]:
    """The list's title; it says the kind and, in brackets, the month."""
    inside = (cells[0] for table in document.tables for cells in table if len(set(cells)) == 1)
    for source in ("".join(document.paragraphs), *inside):
        found = _TITLE.search(names.key(source))
        if found:
            kind = FilingKind.DEEP_SYNTHESIS if "深度合成" in found["name"] else FilingKind.RECOMMENDATION
            month = date(int(found["year"]), int(found["month"]), 1)
            return f"{found['name']}（{month.year}年{month.month}月）", kind, month
    raise UnreadableFile(_("No title of a filing list with its month was found."))


def _data_rows(tables: Iterable[tuple[tuple[str, ...], ...]], unknown: dict[str, None]) -> Iterator[dict[str, str]]:
    """Each row by column; a heading may come again, and changes the columns from there."""
    heading: tuple[str, ...] = ()
    for table in tables:
        for cells in table:
            keys = tuple(_COLUMN_OF.get(names.key(cell), "") for cell in cells)
            if all(code in keys for code in _REQUIRED):
                heading = tuple(code or f"other:{names.tidy(cell)}" for code, cell in zip(keys, cells, strict=True))
                unknown.update(dict.fromkeys(c.removeprefix("other:") for c in heading if c.startswith("other:")))
            elif heading and any(cell.strip() for cell in cells) and not _is_title(cells):
                yield _by_column(heading, cells)


def _is_title(cells: tuple[str, ...]) -> bool:
    return len(set(cells)) == 1 and _TITLE.search(names.key(cells[0])) is not None


def _by_column(heading: tuple[str, ...], cells: tuple[str, ...]) -> dict[str, str]:
    """Values under one heading that spans several columns are joined, repeats once."""
    if len(cells) != len(heading):
        return {"ragged": f"{len(cells)}/{len(heading)}"}
    found: dict[str, list[str]] = {}
    for code, cell in zip(heading, cells, strict=True):
        values = found.setdefault(code, [])
        if cell.strip() and cell.strip() not in values:
            values.append(cell.strip())
    return {code: "\n".join(values) for code, values in found.items()}


def _reason_to_reject(row: dict[str, str], seen: dict[str, int]) -> str:
    """Why a row cannot be an entry, in words; empty if it can."""
    if "ragged" in row:
        return _("The row has another number of cells than the heading (%(cells)s).") % {"cells": row["ragged"]}
    missing = [COLUMNS[code][0] for code in _REQUIRED if not row[code]]
    if missing:
        return _("Nothing stands under %(columns)s.") % {"columns": "、".join(missing)}
    if not any(character.isdecimal() for character in row["number"]):
        return _("The filing number has no digits.")
    too_long = [COLUMNS[code][0] for code in _REQUIRED if len(row[code]) > _LONGEST[code]]
    if too_long:
        return _("The text under %(columns)s is too long.") % {"columns": "、".join(too_long)}
    earlier = seen.get(names.key(row["number"]))
    if earlier:
        return _("The same filing number already stands in row %(row)s of this list.") % {"row": earlier}
    return ""


_LONGEST = {"name": 200, "entity": 200, "number": 64}
