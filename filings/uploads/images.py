"""PNG, JPEG and WebP: decoded once to the last pixel, with nothing behind the picture."""

import io
import re
import struct
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from filings.uploads.refusals import RefusedUpload

MOST_PIXELS = 50_000_000
MILLION = 1_000_000
FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP"}
MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


def check(content: BinaryIO, *, size: int, media_type: str) -> None:
    """Raises RefusedUpload for what cannot be decoded, is too large to, or hides more data."""
    content.seek(0)
    try:
        with Image.open(content, formats=[FORMATS[media_type]]) as picture:
            pixels = picture.width * picture.height
            if pixels > MOST_PIXELS:
                raise RefusedUpload("too_many_pixels", found=pixels // MILLION, most=MOST_PIXELS // MILLION)
            picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise RefusedUpload("too_many_pixels", found=">89", most=MOST_PIXELS // MILLION) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, struct.error) as error:
        raise RefusedUpload("damaged", why=type(error).__name__) from None
    content.seek(0)
    rest = _behind_the_end(content.read(), media_type)
    if rest.strip(b"\0") and not rest.startswith(b"\xff\xd8\xff"):  # phones append a preview picture
        raise RefusedUpload("trailing_data")


def redrawn(content: BinaryIO, *, media_type: str) -> bytes:
    """The same picture as PNG, turned as it is to be looked at, made of its pixels alone.

    Whatever else was in the file is left behind: place, device, name, preview.
    """
    with Image.open(content, formats=[FORMATS[media_type]]) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    bare, made = Image.frombytes("RGB", upright.size, upright.tobytes()), io.BytesIO()
    bare.save(made, "PNG")
    return made.getvalue()


def _behind_the_end(data: bytes, media_type: str) -> bytes:
    match media_type:
        case "image/png":
            return _behind_png(data)
        case "image/webp":
            (length,) = struct.unpack("<I", data[4:8])
            return data[8 + length + length % 2 :]
        case _:
            return _behind_jpeg(data)


def _behind_png(data: bytes) -> bytes:
    place = 8
    while place + 8 <= len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        name = data[place + 4 : place + 8]
        place += 12 + length
        if name == b"IEND":
            return data[place:]
    raise RefusedUpload("damaged", why="IEND")


def _behind_jpeg(data: bytes) -> bytes:
    place = 2
    while place + 4 <= len(data):
        marker = data[place + 1]
        if data[place] != 0xFF:
            break
        if marker == 0xD9:
            return data[place + 2 :]
        if marker == 0xFF:
            place += 1
            continue
        place += 2 + struct.unpack(">H", data[place + 2 : place + 4])[0]
        if marker == 0xDA:
            found = MARKER.search(data, place)
            if found is None:
                break
            place = found.start()
    if data[place : place + 2] == b"\xff\xd9":
        return data[place + 2 :]
    raise RefusedUpload("damaged", why="EOI")
