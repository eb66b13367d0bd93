"""What a filing is called, and which name it holds against all others.

Names of algorithms are unique nationwide (measured on the published lists). Of generative
services the Latin name in the number is unique in its province (domain of the number forms).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from filings import names
from filings.dossier import paths
from filings.dossier.kinds import KINDS
from filings.lifecycle import ProcedureStatus
from filings.models import Change, Filing, FilingKind

if TYPE_CHECKING:
    from collections.abc import Mapping


def name_in(kind: str, content: Mapping[str, Any]) -> str:
    """What the dossier calls its subject; empty until it is said."""
    return KINDS[kind].name_in(content)


def section_of(kind: str) -> str:
    """The section in which the held name is asked."""
    return KINDS[kind].named_in


def path_of(kind: str) -> str:
    """The answer that must differ from all others'."""
    return "service.number_name" if kind in FilingKind.services else KINDS[kind].name_path


def held(kind: str, content: Mapping[str, Any], region_code: str) -> str:
    """The name as it is held from submission on, so that no two filings have the same; empty if none is said.

    A service's holds its track's province with it: ``33|qinglanwensi``.
    """
    if kind not in FilingKind.services:
        return names.key(name_in(kind, content))
    latin = paths.get(content, path_of(kind))
    return f"{region_code[:2]}|{names.key(latin)}" if isinstance(latin, str) and latin.strip() else ""


def is_taken(filing: Filing, name: str) -> bool:
    """Whether another filing holds the name: as its own, for a change under way, or from before a change.

    The database refuses a second holder likewise (``triggers_changes.NAMES_ARE_HELD_ONCE``).
    """
    own = Q(pk=filing.pk) | Q(pk=filing.predecessor_id)
    if Filing.objects.filter(held_name=name).exclude(own).exists():
        return True
    freed = (ProcedureStatus.DECLINED, ProcedureStatus.WITHDRAWN, ProcedureStatus.LAPSED)
    held = Change.objects.filter(held_name=name).exclude(procedure__status__in=freed)
    return held.exclude(procedure__filing=filing.pk).exists()
