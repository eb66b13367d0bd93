"""The text at a place, judged: is it a label, and is each part of it as it should be?"""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from filings.labelreading import producer

REQUIRED = ("Label", "ContentProducer", "ProduceID")
EXPECTED = (*REQUIRED, "ReservedCode1", "ContentPropagator", "PropagateID", "ReservedCode2")
BY_LOWER = {key.lower(): key for key in EXPECTED}
LABELS = ("1", "2", "3")
LONGEST = 64 * 1024
LONGEST_SHOWN = 300
SPEAKS_OF_IT = re.compile(rb"AIGC|ContentProducer|ProduceID", re.IGNORECASE)
PLAIN = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]*")


class Twice(ValueError):
    """One key stands twice in one object."""


@dataclass(slots=True)
class Judged:
    """Faults make a label malformed; remarks deserve a look and leave it present.

    Both are codes, some with the part they concern: ``missing:Label``.
    """

    parts: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def is_meant_as_label(value: bytes) -> bool:
    """Whether a text in a place that may hold anything speaks of the field."""
    return bool(SPEAKS_OF_IT.search(value.replace(b"\0", b"")))


def judge(value: bytes) -> Judged:
    """Read one label. Never raises, whatever stands there."""
    found = Judged()
    text = _decoded(value, found)
    if found.faults:
        return found
    try:
        content = json.loads(text, object_pairs_hook=_without_doubles)
    except Twice:
        found.faults.append("json.twice")
        return found
    except (ValueError, RecursionError):
        found.faults.append("json")
        return found
    if isinstance(content, dict) and isinstance(content.get("AIGC"), dict):
        content = content["AIGC"]
    if not isinstance(content, dict):
        found.faults.append("object")
        return found
    _keys(content, found)
    _values(content, found)
    return found


def _decoded(value: bytes, found: Judged) -> str:
    value = value.strip(b"\0 \t\r\n")
    if not value:
        found.faults.append("empty")
    elif len(value) > LONGEST:
        found.faults.append("too_long")
    else:
        if value.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = value.decode("utf-16", "replace")
        else:
            text = value.decode("utf-8-sig", "replace")
        if "\ufffd" not in text:
            return re.sub(r"^AIGC\s*[:=]?\s*(?=\{)", "", text)
        found.faults.append("encoding")
    return ""


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) != len(pairs):
        raise Twice
    return content


def _keys(content: dict[str, Any], found: Judged) -> None:
    """Every key of a producer is there; wrong case is named as such, so that it is found quickly."""
    for key in EXPECTED:
        if key in content:
            continue
        other = next((name for name in content if BY_LOWER.get(name.lower()) == key), None)
        if other is not None:
            found.faults.append(f"case:{key}")
        elif key in REQUIRED:
            found.faults.append(f"missing:{key}")
        else:
            found.remarks.append(f"absent:{key}")
    if any(BY_LOWER.get(name.lower()) is None for name in content):
        found.remarks.append("unknown_key")


def _values(content: dict[str, Any], found: Judged) -> None:
    for key in EXPECTED:
        if key in content:
            _value(key, content[key], found)
    label = found.parts.get("Label")
    if label and label not in LABELS:
        found.faults.append("label")
    code = found.parts.get("ContentProducer", "")
    if wrong := producer.fault(code):
        found.faults.append(f"producer.{wrong}")
    parsed = producer.parse(code)
    if parsed and parsed.role == producer.SPREADS:
        found.remarks.append("producer.role")


def _value(key: str, value: Any, found: Judged) -> None:
    if key == "Label" and isinstance(value, int) and not isinstance(value, bool):
        found.remarks.append("label.number")
        value = str(value)
    if not isinstance(value, str):
        found.faults.append(f"type:{key}")
        return
    found.parts[key] = value[:LONGEST_SHOWN]
    if key in REQUIRED and not value.strip():
        found.faults.append(f"empty:{key}")
    elif not PLAIN.fullmatch(value):
        found.remarks.append(f"characters:{key}")
