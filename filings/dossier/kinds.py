"""The kinds of document: which sections each has, in which groups and order."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from filings.dossier.facts import Answers, mapping
from filings.dossier.forms import SectionForm
from filings.dossier.sections import ENTITY, RECOMMENDATION, SYNTHESIS
from filings.dossier.sections.generative import FILING, REGISTRATION
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
SERVICE_GROUPS: Groups = (
    ("service", _("The service")),
    ("model", _("Model and compute")),
    ("corpora", _("Corpora and annotation")),
    ("safety", _("Safety of content")),
    ("users", _("Users")),
    ("assessment", _("Security assessment and annexes")),
    ("closing", _("Publication and conclusion")),
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of document. `schema_version` grows when stored answers change their meaning.

    `name_path` is the answer by which such a filing is called in lists, letters and the register;
    `products_path` the list of what it is used in.
    """

    code: str
    title: Words
    groups: Groups
    sections: tuple[type[SectionForm], ...]
    schema_version: int = SCHEMA_VERSION
    name_path: str = "algorithm.name"
    products_path: str = "usage.uses"

    @property
    def named_in(self) -> str:
        """The section in which the name is asked."""
        return self.name_path.partition(".")[0]

    def name_in(self, content: Answers) -> str:
        """What the document calls its subject; empty until it is said."""
        section, _dot, name = self.name_path.partition(".")
        value = mapping(mapping(content).get(section)).get(name)
        return value.strip() if isinstance(value, str) else ""

    def section(self, code: str) -> type[SectionForm]:
        """The section named `code`; raises `KeyError` if the kind has none."""
        for section in self.sections:
            if section.code == code:
                return section
        raise KeyError(code)


KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("entity", _("Profile of the entity"), ENTITY_GROUPS, ENTITY, name_path="basic.name"),
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
        Kind(
            "generative",
            _("Generative AI service, filing"),
            SERVICE_GROUPS,
            FILING,
            name_path="service.name",
            products_path="service.products",
        ),
        Kind(
            "generative_registration",
            _("Generative AI service, registration"),
            SERVICE_GROUPS,
            REGISTRATION,
            name_path="service.name",
            products_path="service.products",
        ),
    )
}


def kind_of(kind: Kind | str) -> Kind:
    """The kind itself or the one with this code; raises `KeyError` for an unknown code."""
    return kind if isinstance(kind, Kind) else KINDS[kind]
