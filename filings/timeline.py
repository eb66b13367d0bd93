"""Where a procedure stands, for the provider: the bar of steps and what a finding concerns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from filings import wording, workingdays
from filings.dossier import document, kinds, paths
from filings.dossier.facts import Facts
from filings.lifecycle import ProcedureStatus as Status

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from filings.dossier.facts import Answers
    from filings.models import Procedure

# Which of the four steps a status stands at; final ones have passed all.
STEP_OF = {
    Status.DRAFT: 0,
    Status.RECTIFYING: 0,
    Status.SUBMITTED: 1,
    Status.IN_REVIEW: 2,
    Status.AWAITING_SIGNATURE: 2,
}


@dataclass(frozen=True)
class Step:
    """One step of the bar. ``state``: done, current or todo."""

    name: str
    state: str
    note: str = ""


def steps(procedure: Procedure) -> list[Step]:
    """Filling in, automatic checks, review with its stage, decision."""
    reached = STEP_OF.get(Status(procedure.status), 4)
    first = _("Rectify") if procedure.status == Status.RECTIFYING else _("Fill in")
    titles = [first, _("Automatic checks"), _("Review"), _("Decision")]
    return [
        Step(
            title,
            "done" if at < reached else "current" if at == reached else "todo",
            wording.stage(procedure) if at == reached == 2 else "",
        )
        for at, title in enumerate(titles)
    ]


def days_left(procedure: Procedure, *, today: dt.date) -> int | None:
    """Working days left until the date that the procedure waits for; None without a date."""
    due = procedure.rectify_by or procedure.due_on
    return workingdays.left(due, today=today) if due else None


def in_words(kind: str, content: Answers, path: str) -> str:
    """The answer at a path as a reader sees it; empty when there is none."""
    try:
        return words(kind, content, {paths.parse(path).section}).get(path, "")
    except ValueError:
        return ""


def words(kind: str, content: Answers, sections: Iterable[str]) -> dict[str, str]:
    """Every answer of some sections as a reader sees it, by path; sections that the kind lacks are left out."""
    facts, wanted = Facts.read(kind, content), set(sections)
    found: dict[str, str] = {}
    for section in kinds.KINDS[kind].sections:
        if section.code in wanted:
            printed = document.printed(section, facts)
            found |= {row.path: row.value for row in printed.rows}
            found |= {cell.path: cell.value for table in printed.tables for line in table.lines for cell in line.cells}
    return found
