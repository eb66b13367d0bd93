"""The authority's half of incident reports: acknowledge, ask, ask more, forward, hand back, close.

Generative AI Measures, art. 14 and 16: the report goes to the authorities in their remits; the one
that takes filings forwards a user's illegal act to the one that is competent for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings import incidents, matters, sealed
from filings.lifecycle import Actor
from filings.matter_lifecycle import MatterKind, MatterStatus
from filings.models import AccessRecord, Authority, Matter, MatterAuthority, Ministry
from filings.transitions import TransitionNotAllowed, move_matter
from reviews import accesses, matterdecisions

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet

    from filings.models import Posting
    from portal.models import User

PROVIDER, AUTHORITY = Matter.Turn.PROVIDER, Matter.Turn.AUTHORITY
WITH_PROVIDER = (MatterStatus.QUESTIONED, MatterStatus.CORRECTING, MatterStatus.ASKED)


def is_overdue(matter: Matter, at: dt.datetime) -> bool:
    """Whether the day on which the provider should have answered has passed."""
    return matter.due_on is not None and matter.due_on < timezone.localdate(at)


def competent(matter: Matter) -> QuerySet[Authority]:
    """Authorities of other ministries to whom a misuse may be forwarded: of its region, or national."""
    over = Q(region_prefix="") | Q(region_prefix=matter.region_code[:2])
    rows = Authority.objects.filter(over & ~Q(pk=matter.authority_id), is_active=True).exclude(ministry=Ministry.CAC)
    return rows.order_by("-region_prefix", "ministry", "pk")


@transaction.atomic
def ask(*, matter: Matter, text: str, by: User, at: dt.datetime, due_on: dt.date | None = None) -> Matter:
    """Ask the provider, until a day. Whom it was forwarded to asks and is answered itself."""
    matter, posting = _taken_up(matter, by)
    move = "inquire" if matter.status == MatterStatus.FORWARDED else "ask"
    return _move(matter, move, "question", text, posting, by=by, at=at, due=_until(due_on, at))


@transaction.atomic
def acknowledge(*, matter: Matter, text: str, by: User, at: dt.datetime, due_on: dt.date | None = None) -> Matter:
    """Acknowledge the report; the correction is due on the day the provider named, or another one."""
    matter, posting = _taken_up(matter, by, MatterKind.INCIDENT)
    promised = matter.incident.correct_by
    if due_on is None and promised is not None and promised > timezone.localdate(at):
        due_on = promised
    return _move(matter, "acknowledge", "acknowledgement", text, posting, by=by, at=at, due=_until(due_on, at))


@transaction.atomic
def ask_more(*, matter: Matter, text: str, by: User, at: dt.datetime, due_on: dt.date | None = None) -> Matter:
    """What was shown does not show the correction: say what is missing, and until when."""
    matter, posting = _taken_up(matter, by, MatterKind.INCIDENT)
    return _move(matter, "ask_more", "question", text, posting, by=by, at=at, due=_until(due_on, at))


@transaction.atomic
def forward(*, matter: Matter, to: Authority | None, text: str, by: User, at: dt.datetime) -> Matter:
    """Hand a misuse over to the competent authority, which may forward it on; who forwarded goes on seeing it.

    Raises PermissionDenied, ValidationError for an authority of elsewhere, TransitionNotAllowed.
    """
    matter, posting = _taken_up(matter, by, MatterKind.MISUSE)
    if to is None or not competent(matter).filter(pk=to.pk).exists():
        raise ValidationError({"to": _("Choose an authority that is competent here.")})
    MatterAuthority.objects.create(matter=matter, authority=posting.authority, joined_at=at)
    move = "forward_on" if matter.status == MatterStatus.FORWARDED else "forward"
    return _hand(matter, move, "forwarding", text, posting, by=by, at=at, to=to)


@transaction.atomic
def hand_back(*, matter: Matter, text: str, by: User, at: dt.datetime) -> Matter:
    """It is not of this authority's remit: back to the one that took the report and chooses anew.

    Who hands it back sees it no more. Raises PermissionDenied, ValidationError, TransitionNotAllowed.
    """
    matter, posting = _taken_up(matter, by, MatterKind.MISUSE)
    if matter.status != MatterStatus.FORWARDED:
        raise TransitionNotAllowed("hand_back", matter.status)
    takers = MatterAuthority.objects.filter(matter=matter, left_at=None, authority__ministry=Ministry.CAC)
    to = takers.select_related("authority").earliest("joined_at", "pk").authority
    return _hand(matter, "hand_back", "handing_back", text, posting, by=by, at=at, to=to)


@transaction.atomic
def close(*, matter: Matter, text: str, by: User, at: dt.datetime) -> Matter:
    """Close with reasons that the provider reads. The reference of the user's account is erased.

    What waits for the provider is closed only when its day has passed: ValidationError until then.
    """
    matter, posting = _taken_up(matter, by)
    waits = matter.status in WITH_PROVIDER
    if waits and not is_overdue(matter, at):
        raise ValidationError(_("The provider may still answer. Wait until its day has passed."))
    move = "close_unanswered" if waits else "close"
    closed = _move(matter, move, "closing", text, posting, by=by, at=at, due={"outcome": text.strip()})
    if closed.kind == MatterKind.MISUSE and closed.misuse.account is not None:
        sealed.erase(sealed=closed.misuse.account, by=by, at=at, side=Actor.OFFICER)
    return closed


@transaction.atomic
def reveal_account(*, matter: Matter, by: User, at: dt.datetime) -> str:
    """The reference of the user's account, to an officer of the authority that leads; recorded.

    Raises PermissionDenied, TransitionNotAllowed when none was given or it was erased.
    """
    matter, _posting = _taken_up(matter, by, MatterKind.MISUSE)
    account = matter.misuse.account
    if account is None or account.erased_at is not None:
        raise TransitionNotAllowed("reveal", matter.status)
    accesses.record(
        AccessRecord.Action.REVEAL, by=by, at=at, filing=matter.filing, entity=matter.entity, subject=matter.reference
    )
    return sealed.reveal(account).decode()


def _taken_up(matter: Matter, by: User, *kinds: str) -> tuple[Matter, Posting]:
    matter = matterdecisions.lock(matter)
    posting = matterdecisions.require_officer(by, matter, *matterdecisions.PROPOSERS)
    if matter.kind not in (kinds or incidents.KINDS):
        raise TransitionNotAllowed("deal with", matter.status)
    return matter, posting


def _until(due_on: dt.date | None, at: dt.datetime) -> dict[str, Any]:
    """The provider's turn until a day after today: the one given, else the service standard."""
    today = timezone.localdate(at)
    if due_on is None:
        return {"turn": PROVIDER, **incidents.standard(today, incidents.DEAL_DAYS)}
    if due_on <= today:
        raise ValidationError({"due_on": _("Choose a day after today.")})
    return {"turn": PROVIDER, "due_on": due_on, "due_basis": matters.STANDARD}


def _hand(
    matter: Matter, move: str, kind: str, text: str, posting: Posting, *, by: User, at: dt.datetime, to: Authority
) -> Matter:
    """The other authority leads from now on, and no longer only looks on."""
    MatterAuthority.objects.filter(matter=matter, authority=to, left_at=None).update(left_at=at)
    changes = {"authority": to, "turn": AUTHORITY, **incidents.standard(timezone.localdate(at), incidents.DEAL_DAYS)}
    return _move(matter, move, kind, text, posting, by=by, at=at, due=changes, to=to)


def _move(
    matter: Matter, move: str, kind: str, text: str, posting: Posting, *, by: User, at: dt.datetime,
    due: dict[str, Any], to: Authority | None = None,
) -> Matter:  # fmt: skip
    if not text.strip():
        raise ValidationError({"text": _("Write something: it is told to the provider.")})
    told = {"to": {"zh": to.name_zh, "en": to.name_en}} if to else {}
    move_matter(matter, move, side=Actor.OFFICER, by=by, posting=posting, at=at, changes=due, data=told)
    matters.write(matter=matter, kind=kind, side=Actor.OFFICER, by=by, posting=posting, at=at, text=text.strip())
    return matter
