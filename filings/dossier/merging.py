"""Two people changed the same document: join what can be joined, and name what cannot."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, NamedTuple

from filings.dossier.difference import is_item_list
from filings.dossier.facts import Answers, is_empty


@dataclass(frozen=True, slots=True)
class Conflict:
    """One answer or item that both changed differently; the merged document holds `theirs`."""

    path: str
    base: Any
    mine: Any
    theirs: Any


class Merged(NamedTuple):
    content: dict[str, Any]
    conflicts: list[Conflict]


def three_way(base: Answers, mine: Answers, theirs: Answers) -> Merged:
    """Merge two versions that both came from `base`, field by field and item by item.

    A change on one side wins over none on the other. Where both changed, the stored version
    (`theirs`) stands and the place is listed as a conflict. An item removed on one side and
    changed on the other stays, and is a conflict.
    """
    conflicts: list[Conflict] = []
    return Merged(_object(base, mine, theirs, "", conflicts), conflicts)


def _object(base: Answers, mine: Answers, theirs: Answers, path: str, conflicts: list[Conflict]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for name in dict.fromkeys([*theirs, *mine, *base]):
        inner = f"{path}.{name}" if path else name
        value = _value(base.get(name), mine.get(name), theirs.get(name), inner, conflicts)
        if value is not None:
            merged[name] = value
    return merged


def _value(base: Any, mine: Any, theirs: Any, path: str, conflicts: list[Conflict]) -> Any:
    if _same(mine, theirs) or _same(base, mine):
        return deepcopy(theirs)
    if _same(base, theirs):
        return deepcopy(mine)
    if _is_section(mine, path) and _is_section(theirs, path):
        before = base if isinstance(base, Mapping) else {}
        return _object(before, mine, theirs, path, conflicts)
    if all(is_empty(each) or is_item_list(each) for each in (base, mine, theirs)):
        return _items(base or [], mine or [], theirs or [], path, conflicts)
    conflicts.append(Conflict(path, base, mine, theirs))
    return deepcopy(theirs)


def _is_section(value: Any, path: str) -> bool:
    return isinstance(value, Mapping) and "." not in path


def _same(left: Any, right: Any) -> bool:
    return bool(left == right) or (is_empty(left) and is_empty(right))


def _items(
    base: list[Any], mine: list[Any], theirs: list[Any], path: str, conflicts: list[Conflict]
) -> list[Any] | None:
    before, ours, stored = ({row["key"]: row for row in each} for each in (base, mine, theirs))
    merged = []
    for key in _order(base, mine, theirs):
        inner = f"{path}[{key}]"
        trio = (before.get(key), ours.get(key), stored.get(key))
        if trio[1] is not None and trio[2] is not None:
            merged.append(_object(trio[0] or {}, trio[1], trio[2], inner, conflicts))
            continue
        kept = trio[1] or trio[2]
        if kept is None or (trio[0] is not None and _same(trio[0], kept)):
            continue
        if trio[0] is not None:
            conflicts.append(Conflict(inner, *trio))
        merged.append(deepcopy(kept))
    return merged or None


def _order(base: list[Any], mine: list[Any], theirs: list[Any]) -> list[str]:
    """The order of whoever moved items; new items of the other stand after their neighbour."""
    before, ours, stored = ([row["key"] for row in each] for each in (base, mine, theirs))
    common = set(ours) & set(stored)
    moved = [key for key in before if key in common] != [key for key in stored if key in common]
    lead, other = (stored, ours) if moved else (ours, stored)
    order = list(lead)
    for at, key in enumerate(other):
        if key in order:
            continue
        previous = other[at - 1] if at else None
        order.insert(order.index(previous) + 1 if previous in order else len(order), key)
    return order
