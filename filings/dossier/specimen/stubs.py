"""References to files and sealed values that do not exist, the same in every run."""

import hashlib
import uuid
from typing import Any

SPACE = uuid.UUID("6b9d1f0e-6f57-4a35-9d3a-0f7c1f2f8a11")
TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "mp4": "video/mp4",
    "txt": "text/plain",
    "mp3": "audio/mpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def files(*names: str) -> list[dict[str, Any]]:
    """One reference for each file name."""
    return [
        {
            "attachment": str(uuid.uuid5(SPACE, name)),
            "name": name,
            "type": TYPES[name.rpartition(".")[2]],
            "size": 20_000 + len(name) * 977,
            "sha256": hashlib.sha256(name.encode()).hexdigest(),
        }
        for name in names
    ]


def sealed(name: str) -> dict[str, str]:
    return {
        "sealed": str(uuid.uuid5(SPACE, name)),
        "digest": hashlib.sha256(name.encode()).hexdigest(),
    }


def item(code: str, **answers: Any) -> dict[str, Any]:
    """A repeated item whose key is made from `code`, the same in every run."""
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    number = int.from_bytes(hashlib.sha256(code.encode()).digest()[:6])
    return {"key": "".join(letters[(number >> 5 * at) & 31] for at in range(6)), **answers}


def key(code: str) -> str:
    return str(item(code)["key"])
