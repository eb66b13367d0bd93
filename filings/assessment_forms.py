"""Forms of the assessment's pages: its topics as posted, inviting an assessor, taking on and signing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filings import assessing
from filings.dossier import identifiers
from filings.dossier.sections.generative.assessment import SIGNATURE, VERDICTS, signed_part

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from django.utils.datastructures import MultiValueDict

MOST_EVIDENCE = 1000


class Posted:
    """Topics as somebody sent them: ``items`` to store, and what is wrong, by topic key."""

    def __init__(self, items: list[dict[str, Any]], data: MultiValueDict[str, str], content: Mapping[str, Any]) -> None:
        self.data = data
        self.content = content
        self.errors: dict[str, str] = {}
        self.typed: dict[str, str] = {}
        shown = set(data.getlist("shown"))
        picked = set(data.getlist("pick")) if data.get("go") == "bulk" else set()
        self.items = [self._read(item, picked) if item["key"] in shown else item for item in items]

    def _read(self, item: dict[str, Any], picked: set[str]) -> dict[str, Any]:
        key = item["key"]
        verdict, evidence = self._text("verdict", key), self._text("evidence", key)
        if key in picked:
            verdict = self.data.get("bulk-verdict", "") or verdict
            evidence = _plain(self.data.get("bulk-evidence", "")) or evidence
        read = {name: item[name] for name in item if name not in ("verdict", "evidence", "sections", "paths", "rows")}
        if verdict in dict(VERDICTS):
            read["verdict"] = verdict
        if evidence:
            read["evidence"] = evidence
        if len(evidence) > MOST_EVIDENCE:
            self.errors[key] = _("The evidence is longer than %(most)s characters. Shorten it, or cite a place.") % {
                "most": MOST_EVIDENCE
            }
        return read | self._places(item) | self._rows(item)

    def _places(self, item: dict[str, Any]) -> dict[str, Any]:
        name = f"places-{item['key']}"
        if name not in self.data:
            return {field: item[field] for field in ("sections", "paths") if item.get(field)}
        try:
            sections, exact = assessing.places(self._text("places", item["key"]), self.content)
        except assessing.PlaceUnknown as unknown:
            self.typed[item["key"]] = self._text("places", item["key"])
            self.errors[item["key"]] = _(
                "“%(place)s” is neither a section nor an answer of this dossier. Choose from the list."
            ) % {"place": str(unknown)[:60]}
            return {field: item[field] for field in ("sections", "paths") if item.get(field)}
        return {field: value for field, value in (("sections", sections), ("paths", exact)) if value}

    def _rows(self, item: dict[str, Any]) -> dict[str, Any]:
        rows = self._text("rows", item["key"])
        if rows and not (len(rows) <= 200 and assessing.ROWS.fullmatch(rows)):
            self.errors[item["key"]] = _("Write row numbers like this: 2-40, 77.")
        return {"rows": rows[:200]} if rows else {}

    def _text(self, name: str, key: str) -> str:
        return _plain(self.data.get(f"{name}-{key}", ""))


def _plain(text: str) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n").strip()


def joined(
    stored: Mapping[str, Any], typed: Mapping[str, Any], items: list[dict[str, Any]], *, allowed: Collection[str]
) -> dict[str, Any]:
    """The section to store: of the fields only those allowed are taken; a change drops the signature."""
    kept = {name: value for name, value in stored.items() if name not in allowed and name != "topics"}
    value = kept | {name: typed[name] for name in allowed if name in typed} | {"topics": items}
    if signed_part(value) != signed_part(stored):
        value = {name: each for name, each in value.items() if name not in SIGNATURE}
    return value


class AssessorForm(forms.Form):
    """Whom to invite as third-party assessor."""

    organisation = forms.CharField(
        label=gettext_lazy("Name of the assessor"),
        max_length=200,
        error_messages={"required": gettext_lazy("Enter the name of the organisation.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("A link goes there; it works once, for 14 days."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Enter the address of the assessor.")},
    )


class OrganisationForm(forms.Form):
    """The organisation that a person comes for the first time."""

    name = forms.CharField(
        label=gettext_lazy("Name of your organisation"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": gettext_lazy("Enter the full name on the licence.")},
    )
    credit_code = forms.CharField(
        label=gettext_lazy("Unified social credit code"),
        max_length=18,
        validators=[identifiers.check_credit_code],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Enter the 18 characters of the code.")},
    )


class SignForm(forms.Form):
    """Who signs for the assessor."""

    signatory = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Enter the name of the person who signs.")},
    )
    agrees = forms.BooleanField(
        label=gettext_lazy("We assessed every topic ourselves and answer for the verdicts."),
        error_messages={"required": gettext_lazy("Tick the box once every verdict is yours.")},
    )
