"""How the sections of a dossier are laid out as questions and cards; widths, hints, conditions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from filings.dossier import completeness, paths
from filings.dossier.facts import chosen
from filings.dossier.fields import spec_of
from filings.dossier.files import NEW_FILES_SUFFIX

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.forms import BoundField

    from filings.dossier.bound import BoundSection, ItemSet
    from filings.dossier.facts import When
    from filings.dossier.fields import Spec
    from filings.dossier.forms import AnswerForm, ItemForm, SectionForm

# What browsers may fill in by themselves; nothing else, since dossiers hold others' facts.
AUTOCOMPLETE = {
    "basic.name": "organization",
    "basic.address": "street-address",
    "basic.website": "url",
}
# Media types by their last word, as people call the files.
SHORT = {"X-WAV": "WAV", "MPEG": "MP3", "PLAIN": "TXT", "DOCUMENT": "DOCX", "SHEET": "XLSX"}
GROUPED = ("choices", "references", "region", "attachments")
FOLD_FROM = 3


def anchor(path: str) -> str:
    """The place of a dossier path in its section's page, as links to it are written."""
    place = paths.parse(path)
    return "div_id_" + "-".join(part for part in (place.section, place.name, place.key, place.field) if part)


def at_field(page: str, path: str) -> str:
    """The address of a path's field on the page of its section; the page itself for a whole section."""
    return f"{page}#{anchor(path)}" if "." in path else page


@dataclass(frozen=True)
class Heading:
    """What stands above a section; templates would call the section's class itself."""

    code: str
    title: Any
    lead: Any
    cites: tuple[str, ...]

    @classmethod
    def of(cls, section: type[SectionForm]) -> Heading:
        return cls(section.code, section.title, section.lead, section.cites)


@dataclass(frozen=True)
class Condition:
    """When a question is asked: the field that decides, the answers that count, and both in words."""

    field: str
    values: str
    sentence: str


@dataclass(frozen=True)
class Trouble:
    """One line of the summary of errors."""

    path: str
    message: str
    href: str


@dataclass
class Question:
    """One field as the page shows it: label, help, findings above it, errors, and its input."""

    bound: BoundField
    path: str
    condition: Condition | None = None
    missing: list[str] = field(default_factory=list)
    findings: list[Any] = field(default_factory=list)
    masked: str = ""
    region: Any = None
    entry: Any = None
    matches: Sequence[Any] | None = None
    asked_for: str = ""
    labels: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        attributes = self.bound.field.widget.attrs
        if self.is_choice:
            return
        attributes["class"] = f"{'form-select' if self.is_select else 'form-control'} {self.width}".strip()
        if "maxlength" in attributes:
            attributes["data-most"] = attributes.pop("maxlength")
        if not self.is_select and "type" not in attributes:
            attributes.setdefault("autocomplete", AUTOCOMPLETE.get(self.path, "off"))
        if self.spec.sealed:
            attributes["data-sealed"] = "yes"
        if self.spec.kind == "email":
            attributes["inputmode"] = "email"

    @property
    def spec(self) -> Spec:
        return spec_of(self.bound.field)

    @property
    def anchor(self) -> str:
        return anchor(self.path)

    @property
    def id(self) -> str:
        return str(self.bound.auto_id)

    @property
    def new_files(self) -> str:
        return f"{self.bound.html_name}{NEW_FILES_SUFFIX}"

    @property
    def is_choice(self) -> bool:
        return isinstance(self.bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)

    @property
    def is_select(self) -> bool:
        return isinstance(self.bound.field.widget, forms.Select) and not self.is_choice

    @property
    def is_group(self) -> bool:
        return self.is_choice or self.spec.kind in GROUPED

    @property
    def is_many(self) -> bool:
        """Whether the options are short and many, so that they stand in columns."""
        return self.is_choice and len(self.bound.subwidgets) > 6

    @property
    def is_row(self) -> bool:
        """Whether the options are so few and short that they stand in one line."""
        options = self.bound.subwidgets if self.is_choice else []
        return len(options) <= 6 and sum(len(str(each.choice_label)) for each in options) <= 24

    @property
    def width(self) -> str:
        most = getattr(self.bound.field, "max_length", None) or 0
        match self.spec.kind:
            case "integer" | "decimal" | "date":
                return "w-short"
            case "sealed":
                return "w-code"
            case "text" if most <= 60:
                return "w-code"
        return ""

    @property
    def errors(self) -> list[str]:
        return [str(each) for each in self.bound.errors] or self.missing

    @property
    def accept(self) -> str:
        return ",".join(self.spec.accepts.types) if self.spec.accepts else ""

    @property
    def takes(self) -> str:
        """What may be uploaded, in one short line."""
        if self.spec.accepts is None:
            return ""
        named = (each.rpartition("/")[2].rpartition(".")[2].upper() for each in self.spec.accepts.types)
        kinds = dict.fromkeys(SHORT.get(each, each) for each in named)
        size = self.spec.accepts.size // (1024 * 1024)
        return _("%(kinds)s; each up to %(size)s MB, at most %(most)s.") % {
            "kinds": " / ".join(kinds),
            "size": size,
            "most": self.spec.accepts.most,
        }

    @property
    def files(self) -> list[dict[str, Any]]:
        """The files named by the answer, as stored, each with what is said of its implicit label."""
        known = getattr(self.bound.field, "known", {})
        listed = self.bound.value() or []
        files = [dict(known[each]) for each in listed if each in known]
        return [file | {"label": self.labels.get(file.get("sha256", ""))} for file in files]

    @property
    def describedby(self) -> str:
        """What is read out with the group: its help and its errors."""
        ids = [f"{self.id}_helptext"] if self.spec.expects else []
        if self.errors:
            ids.append(f"{self.id}_error")
        return " ".join(ids)


@dataclass
class Card:
    """One item of a list as a card that folds."""

    form: ItemForm
    position: int
    title: str
    name: str
    path: str
    questions: list[Question]
    is_open: bool
    findings: list[Any]

    @property
    def anchor(self) -> str:
        return anchor(self.path)

    @property
    def has_errors(self) -> bool:
        return any(question.errors for question in self.questions)


@dataclass
class CardList:
    """A list of like items with the buttons that change it."""

    items: ItemSet
    anchor: str
    condition: Condition | None
    cards: list[Card]
    missing: list[str]

    @property
    def lead(self) -> Any:
        return self.items.item_class.lead

    @property
    def cites(self) -> tuple[str, ...]:
        return self.items.item_class.cites

    @property
    def minimum(self) -> int:
        return self.items.item_class.minimum

    @property
    def is_full(self) -> bool:
        return len(self.cards) >= self.items.item_class.most


@dataclass
class Layout:
    """A whole section, ready for the template."""

    questions: list[Question]
    lists: list[CardList]
    findings: list[Any]

    @property
    def all_questions(self) -> Iterable[Question]:
        yield from self.questions
        for each in self.lists:
            for card in each.cards:
                yield from card.questions

    @property
    def troubles(self) -> list[Trouble]:
        """Everything wrong on the page, in its order, each with a link to its input."""
        found = [
            Trouble(q.path, f"{q.bound.label}: {message}", f"#{q.anchor if q.is_group else q.id}")
            for q in self.questions
            for message in q.errors
        ]
        for each in self.lists:
            found += [Trouble(each.items.name, message, f"#{each.anchor}") for message in each.missing]
            found += [
                Trouble(q.path, f"{card.title} · {q.bound.label}: {message}", f"#{q.anchor if q.is_group else q.id}")
                for card in each.cards
                for q in card.questions
                for message in q.errors
            ]
        return found


class LayoutMaker:
    """Lays a bound section out, with what stands beside its fields: findings, masks, what is missing."""

    def __init__(
        self,
        bound: BoundSection,
        *,
        findings: Iterable[Any] = (),
        masked: dict[str, str] | None = None,
        check: bool = False,
        open_item: str = "",
    ) -> None:
        self.bound = bound
        self.masked = masked or {}
        self.open_item = open_item
        self.missing: dict[str, list[str]] = {}
        self.findings: dict[str, list[Any]] = {}
        for finding in findings:
            self.findings.setdefault(finding.path, []).append(finding)
        if check:
            for problem in completeness.section_problems(bound.section, bound.facts):
                self.missing.setdefault(problem.path, []).append(str(problem.message))

    def layout(self) -> Layout:
        code = self.bound.section.code
        questions = self._questions(self.bound.form, code)
        lists = [self._list(items) for items in self.bound.formsets.values()]
        placed = {q.path for q in questions}
        for each in lists:
            for card in each.cards:
                placed |= {card.path, *(q.path for q in card.questions)}
        rest = [finding for path, found in self.findings.items() if path not in placed for finding in found]
        return Layout(questions, lists, rest)

    def _questions(self, form: AnswerForm, path: str) -> list[Question]:
        return [self._question(form, name, f"{path}.{name}") for name in form.fields if name != "key"]

    def _question(self, form: AnswerForm, name: str, path: str) -> Question:
        answer = form.fields[name]
        stored = getattr(answer, "stored", None) or {}
        return Question(
            bound=form[name],
            path=path,
            condition=condition(spec_of(answer).when, form),
            missing=self.missing.get(path, []),
            findings=self.findings.get(path, []),
            masked=self.masked.get(stored.get("sealed", ""), "******" if stored else ""),
        )

    def _list(self, items: ItemSet) -> CardList:
        path = f"{self.bound.section.code}.{items.name}"
        cards = [self._card(items, form, at, f"{path}[{form.key}]") for at, form in enumerate(items, 1)]
        return CardList(
            items,
            anchor(path),
            condition(items.item_class.when, self.bound.form),
            cards,
            self.missing.get(path, []),
        )

    def _card(self, items: ItemSet, form: ItemForm, position: int, path: str) -> Card:
        questions = self._questions(form, path)
        findings = self.findings.get(path, [])
        wanted = bool(findings) or any(q.errors or q.findings for q in questions)
        is_new = not any(form.answers.get(name) for name in form.fields)
        return Card(
            form=form,
            position=position,
            title=f"{items.title} {position}",
            name=_name_of(form),
            path=path,
            questions=questions,
            is_open=len(items) < FOLD_FROM or wanted or is_new or form.key == self.open_item,
            findings=findings,
        )


def condition(when: When | None, form: AnswerForm) -> Condition | None:
    """The answer beside it that decides whether something is asked; None if none does."""
    test = when.decided_by() if when else None
    if test is None or test.field not in form.fields:
        return None
    decider = form.fields[test.field]
    words = {str(code): str(text) for code, text in getattr(decider, "choices", ()) if not isinstance(text, list)}
    named = _either([_("“%s”") % words.get(value, value) for value in test.values])
    sentence = _("Only if “%(field)s” is %(values)s.") % {"field": decider.label, "values": named}
    return Condition(form.add_prefix(test.field), " ".join(test.values), sentence)


def _either(words: list[str]) -> str:
    """“A”, “B” or “C”."""
    if len(words) == 1:
        return words[0]
    return _("%(most)s or %(last)s") % {"most": _(", ").join(words[:-1]), "last": words[-1]}


def _name_of(form: ItemForm) -> str:
    """What tells an item apart when it is folded: its name, else its first short answer."""
    for name in ("name", *form.fields):
        if name not in form.fields or spec_of(form.fields[name]).kind in ("attachments", "sealed", "long_text"):
            continue
        value = form[name].value()
        if not value:
            continue
        words = {str(code): str(text) for code, text in getattr(form.fields[name], "choices", ())}
        return _(", ").join(words.get(code, code) for code in chosen(value))[:60]
    return ""
