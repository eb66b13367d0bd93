"""An officer marks what services stand on as withdrawn or unlawful, and takes the mark away again.

Only lawful data and base models may be used (Generative AI Measures, art. 7(1)). A mark stops
nobody's service by itself: it stops drafts that cite an unlawful thing, and from it inspections
are opened (art. 19). It binds everywhere, so that a supervisor sets it, with article and reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings import events, law
from filings.access import posted_as
from filings.lifecycle import Actor
from filings.models import Filing, OfficerRole, Resource, ResourceMark

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Posting
    from portal.models import User


def may_mark(user: User) -> bool:
    return bool(posted_as(user, OfficerRole.SUPERVISOR))


def standing(subject: Resource | Filing) -> ResourceMark | None:
    """The mark that stands on it now, with who set it."""
    rows = ResourceMark.objects.filter(lifted_at__isnull=True, **_on(subject))
    return rows.select_related("marked_by", "posting__authority").first()


@transaction.atomic
def mark(
    *, subject: Resource | Filing, word: str, reason: str, legal_basis: str, by: User, at: dt.datetime
) -> ResourceMark:
    """Mark it from now on, for everybody; staff alone are told.

    Raises PermissionDenied, ValidationError for a missing reason, an article that is not in force,
    or a thing that is marked already.
    """
    posting = _posting(by)
    if word not in ResourceMark.Word.values:
        raise ValidationError({"word": _("Choose what it is marked as.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, in a sentence that a provider will read.")})
    try:
        article = law.resolve(legal_basis, on=timezone.localdate(at))
    except law.UnknownCitation as error:
        raise ValidationError({"legal_basis": _("No article in force is cited like this.")}) from error
    try:
        with transaction.atomic():
            made = ResourceMark.objects.create(
                word=word, reason=reason.strip(), legal_basis=article.code, posting=posting, marked_by=by,
                marked_at=at, **_on(subject),
            )  # fmt: skip
    except IntegrityError as error:
        raise ValidationError(_("It is marked already. Lift that mark first.")) from error
    _record("resource.marked", made, subject, posting, by=by, at=at, reason=made.reason)
    return made


@transaction.atomic
def lift(*, standing: ResourceMark, reason: str, by: User, at: dt.datetime) -> None:
    """Take a mark away, with a reason. A second try finds it lifted. Raises PermissionDenied, ValidationError."""
    posting = _posting(by)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the mark is lifted.")})
    locked = ResourceMark.objects.select_for_update().get(pk=standing.pk)
    if locked.lifted_at is not None:
        return
    locked.lifted_by, locked.lifted_at, locked.lifting_reason = by, at, reason.strip()
    locked.save(update_fields=["lifted_by", "lifted_at", "lifting_reason"])
    subject = locked.resource or locked.filing
    assert subject is not None
    _record("resource.mark_lifted", locked, subject, posting, by=by, at=at, reason=locked.lifting_reason)


def _on(subject: Resource | Filing) -> dict[str, Resource | Filing]:
    return {"resource" if isinstance(subject, Resource) else "filing": subject}


def _posting(by: User) -> Posting:
    held = posted_as(by, OfficerRole.SUPERVISOR)
    if not held:
        raise PermissionDenied
    return min(held, key=lambda p: len(p.authority.region_prefix))


def _record(
    kind: str,
    mark: ResourceMark,
    subject: Resource | Filing,
    posting: Posting,
    *,
    by: User,
    at: dt.datetime,
    reason: str,
) -> None:
    events.record(
        kind, side=Actor.OFFICER, by=by, posting=posting, at=at, staff_only=True,
        filing=subject if isinstance(subject, Filing) else None,
        entity=subject.entity if isinstance(subject, Resource) else None,
        data={"name": str(subject), "word": mark.word, "basis": mark.legal_basis, "reason": reason, "mark": mark.pk},
    )  # fmt: skip
