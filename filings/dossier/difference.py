"""What changed between two versions of a document. Items are matched by key; order is no change."""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from filings.dossier.facts import Answers, is_empty, mapping, rows
from filings.dossier.kinds import Kind, kind_of
from filings.dossier.paths import KEY, get, label, parse


@dataclass(frozen=True, slots=True)
class Change:
    """One answer, or one whole item, that differs; None stands for no answer or no item."""

    path: str
    label: str
    old: Any
    new: Any


def changes(kind: Kind | str, old: Answers, new: Answers) -> list[Change]:
    """Every difference, in page order."""
    kind = kind_of(kind)
    found = []
    for path in _paths(kind, old, new):
        before, after = _at(old, path), _at(new, path)
        if before != after:
            named = label(kind, new if after is not None else old, path)
            found.append(Change(path, named, before, after))
    return found


def visible(found: Iterable[Change]) -> list[Change]:
    """Those that a reader can see: the same file kept anew, as a transfer keeps its copies, is none."""
    return [each for each in found if _seen(each.old) != _seen(each.new)]


def _seen(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _seen(each) for name, each in value.items() if name != "attachment" or "sha256" not in value}
    return [_seen(each) for each in value] if isinstance(value, list) else value


def apply(content: Answers, changed: Iterable[Change]) -> dict[str, Any]:
    """The content with the changes made; `apply(old, changes(kind, old, new))` equals `new` up to
    the order of items and empty answers."""
    result = deepcopy(dict(content))
    for change in changed:
        place = parse(change.path)
        section = result.setdefault(place.section, {})
        if not place.key:
            _put(section, place.name, change.new)
        elif place.field:
            item = next(row for row in section[place.name] if row["key"] == place.key)
            _put(item, place.field, change.new)
        else:
            kept = [row for row in section.get(place.name, []) if row["key"] != place.key]
            section[place.name] = kept if change.new is None else [*kept, deepcopy(change.new)]
    return result


def is_item_list(value: object) -> bool:
    """Whether a stored value is a list of keyed items, and not of codes or files."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(
            isinstance(row, Mapping) and isinstance(row.get("key"), str) and KEY.fullmatch(row["key"]) for row in value
        )
    )


def _put(target: dict[str, Any], name: str, value: Any) -> None:
    if value is None:
        target.pop(name, None)
    else:
        target[name] = deepcopy(value)


def _at(content: Answers, path: str) -> Any:
    value = get(content, path)
    return None if is_empty(value) else value


def _paths(kind: Kind, old: Answers, new: Answers) -> Iterator[str]:
    for code in _ordered([section.code for section in kind.sections], old, new):
        before, after = mapping(old.get(code)), mapping(new.get(code))
        declared: list[str] = []
        if code in {section.code for section in kind.sections}:
            section = kind.section(code)
            declared = [*section.base_fields, *section.items]
        for name in _ordered(declared, before, after):
            left, right = before.get(name), after.get(name)
            if all(is_empty(each) or is_item_list(each) for each in (left, right)):
                yield from _item_paths(f"{code}.{name}", left, right)
            else:
                yield f"{code}.{name}"


def _item_paths(path: str, old: object, new: object) -> Iterator[str]:
    before = {row["key"]: row for row in rows(old)}
    after = {row["key"]: row for row in rows(new)}
    for key in dict.fromkeys([*after, *before]):
        if key in before and key in after:
            for name in _ordered([], before[key], after[key]):
                if name != "key":
                    yield f"{path}[{key}].{name}"
        else:
            yield f"{path}[{key}]"


def _ordered(first: Iterable[str], old: Answers, new: Answers) -> list[str]:
    return list(dict.fromkeys([*first, *new, *old]))
