"""What to prepare for one filing, derived from the declaration of its sections."""

from collections.abc import Iterator
from dataclasses import dataclass

from filings.dossier.facts import Facts
from filings.dossier.fields import spec_of
from filings.dossier.forms import SectionForm
from filings.dossier.kinds import KINDS, Kind


@dataclass(frozen=True, slots=True)
class Topic:
    """One section to prepare: its title, what it is about, and the files it asks for."""

    title: str
    lead: str
    files: tuple[str, ...]
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A group of topics, such as all about the algorithm's data."""

    title: str
    topics: tuple[Topic, ...]


def parts(*, kind: str, algorithm_class: str = "", role: str = "") -> tuple[Part, ...]:
    """All parts that a filing of this kind, class and role asks for; the entity's profile first.

    Raises KeyError for an unknown kind.
    """
    algorithm = {"algorithm": {"algorithm_class": algorithm_class, "role": role}}
    entity = tuple(_parts(KINDS["entity"], Facts.read("entity", {})))
    return entity + tuple(_parts(KINDS[kind], Facts.read(kind, algorithm)))


def _parts(kind: Kind, facts: Facts) -> Iterator[Part]:
    for code, title in kind.groups:
        topics = tuple(_topic(s) for s in kind.sections if s.group == code and s.applies(facts))
        if topics:
            yield Part(str(title), topics)


def _topic(section: type[SectionForm]) -> Topic:
    files = tuple(
        str(field.label)
        for form in (section, *section.items.values())
        for field in form.base_fields.values()
        if getattr(field, "spec", None) and spec_of(field).attachment
    )
    return Topic(str(section.title), str(section.lead), files, tuple(section.cites))
