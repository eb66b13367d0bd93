"""Complaints 投诉举报: lodged by anybody on a register entry, answered by the provider when forwarded.

Algorithm Provisions, art. 22 and 30; Generative AI Measures, art. 15 and 18. No law sets the days, so
that they are service standards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings import matters, policy, receipts, workingdays
from filings.lifecycle import Actor
from filings.matter_lifecycle import MatterKind
from filings.matters import STANDARD
from filings.models import Complaint, Matter
from filings.receipts import Person
from filings.transitions import move_matter

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from django.core.files.uploadedfile import UploadedFile

    from filings.models import Attachment, RegisterEntry
    from portal.models import User

TRIAGE_DAYS = 7
LONGEST = 4000


@transaction.atomic
def lodge(
    *,
    entry: RegisterEntry,
    topic: str,
    text: str,
    at: dt.datetime,
    person: Person | None = None,
    files: Sequence[UploadedFile[bytes]] = (),
) -> tuple[Matter, str]:
    """Take a complaint to the authority of the entry's region, and give the code that follows it.

    The provider hears nothing. Raises ValidationError, RefusedUpload, NoAuthority.
    """
    if not text.strip():
        raise ValidationError({"text": _("Say what happened.")})
    region = entry.region_code or entry.province
    filing = entry.filing
    matter = matters.open_matter(
        kind=MatterKind.COMPLAINT, title=entry.name, side=Actor.PUBLIC, at=at, data={"topic": topic},
        **({"filing": filing} if filing else {"entity": entry.entity, "region_code": region}),
        authority=receipts.authority_of(filing.region_code if filing else region), turn=Matter.Turn.AUTHORITY,
        due_on=workingdays.add(timezone.localdate(at), TRIAGE_DAYS), due_basis=STANDARD,
    )  # fmt: skip
    Complaint.objects.create(matter=matter, entry=entry, topic=topic)
    code = receipts.give(matter, text=text, person=person or Person(), files=files, at=at)
    return matter, code


@transaction.atomic
def answer(*, matter: Matter, text: str, by: User, at: dt.datetime, attachments: Iterable[Attachment] = ()) -> None:
    """The provider answers what was forwarded. Raises PermissionDenied, ValidationError, TransitionNotAllowed."""
    assert matter.entity is not None, "what is forwarded has a provider"
    policy.require(matter.told_provider and policy.may_write_filings(by, matter.entity))
    if not text.strip():
        raise ValidationError({"text": _("Write the answer.")})
    due = workingdays.add(timezone.localdate(at), TRIAGE_DAYS)
    changes = {"turn": Matter.Turn.AUTHORITY, "due_on": due}
    move_matter(matter, "answer", side=Actor.PROVIDER, by=by, at=at, changes=changes)
    matters.write(
        matter=matter, kind="answer", side=Actor.PROVIDER, by=by, at=at, text=text.strip(), attachments=attachments
    )  # fmt: skip
