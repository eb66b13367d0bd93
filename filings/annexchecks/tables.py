"""A file as sheets and rows, read once from the first row to the last, whatever its format."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, Protocol

from filings.annexchecks import csvs, xlsx
from filings.annexchecks.refusals import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# How an encrypted XLSX names its content inside that older container.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OTHER_KINDS = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ", b"\x7fELF", b"GIF8")
HEAD = 4096


class Line(NamedTuple):
    """One row: its number as a spreadsheet shows it, its values by column (from 1)."""

    number: int
    cells: dict[int, Any]
    is_hidden: bool = False
    has_formula: bool = False


class Sheet(Protocol):
    """One sheet, read on demand. ``rows`` is how many rows it seems to have, for progress.

    ``merged`` lists first and last row, first and last column; ``far`` counts, once the rows were
    read, those with cells beyond the columns that are looked at.
    """

    @property
    def name(self) -> str: ...
    @property
    def is_hidden(self) -> bool: ...
    @property
    def rows(self) -> int: ...
    @property
    def far(self) -> int: ...
    @property
    def merged(self) -> list[tuple[int, int, int, int]]: ...

    def lines(self) -> Iterator[Line]: ...


class Table(Protocol):
    """A whole file. ``form`` is xlsx or csv, ``encoding`` that of a CSV."""

    form: str
    encoding: str
    sheets: list[Any]


@contextmanager
def opened(content: BinaryIO) -> Iterator[Table]:
    """The table in a file, judged by its content and never by its name. Raises Unreadable."""
    content.seek(0)
    head = content.read(HEAD)
    if not head:
        raise Unreadable("empty")
    if head.startswith(OLD_OFFICE):
        content.seek(0)
        raise Unreadable("encrypted" if ENCRYPTED in content.read(1024 * 1024) else "old_office")
    if head.startswith(OTHER_KINDS):
        raise Unreadable("not_a_table")
    content.seek(0)
    with xlsx.opened(content) if head.startswith(ZIP) else csvs.opened(content) as table:
        yield table
