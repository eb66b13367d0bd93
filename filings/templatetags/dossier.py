"""Tags of the dossier's pages: where a path is edited, and what it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from filings import changes, vault
from filings.dossier import paths
from filings.layouts import at_field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filings.dossier.document import Printed
    from filings.dossier.problems import Problem
    from filings.models import Procedure

register = template.Library()
# Problems that are put right elsewhere than in a section of the dossier.
PAGES = {
    vault.MISSING: ("filings:vault-list", _("Access for the technical test")),
    changes.RULE: ("filings:change-detail", _("The change")),
}


@register.simple_tag
def path_url(procedure: Procedure, path: str) -> str:
    """The address of the field at a dossier path, on its section's page."""
    return at_field(reverse("filings:dossier-section", args=[procedure.pk, paths.parse(path).section]), path)


@register.simple_tag
def problem_url(procedure: Procedure, problem: Problem) -> str:
    """Where a problem is put right: the page made for it, or the field at its path."""
    if problem.rule in PAGES:
        return reverse(PAGES[problem.rule][0], args=[procedure.pk])
    return path_url(procedure, problem.path)


@register.simple_tag
def problem_label(procedure: Procedure, content: dict[str, object], problem: Problem) -> str:
    """That place in words."""
    if problem.rule in PAGES:
        return str(PAGES[problem.rule][1])
    return path_label(procedure, content, problem.path)


@register.simple_tag
def path_label(procedure: Procedure, content: dict[str, object], path: str) -> str:
    """A dossier path in words."""
    return paths.label(procedure.filing.kind, content, path)


@register.filter
def by_section(problems: Iterable[Problem], outline: Iterable[Printed]) -> list[tuple[Printed, list[Problem]]]:
    """The problems under the sections where they stand, in the order of the pages."""
    listed = list(problems)
    found = [(section, [each for each in listed if _section_of(each) == section.code]) for section in outline]
    return [(section, mine) for section, mine in found if mine]


def _section_of(problem: Problem) -> str:
    return problem.section or problem.path.partition(".")[0]


@register.simple_tag
def path_field(procedure: Procedure, content: dict[str, object], path: str) -> str:
    """A dossier path in words, without the section under whose title it stands."""
    label = paths.label(procedure.filing.kind, content, path)
    return label.partition(" · ")[2] or label


@register.simple_tag
def problem_field(procedure: Procedure, content: dict[str, object], problem: Problem) -> str:
    """The place of a problem in words, under the title of its section."""
    return str(PAGES[problem.rule][1]) if problem.rule in PAGES else path_field(procedure, content, problem.path)


@register.filter
def get(mapping: dict[str, object], key: str) -> object:
    """The value of a key, None when there is none."""
    return mapping.get(key)
