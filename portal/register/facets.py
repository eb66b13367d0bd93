"""What the register's pages offer to filter by, and how they word an entry's history."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from filings import numbers
from filings.dossier.sections.options import FIELDS_OF_APPLICATION
from filings.models import AlgorithmClass, EntryStanding, FilingKind, ProviderRole, RegisterVersion
from portal.register.queries import Counts, Criteria, Statement

TITLES: dict[str, Promise] = {
    "track": _("Kind of filing"),
    "class": _("Algorithm class"),
    "role": _("Role"),
    "region": _("Region"),
    "year": _("Year of the number"),
    "field": _("Field of application"),
    "standing": _("Standing"),
}
CONTENT_LABELS: dict[str, Promise] = {
    "name": _("Algorithm name"),
    "entity_name": _("Filing entity"),
    "class_label": _("Algorithm class"),
    "role_label": _("Role"),
    "products": _("Products"),
    "main_use": _("Main use"),
    "principle": _("Basic principle"),
    "mechanism": _("Operating mechanism"),
    "scenario": _("Scenario of use"),
    "intent": _("Purpose and intention"),
    "own_page": _("Published by the provider at"),
    "place_label": _("Region as published"),
    "day_label": _("Filed on, as published"),
}
# What the lists of services call the same facts.
SERVICE_LABELS: dict[str, dict[str, Promise]] = {
    FilingKind.GENERATIVE: {"name": _("Name of the model")},
    FilingKind.GENERATIVE_REGISTRATION: {
        "name": _("Name of the application or function"),
        "entity_name": _("Registered entity"),
        "day_label": _("Registered on, as published"),
    },
}


_GROUPS: tuple[tuple[Any, Any], ...] = FIELDS_OF_APPLICATION
_FIELD_LABELS: dict[str, Any] = {
    code: label
    for group, leaves in _GROUPS
    for code, label in ([(group, leaves)] if isinstance(group, str) else leaves)
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value to filter by; ``count`` is none where counting stopped."""

    label: str
    url: str
    count: int | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to filter, with the choices that lead somewhere."""

    name: str
    title: str
    choices: tuple[Choice, ...]

    @property
    def is_chosen(self) -> bool:
        return any(choice.is_chosen for choice in self.choices)


def field_label(code: str) -> str:
    """A field of application in the reader's language."""
    return str(_FIELD_LABELS.get(code, code))


def content_label(key: str, kind: str) -> str:
    """What a published fact is called for filings of this kind."""
    return str(SERVICE_LABELS.get(kind, {}).get(key) or CONTENT_LABELS[key])


def offered(criteria: Criteria, counts: Counts, *, this_year: int) -> list[Facet]:
    """The facets with their choices; those that would find nothing are left out."""
    years = [str(year) for year in range(this_year, 2000 + numbers.FIRST_YEAR - 1, -1)]
    labels: dict[str, dict[str, str]] = {
        "track": dict(zip(FilingKind.values, map(str, FilingKind.labels), strict=True)),
        "class": dict(zip(AlgorithmClass.values, map(str, AlgorithmClass.labels), strict=True)),
        "role": dict(zip(ProviderRole.values, map(str, ProviderRole.labels), strict=True)),
        "region": {code: str(name) for code, name in numbers.REGIONS.items()},
        "year": {year: year for year in years},
        "field": {code: field_label(code) for code in sorted(counts.by_facet["field"])},
        "standing": dict(zip(EntryStanding.values, map(str, EntryStanding.labels), strict=True)),
    }
    facets = []
    for name, title in TITLES.items():
        choices = tuple(_choices(name, labels[name], criteria, counts))
        if choices:
            facets.append(Facet(name, str(title), choices))
    return facets


def _choices(name: str, labels: dict[str, str], criteria: Criteria, counts: Counts) -> Iterable[Choice]:
    chosen = criteria.chosen.get(name, "")
    if chosen and chosen not in labels:
        labels = {**labels, chosen: chosen}
    for value, label in labels.items():
        is_chosen = chosen == value
        count = None if counts.is_capped else counts.by_facet[name].get(value, 0)
        if count == 0 and not is_chosen:
            continue
        others = criteria.without(name).as_query()
        query = urlencode(others if is_chosen else others | {name: value})
        yield Choice(label, f"{reverse('register:list')}?{query}", count, is_chosen)


@dataclass(frozen=True, slots=True)
class Told:
    """A statement of an entry's history as the page words it."""

    version: RegisterVersion
    place: int
    sentence: str
    remark: str
    changes: tuple[tuple[str, str, str], ...]


SENTENCES: dict[str, Promise] = {
    "registered": _("Registered and published"),
    "changed": _("Change published"),
    "cancelled": _("Filing cancelled"),
    "revoked": _("Filing revoked"),
    "listed": _("Published in an official list"),
}


def told(statement: Statement, kind: str) -> Told:
    """A statement in words: what it was, and what it changed."""
    version = statement.version
    changes = tuple((content_label(key, kind), old, new) for key, old, new in statement.changes)
    return Told(version, statement.place, str(SENTENCES[version.reason]), version.content.get("remark", ""), changes)
