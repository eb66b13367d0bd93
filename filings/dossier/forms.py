"""Sections and repeated items of a dossier, as Django forms that know the dossier's facts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from filings.dossier.facts import NOTHING, Answers, Facts, When, is_empty
from filings.dossier.fields import Spec, spec_of, to_raw, to_stored
from filings.dossier.files import AttachmentsField, references_in
from filings.dossier.sealing import SealedField
from filings.dossier.words import Words

type Seal = Callable[[str, str], dict[str, Any]]
type Known = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Applies:
    """Whether a section is asked of a dossier and, if not, why."""

    yes: bool
    reason: Words

    def __bool__(self) -> bool:
        return self.yes


class SealRequired(Exception):
    """A personal value was typed, and the caller gave no way to seal it."""


class AnswerForm(forms.Form):
    """A form whose fields carry specs. Fields that cannot apply to the dossier are left out."""

    def __init__(
        self,
        *,
        facts: Facts,
        answers: Answers = NOTHING,
        data: Any = None,
        known: Known | None = None,
        prefix: str | None = None,
    ) -> None:
        super().__init__(data=data, prefix=prefix, use_required_attribute=False)
        self.facts = facts
        self.answers = answers
        for name, field in list(self.fields.items()):
            when = spec_of(field).when
            if when is not None and when.is_out_of_reach(facts):
                del self.fields[name]
                continue
            stored = answers.get(name)
            self._prepare(field, stored, known or {})
            self.initial[name] = to_raw(field, stored)

    def _prepare(self, field: forms.Field, stored: Any, known: Known) -> None:
        if isinstance(field, AttachmentsField):
            field.know({**references_in(stored), **known})
        elif isinstance(field, SealedField):
            field.stored = stored if isinstance(stored, dict) else None
        elif refers := spec_of(field).refers:
            blank = [("", "—")] if spec_of(field).kind == "reference" else []
            field.choices = [*blank, *self.facts.names(refers)]  # type: ignore[attr-defined]

    def asks(self, name: str, beside: Answers | None = None) -> bool:
        """Whether field `name` is asked, given the answers beside it."""
        if name not in self.fields:
            return False
        return spec_of(self.fields[name]).applies(self.facts, self.answers if beside is None else beside)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        regions = self.facts.regions
        for name, field in self.fields.items():
            value = cleaned.get(name)
            if spec_of(field).kind != "region" or not value or regions is None:
                continue
            if value not in regions:
                self.add_error(name, region_unknown(value))
        return cleaned

    def value(self, seal: Seal | None = None, path: str = "") -> dict[str, Any]:
        """The answers as stored JSON. What is invalid is kept as typed, so that nothing is lost.

        Raises `SealRequired` if a personal value was typed and `seal` is missing.
        """
        kept = {
            name: self.answers[name]
            for name in self.base_fields
            if name not in self.fields and not is_empty(self.answers.get(name))
        }
        for name, field in self.fields.items():
            stored = self._stored(name, field, seal, path)
            if not is_empty(stored):
                kept[name] = stored
        return kept

    def _stored(self, name: str, field: forms.Field, seal: Seal | None, path: str) -> Any:
        if not self.is_bound:
            return self.answers.get(name)
        is_valid = name not in self.errors
        if isinstance(field, SealedField):
            typed = self.cleaned_data.get(name) if is_valid else None
            if not typed:
                return field.stored
            if seal is None:
                raise SealRequired(f"{path}.{name}")
            return seal(f"{path}.{name}", typed)
        if is_valid:
            return to_stored(field, self.cleaned_data.get(name))
        return self._as_typed(name, field)

    def _as_typed(self, name: str, field: forms.Field) -> Any:
        raw = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        if isinstance(field, AttachmentsField):
            return [dict(field.known[each]) for each in raw or () if each in field.known]
        return _storable(raw)


def _storable(typed: Any) -> Any:
    """Without the null character, which nobody types and PostgreSQL stores in no text."""
    if isinstance(typed, list):
        return [_storable(each) for each in typed]
    return typed.replace("\x00", "") if isinstance(typed, str) else typed


class ItemForm(AnswerForm):
    """One of several like things. `key` names it for good; `minimum` is how many must be there."""

    title: ClassVar[Words] = ""
    lead: ClassVar[Words] = ""
    minimum: ClassVar[int] = 0
    most: ClassVar[int] = 100
    when: ClassVar[When | None] = None
    cites: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *, key: str, **options: Any) -> None:
        super().__init__(**options)
        self.key = key

    def value(self, seal: Seal | None = None, path: str = "") -> dict[str, Any]:
        return {"key": self.key, **super().value(seal, path)}


class SectionForm(AnswerForm):
    """One page of a dossier: `code` in paths and addresses, `items` its lists of like things."""

    code: ClassVar[str] = ""
    group: ClassVar[str] = ""
    title: ClassVar[Words] = ""
    lead: ClassVar[Words] = ""
    cites: ClassVar[tuple[str, ...]] = ()
    items: ClassVar[dict[str, type[ItemForm]]] = {}
    when: ClassVar[When | None] = None

    @classmethod
    def applies(cls, facts: Facts) -> Applies:
        if cls.when is None or cls.when.holds(facts):
            return Applies(True, "")
        return Applies(False, cls.when.reason(facts))

    @classmethod
    def specs(cls) -> dict[str, Spec]:
        return {name: spec_of(field) for name, field in cls.base_fields.items()}


def region_unknown(code: str) -> forms.ValidationError:
    return forms.ValidationError(
        _("There is no region with the code %(code)s. Choose province, city and county from the list."),
        params={"code": code},
    )
