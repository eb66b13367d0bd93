"""What an inspection shows to both sides: questions with answers and what was filed, samples with verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filings import inspections, labels, remits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django_stubs_ext import StrOrPromise

    from filings.dossier.document import Printed, Row
    from filings.models import Attachment, Inspection, InspectionCheck, Matter, MatterPost


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, the provider's answer, and what the frozen submission says there."""

    question: MatterPost
    text: StrOrPromise
    answer: MatterPost | None
    declared: list[Row]


@dataclass(frozen=True, slots=True)
class Sample:
    file: Attachment
    side: str
    told: labels.Told | None


def rows_of(outline: Iterable[Printed]) -> dict[str, Row]:
    """Every answer of a frozen submission by its path."""
    found: dict[str, Row] = {}
    for printed in outline:
        found |= {row.path: row for row in printed.rows}
        found |= {cell.path: cell for table in printed.tables for line in table.lines for cell in line.cells}
    return found


def asked(matter: Matter, rows: dict[str, Row]) -> list[Asked]:
    """All questions in the order asked, in the reader's language where they are those of the law."""
    return [
        Asked(
            question, remits.QUESTIONS.get(question.data.get("code", ""), question.text), answer,
            [rows[path] for path in question.paths if path in rows],
        )
        for question, answer in inspections.questions(matter)
    ]  # fmt: skip


def samples(matter: Matter) -> list[Sample]:
    """Samples of output from either side, each with what its implicit label says once it is read."""
    posts = matter.posts.filter(kind="sample").prefetch_related("attachments").order_by("pk")
    files = [(file, post.side) for post in posts for file in post.attachments.all()]
    verdicts = labels.verdicts(file.sha256 for file, _side in files)
    code = matter.entity.credit_code if matter.entity else ""
    return [
        Sample(file, side, labels.told(verdicts[file.sha256], code) if file.sha256 in verdicts else None)
        for file, side in files
    ]


def checks(inspection: Inspection, rows: dict[str, Row]) -> list[tuple[InspectionCheck, StrOrPromise, Row]]:
    """Measures to check off, each with its subject in words and what was declared."""
    found = inspection.checks.select_related("checked_by").order_by("pk")
    return [(each, remits.MEASURES[each.subject], rows[each.path]) for each in found if each.path in rows]
