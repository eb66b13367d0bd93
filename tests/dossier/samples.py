"""Complete documents for tests: no blocking problems in any of them."""

from copy import deepcopy
from typing import Any

from filings.dossier import specimen
from filings.dossier.bound import bind

VARIANTS = specimen.VARIANTS


def complete_entity() -> dict[str, Any]:
    return specimen.entity()


def complete_dossier(
    kind: str = "deep_synthesis", algorithm_class: str = "01", role: str = "provider"
) -> dict[str, Any]:
    """A complete dossier; `kind` must be the kind that has this class, or a service's."""
    if kind in specimen.SERVICES:
        return specimen.service(kind)
    assert (kind == "deep_synthesis") == (algorithm_class == "01")
    return specimen.dossier(algorithm_class, role if kind == "deep_synthesis" else "")


def post_data(
    kind: str, section: str, content: dict[str, Any], entity: dict[str, Any] | None = None
) -> dict[str, list[str]]:
    """What a browser posts for a section whose answers are those of `content`."""
    bound = bind(kind, section, content, entity=entity)
    return {name: list(values) for name, values in bound.as_data().lists()}


def without(content: dict[str, Any], path: str) -> dict[str, Any]:
    """A copy without the answer at `section.field`."""
    section, _dot, name = path.partition(".")
    copy = deepcopy(content)
    copy[section].pop(name, None)
    return copy
