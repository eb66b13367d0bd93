"""The three official documents as chapters that quote the dossier.

Their outlines follow the templates (domain.md §2.6-2.8). A fact is entered once and quoted
wherever a template asks for it, so the documents cannot contradict each other.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from filings.dossier.document import Printed, Row, main_use, outline
from filings.dossier.facts import Answers
from filings.dossier.words import Words


@dataclass(frozen=True, slots=True)
class Outline:
    """A heading of a template and what it quotes: sections, or single answers, by path.

    `entity:` before a path quotes the profile.
    """

    title: Words
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading with the sections and single answers it quotes; only what applies is kept."""

    title: str
    rows: tuple[Row, ...]
    sections: tuple[Printed, ...]


PUBLICATION = (
    Outline(_("Name of the algorithm"), ("algorithm.name",)),
    Outline(_("Basic principle"), ("publication.principle",)),
    Outline(_("How it runs"), ("publication.mechanism",)),
    Outline(_("Where it is used"), ("publication.scene",)),
    Outline(_("Purpose"), ("publication.purpose",)),
    Outline(_("Where you publish it yourselves"), ("publication.own_page",)),
)
RESPONSIBILITY = (
    Outline(_("I. (1) Set-up of the body"), ("organisation",)),
    Outline(
        _("I. (2) The head"),
        ("safety_officer.name", "safety_officer.position", "organisation.head_duties"),
    ),
    Outline(_("I. (3)-(4) Staff"), ("staffing",)),
    Outline(_("I. (5) Technical safeguards"), ("safeguards",)),
    Outline(_("II. (1) Self-assessment"), ("self_assessment",)),
    Outline(_("II. (2) Monitoring"), ("monitoring",)),
    Outline(_("II. (3) Emergencies"), ("emergency",)),
    Outline(_("II. (4) Violations"), ("violations",)),
    Outline(_("II. (5) Other systems"), ("other_systems",)),
    Outline(_("III. Annexes"), ("system_annexes",)),
)
SELF_ASSESSMENT = (
    Outline(
        _("Cover"),
        (
            "entity:basic.name",
            "entity:basic.credit_code",
            "algorithm.name",
            "algorithm.algorithm_class",
            "algorithm.role",
            "algorithm.application_fields",
            "introduction.main_scene",
            "algorithm.is_online",
            "algorithm.online_on",
            "conclusion.assessed_on",
            "conclusion.written_on",
            "entity:safety_officer.name",
        ),
    ),
    Outline(_("Description of the algorithm"), ("introduction", "facilities")),
    Outline(_("1.1 Flow"), ("flow",)),
    Outline(_("1.2 Data"), ("data", "training")),
    Outline(_("1.3 Models"), ("model",)),
    Outline(
        _("1.4 Strategy of intervention"),
        (
            "review",
            "feature_library",
            "personalisation",
            "ranking",
            "search",
            "filtering",
            "dispatch",
            "pricing",
        ),
    ),
    Outline(_("1.5 Labels on results"), ("labels",)),
    Outline(_("2. Service"), ("usage", "technical_service")),
    Outline(_("3. Risks"), ("risks", "security")),
    Outline(_("4.1 Mechanisms of control"), ("measures",)),
    Outline(
        _("4.2 Rights of users"),
        ("user_rights", "complaints", "minors", "elderly"),
    ),
    Outline(_("4.3 Content ecology"), ("ecology", "misuse")),
    Outline(
        _("4.4 Security of model and data"),
        ("model.robustness", "training.security"),
    ),
    Outline(
        _("5. Conclusion"),
        ("conclusion.assessor", "conclusion.conclusion", "conclusion.reasons"),
    ),
    Outline(_("6. Other matters"), ("conclusion.other_matters",)),
)


def publication(kind: str, content: Answers) -> tuple[Chapter, ...]:
    """《拟公示内容》: name, principle, mechanism, scene, purpose, and the provider's own page."""
    return tuple(_chapters(PUBLICATION, outline(kind, content), ()))


def responsibility(entity: Answers) -> tuple[Chapter, ...]:
    """《落实算法安全主体责任基本情况》, from the profile alone."""
    return tuple(_chapters(RESPONSIBILITY, outline("entity", entity), ()))


def self_assessment(kind: str, content: Answers, entity: Answers) -> tuple[Chapter, ...]:
    """《算法安全自评估报告》. Chapters of which nothing applies are left out."""
    chapters = _chapters(SELF_ASSESSMENT, outline(kind, content, entity), outline("entity", entity))
    use = Row(str(_("Main use")), main_use(content), "introduction.main_scene")
    cover, *rest = chapters
    return (Chapter(cover.title, (*cover.rows, use), cover.sections), *rest)


def _chapters(
    outlines: tuple[Outline, ...], own: tuple[Printed, ...], entity: tuple[Printed, ...]
) -> Iterator[Chapter]:
    sections = {each.code: each for each in own if each.applies}
    sections |= {f"entity:{each.code}": each for each in entity}
    found = {
        prefix + row.path: row
        for code, section in sections.items()
        for prefix in ["entity:" if code.startswith("entity:") else ""]
        for row in section.rows
    }
    for each in outlines:
        rows = tuple(found[quote] for quote in each.quotes if quote in found)
        whole = tuple(sections[quote] for quote in each.quotes if quote in sections)
        if rows or whole:
            yield Chapter(str(each.title), rows, whole)
