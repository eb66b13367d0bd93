"""Where a procedure stands, for the provider: the bar of steps and what a finding concerns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from filings import wording, workingdays
from filings.dossier import document, kinds, paths
from filings.dossier.facts import Facts
from filings.lifecycle import ProcedureStatus as Status

if TYPE_CHECKING:
    import datetime as dt

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
        place = paths.parse(path)
        printed = document.printed(kinds.KINDS[kind].section(place.section), Facts.read(kind, content))
    except (KeyError, ValueError):
        return ""
    rows: list[Any] = [*printed.rows]
    for table in printed.tables:
        for line in table.lines:
            rows += line.cells
    return next((row.value for row in rows if row.path == path), "")
