"""Objections decided: taken up, proposed on and signed by officers who took no part before.

What follows from one that is upheld is said with the decision and done by its own rules: an order is
lifted by two people, an entry corrected by a change, a decision taken anew. That it was done is noted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from filings import events, matters, receipts
from filings.lifecycle import Actor
from filings.matter_lifecycle import MatterStatus
from filings.models import Objection, PublicMessage
from filings.transitions import TransitionNotAllowed, move_matter
from reviews import matterdecisions, policy
from reviews.models import Proposal

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Matter
    from portal.models import User
    from reviews.models import Signature

Kind = Proposal.Kind


@transaction.atomic
def take_up(*, matter: Matter, by: User, at: dt.datetime) -> None:
    """Take it up to work on it. Raises PermissionDenied for who took part, TransitionNotAllowed."""
    matter = matterdecisions.lock(matter)
    posting = matterdecisions.require_officer(by, matter, *matterdecisions.PROPOSERS)
    policy.require_no_part(by, matter)
    move_matter(matter, "take_up", side=Actor.OFFICER, by=by, posting=posting, at=at)
    Objection.objects.filter(matter=matter).update(taken_by=by)


@transaction.atomic
def propose(*, matter: Matter, kind: str, reasons: str, by: User, at: dt.datetime, follow_up: str = "") -> Proposal:
    """Propose to uphold it, saying what follows, or to reject it. Raises as ``take_up`` does, ValidationError."""
    matter = matterdecisions.lock(matter)
    matterdecisions.require_officer(by, matter, *matterdecisions.PROPOSERS)
    policy.require_no_part(by, matter)
    if kind not in (Kind.UPHOLD, Kind.REJECT) or (kind == Kind.UPHOLD) != bool(follow_up.strip()):
        raise ValidationError({"follow_up": _("Say what follows if it is upheld, and only then.")})
    Objection.objects.filter(matter=matter).update(follow_up=follow_up.strip())
    decided = {
        "matter": matter.reference,
        "kind": str(kind),
        "reasons": reasons.strip(),
        "follow_up": follow_up.strip(),
    }
    return matterdecisions.propose(
        matter=matter, move="propose", kind=kind, reasons=reasons, decided=decided, by=by, at=at
    )


@transaction.atomic
def sign(*, proposal: Proposal, by: User, at: dt.datetime) -> Signature:
    """Decide it as proposed and tell who objected, with the reasons. Raises as ``matterdecisions.sign`` does."""
    changes = {"outcome": proposal.reasons}
    signature, matter = matterdecisions.sign(proposal=proposal, by=by, at=at, changes=changes)
    told = "\n\n".join(part for part in (proposal.reasons, matter.objection.follow_up) if part)
    if matter.opened_by_side == Actor.PROVIDER:
        matters.write(matter=matter, kind="decision", side=Actor.OFFICER, by=by, at=at, text=told)
    else:
        receipts.write(matter, PublicMessage.Kind.OUTCOME, text=told, side=Actor.OFFICER, at=at)
    return signature


def send_back(*, proposal: Proposal, reason: str, by: User, at: dt.datetime) -> Proposal:
    """The second person does not sign. Raises as ``matterdecisions.send_back`` does."""
    return matterdecisions.send_back(proposal=proposal, move="send_back", reason=reason, by=by, at=at)


@transaction.atomic
def note_follow_up(*, matter: Matter, by: User, at: dt.datetime) -> None:
    """Note that what was to follow was done, once. Raises PermissionDenied, TransitionNotAllowed."""
    matter = matterdecisions.lock(matter)
    posting = matterdecisions.require_officer(by, matter, *matterdecisions.PROPOSERS)
    open_ones = Objection.objects.filter(matter=matter, followed_up_at__isnull=True)
    if matter.status != MatterStatus.UPHELD or not open_ones.update(followed_up_at=at):
        raise TransitionNotAllowed("follow_up", matter.status)
    events.record("matter.objection.followed_up", side=Actor.OFFICER, by=by, posting=posting, at=at, matter=matter)
