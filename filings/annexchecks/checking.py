"""One file read once from top to bottom: what was counted, the verdicts, and what is wrong with which row."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from filings.annexchecks import findings, headings, limits, merging, tables, verdicts
from filings.annexchecks.columns import ANNEXES, DRAWN_FROM
from filings.annexchecks.findings import Finding
from filings.annexchecks.judges import JUDGES, ROW_BITS, Context, Judge
from filings.annexchecks.normal import Index
from filings.annexchecks.refusals import Unreadable
from filings.annexchecks.values import Names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from filings.annexchecks.columns import Annex
    from filings.annexchecks.headings import Heading
    from filings.annexchecks.tables import Line, Sheet, Table
    from filings.annexchecks.verdicts import Verdict

__all__ = ["Checked", "Context", "Outcome", "check", "index_of", "run"]

PROGRESS_EVERY = 2_000


class Checked(NamedTuple):
    """One row that was looked at: its sheet's place and name, the row, its findings, what heads its columns."""

    sheet: int
    sheet_name: str
    line: Line
    found: list[Finding]
    heading: Heading | None


@dataclass
class SheetRead:
    """What became of one sheet: read; or left out as hidden, unmapped (columns missing), or without headings."""

    name: str
    state: str
    rows: int = 0
    heading_row: int = 0
    columns: dict[str, str] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


@dataclass
class Outcome:
    """The result of a check.

    ``counted`` rows speak for the provider; ``faults`` counts the findings by code. ``index`` holds
    the entries, so that a test record can be compared with the bank it was drawn from.
    """

    annex: str
    form: str = ""
    encoding: str = ""
    sheets: list[SheetRead] = field(default_factory=list)
    rows: int = 0
    faulty: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    merged: int = 0
    stray: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    verdicts: list[Verdict] = field(default_factory=list)
    missing_banks: list[str] = field(default_factory=list)
    index: Index = field(default_factory=Index)

    @property
    def needs_mapping(self) -> bool:
        """Whether no sheet has all the columns asked for, and somebody may say which column is which."""
        states = {sheet.state for sheet in self.sheets}
        return "read" not in states and "unmapped" in states

    @property
    def hides(self) -> bool:
        """Whether the file holds sheets or rows that nobody sees."""
        return bool(self.faults[findings.HIDDEN]) or any(sheet.state == "hidden" for sheet in self.sheets)

    @property
    def stops(self) -> bool:
        """Whether a submission must wait: a sure threshold missed, or a file that cannot be judged."""
        broken = self.needs_mapping or self.hides or bool(self.missing_banks)
        return broken or any(verdict.stops for verdict in self.verdicts)


def check(
    annex: Annex,
    content: BinaryIO,
    context: Context,
    *,
    mapping: Mapping[str, str] | None = None,
    on_row: Callable[[Checked], None] | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Outcome:
    """Read a file and judge it. Raises Unreadable.

    ``on_row`` is given every row in order, sound ones too; ``on_progress`` rows done and rows in all.
    """
    outcome = Outcome(annex.code)
    for checked in run(annex, content, context, outcome, mapping=mapping or {}, on_progress=on_progress):
        if on_row is not None:
            on_row(checked)
    return outcome


def run(
    annex: Annex,
    content: BinaryIO,
    context: Context,
    outcome: Outcome,
    *,
    mapping: Mapping[str, str],
    on_progress: Callable[[int, int], None] | None = None,
) -> Iterator[Checked]:
    """The same row by row: the outcome is complete when the last row was taken. Raises Unreadable."""
    with tables.opened(content) as table:
        outcome.form, outcome.encoding = table.form, table.encoding
        outcome.missing_banks = [bank for bank in DRAWN_FROM.get(annex.code, ()) if bank not in context.banks]
        judge = JUDGES[annex.code](context, Names(context.rules))
        done = filled = 0
        for checked in _rows(annex, table, judge, outcome, mapping):
            done += 1
            filled += bool(checked.line.cells)
            if filled > limits.MOST_ROWS or done > limits.MOST_LINES:
                raise Unreadable("too_many_rows", most=f"{limits.MOST_ROWS:,}")
            if on_progress is not None and done % PROGRESS_EVERY == 0:
                on_progress(done, max(done, sum(sheet.rows for sheet in table.sheets)))
            yield checked
    if not done:
        raise Unreadable("empty")
    if {sheet.state for sheet in outcome.sheets} <= {"no_heading"}:
        raise Unreadable("no_heading" if outcome.sheets else "empty", most=limits.HEADING_WITHIN)
    outcome.counts, outcome.index = judge.counts, judge.index
    outcome.verdicts = verdicts.judge(context.rules, annex.code, judge.counts)


def _rows(annex: Annex, table: Table, judge: Judge, outcome: Outcome, mapping: Mapping[str, str]) -> Iterator[Checked]:
    for place, sheet in enumerate(table.sheets):
        judge.sheets.append(sheet.name)
        lines = sheet.lines()
        first = list(islice(lines, limits.HEADING_WITHIN))
        heading = headings.find(annex, first, mapping)
        read = _sheet_read(sheet, heading, annex, has_rows=any(line.cells for line in first))
        if read is not None:
            outcome.sheets.append(read)
        body = _chained(first, lines)
        if read is None or read.state != "read" or heading is None:
            yield from (Checked(place, sheet.name, line, [], None) for line in body)
            continue
        yield from _judged(place, sheet, heading, body, judge, outcome, read)


def _sheet_read(sheet: Sheet, heading: Heading | None, annex: Annex, *, has_rows: bool) -> SheetRead | None:
    """None for a sheet without a row, which a new workbook often has."""
    if not has_rows:
        return None
    read = SheetRead(sheet.name, "hidden" if sheet.is_hidden else "no_heading")
    if heading is None:
        return read
    read.heading_row, read.written = heading.row, list(heading.written.values())
    read.columns = {code: heading.written[place] for code, place in heading.places.items()}
    read.missing = list(heading.missing)
    if not sheet.is_hidden:
        read.state = "read" if heading.is_complete else "unmapped"
    return read


def _chained(first: list[Line], lines: Iterator[Line]) -> Iterator[Line]:
    yield from first
    yield from lines


def _judged(
    place: int, sheet: Sheet, heading: Heading, lines: Iterator[Line], judge: Judge, outcome: Outcome, read: SheetRead
) -> Iterator[Checked]:
    columns = list(heading.places.items())
    filler = merging.Filler(sheet.merged, own=heading.places["entry"], below=heading.row)
    outcome.merged += len(sheet.merged)
    for line in lines:
        if line.number <= heading.row:
            yield Checked(place, sheet.name, line, [], heading if line.number == heading.row else None)
            continue
        cells = filler.filled(line) if filler else line.cells
        row = {code: cells[at] for code, at in columns if at in cells}
        if not row or not _says_something(row):
            yield Checked(place, sheet.name, line, [], heading)
            continue
        found = _found(line, row, judge, place)
        outcome.rows += 1
        read.rows += 1
        if found:
            outcome.faulty += findings.is_fault(found)
            outcome.faults.update({each.code for each in found})
        yield Checked(place, sheet.name, line, found, heading)
    outcome.stray += sheet.far


def _says_something(row: dict[str, Any]) -> bool:
    """Whether anything but a running number stands in the columns asked for."""
    return any(
        not isinstance(value, str) or (value and not value.isspace()) for code, value in row.items() if code != "number"
    )


def _found(line: Line, row: dict[str, Any], judge: Judge, place: int) -> list[Finding]:
    if line.is_hidden:
        return [Finding(findings.HIDDEN)]
    found = judge.judge(row, place << ROW_BITS | line.number)
    if line.has_formula:
        found.append(Finding(findings.FORMULA))
    return found


def index_of(annex: str, content: BinaryIO, context: Context, *, mapping: Mapping[str, str] | None = None) -> Index:
    """The entries of a bank, which a sample must come from. Raises Unreadable."""
    return check(ANNEXES[annex], content, context, mapping=mapping).index
