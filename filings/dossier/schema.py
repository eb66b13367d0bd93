"""The form of a document as JSON Schema, for export and import by machines."""

from typing import Any

from django import forms

from filings.dossier.fields import spec_of
from filings.dossier.files import Accepts
from filings.dossier.forms import AnswerForm, SectionForm
from filings.dossier.kinds import Kind, kind_of
from filings.dossier.paths import KEY

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DIGEST = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
ATTACHMENT = {
    "type": "object",
    "properties": {
        "attachment": {"type": "string", "format": "uuid"},
        "name": {"type": "string"},
        "type": {"type": "string"},
        "size": {"type": "integer", "minimum": 0},
        "sha256": DIGEST,
    },
    "required": ["attachment", "name", "type", "size", "sha256"],
    "additionalProperties": False,
}
SEALED = {
    "type": "object",
    "properties": {"sealed": {"type": "string", "format": "uuid"}, "digest": DIGEST},
    "required": ["sealed", "digest"],
    "additionalProperties": False,
}


def json_schema(kind: Kind | str) -> dict[str, Any]:
    """The schema of a document of this kind, in the active language.

    Nothing is required by it: drafts are incomplete, and what is asked depends on the answers.
    """
    kind = kind_of(kind)
    return {
        "$schema": DIALECT,
        "$id": f"urn:dossier:{kind.code}:{kind.schema_version}",
        "title": str(kind.title),
        "type": "object",
        "properties": {section.code: _section(section) for section in kind.sections},
        "additionalProperties": False,
        "x-schema-version": kind.schema_version,
    }


def _section(section: type[SectionForm]) -> dict[str, Any]:
    properties = _properties(section)
    for name, item_class in section.items.items():
        properties[name] = {
            "title": str(item_class.title),
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "key": {"type": "string", "pattern": f"^{KEY.pattern}$"},
                    **_properties(item_class),
                },
                "required": ["key"],
                "additionalProperties": False,
            },
        }
    return {
        "title": str(section.title),
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def _properties(form: type[AnswerForm]) -> dict[str, Any]:
    return {name: _property(field) for name, field in form.base_fields.items()}


def _property(field: forms.Field) -> dict[str, Any]:
    spec = spec_of(field)
    described: dict[str, Any] = {"title": str(field.label), **_shape(field)}
    if spec.expects:
        described["description"] = str(spec.expects)
    if spec.cites:
        described["x-cites"] = list(spec.cites)
    if spec.refers:
        described["x-refers"] = spec.refers
    return described


def _shape(field: forms.Field) -> dict[str, Any]:
    spec = spec_of(field)
    match spec.kind:
        case "choice":
            return {"type": "string", "enum": _codes(field)}
        case "choices":
            return {"type": "array", "items": {"enum": _codes(field)}, "uniqueItems": True}
        case "references":
            return {"type": "array", "items": {"type": "string"}, "uniqueItems": True}
        case "integer":
            return {"type": "integer", "minimum": 0}
        case "decimal":
            return {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?$"}
        case "date":
            return {"type": "string", "format": "date"}
        case "attachments":
            accepts = spec.accepts or Accepts(())
            return {"type": "array", "items": ATTACHMENT, "maxItems": accepts.most}
        case "sealed":
            return SEALED
    shape: dict[str, Any] = {"type": "string"}
    if (longest := getattr(field, "max_length", None)) is not None:
        shape["maxLength"] = longest
    if spec.kind in ("url", "email"):
        shape["format"] = {"url": "uri", "email": "email"}[spec.kind]
    return shape


def _codes(field: forms.Field) -> list[str]:
    codes: list[str] = []
    for code, words in getattr(field, "choices", ()):
        codes += [inner for inner, _label in words] if isinstance(words, list | tuple) else [code]
    return [code for code in codes if code]
