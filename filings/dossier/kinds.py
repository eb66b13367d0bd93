"""The kinds of document: which sections each has, in which groups and order."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from filings.dossier.forms import SectionForm
from filings.dossier.sections import ENTITY, RECOMMENDATION, SYNTHESIS
from filings.dossier.words import Words

type Groups = tuple[tuple[str, Words], ...]

SCHEMA_VERSION = 1

ENTITY_GROUPS: Groups = (
    ("about", _("About the entity")),
    ("people", _("People")),
    ("responsibility", _("Algorithm security responsibility")),
    ("products", _("Products and functions")),
)
ALGORITHM_GROUPS: Groups = (
    ("algorithm", _("The algorithm")),
    ("data", _("Data")),
    ("model", _("Model of the algorithm")),
    ("strategy", _("Strategy")),
    ("risk", _("Risks and prevention")),
    ("service", _("Service and use")),
    ("users", _("Rights of users")),
    ("closing", _("Publication and conclusion")),
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of document. `schema_version` grows when stored answers change their meaning."""

    code: str
    title: Words
    groups: Groups
    sections: tuple[type[SectionForm], ...]
    schema_version: int = SCHEMA_VERSION

    def section(self, code: str) -> type[SectionForm]:
        """The section named `code`; raises `KeyError` if the kind has none."""
        for section in self.sections:
            if section.code == code:
                return section
        raise KeyError(code)


KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("entity", _("Profile of the entity"), ENTITY_GROUPS, ENTITY),
        Kind(
            "deep_synthesis",
            _("Deep synthesis algorithm"),
            ALGORITHM_GROUPS,
            SYNTHESIS,
        ),
        Kind(
            "recommendation",
            _("Recommendation algorithm"),
            ALGORITHM_GROUPS,
            RECOMMENDATION,
        ),
    )
}


def kind_of(kind: Kind | str) -> Kind:
    """The kind itself or the one with this code; raises `KeyError` for an unknown code."""
    return kind if isinstance(kind, Kind) else KINDS[kind]
