"""The authority's half of complaints: read, rejected with a ground, forwarded in the officer's words, closed.

Who complained and their files are for intake officers and supervisors of the authority that handles
the complaint, and for nobody else; every reveal leaves an access record.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings import contents, events, matters, receipts, workingdays
from filings.lifecycle import Actor
from filings.matter_lifecycle import MatterKind, MatterStatus, final
from filings.models import AccessRecord, Attachment, Complaint, Matter, OfficerRole, PublicFile, PublicMessage
from filings.transitions import TransitionNotAllowed, move_matter
from filings.uploads import images
from reviews import matterdecisions

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from django.core.files import File

    from filings.models import Posting
    from filings.receipts import Person
    from portal.models import User

HANDLERS = (OfficerRole.INTAKE, OfficerRole.SUPERVISOR)
# Who decides an objection reads what it says as well.
DECIDERS = (*HANDLERS, OfficerRole.REVIEWER, OfficerRole.SIGNATORY)
ANSWER_DAYS = 10


def may_handle(user: User, matter: Matter) -> bool:
    """An intake officer or supervisor of the authority that handles it, not of the provider's own people."""
    try:
        matterdecisions.require_officer(user, matter, *HANDLERS)
    except PermissionDenied:
        return False
    return True


def may_read(user: User, matter: Matter) -> bool:
    """Whether the officer reads what the public wrote: of an objection also who decides it."""
    roles = HANDLERS if matter.kind == MatterKind.COMPLAINT else DECIDERS
    try:
        matterdecisions.require_officer(user, matter, *roles)
    except PermissionDenied:
        return False
    return True


@transaction.atomic
def forward(
    *,
    matter: Matter,
    text: str,
    by: User,
    at: dt.datetime,
    due_on: dt.date | None = None,
    pictures: Iterable[PublicFile] = (),
) -> None:
    """Tell the provider, in the officer's own words; what the person wrote stays with the authority.

    ``pictures`` are those that the officer looked at and found not to show who complained; they are
    handed on without their names and anything but their pixels.

    Raises PermissionDenied, ValidationError, TransitionNotAllowed.
    """
    matter, posting = _handled(matter, by)
    if matter.entity_id is None:
        raise ValidationError(_("The provider has no account here: deal with it by other means, and close."))
    shown = [_shared(file, matter, place, by, at) for place, file in enumerate(pictures, start=1)]
    _tell_provider(matter, posting, "forward", "forwarded", text, by, at, due_on, shown)


@transaction.atomic
def ask_more(*, matter: Matter, text: str, by: User, at: dt.datetime, due_on: dt.date | None = None) -> None:
    """Ask the provider again after its answer. Raises as ``forward`` does."""
    matter, posting = _handled(matter, by)
    _tell_provider(matter, posting, "ask_more", "question", text, by, at, due_on)


def _tell_provider(
    matter: Matter,
    posting: Posting,
    move: str,
    kind: str,
    text: str,
    by: User,
    at: dt.datetime,
    due_on: dt.date | None,
    pictures: Iterable[Attachment] = (),
) -> None:
    _require_text(text)
    today = timezone.localdate(at)
    due = due_on or workingdays.add(today, ANSWER_DAYS)
    if due <= today:
        raise ValidationError({"due_on": _("Choose a day that lies ahead.")})
    changes = {"told_provider": True, "turn": Matter.Turn.PROVIDER, "due_on": workingdays.next_workday(due)}
    move_matter(matter, move, side=Actor.OFFICER, by=by, posting=posting, at=at, changes=changes)
    matters.write(
        matter=matter, kind=kind, side=Actor.OFFICER, by=by, at=at, text=text.strip(), attachments=pictures
    )  # fmt: skip


def _shared(file: PublicFile, matter: Matter, place: int, by: User, at: dt.datetime) -> Attachment:
    """A picture from the public as the provider gets it. Raises ValidationError for anything else."""
    if file.message.matter_id != matter.pk or file.media_type not in images.FORMATS:
        raise ValidationError({"pictures": _("Only pictures of this complaint are handed on; describe other files.")})
    with contents.open_content(file.sha256) as content:
        drawn = images.redrawn(cast("BinaryIO", content), media_type=file.media_type)
    sha256 = hashlib.sha256(drawn).hexdigest()
    contents.keep(ContentFile(drawn), sha256=sha256, size=len(drawn))
    assert matter.entity is not None, "forwarded to somebody"
    made = Attachment.objects.create(
        entity=matter.entity, filing=matter.filing, name=f"{matter.reference}-{place}.png", media_type="image/png",
        size=len(drawn), sha256=sha256, scan=file.scan, uploaded_by=by, uploaded_at=at,
    )  # fmt: skip
    PublicFile.objects.filter(pk=file.pk).update(shared_as=made)
    return made


@transaction.atomic
def reject(*, matter: Matter, ground: str, text: str, by: User, at: dt.datetime, first: Matter | None = None) -> None:
    """Do not deal with it, on a ground, with reasons that the person reads; ``first``: what it repeats.

    Raises PermissionDenied, ValidationError, TransitionNotAllowed.
    """
    matter, posting = _handled(matter, by)
    _require_text(text)
    is_duplicate = ground == Complaint.Ground.DUPLICATE
    if ground not in Complaint.Ground.values or is_duplicate != (first is not None):
        raise ValidationError({"ground": _("Name the ground, and of a repeated complaint the first one.")})
    complaint = Complaint.objects.select_related("entry").get(matter=matter)
    if (
        first is not None
        and not Complaint.objects.filter(matter=first, entry=complaint.entry).exclude(matter=matter).exists()
    ):
        raise ValidationError({"first": _("That is no other complaint on the same entry.")})
    complaint.reject_ground, complaint.duplicate_of_id = ground, first.pk if first else None
    complaint.save(update_fields=["reject_ground", "duplicate_of"])
    _end(matter, posting, "reject", text, by, at, {"ground": ground})


@transaction.atomic
def close(*, matter: Matter, text: str, by: User, at: dt.datetime) -> None:
    """Close with an outcome that the person reads, and the provider if it was told. Raises as ``reject`` does."""
    matter, posting = _handled(matter, by)
    _require_text(text)
    is_waiting = matter.status == MatterStatus.WITH_PROVIDER
    if is_waiting and matter.due_on is not None and timezone.localdate(at) <= matter.due_on:
        raise ValidationError(_("The provider may still answer. Wait until its day has passed."))
    move = "close_unanswered" if is_waiting else "close"
    _end(matter, posting, move, text, by, at, {})
    if matter.told_provider:
        matters.write(matter=matter, kind="outcome", side=Actor.OFFICER, by=by, at=at, text=text.strip())


@transaction.atomic
def ask_person(*, matter: Matter, text: str, by: User, at: dt.datetime) -> None:
    """Ask who complained or objected; they read it with their code. Raises as ``reject`` does."""
    matter, posting = _handled(matter, by)
    _require_text(text)
    if matter.status in final(matter.kind):
        raise TransitionNotAllowed("ask_person", matter.status)
    receipts.write(matter, PublicMessage.Kind.ASKED, text=text, side=Actor.OFFICER, at=at)
    kind = f"matter.{matter.kind}.asked"
    events.record(kind, side=Actor.OFFICER, by=by, posting=posting, at=at, matter=matter, staff_only=True)


@transaction.atomic
def reveal(*, matter: Matter, reason: str, by: User, at: dt.datetime) -> Person | None:
    """Who complained, for the authority that handles it; leaves an access record with the reason."""
    posting = matterdecisions.require_officer(by, matter, *HANDLERS)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why you need to know.")})
    _record(AccessRecord.Action.REVEAL, matter, posting, by, at, f"{matter.reference}: {reason.strip()}")
    return receipts.person_of(matter)


@transaction.atomic
def open_file(*, file: PublicFile, by: User, at: dt.datetime) -> File[bytes]:
    """The content of a file from the public, likewise; it is known by its number and not by its name."""
    matter = file.message.matter
    posting = matterdecisions.require_officer(by, matter, *HANDLERS)
    _record(AccessRecord.Action.DOWNLOAD, matter, posting, by, at, f"{matter.reference} {file.pk}")
    return contents.open_content(file.sha256)


def _record(action: str, matter: Matter, posting: Posting, by: User, at: dt.datetime, subject: str) -> None:
    AccessRecord.objects.create(
        at=at, actor=by, posting=posting, action=action, entity=matter.entity, filing=matter.filing,
        subject=subject[:200],
    )  # fmt: skip


def _handled(matter: Matter, by: User) -> tuple[Matter, Posting]:
    matter = matterdecisions.lock(matter)
    roles = HANDLERS if matter.kind == MatterKind.COMPLAINT else (*HANDLERS, OfficerRole.REVIEWER)
    return matter, matterdecisions.require_officer(by, matter, *roles)


def _require_text(text: str) -> None:
    if not text.strip():
        raise ValidationError({"text": _("Write what is to be told.")})


def _end(
    matter: Matter, posting: Posting, move: str, text: str, by: User, at: dt.datetime, data: dict[str, Any]
) -> None:
    move_matter(matter, move, side=Actor.OFFICER, by=by, posting=posting, at=at, data=data)
    receipts.write(matter, PublicMessage.Kind.OUTCOME, text=text, side=Actor.OFFICER, at=at)
