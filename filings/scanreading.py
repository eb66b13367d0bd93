"""Codes on the pages of a scan, read in a process of its own with bounded memory and time.

A page that kills or stalls the readers must not take the worker along. The process
knows no database: it is given a file and answers one line of JSON a page.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter, ImageOps, ImageStat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MEMORY = 2 * 1024**3
SECONDS = 30  # for a handful of pages, each of which takes a tenth of one
POINTS_AN_INCH = 72
SHARPNESS = (200, 300)  # dots an inch; the second only where the first shows no code
LONGEST_SIDE = 3600  # pixels, whatever size a page claims
BLANK_DEVIATION = 4  # of 255; paper without print, but with the scanner's noise
CODES = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
CHANGES: tuple[Callable[[Image.Image], Image.Image], ...] = (
    lambda picture: picture,
    lambda picture: picture.filter(ImageFilter.GaussianBlur(1.2)),
    lambda picture: picture.filter(ImageFilter.MedianFilter(3)),
    lambda picture: ImageOps.autocontrast(picture.resize((picture.width * 2, picture.height * 2)), cutoff=2),
)


@dataclass(frozen=True, slots=True)
class ReadPage:
    """What a page of a file shows: the texts of its codes, and whether there is anything on it."""

    page: int
    codes: tuple[str, ...] = ()
    is_blank: bool = False
    is_unreadable: bool = False


def read(path: Path, media_type: str, *, first: int, count: int) -> list[ReadPage]:
    """Pages ``first`` to ``first + count - 1`` of a file (from 1), each once, whatever the file does.

    A page on which the reader dies or stalls is reported as unreadable, and the pages behind it
    are read by a fresh process.
    """
    found: list[ReadPage] = []
    while len(found) < count:
        begin = first + len(found)
        more = _in_a_process(path, media_type, begin, first + count - begin)
        found += more
        if len(found) < count:
            found.append(ReadPage(first + len(found), is_unreadable=True))
    return found


def _in_a_process(path: Path, media_type: str, first: int, count: int) -> list[ReadPage]:
    command = [sys.executable, "-m", "filings.scanreading", str(path), media_type, str(first), str(count)]
    folder = Path(__file__).resolve().parent.parent
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False)
        said = done.stdout
    except subprocess.TimeoutExpired as late:
        said = late.stdout.decode() if isinstance(late.stdout, bytes) else ""  # bytes, whatever was asked for
    lines = [json.loads(line) for line in said.splitlines() if line.endswith("}")]
    return [ReadPage(**(line | {"codes": tuple(line["codes"])})) for line in lines]


def pages(path: Path, media_type: str, first: int, count: int) -> Iterator[tuple[int, Iterator[Image.Image]]]:
    """Each page with its pictures to try, coarse first; one is made when it is asked for."""
    if media_type != "application/pdf":
        with Image.open(path) as picture:
            picture.draft("L", (LONGEST_SIDE, LONGEST_SIDE))
            grey = ImageOps.grayscale(picture)
        grey.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        yield 1, iter([grey])
        return
    document = pypdfium2.PdfDocument(path)
    for number in range(first, first + count):
        page = document[number - 1]
        yield number, _rendered(page)
        page.close()


def _rendered(page: pypdfium2.PdfPage) -> Iterator[Image.Image]:
    longest = max(1.0, *page.get_size())
    for dots in SHARPNESS:
        scale = min(dots / POINTS_AN_INCH, LONGEST_SIDE / longest)
        yield page.render(scale=scale, grayscale=True).to_pil()


def read_page(pictures: Iterator[Image.Image]) -> tuple[tuple[str, ...], bool]:
    """The codes of a page, and whether nothing is printed on it."""
    for picture in pictures:
        if codes := codes_in(picture):
            return codes, False
        if is_blank(picture):
            return (), True
    return (), False


def codes_in(picture: Image.Image) -> tuple[str, ...]:
    """The codes of a picture: as it is, then softened against noise, then larger and with contrast."""
    for changed in CHANGES:
        if found := zxingcpp.read_barcodes(changed(picture), formats=CODES):
            return tuple(each.text for each in found)
    return ()


def is_blank(picture: Image.Image) -> bool:
    """Nothing printed: an even page but for noise and the shadow at its edges."""
    width, height = picture.size
    middle = picture.crop((width // 20, height // 20, width - width // 20, height - height // 20))
    small = middle.filter(ImageFilter.GaussianBlur(3))
    return ImageStat.Stat(small).stddev[0] < BLANK_DEVIATION


def main(path: str, media_type: str, first: int, count: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    for number, pictures in pages(Path(path), media_type, first, count):
        codes, blank = read_page(pictures)
        sys.stdout.write(json.dumps({"page": number, "codes": codes, "is_blank": blank}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
