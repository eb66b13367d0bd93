"""What a dossier says it stands on, read out of its answers: pure, without a database.

Base models (GAI 7(1)), corpora and sources (GAI 7, 19), compute, chips, frameworks and their
suppliers (GAI 6), and the products that offer the service. What is "ours" by its kind of source
belongs to the provider and to nobody else, so that two firms' "customer talks" are not taken for one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from filings import names
from filings.dossier import paths
from filings.dossier.facts import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    type Answers = Mapping[str, Any]

# Kinds of source that others may use as well.
SHARED_SOURCES = ("open", "public_data", "commercial", "bought")
LONGEST = 200
_SEPARATORS = re.compile(r"[,，、;；\n]")
_VERSION = re.compile(r"[\s_-]*v?\d+(\.\d+)+[a-z0-9.+-]*$", re.IGNORECASE)
_COUNT = re.compile(r"\s*([×x*]\s*\d+|\d+\s*[块张卡台片]).*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cited:
    """One thing that the answer at ``path`` stands on. ``number`` is of a filing, or of the catalogue of data sets."""

    kind: str
    name: str
    path: str
    number: str = ""
    key: str = ""
    is_own: bool = False

    @property
    def matched_by(self) -> str:
        """The spelling under which equal names meet."""
        return self.key or names.key(self.name)


def cited(content: Answers, entity: Answers) -> list[Cited]:
    """Everything that the dossier cites, in the order of its sections; blanks are left out."""
    found = (*_models(content), *_sets(content), *_machines(content), *_software(content), *_products(content, entity))
    return [each for each in found if each.matched_by or each.number]


def _models(content: Answers) -> Iterator[Cited]:
    for row in _rows(content, "base_model", "models"):
        at = f"base_model.models[{row['key']}]"
        yield Cited("model", _text(row, "name") or _text(row, "number"), f"{at}.number", number=_text(row, "number"))
        yield Cited("supplier", _text(row, "supplier"), f"{at}.supplier")
    for row in _rows(content, "model", "models"):
        at = f"model.models[{row['key']}]"
        if row.get("origin") == "own":
            continue
        if row.get("origin") == "open_source":
            yield Cited("model", _text(row, "name"), f"{at}.name")
            continue
        number = _text(row, "model_number") or _text(row, "algorithm_number")
        yield Cited("model", _text(row, "name"), f"{at}.name", number=number)
        yield Cited("supplier", _text(row, "supplier"), f"{at}.supplier")


def _sets(content: Answers) -> Iterator[Cited]:
    for section, name in (("corpora", "corpora"), ("training", "sources")):
        for row in _rows(content, section, name):
            at, kind = f"{section}.{name}[{row['key']}]", row.get("source_kind")
            number = _text(row, "catalogue_entry") if kind == "public_data" else ""
            yield Cited("dataset", _text(row, "name"), f"{at}.name", number=number, is_own=kind not in SHARED_SOURCES)
            if kind in ("commercial", "bought"):
                yield Cited("supplier", _text(row, "supplier"), f"{at}.supplier")


def _machines(content: Answers) -> Iterator[Cited]:
    for section, name, hardware in (("compute", "units", "chip"), ("facilities", "deployments", "hardware")):
        for row in _rows(content, section, name):
            at = f"{section}.{name}[{row['key']}]"
            if row.get("hosting") not in ("own", None):
                yield Cited("platform", _text(row, "supplier"), f"{at}.supplier")
            for chip in _listed(_text(row, hardware)):
                yield Cited("chip", _COUNT.sub("", chip), f"{at}.{hardware}")


def _software(content: Answers) -> Iterator[Cited]:
    for path in ("development.frameworks", "facilities.software"):
        for word in _listed(str(paths.get(content, path) or "")):
            yield Cited("framework", _VERSION.sub("", word), path)


def _products(content: Answers, entity: Answers) -> Iterator[Cited]:
    known = {row["key"]: _text(row, "name") for row in _rows(entity, "products", "products")}
    chosen = [(str(key), "service.products") for key in _list(paths.get(content, "service.products"))]
    uses = _rows(content, "usage", "uses")
    chosen += [(_text(row, "product"), f"usage.uses[{row['key']}].product") for row in uses]
    for key, path in chosen:
        if known.get(key):
            yield Cited("product", known[key], path, key=key, is_own=True)


def _rows(content: Answers, section: str, name: str) -> list[Mapping[str, Any]]:
    answers = content.get(section)
    return rows(answers.get(name)) if isinstance(answers, dict) else []


def _text(row: Answers, name: str) -> str:
    value = row.get(name)
    return names.tidy(value)[:LONGEST] if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _listed(text: str) -> list[str]:
    return [word for part in _SEPARATORS.split(text) if (word := names.tidy(part)[:LONGEST])]
