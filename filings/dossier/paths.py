"""Paths to a place in a dossier, such as `data.sources[k3f9ab].licence`."""

import re
import secrets
from dataclasses import dataclass
from typing import Any

from filings.dossier.facts import Answers, mapping, rows
from filings.dossier.kinds import Kind, kind_of

KEY_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
KEY_LENGTH = 6
KEY = re.compile(rf"[{KEY_LETTERS}]{{{KEY_LENGTH}}}")
_NAME = r"[a-z][a-z0-9_]*"
_PATH = re.compile(rf"({_NAME})(?:\.({_NAME})(?:\[([{KEY_LETTERS}]{{6}})\](?:\.({_NAME}))?)?)?")


@dataclass(frozen=True, slots=True)
class Path:
    """A section; in it a field or a list of items (`name`); in that an item, and its field."""

    section: str
    name: str = ""
    key: str = ""
    field: str = ""

    def __str__(self) -> str:
        text = self.section
        if self.name:
            text += f".{self.name}"
        if self.key:
            text += f"[{self.key}]"
        if self.field:
            text += f".{self.field}"
        return text


def parse(path: str) -> Path:
    """Read a path; raises `ValueError` for anything that is not one."""
    match = _PATH.fullmatch(path)
    if match is None:
        raise ValueError(f"not a dossier path: {path!r}")
    return Path(*(part or "" for part in match.groups()))


def get(content: Answers, path: str) -> Any:
    """The answer at `path`, or None when there is none."""
    place = parse(path)
    section = mapping(content).get(place.section)
    if not place.name:
        return section
    value = mapping(section).get(place.name)
    if not place.key:
        return value
    item = next((row for row in rows(value) if row["key"] == place.key), None)
    return item if item is None or not place.field else item.get(place.field)


def label(kind: Kind | str, content: Answers, path: str) -> str:
    """The place in words: section, item with its position, and field, joined by `·`.

    Parts that the kind does not declare are shown as they stand in the path.
    """
    place = parse(path)
    try:
        section = kind_of(kind).section(place.section)
    except KeyError:
        return path
    words = [str(section.title)]
    if place.name in section.items:
        item_class = section.items[place.name]
        listed = [row["key"] for row in rows(mapping(content.get(place.section)).get(place.name))]
        position = f" {listed.index(place.key) + 1}" if place.key in listed else ""
        words.append(f"{item_class.title}{position}")
        if place.field:
            words.append(_field_label(item_class.base_fields, place.field))
    elif place.name:
        words.append(_field_label(section.base_fields, place.name))
    return " · ".join(words)


def new_key(taken: frozenset[str] | set[str] = frozenset()) -> str:
    """A key for a new item, different from those `taken`."""
    while True:
        key = "".join(secrets.choice(KEY_LETTERS) for _place in range(KEY_LENGTH))
        if key not in taken:
            return key


def _field_label(fields: dict[str, Any], name: str) -> str:
    return str(fields[name].label) if name in fields else name
