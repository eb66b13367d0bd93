"""What a dossier still lacks, and how far each of its sections is."""

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filings.dossier.contradictions import contradictions
from filings.dossier.facts import Answers, Facts, is_empty, rows
from filings.dossier.fields import spec_of, to_raw
from filings.dossier.forms import AnswerForm, ItemForm, SectionForm, region_unknown
from filings.dossier.kinds import Kind, kind_of
from filings.dossier.problems import Problem
from filings.dossier.words import Words

type Regions = Container[str] | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a section is: `left` of `total` demanded answers are missing or wrong."""

    state: str
    left: int
    total: int
    reason: Words = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One demanded or given answer: where it stands, its form and field, and what is stored."""

    path: str
    form: AnswerForm
    name: str
    stored: Any

    @property
    def field(self) -> forms.Field:
        return self.form.fields[self.name]

    @property
    def is_demanded(self) -> bool:
        return spec_of(self.field).required


def problems(
    kind: Kind | str,
    content: Answers,
    entity: Answers | None = None,
    *,
    today: date | None = None,
    regions: Regions = None,
) -> list[Problem]:
    """Everything that keeps the document from being locked, and what deserves a second look.

    In the order of the pages: missing and malformed answers, then contradictions. Never raises,
    whatever was stored.
    """
    kind = kind_of(kind)
    facts = Facts.read(kind.code, content, entity, today=today, regions=regions)
    found: list[Problem] = []
    for section in kind.sections:
        if section.applies(facts):
            found += section_problems(section, facts)
    return found + contradictions(facts)


def section_problems(section: type[SectionForm], facts: Facts) -> list[Problem]:
    """Missing and malformed answers of one section that applies."""
    found = [
        Problem(
            path=asked.path,
            message=message,
            section=section.code,
            cites=spec_of(asked.field).cites or section.cites,
            rule=rule,
        )
        for asked in _asked(section, facts)
        for rule, message in _wrong(asked)
    ]
    return found + list(_too_few(section, facts))


def progress(
    kind: Kind | str,
    content: Answers,
    entity: Answers | None = None,
    *,
    today: date | None = None,
    regions: Regions = None,
) -> dict[str, Progress]:
    """The state of every section by its code, contradictions included."""
    kind = kind_of(kind)
    facts = Facts.read(kind.code, content, entity, today=today, regions=regions)
    clashes = [each for each in contradictions(facts) if each.is_blocking]
    return {section.code: _section_progress(section, facts, clashes) for section in kind.sections}


def _section_progress(section: type[SectionForm], facts: Facts, clashes: list[Problem]) -> Progress:
    applies = section.applies(facts)
    if not applies:
        return Progress("not_applicable", 0, 0, applies.reason)
    asked = list(_asked(section, facts))
    few = list(_too_few(section, facts))
    wrong = [each.path for each in asked if any(True for _message in _wrong(each))]
    wrong += [each.path for each in few]
    wrong += [each.path for each in clashes if each.section == section.code]
    left = len(set(wrong))
    total = max(sum(each.is_demanded for each in asked) + len(few), left)
    if is_empty(dict(facts.section(section.code))):
        return Progress("none", left, total)
    return Progress("started" if left else "done", left, total)


def _asked(section: type[SectionForm], facts: Facts) -> Iterator[Asked]:
    answers = facts.section(section.code)
    yield from _asked_in(section(facts=facts, answers=answers), section.code)
    for name, item_class in section.items.items():
        if not _is_listed(item_class, facts, answers):
            continue
        for row in rows(answers.get(name)):
            form = item_class(key=row["key"], facts=facts, answers=row)
            yield from _asked_in(form, f"{section.code}.{name}[{row['key']}]")


def _asked_in(form: AnswerForm, path: str) -> Iterator[Asked]:
    for name in form.fields:
        if form.asks(name):
            yield Asked(f"{path}.{name}", form, name, form.answers.get(name))


def _is_listed(item_class: type[ItemForm], facts: Facts, answers: Answers) -> bool:
    return item_class.when is None or item_class.when.holds(facts, answers)


def _wrong(asked: Asked) -> Iterator[tuple[str, Words]]:
    if is_empty(asked.stored):
        if asked.is_demanded:
            yield "answer.missing", _missing(asked)
        return
    for message in malformed(asked.field, asked.stored, asked.form.facts):
        yield "answer.malformed", message


def _missing(asked: Asked) -> Words:
    word = {
        "choice": _("Choose an answer."),
        "choices": _("Choose at least one."),
        "reference": _("Choose one."),
        "references": _("Choose at least one."),
        "attachments": _("Upload the file asked for here."),
    }
    return word.get(spec_of(asked.field).kind, _("Answer this question."))


def malformed(field: forms.Field, stored: Any, facts: Facts) -> list[str]:
    """What is wrong with a stored answer, by the field's own checks."""
    kind = spec_of(field).kind
    if not SHAPES.get(kind, _is_text)(stored):
        return [str(_("This answer is not of the form asked for. Answer again."))]
    if kind == "sealed":
        return []
    try:
        cleaned = field.clean(to_raw(field, stored))
        if kind == "region" and facts.regions is not None and cleaned not in facts.regions:
            raise region_unknown(cleaned)
    except forms.ValidationError as error:
        return [str(message) for message in error.messages]
    return []


def _is_text(stored: Any) -> bool:
    return isinstance(stored, str)


def _is_list(stored: Any) -> bool:
    return isinstance(stored, list) and all(isinstance(each, str) for each in stored)


def _is_references(stored: Any) -> bool:
    return isinstance(stored, list) and all(
        isinstance(each, dict) and isinstance(each.get("attachment"), str) for each in stored
    )


def _is_integer(stored: Any) -> bool:
    return isinstance(stored, int | str) and not isinstance(stored, bool)


SHAPES: dict[str, Callable[[Any], bool]] = {
    "choices": _is_list,
    "references": _is_list,
    "attachments": _is_references,
    "integer": _is_integer,
    "sealed": lambda stored: isinstance(stored, dict) and isinstance(stored.get("sealed"), str),
}


def _too_few(section: type[SectionForm], facts: Facts) -> Iterator[Problem]:
    answers = facts.section(section.code)
    for name, item_class in section.items.items():
        if not item_class.minimum or not _is_listed(item_class, facts, answers):
            continue
        if len(rows(answers.get(name))) < item_class.minimum:
            yield Problem(
                path=f"{section.code}.{name}",
                message=_("Add at least %(count)s under “%(title)s”.")
                % {"count": item_class.minimum, "title": item_class.title},
                section=section.code,
                cites=item_class.cites or section.cites,
                rule="items.too_few",
            )
