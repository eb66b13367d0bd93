"""Plain text and CSV: readable, without web code and without formulas that start programs."""

import codecs
import re
from typing import BinaryIO

from filings.uploads.refusals import RefusedUpload

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
MARKUP = re.compile(r"<\s*(script|html|body|iframe|object|embed|svg|\?php|!doctype)", re.IGNORECASE)
# A spreadsheet runs =cmd|'/C calc'!A0 and the like when it opens the file.
STARTS_PROGRAM = re.compile(r"(?m)(?:^|[,;\t\"])\s*[=+\-@][^,;\t\n]*\|[^\n]*!")


def check(content: BinaryIO, *, size: int) -> None:
    """Raises RefusedUpload for binary content, web code and formulas that start programs."""
    content.seek(0)
    text = decoded(content.read())
    if CONTROLS.search(text):
        raise RefusedUpload("encoding")
    if found := MARKUP.search(text):
        raise RefusedUpload("markup", found=found[0])
    if found := STARTS_PROGRAM.search(text):
        raise RefusedUpload("active_content", found=found[0].strip()[:40])


def decoded(data: bytes) -> str:
    """The text in UTF-8, in UTF-16 with its mark, or in GB18030. Raises RefusedUpload."""
    encodings = ("utf-16",) if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RefusedUpload("encoding")
