"""The dossier of the review that is measured: 40 repeated rows, 15 attachments, as frozen documents."""

import copy
import hashlib
import uuid
from typing import Any

from filings.dossier import canonical, paths, specimen

ROWS, FILES = 40, 15
NAMESPACE = uuid.UUID("6b0d6a36-4d0e-4c5e-9d52-0d8c7d8b1f10")


def attachments() -> list[dict[str, Any]]:
    """References to the files that the dossier cites."""
    found = []
    for number in range(FILES):
        name = f"evidence-{number + 1}.pdf"
        sha256 = hashlib.sha256(name.encode()).hexdigest()
        key = str(uuid.uuid5(NAMESPACE, name))
        found.append({"attachment": key, "name": name, "type": "application/pdf", "size": 40_960, "sha256": sha256})
    return found


def content(round_: int) -> dict[str, Any]:
    """A complete deep-synthesis dossier; each round changes a few answers."""
    found = specimen.dossier("01", "provider")
    known = attachments()
    _cite(found, iter(known * 5))
    measures = found["measures"]["measures"]
    like = copy.deepcopy(measures[0])
    number = 0
    while repeated_rows(found) < ROWS:
        number += 1
        measures.append({**copy.deepcopy(like), "key": f"bnch{chr(97 + number // 26)}{chr(97 + number % 26)}"})
    for item in measures[: round_ * 3]:
        for name, value in item.items():
            if name != "key" and isinstance(value, str) and len(value) > 12:
                item[name] = f"{value}（第{round_}轮修改）"
    return found


def repeated_rows(value: Any) -> int:
    if isinstance(value, dict):
        return ("key" in value) + sum(map(repeated_rows, value.values()))
    return sum(map(repeated_rows, value)) if isinstance(value, list) else 0


def answered(found: dict[str, Any]) -> list[str]:
    """Paths of answers at which findings can be raised, the same at every run."""
    listed = []
    for section, value in found.items():
        for name, answer in value.items():
            if isinstance(answer, str) and answer:
                listed.append(f"{section}.{name}")
            elif isinstance(answer, list):
                items = [item for item in answer if isinstance(item, dict) and "key" in item]
                listed += [f"{section}.{name}[{item['key']}].{next(f for f in item if f != 'key')}" for item in items]
    return [path for path in listed if paths.get(found, path)]


def frozen(round_: int, *, profile: dict[str, Any]) -> bytes:
    """The canonical document of a round, in the form that `sealing.compose` gives it."""
    document = {
        "kind": "deep_synthesis",
        "round": round_,
        "entity": {"code": "1000001", "version": 1, "digest": "0" * 64, "content": profile},
        "content": content(round_),
        "attachments": attachments(),
    }
    return canonical.canonical_bytes(document)


def _cite(value: Any, known: Any) -> None:
    if isinstance(value, list):
        for each in value:
            _cite(each, known)
    elif isinstance(value, dict):
        if "attachment" in value:
            value.update(next(known))
        else:
            for each in value.values():
                _cite(each, known)
