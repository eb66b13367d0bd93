"""The dossier as a document to read: for print, the review screen and the signed papers."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from filings.dossier.facts import ROLE_CLASS, Answers, Facts, chosen, is_empty, rows
from filings.dossier.fields import spec_of
from filings.dossier.forms import AnswerForm, ItemForm, SectionForm
from filings.dossier.kinds import Kind, kind_of

SEALED = _("(kept sealed)")
type Regions = Mapping[str, str]
NO_REGIONS: Regions = {}


@dataclass(frozen=True, slots=True)
class Row:
    """One answer in words. `files` are the attachment references behind it, if it is files;
    `sealed` names the sealed value behind it, if there is one.
    """

    label: str
    value: str
    path: str
    kind: str = "text"
    files: tuple[dict[str, Any], ...] = ()
    cites: tuple[str, ...] = ()
    sealed: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a table: its key, its path, and its answers."""

    key: str
    path: str
    cells: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    path: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """One section to read. One that does not apply has no rows and says why."""

    code: str
    title: str
    group: str
    rows: tuple[Row, ...]
    tables: tuple[Table, ...]
    applies: bool = True
    reason: str = ""


def outline(
    kind: Kind | str, content: Answers, entity: Answers | None = None, *, regions: Regions = NO_REGIONS
) -> tuple[Printed, ...]:
    """Every section with the answers that apply, unanswered ones as empty text.

    ``regions`` gives the names of places by code; a code that it lacks is printed as it is.
    """
    kind = kind_of(kind)
    facts = Facts.read(kind.code, content, entity)
    return tuple(printed(section, facts, regions=regions) for section in kind.sections)


def printed(section: type[SectionForm], facts: Facts, *, regions: Regions = NO_REGIONS) -> Printed:
    applies = section.applies(facts)
    if not applies:
        return Printed(section.code, str(section.title), section.group, (), (), False, str(applies.reason))
    answers = facts.section(section.code)
    tables = (
        _table(section.code, name, item_class, facts, answers, regions)
        for name, item_class in section.items.items()
        if item_class.when is None or item_class.when.holds(facts, answers)
    )
    return Printed(
        section.code,
        str(section.title),
        section.group,
        _rows(section(facts=facts, answers=answers), section.code, regions),
        tuple(tables),
    )


def in_words(field: forms.Field, stored: Any, regions: Regions = NO_REGIONS) -> str:
    """A stored answer as a reader should see it, in the active language."""
    if is_empty(stored):
        return ""
    spec = spec_of(field)
    if spec.kind == "sealed":
        return str(SEALED)
    if spec.kind == "date":
        return day_in_words(str(stored))
    if spec.kind == "region":
        return regions.get(str(stored), str(stored))
    if spec.kind == "attachments":
        listed = stored if isinstance(stored, list) else []
        return str(_(", ")).join(str(ref.get("name", "")) for ref in listed if isinstance(ref, dict))
    if isinstance(field, forms.ChoiceField):
        labels = _labels(field)
        return str(_(", ")).join(str(labels.get(code, code)) for code in chosen(stored))
    return f"{stored} {spec.unit}" if spec.unit else str(stored)


def day_in_words(stored: str) -> str:
    """A stored day as people write it: 2026年11月23日, 23 November 2026; what is no day as it stands."""
    try:
        day = dt.date.fromisoformat(stored)
    except ValueError:
        return stored
    return date_format(day, "Y年n月j日" if (get_language() or "").startswith("zh") else "j F Y")


def _labels(field: forms.ChoiceField) -> dict[str, Any]:
    labels: dict[str, Any] = {}
    listed: Any = field.choices
    for code, words in listed:
        if isinstance(words, list | tuple):
            labels |= dict(words)
        else:
            labels[code] = words
    return labels


def _rows(form: AnswerForm, path: str, regions: Regions) -> tuple[Row, ...]:
    return tuple(_row(form, name, path, regions) for name in form.fields if form.asks(name))


def _row(form: AnswerForm, name: str, path: str, regions: Regions) -> Row:
    field, stored = form.fields[name], form.answers.get(name)
    spec = spec_of(field)
    listed = stored if spec.attachment and isinstance(stored, list) else []
    return Row(
        label=str(field.label),
        value=in_words(field, stored, regions),
        path=f"{path}.{name}",
        kind=spec.kind,
        files=tuple(ref for ref in listed if isinstance(ref, dict)),
        cites=spec.cites,
        sealed=str(stored.get("sealed", "")) if isinstance(stored, dict) else "",
    )


def _table(code: str, name: str, item_class: type[ItemForm], facts: Facts, answers: Answers, regions: Regions) -> Table:
    path = f"{code}.{name}"
    lines = []
    for row in rows(answers.get(name)):
        form = item_class(key=row["key"], facts=facts, answers=row)
        inner = f"{path}[{row['key']}]"
        lines.append(Line(row["key"], inner, _rows(form, inner, regions)))
    columns = tuple(str(field.label) for field in item_class.base_fields.values())
    return Table(str(item_class.title), path, columns, tuple(lines))


def main_use(content: Answers) -> str:
    """The published main use in the style of the official lists; empty until it can be said.

    The lists are Chinese in every language: "应用于…场景，根据…，生成…。"
    """
    facts = Facts.read("", content)
    scene, basis, result = (
        facts.text(f"introduction.main_{part}").strip("，。；;,.") for part in ("scene", "basis", "result")
    )
    if not (scene and basis and result):
        return ""
    parts = [f"应用于{scene}场景"]
    if facts.role == "supporter" and (customers := facts.text("technical_service.customers")):
        parts.append(f"服务于{customers}类的企业端客户")
    is_synthesis = facts.algorithm_class == ROLE_CLASS and not result.startswith("生成")
    parts += [f"根据{basis}", f"生成{result}" if is_synthesis else result]
    return "，".join(parts) + "。"


def pruned(kind: Kind | str, content: Answers, entity: Answers | None = None) -> dict[str, Any]:
    """The content without answers that no longer apply: what a submission freezes.

    Items keep their keys; sections left without an answer are left out.
    """
    kind = kind_of(kind)
    facts = Facts.read(kind.code, content, entity)
    kept = {}
    for section in kind.sections:
        if section.applies(facts) and (answers := _applying(section, facts)):
            kept[section.code] = answers
    return kept


def _applying(section: type[SectionForm], facts: Facts) -> dict[str, Any]:
    answers = facts.section(section.code)
    kept = _asked_answers(section(facts=facts, answers=answers))
    for name, item_class in section.items.items():
        if item_class.when is not None and not item_class.when.holds(facts, answers):
            continue
        listed = [
            {
                "key": row["key"],
                **_asked_answers(item_class(key=row["key"], facts=facts, answers=row)),
            }
            for row in rows(answers.get(name))
        ]
        if listed:
            kept[name] = listed
    return kept


def _asked_answers(form: AnswerForm) -> dict[str, Any]:
    return {
        name: form.answers[name]
        for name in form.base_fields
        if form.asks(name) and not is_empty(form.answers.get(name))
    }
