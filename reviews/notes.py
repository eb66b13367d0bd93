"""Internal notes 内部备注: officers among themselves; no provider ever sees one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from filings import events
from filings.lifecycle import Actor
from reviews import policy
from reviews.models import Note

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Procedure
    from portal.models import User


@transaction.atomic
def write(*, procedure: Procedure, text: str, by: User, at: dt.datetime, path: str = "") -> Note:
    """Keep a note with the procedure. Raises PermissionDenied, ValidationError."""
    if not policy.may_note(by, procedure):
        raise PermissionDenied
    if not text.strip():
        raise ValidationError({"text": _("Write the note first.")})
    note = Note.objects.create(procedure=procedure, author=by, written_at=at, path=path, text=text.strip())
    events.record(
        "note.written",
        side=Actor.OFFICER,
        by=by,
        posting=policy.posting_over(by, procedure.filing.region_code, *policy.WRITES_NOTES),
        at=at,
        procedure=procedure,
        staff_only=True,
        data={"note": note.pk, "path": path},
    )
    return note
