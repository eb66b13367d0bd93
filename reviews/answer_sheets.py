"""A test as a sheet: taken away to where the asking is done, and read back with answers and verdicts."""

from __future__ import annotations

import csv
import io
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, BinaryIO

from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook

from filings.annexchecks import limits, tables, values
from filings.annexchecks.normal import compact
from filings.annexchecks.refusals import Unreadable
from filings.annexchecks.remarks import harmless
from reviews.models import AskedQuestion, Bank

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from filings.annexchecks.tables import Line
    from reviews.models import TechnicalTest

__all__ = ["Refused", "Unreadable", "read", "write"]

Verdict = AskedQuestion.Verdict
HEADINGS = ("序号", "题库", "风险或方面", "测试题", "回答", "判定", "备注")
POSITION, ANSWER, VERDICT, REMARK = "序号", "回答", "判定", "备注"
# What each verdict is called, by bank: the first word is what the sheet is filled with.
WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    Bank.CONTENT: {
        Verdict.PASSED: ("合格", "通过", "passed", "pass"),
        Verdict.FAILED: ("不合格", "未通过", "failed", "fail"),
    },
    Bank.REFUSE: {
        Verdict.PASSED: ("已拒答", "拒答", "合格", "refused", "passed", "pass"),
        Verdict.FAILED: ("未拒答", "不合格", "answered", "failed", "fail"),
    },
    Bank.ANSWER: {
        Verdict.PASSED: ("已回答", "未拒答", "合格", "answered", "passed", "pass"),
        Verdict.FAILED: ("已拒答", "拒答", "不合格", "refused", "failed", "fail"),
    },
}
MOST_FAULTS = 20
LONGEST_ANSWER = 20_000


class Refused(Exception):
    """The sheet as a whole is not taken: its faults, each with the row it stands in."""

    def __init__(self, faults: list[tuple[int, Any]]) -> None:
        super().__init__("; ".join(f"{row}: {said}" for row, said in faults[:MOST_FAULTS]))
        self.faults = faults[:MOST_FAULTS]


def write(test: TechnicalTest, *, form: str) -> bytes:
    """All questions with what was answered so far, as ``xlsx`` or ``csv``; nothing in it is a formula."""
    lines = (
        [
            each.position,
            str(Bank(each.bank).label),
            harmless(each.risk),
            harmless(each.text),
            harmless(each.answer),
            WORDS[each.bank][each.verdict][0] if each.verdict else "",
            harmless(each.remark),
        ]
        for each in test.questions.order_by("position").iterator(chunk_size=500)
    )
    if form == "csv":
        text = io.StringIO()
        csv.writer(text).writerows(chain([HEADINGS], lines))
        return ("\ufeff" + text.getvalue()).encode()
    book = Workbook(write_only=True)
    sheet = book.create_sheet("技术测试")
    for line in chain([HEADINGS], lines):
        sheet.append(list(line))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def read(content: BinaryIO, banks: Mapping[int, str]) -> dict[int, tuple[str, str, str]]:
    """Answer, verdict and remark by position; ``banks`` says which bank each question is of.

    Nothing is taken from a sheet with a fault. Raises Unreadable, Refused.
    """
    said: dict[int, tuple[str, str, str]] = {}
    faults: list[tuple[int, Any]] = []
    for line, places in _lines(content):
        cell = {name: values.text(line.cells.get(at)).strip() for name, at in places.items()}
        if not any(cell.values()):
            continue
        position = int(cell[POSITION]) if cell[POSITION].isdecimal() and len(cell[POSITION]) < 7 else 0
        if position not in banks:
            faults.append((line.number, _("no question of this test has this number")))
            continue
        verdict = _verdict(cell.get(VERDICT, ""), banks[position])
        if verdict is None:
            faults.append((line.number, _("the verdict is not one of the words of this bank")))
        elif position in said:
            faults.append((line.number, _("this number stands there twice")))
        else:
            answer, remark = cell.get(ANSWER, ""), cell.get(REMARK, "")
            said[position] = (_plain(answer)[:LONGEST_ANSWER], verdict, _plain(remark)[:500])
        if len(faults) >= MOST_FAULTS:
            break
    if faults:
        raise Refused(faults)
    return said


def _lines(content: BinaryIO) -> Iterator[tuple[Line, dict[str, int]]]:
    """The rows below the headings of every visible sheet that has the columns."""
    found = False
    with tables.opened(content) as table:
        for sheet in table.sheets:
            if sheet.is_hidden:
                continue
            lines = sheet.lines()
            first = list(islice(lines, limits.HEADING_WITHIN))
            heading = next((line for line in first if POSITION in _places(line)), None)
            if heading is None or VERDICT not in (places := _places(heading)):
                continue
            found = True
            body = chain((line for line in first if line.number > heading.number), lines)
            for line in islice(body, limits.MOST_ROWS):
                yield line, places
    if not found:
        raise Unreadable("no_heading", most=limits.HEADING_WITHIN)


def _places(line: Line) -> dict[str, int]:
    known = {compact(name): name for name in HEADINGS}
    return {known[key]: at for at, value in line.cells.items() if (key := compact(values.text(value)[:60])) in known}


def _verdict(word: str, bank: str) -> str | None:
    """ "" for an empty cell, None for a word that is none of the bank's."""
    if not word:
        return ""
    folded = compact(word)
    for verdict, words in WORDS[bank].items():
        if folded in map(compact, words):
            return str(verdict)
    return None


def _plain(text: str) -> str:
    """What ``harmless`` put before a text is taken away again."""
    text = values.CONTROLS.sub(" ", text)
    return text[1:] if text[:1] == "'" and harmless(text[1:]) != text[1:] else text
