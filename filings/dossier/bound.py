"""A section bound to its answers and, when a page was sent, to what was typed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from filings.dossier.facts import Answers, Facts, mapping, rows
from filings.dossier.files import NEW_FILES_SUFFIX, references_in
from filings.dossier.forms import AnswerForm, ItemForm, Known, Seal, SectionForm
from filings.dossier.kinds import Kind, kind_of
from filings.dossier.paths import KEY, new_key
from filings.dossier.problems import Problem

ACTION = "item-action"
VERBS = ("add", "copy", "remove", "up", "down")
SPARE_KEY = "aaaaaa"


@dataclass(frozen=True, slots=True)
class Action:
    """A button of a list of items: what to do, to which list, to which item."""

    verb: str
    items: str
    key: str = ""

    def __str__(self) -> str:
        return ":".join(part for part in (self.verb, self.items, self.key) if part)


@dataclass(slots=True)
class ItemSet:
    """The forms of one list, in order. Each is named by its key, so order and gaps are harmless.

    A page posts the keys in order under `keys_name`, and a button named `item-action`.
    """

    name: str
    item_class: type[ItemForm]
    prefix: str
    forms: list[ItemForm]
    empty_form: ItemForm
    can_change: bool = True
    key_of_new: str = field(default_factory=new_key)

    @property
    def keys_name(self) -> str:
        return f"{self.prefix}-keys"

    @property
    def title(self) -> Any:
        return self.item_class.title

    @property
    def add_value(self) -> str:
        return str(Action("add", self.name))

    def __iter__(self) -> Iterator[ItemForm]:
        return iter(self.forms)

    def __len__(self) -> int:
        return len(self.forms)

    def key_input(self, form: ItemForm) -> SafeString:
        """The hidden input that keeps an item in its place."""
        return format_html('<input type="hidden" name="{}" value="{}">', self.keys_name, form.key)

    def button(self, verb: str, form: ItemForm) -> str:
        """The value of the button that applies `verb` to this item."""
        return str(Action(verb, self.name, form.key))


class BoundSection:
    """One section with its answers: forms to show, problems found, and the value to store."""

    def __init__(self, section: type[SectionForm], facts: Facts, answers: Answers, data: Any, known: Known) -> None:
        self.section = section
        self.facts = facts
        self.answers = answers
        self.data = None if data is None else _multi(data)
        self.known = {**_references(answers), **known}
        self.action = self._action()
        self.new_key = new_key()
        self.form = section(facts=facts, answers=answers, data=self.data, known=self.known, prefix=section.code)
        self.formsets = {
            name: self._item_set(name, item_class)
            for name, item_class in section.items.items()
            if item_class.when is None or not item_class.when.is_out_of_reach(facts)
        }

    @property
    def errors(self) -> list[Problem]:
        """What was typed and cannot be right, in page order; none before anything was sent."""
        found = _form_problems(self.form, self.section.code, self.section.code)
        for items in self.formsets.values():
            for form in items:
                path = f"{self.section.code}.{items.name}[{form.key}]"
                found += _form_problems(form, path, self.section.code)
        return found

    def is_valid(self) -> bool:
        return self.data is not None and not self.errors

    def value(self, seal: Seal | None = None) -> dict[str, Any]:
        """The section's answers as JSON, with the pressed button applied.

        `seal(path, text)` stores a personal value and returns its reference; without it, a typed
        one raises `SealRequired`. Invalid answers are kept as typed.
        """
        value = self.form.value(seal, self.section.code)
        for name in self.section.items:
            if name not in self.formsets:
                listed: list[Any] = [dict(row) for row in rows(self.answers.get(name))]
            else:
                base = f"{self.section.code}.{name}"
                listed = [form.value(seal, f"{base}[{form.key}]") for form in self.formsets[name]]
                if self.action and self.action.items == name:
                    listed = self._applied(listed, self.action)
            if listed:
                value[name] = listed
        return value

    def as_data(self) -> MultiValueDict[str, str]:
        """What a browser would post if nothing were changed: for tests and scripted clients."""
        posted: MultiValueDict[str, str] = MultiValueDict()
        for form in [self.form, *(each for items in self.formsets.values() for each in items)]:
            for name in form.fields:
                raw = form.initial.get(name)
                values = raw if isinstance(raw, list) else [str(raw or "")]
                posted.setlist(form.add_prefix(name), values)
        for items in self.formsets.values():
            posted.setlist(items.keys_name, [form.key for form in items])
        return posted

    def uploads(self, files: MultiValueDict[str, Any]) -> Iterator[tuple[str, Any]]:
        """New files with the name to append their identifiers to, before binding again."""
        for name in files:
            if name.startswith(f"{self.section.code}-") and name.endswith(NEW_FILES_SUFFIX):
                for file in files.getlist(name):
                    yield name.removesuffix(NEW_FILES_SUFFIX), file

    def _item_set(self, name: str, item_class: type[ItemForm]) -> ItemSet:
        prefix = f"{self.section.code}-{name}"
        stored = {row["key"]: row for row in rows(self.answers.get(name))}
        keys = list(stored)
        if self.data is not None:
            keys = _keys(self.data, f"{prefix}-keys")

        def form(key: str, data: Any) -> ItemForm:
            return item_class(
                key=key,
                facts=self.facts,
                answers=stored.get(key, {}),
                data=data,
                known=self.known,
                prefix=f"{prefix}-{key}",
            )

        forms = [form(key, self.data) for key in keys]
        return ItemSet(name, item_class, prefix, forms, form(SPARE_KEY, None))

    def _action(self) -> Action | None:
        if self.data is None:
            return None
        verb, _colon, rest = str(self.data.get(ACTION) or "").partition(":")
        name, _colon, key = rest.partition(":")
        if verb not in VERBS or name not in self.section.items:
            return None
        return Action(verb, name, key)

    def _applied(self, listed: list[Any], action: Action) -> list[Any]:
        if action.verb == "add":
            return [*listed, {"key": self.new_key}]
        place = next((at for at, row in enumerate(listed) if row["key"] == action.key), None)
        if place is None:
            return listed
        if action.verb == "remove":
            return listed[:place] + listed[place + 1 :]
        if action.verb == "copy":
            twin = {**listed[place], "key": self.new_key}
            return [*listed[: place + 1], twin, *listed[place + 1 :]]
        to = place + (1 if action.verb == "down" else -1)
        if 0 <= to < len(listed):
            listed[place], listed[to] = listed[to], listed[place]
        return listed


def bind(
    kind: Kind | str,
    section_code: str,
    content: Answers,
    data: Any = None,
    *,
    facts: Facts | None = None,
    entity: Answers | None = None,
    known: Known | None = None,
) -> BoundSection:
    """Bind a section to the document's content and to posted data, if any.

    `known` names the files uploaded for this dossier by identifier: other files are refused.
    Raises `KeyError` for a section the kind does not have.
    """
    kind = kind_of(kind)
    section = kind.section(section_code)
    facts = facts or Facts.read(kind.code, content, entity)
    return BoundSection(section, facts, mapping(content.get(section_code)), data, known or {})


def _multi(data: Any) -> MultiValueDict[str, Any]:
    if isinstance(data, MultiValueDict):
        return data
    return MultiValueDict(
        {name: list(value) if isinstance(value, list | tuple) else [value] for name, value in data.items()}
    )


def _keys(data: MultiValueDict[str, Any], name: str) -> list[str]:
    posted = dict.fromkeys(str(each) for each in data.getlist(name))
    return [key for key in posted if KEY.fullmatch(key)][:500]


def _references(answers: Answers) -> dict[str, dict[str, Any]]:
    """Every file the stored section names, so that a copied item may name it too."""
    found: dict[str, dict[str, Any]] = {}
    for value in answers.values():
        found |= references_in(value)
        for row in rows(value):
            for inner in row.values():
                found |= references_in(inner)
    return found


def _form_problems(form: AnswerForm, path: str, section: str) -> list[Problem]:
    if not form.is_bound:
        return []
    return [
        Problem(path=f"{path}.{name}" if name in form.fields else path, message=str(message), section=section)
        for name, messages in form.errors.items()
        for message in messages
    ]
