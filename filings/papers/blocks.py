"""The pieces a paper is made of, and how an outline of the dossier becomes such pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from filings.papers.setting import PICTURE_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filings.dossier.document import Printed, Row

type Block = dict[str, Any]

NOTHING = "——"
NUMERALS = "一二三四五六七八九十"


def heading(text: str, level: int = 1) -> Block:
    return {"type": "heading", "text": text, "level": level}


def text(words: str) -> Block:
    return {"type": "text", "text": words}


def plain(words: str) -> Block:
    return {"type": "plain", "text": words}


def small(words: str) -> Block:
    return {"type": "small", "text": words}


def listed(items: Iterable[str]) -> Block:
    return {"type": "list", "items": list(items)}


def rows(pairs: Iterable[tuple[str, str]]) -> Block:
    return {"type": "rows", "rows": [[label, value or NOTHING] for label, value in pairs]}


def table(columns: dict[str, int], lines: Iterable[Iterable[str]]) -> Block:
    """A table; ``columns`` says how wide each is beside the others, 0 for as wide as its text."""
    return {
        "type": "table",
        "columns": list(columns),
        "widths": list(columns.values()),
        "lines": [[cell or NOTHING for cell in line] for line in lines],
    }


def ledger(columns: dict[str, int], lines: Iterable[Iterable[str]]) -> Block:
    """A list of thousands of rows, the first column its running number; the rest as in ``table``."""
    return table(columns, lines) | {"type": "ledger"}


def signature(*lines: tuple[str, str]) -> Block:
    return {"type": "signature", "lines": [list(line) for line in lines]}


def seal(who: str, day: str) -> Block:
    return {"type": "seal", "text": who, "date": day}


PAGE: Block = {"type": "page"}


def numeral(number: int) -> str:
    """A Chinese numeral below a hundred."""
    tens, ones = divmod(number, 10)
    if not tens:
        return NUMERALS[ones - 1]
    return f"{'' if tens == 1 else NUMERALS[tens - 1]}十{NUMERALS[ones - 1] if ones else ''}"


def grouped(digest: str) -> str:
    """A digest in groups of four, so that it breaks into lines."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))


def section(
    printed: Printed, *, title: str = "", level: int = 2, without: frozenset[str] = frozenset()
) -> Iterator[Block]:
    """One section with its answers, its repeated items and the pictures in both.

    ``without`` names paths that this paper prints elsewhere. Empty answers are printed as
    such: a reader must see that nothing was left out by the printer.
    """
    if not printed.applies:
        return
    yield heading(title or printed.title, level)
    shown = [row for row in printed.rows if row.path not in without]
    if shown:
        yield rows((row.label, value_of(row)) for row in shown)
        yield from pictures(shown)
    for listing in printed.tables:
        for position, line in enumerate(listing.lines, 1):
            yield heading(f"{listing.title} {position}", level + 1)
            yield rows((cell.label, value_of(cell)) for cell in line.cells)
            yield from pictures(line.cells)


def value_of(row: Row) -> str:
    """An answer as text; files by name with the beginning of their hash."""
    if row.files:
        return "\n".join(f"{ref.get('name', '')}（SHA-256 {str(ref.get('sha256', ''))[:16]}…）" for ref in row.files)
    return row.value


def pictures(answers: Iterable[Row]) -> Iterator[Block]:
    """The pictures among the files, shown; sealed scans never are."""
    found = [
        {"sha256": ref["sha256"], "caption": f"{row.label}：{ref.get('name', '')}"}
        for row in answers
        for ref in row.files
        if ref.get("type") in PICTURE_TYPES and not ref.get("sealed") and ref.get("sha256")
    ]
    if found:
        yield {"type": "pictures", "pictures": found}
