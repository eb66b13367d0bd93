"""Facts that several dossiers of one entity tell, and where each kind of dossier tells them.

Pure data and comparison: which filings are compared is for the caller to say.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from filings.dossier.facts import Answers, chosen, is_empty, mapping, rows
from filings.dossier.kinds import KINDS


@dataclass(frozen=True, slots=True)
class Telling:
    """One list of one section: rows about things with a name, and which field tells which fact."""

    section: str
    items: str
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact of one thing, told otherwise in another dossier; values in words."""

    path: str
    thing: str
    now: str
    then: str


# Things by their names: models relied on, sets of data, machines. Facts have one name over all kinds.
THINGS: dict[str, tuple[Telling, ...]] = {
    "model": (
        Telling(
            "model",
            "models",
            {"number": "model_number", "algorithm_number": "algorithm_number", "supplier": "supplier"},
        ),
        Telling(
            "base_model",
            "models",
            {"number": "number", "algorithm_number": "algorithm_number", "supplier": "supplier"},
        ),
    ),
    "data": (
        Telling(
            "training",
            "sources",
            {"source": "source_kind", "persons": "has_personal_information", "supplier": "supplier", "url": "url"},
        ),
        Telling(
            "corpora",
            "corpora",
            {"source": "source_kind", "persons": "has_personal_information", "supplier": "supplier", "url": "url"},
        ),
    ),
    "machine": (
        Telling("compute", "units", {"whose": "hosting", "chip": "chip", "where": "place", "supplier": "supplier"}),
    ),
}
# Facts of the entity's service that each dossier tells once: fact -> the path in each kind that has it.
SINGLE: dict[str, tuple[str, ...]] = {
    "producer_code": ("labels.producer_code", "output_labels.producer_code"),
    "feedback_days": ("complaints.feedback_days",),
}
# Facts of a product: compared only between filings that share one.
OF_PRODUCT: dict[str, tuple[str, ...]] = {
    "minors": ("minors.serves_minors",),
    "opinion": ("security.has_opinion_attribute", "service.has_opinion_attribute"),
    "privacy_policy": ("user_rights.privacy_policy", "agreement.privacy_policy"),
    "service_agreement": ("user_rights.agreement", "agreement.agreement"),
}


def differences(kind: str, content: Answers, other_kind: str, other: Answers) -> list[Difference]:
    """What the first document tells otherwise than the second, at the paths of the first."""
    found = list(_of_things(kind, content, other_kind, other))
    facts = dict(SINGLE)
    if products(content) & products(other):
        facts |= OF_PRODUCT
    for told in facts.values():
        found += _of_one(kind, content, other_kind, other, told)
    return found


def products(content: Answers) -> set[str]:
    """Keys of the entity's products that a dossier names, whatever its kind."""
    used = {str(row.get("product")) for row in rows(mapping(content.get("usage")).get("uses"))}
    return (used | set(chosen(mapping(content.get("service")).get("products")))) - {"", "None"}


def _of_things(kind: str, content: Answers, other_kind: str, other: Answers) -> Iterator[Difference]:
    for tellings in THINGS.values():
        known = {
            plain(row.get("name")): (telling, row)
            for telling in tellings
            for row in _rows(other, telling)
            if plain(row.get("name"))
        }
        for telling in tellings:
            for row in _rows(content, telling):
                if found := known.get(plain(row.get("name"))):
                    yield from _of_rows(kind, telling, row, other_kind, *found)


def _of_rows(
    kind: str, telling: Telling, row: Answers, other_kind: str, other_telling: Telling, other: Answers
) -> Iterator[Difference]:
    for fact, field in telling.facts.items():
        other_field = other_telling.facts.get(fact, "")
        now, then = row.get(field), other.get(other_field)
        if differ(now, then):
            yield Difference(
                f"{telling.section}.{telling.items}[{row['key']}].{field}",
                str(row.get("name")),
                in_words(kind, telling.section, field, now, items=telling.items),
                in_words(other_kind, other_telling.section, other_field, then, items=other_telling.items),
            )


def _of_one(
    kind: str, content: Answers, other_kind: str, other: Answers, told: tuple[str, ...]
) -> Iterator[Difference]:
    here = [(path, value) for path in told if not is_empty(value := _answer(content, path))]
    there = [(path, value) for path in told if not is_empty(value := _answer(other, path))]
    if here and there and differ(here[0][1], there[0][1]):
        (path, now), (other_path, then) = here[0], there[0]
        yield Difference(
            path,
            "",
            in_words(kind, *_split(path), now),
            in_words(other_kind, *_split(other_path), then),
        )


def _rows(content: Answers, telling: Telling) -> list[Answers]:
    return rows(mapping(content.get(telling.section)).get(telling.items))


def _split(path: str) -> tuple[str, str]:
    section, _dot, name = path.partition(".")
    return section, name


def _answer(content: Answers, path: str) -> Any:
    section, name = _split(path)
    return mapping(content.get(section)).get(name)


def differ(now: Any, then: Any) -> bool:
    """Whether two answers contradict each other; an answer not given contradicts nothing."""
    if is_empty(now) or is_empty(then):
        return False
    try:
        return Decimal(str(now)) != Decimal(str(then))
    except InvalidOperation:
        return plain(now) != plain(then)


def plain(value: Any) -> str:
    """A text as it is compared: NFKC, no case, no blanks, no closing slash of an address."""
    if isinstance(value, list):
        return "|".join(sorted(plain(each) for each in value))
    text = unicodedata.normalize("NFKC", str(value)) if value is not None else ""
    return "".join(text.split()).casefold().rstrip("/")


def in_words(kind: str, section: str, field: str, value: Any, *, items: str = "") -> str:
    """An answer as its form shows it: the words of a choice, any other as stored."""
    try:
        form = KINDS[kind].section(section)
    except KeyError:
        return str(value)
    declared = form.items[items].base_fields if items in form.items else form.base_fields
    choices = getattr(declared.get(field), "choices", None)
    if not isinstance(declared.get(field), forms.ChoiceField) or not choices:
        return str(value)
    return str(dict(choices).get(value, value))
