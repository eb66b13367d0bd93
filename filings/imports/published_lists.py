"""The official lists of filed algorithms and services, read from the text of the document.

Columns are found by their names, never by their place: batches add, rename and merge
them. Values are kept as published, misprints included; only blanks around them go.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils.translation import gettext as _

from filings import names
from filings.imports.docx import TextDocument, UnreadableFile
from filings.models.filing import FilingKind
from filings.models.register import LONGEST_NUMBER

_TITLE = re.compile(
    r"(?P<name>(?:境内[^境]{0,30}?算法备案清单|生成式人工智能服务已(?:备案|登记)[^境()]{0,12}信息))\s*"
    r"\((?:截至)?(?P<year>20\d\d)年(?P<month>1[0-2]|0?[1-9])月(?:\d{1,2}日)?\)"
)


@dataclass(frozen=True)
class Layout:
    """The columns of one table: names by which each is known, those that a row must fill.

    ``kind`` is what its rows are where the table tells, and not the list's title.
    """

    columns: dict[str, tuple[str, ...]]
    required: tuple[str, ...] = ("name", "entity", "number")
    kind: str = ""

    @cached_property
    def column_of(self) -> dict[str, str]:
        return {names.key(name): code for code, known in self.columns.items() for name in known}

    def heading(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        """The columns if these cells name them, else nothing; one not known is kept by its name."""
        codes = tuple(self.column_of.get(names.key(cell), "") for cell in cells)
        if not all(code in codes for code in self.required):
            return ()
        return tuple(code or f"other:{names.tidy(cell)}" for code, cell in zip(codes, cells, strict=True))

    def words(self, codes: Iterable[str]) -> str:
        return "、".join(self.columns[code][0] for code in codes)


ALGORITHMS = Layout({
    "serial": ("序号",),
    "name": ("算法名称", "算法名"),
    "class": ("算法类别", "算法类型", "类别"),
    "role": ("角色", "服务角色", "主体角色"),
    "entity": ("主体名称", "备案主体", "主体", "备案单位", "公司名称"),
    "products": ("应用产品", "关联产品", "应用产品名称", "产品名称"),
    "main_use": ("主要用途", "用途"),
    "number": ("备案编号", "备案号", "算法备案编号"),
    "remark": ("备注", "说明"),
})  # fmt: skip
FILED = Layout({
    "serial": ("序号",),
    "place": ("属地", "所属地区", "地区"),
    "name": ("模型名称", "大模型名称", "模型（算法）名称", "服务名称"),
    "entity": ("备案单位", "单位名称", "备案主体"),
    "number": ("备案号", "备案编号"),
    "day": ("备案时间", "备案日期"),
    "remark": ("备注", "说明"),
}, kind=FilingKind.GENERATIVE)  # fmt: skip
REGISTERED = Layout({
    "serial": ("序号",),
    "place": ("属地", "所属地区", "地区"),
    "name": ("应用/功能名称", "应用名称/功能名称", "应用（功能）名称", "应用名称", "功能名称"),
    "entity": ("登记单位", "单位名称", "登记主体"),
    "number": ("上线编号", "登记编号", "登记号"),
    "day": ("登记时间", "登记日期"),
    "remark": ("备注", "说明"),
}, kind=FilingKind.GENERATIVE_REGISTRATION)  # fmt: skip
LAYOUTS = {
    FilingKind.DEEP_SYNTHESIS: (ALGORITHMS,),
    FilingKind.RECOMMENDATION: (ALGORITHMS,),
    FilingKind.GENERATIVE: (FILED, REGISTERED),
}


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row as published. ``row`` counts the rows of data from 1, headings left out.

    ``kind`` is told by the heading it stands under, or empty.
    """

    row: int
    values: dict[str, str]
    kind: str = ""


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
    for number, (layout, row) in enumerate(_data_rows(document.tables, LAYOUTS[kind], unknown), 1):
        reason = _reason_to_reject(row, layout, seen)
        if reason:
            rejected.append(RejectedRow(number, reason, row.get("number", "")))
            continue
        seen[names.key(row["number"])] = number
        rows.append(ListRow(number, row, layout.kind))
    if not rows and not rejected:
        raise UnreadableFile(_("No table with the columns of a filing list was found."))
    return PublishedList(title, kind, month, document.edited_at, tuple(rows), tuple(rejected), tuple(unknown))


def _title(document: TextDocument) -> tuple[str, FilingKind, date]:
    """The list's title; it says the kind and, in brackets, the month."""
    inside = (cells[0] for table in document.tables for cells in table if len(set(cells)) == 1)
    for source in ("".join(document.paragraphs), *inside):
        found = _TITLE.search(names.key(source))
        if found:
            kind = _kind_of(found["name"])
            month = date(int(found["year"]), int(found["month"]), 1)
            return f"{found['name']}（{month.year}年{month.month}月）", kind, month
    raise UnreadableFile(_("No title of a filing list with its month was found."))


def _kind_of(title: str) -> FilingKind:
    if title.startswith("生成式"):
        return FilingKind.GENERATIVE
    return FilingKind.DEEP_SYNTHESIS if "深度合成" in title else FilingKind.RECOMMENDATION


def _data_rows(
    tables: Iterable[tuple[tuple[str, ...], ...]], layouts: tuple[Layout, ...], unknown: dict[str, None]
) -> Iterator[tuple[Layout, dict[str, str]]]:
    """Each row by column; a heading may come again, and changes the columns from there."""
    heading: tuple[str, ...] = ()
    current = layouts[0]
    for table in tables:
        for cells in table:
            named = next(((layout, found) for layout in layouts if (found := layout.heading(cells))), None)
            if named:
                current, heading = named
                unknown.update(dict.fromkeys(c.removeprefix("other:") for c in heading if c.startswith("other:")))
            elif heading and any(cell.strip() for cell in cells) and not _is_title(cells):
                yield current, _by_column(heading, cells)


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


def _reason_to_reject(row: dict[str, str], layout: Layout, seen: dict[str, int]) -> str:
    """Why a row cannot be an entry, in words; empty if it can."""
    if "ragged" in row:
        return _("The row has another number of cells than the heading (%(cells)s).") % {"cells": row["ragged"]}
    missing = [code for code in layout.required if not row[code]]
    if missing:
        return _("Nothing stands under %(columns)s.") % {"columns": layout.words(missing)}
    if not any(character.isdecimal() for character in row["number"]):
        return _("The filing number has no digits.")
    too_long = [code for code in layout.required if len(row[code]) > _LONGEST[code]]
    if too_long:
        return _("The text under %(columns)s is too long.") % {"columns": layout.words(too_long)}
    earlier = seen.get(names.key(row["number"]))
    if earlier:
        return _("The same filing number already stands in row %(row)s of this list.") % {"row": earlier}
    return ""


_LONGEST = {"name": 200, "entity": 200, "number": LONGEST_NUMBER}
