"""The authority confirms how far a data set is open, or returns the offer (Generative AI Measures, art. 6(2))."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from filings import matters
from filings.lifecycle import Actor
from filings.models import DataGrade, DataSet, Matter
from filings.transitions import move_matter
from reviews import matterdecisions

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Posting
    from portal.models import User


@transaction.atomic
def confirm(*, dataset: DataSet, grade: str, by: User, at: dt.datetime, reasons: str = "") -> None:
    """Confirm the grade, the one asked for or with ``reasons`` another, and publish the entry.

    Raises PermissionDenied, TransitionNotAllowed, ValidationError naming the field.
    """
    matter, posting = _under_lock(dataset, by)
    found = DataSet.objects.select_for_update().get(pk=dataset.pk)
    if grade not in DataGrade.values:
        raise ValidationError({"grade": _("Choose a grade.")})
    if grade != found.wished_grade and not reasons.strip():
        raise ValidationError({"reasons": _("Say why the grade is another than the one asked for.")})
    found.grade, found.graded_at = grade, at
    found.save(update_fields=["grade", "graded_at"])
    move_matter(
        matter, "grade", side=Actor.OFFICER, by=by, posting=posting, at=at,
        changes={"turn": Matter.Turn.NOBODY, "outcome": reasons.strip()}, data={"grade": grade},
    )  # fmt: skip


@transaction.atomic
def return_offer(*, dataset: DataSet, reasons: str, by: User, at: dt.datetime) -> None:
    """Return the offer, saying what is to be put right."""
    matter, posting = _under_lock(dataset, by)
    if not reasons.strip():
        raise ValidationError({"reasons": _("Say what is to be put right.")})
    move_matter(
        matter, "return_offer", side=Actor.OFFICER, by=by, posting=posting, at=at,
        changes={"turn": Matter.Turn.PROVIDER},
    )  # fmt: skip
    matters.write(
        matter=matter, kind="returned_offer", side=Actor.OFFICER, by=by, posting=posting, at=at, text=reasons.strip()
    )


def _under_lock(dataset: DataSet, by: User) -> tuple[Matter, Posting]:
    matter = matterdecisions.lock(dataset.matter)
    return matter, matterdecisions.require_officer(by, matter, *matterdecisions.PROPOSERS)
