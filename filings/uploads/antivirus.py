"""A virus scanner if there is one. Without one, or without signatures, a file is unscanned."""

import logging
import socket
import struct
from typing import BinaryIO

from django.conf import settings

from filings.uploads.refusals import RefusedUpload

logger = logging.getLogger(__name__)

BLOCK = 64 * 1024
PATIENCE = 60
UNSCANNED, CLEAN = "unscanned", "clean"


def scan(content: BinaryIO) -> str:
    """``clean`` only when clamd with a signature database said so, else ``unscanned``.

    The socket stands in the setting CLAMD_SOCKET. A scanner that does not answer is no
    reason to refuse a file; what it finds is. Raises RefusedUpload.
    """
    path = getattr(settings, "CLAMD_SOCKET", "")
    if not path:
        return UNSCANNED
    try:
        has_signatures = _ask(path, b"zVERSION\0").count("/") >= 2
        answer = _ask(path, b"zINSTREAM\0", content)
    except OSError as error:
        logger.warning("the virus scanner did not answer: %s", type(error).__name__)
        return UNSCANNED
    if answer.endswith("FOUND"):
        raise RefusedUpload("infected", found=answer.removeprefix("stream:").removesuffix("FOUND").strip())
    if answer.endswith("OK") and has_signatures:
        return CLEAN
    logger.warning("the virus scanner gave no verdict: %s", answer[:80])
    return UNSCANNED


def _ask(path: str, command: bytes, content: BinaryIO | None = None) -> str:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(PATIENCE)
        line.connect(path)
        line.sendall(command)
        if content is not None:
            content.seek(0)
            while block := content.read(BLOCK):
                line.sendall(struct.pack(">I", len(block)) + block)
            line.sendall(struct.pack(">I", 0))
        answer = b""
        while block := line.recv(BLOCK):
            answer += block
    return answer.strip(b"\0\n ").decode(errors="replace")
