"""What a PDF holds, told by a process of its own: a few bytes of it may unpack to gigabytes.

Run as a program with the file as standard input. It knows neither database nor settings, may
use so much memory and time and no more, and writes one line of JSON: the number of pages, or
the code of a refusal with what it is about.
"""

import json
import resource
import sys
from typing import Any, BinaryIO

import pikepdf

MEMORY = 512 * 1024**2
SECONDS = 20
MOST_OBJECTS = 300_000
DEEPEST = 40
OUT_OF_MEMORY = "bad_alloc"
RUNS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/GoToE", "/RichMediaExecute"}
RUNS_BY_KEY = {"/JS", "/JavaScript", "/XFA", "/RichMediaContent"}
CARRIES = {"/EmbeddedFiles", "/EF"}


class Refused(Exception):
    """The code of a refusal, and what it is about."""

    def __init__(self, code: str, **about: str) -> None:
        super().__init__(code)
        self.said = {"refused": code, "about": about}


def pages(content: BinaryIO) -> int:
    """How many pages it has. Raises Refused for passwords, scripts, launched programs and files inside."""
    try:
        with pikepdf.open(content, suppress_warnings=True) as document:
            if document.is_encrypted:
                raise Refused("encrypted")
            if len(document.objects) > MOST_OBJECTS:
                raise Refused("bomb")
            if not len(document.pages):
                raise Refused("damaged", why="0 pages")
            for each in document.objects:
                _look_into(each, 0)
            if any(OUT_OF_MEMORY in warning for warning in document.get_warnings()):
                raise Refused("bomb")  # the library mends what it could not hold
            return len(document.pages)
    except pikepdf.PasswordError:
        raise Refused("encrypted") from None
    except (pikepdf.PdfError, RuntimeError, ValueError, KeyError) as error:
        raise Refused("damaged", why=type(error).__name__) from None


def _look_into(value: Any, depth: int) -> None:
    """One object with what lies directly in it; what it refers to comes by itself."""
    if depth > DEEPEST:
        raise Refused("bomb")
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
        raise Refused("active_content", found=key)
    if keys & CARRIES:
        raise Refused("embedded_object", found="EmbeddedFile")
    for key in ("/S", "/Type", "/Subtype"):
        name = str(value.get(key, ""))
        if key == "/S" and name in RUNS:
            raise Refused("active_content", found=name)
        if name in {"/EmbeddedFile", "/FileAttachment"}:
            raise Refused("embedded_object", found=name[1:])
        if name == "/RichMedia":
            raise Refused("active_content", found=name[1:])


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        said: dict[str, Any] = {"pages": pages(sys.stdin.buffer)}
    except Refused as refused:
        said = refused.said
    except MemoryError:
        said = Refused("bomb").said
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
