"""PDF: opens without a password, runs nothing, carries no other file."""

from typing import Any, BinaryIO

import pikepdf

from filings.uploads.refusals import RefusedUpload
from filings.uploads.signatures import read_at

MOST_OBJECTS = 300_000
DEEPEST = 40
TAIL = 4096
RUNS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/GoToE", "/RichMediaExecute"}
RUNS_BY_KEY = {"/JS", "/JavaScript", "/XFA", "/RichMediaContent"}
CARRIES = {"/EmbeddedFiles", "/EF"}


def check(content: BinaryIO, *, size: int) -> None:
    """Raises RefusedUpload for passwords, scripts, launched programs, and files inside."""
    _check_end(content, size=size)
    content.seek(0)
    try:
        with pikepdf.open(content) as document:
            if document.is_encrypted:
                raise RefusedUpload("encrypted")
            if len(document.objects) > MOST_OBJECTS:
                raise RefusedUpload("bomb")
            if not len(document.pages):
                raise RefusedUpload("damaged", why="0 pages")
            for each in document.objects:
                _look_into(each, 0)
    except pikepdf.PasswordError:
        raise RefusedUpload("encrypted") from None
    except (pikepdf.PdfError, RuntimeError, ValueError, KeyError) as error:
        raise RefusedUpload("damaged", why=type(error).__name__) from None


def _check_end(content: BinaryIO, *, size: int) -> None:
    tail = read_at(content, max(0, size - TAIL), TAIL)
    _before, mark, rest = tail.rpartition(b"%%EOF")
    if not mark:
        whole = read_at(content, 0, size)
        raise RefusedUpload("trailing_data" if b"%%EOF" in whole else "damaged", why="%%EOF")
    if rest.strip(b"\0\t\n\x0c\r "):
        raise RefusedUpload("trailing_data")


def _look_into(value: Any, depth: int) -> None:
    """One object with what lies directly in it; what it refers to comes by itself."""
    if depth > DEEPEST:
        raise RefusedUpload("bomb")
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        _look_at_keys(value)
        for key in list(value.keys()):
            inner = value.get(key)
            if isinstance(inner, pikepdf.Object) and not inner.is_indirect:
                _look_into(inner, depth + 1)
    elif isinstance(value, pikepdf.Array):
        numbers_too: list[Any] = list(value)
        for inner in numbers_too:
            if isinstance(inner, pikepdf.Object) and not inner.is_indirect:
                _look_into(inner, depth + 1)


def _look_at_keys(value: Any) -> None:
    keys = set(value.keys())
    for key in sorted(keys & RUNS_BY_KEY):
        raise RefusedUpload("active_content", found=key)
    if keys & CARRIES:
        raise RefusedUpload("embedded_object", found="EmbeddedFile")
    for key in ("/S", "/Type", "/Subtype"):
        name = str(value.get(key, ""))
        if key == "/S" and name in RUNS:
            raise RefusedUpload("active_content", found=name)
        if name in {"/EmbeddedFile", "/FileAttachment"}:
            raise RefusedUpload("embedded_object", found=name[1:])
        if name == "/RichMedia":
            raise RefusedUpload("active_content", found=name[1:])
