"""Two people decide a matter: one officer of the authority that leads it proposes, another signs."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import rfc8785
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from filings.lifecycle import Actor, named
from filings.matter_lifecycle import MATTER_TRANSITIONS
from filings.models import Matter, OfficerRole
from filings.transitions import TransitionNotAllowed, move_matter
from reviews import policy
from reviews.models import Proposal, Signature

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Posting
    from portal.models import User

PROPOSERS = (OfficerRole.REVIEWER, OfficerRole.SUPERVISOR)


@transaction.atomic
def propose(
    *, matter: Matter, move: str, kind: str, reasons: str, decided: dict[str, Any], by: User, at: dt.datetime
) -> Proposal:
    """Put a decision on a matter before a signatory; ``move`` is the transition that waits for it.

    ``decided`` is what is signed, as plain values: its digest is what the signature is over.
    Raises PermissionDenied, ValidationError, TransitionNotAllowed.
    """
    matter = lock(matter)
    posting = require_officer(by, matter, *PROPOSERS)
    if not reasons.strip():
        raise ValidationError({"reasons": _("Give the reasons: they are told to the provider.")})
    if matter.status not in named(MATTER_TRANSITIONS[matter.kind], move).sources:
        raise TransitionNotAllowed(move, matter.status)
    assert matter.authority is not None, "a matter that is decided has an authority"
    proposal = Proposal.objects.create(
        matter=matter, authority=matter.authority, kind=kind, reasons=reasons.strip(),
        submission_digest=hashlib.sha256(rfc8785.dumps(decided)).hexdigest(), proposed_by=by, proposed_at=at,
    )  # fmt: skip
    move_matter(
        matter, move, side=Actor.OFFICER, by=by, posting=posting, at=at, staff_only=True, data={"proposal": proposal.pk}
    )
    return proposal


@transaction.atomic
def sign(
    *, proposal: Proposal, by: User, at: dt.datetime, changes: dict[str, Any] | None = None
) -> tuple[Signature, Matter]:
    """Sign a pending proposal on a matter and make the move ``sign_<kind>``, with its other ``changes``.

    Raises PermissionDenied for its proposer and for who is no signatory there, TransitionNotAllowed.
    """
    assert proposal.matter is not None, "proposals on procedures are signed by reviews.signing"
    matter = lock(proposal.matter)
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("matter").get(pk=proposal.pk)
    if proposal.status != Proposal.Status.PENDING:
        raise TransitionNotAllowed("sign", proposal.status)
    if not policy.may_sign(by, proposal):
        raise PermissionDenied
    posting = policy.require_posting(by, proposal.authority_id, OfficerRole.SIGNATORY)
    signature = Signature.objects.create(
        proposal=proposal, signed_by=by, posting=posting, signed_at=at, digest=proposal.submission_digest
    )
    proposal.status = Proposal.Status.SIGNED
    proposal.save(update_fields=["status"])
    move_matter(
        matter, f"sign_{proposal.kind}", side=Actor.OFFICER, by=by, posting=posting, at=at, changes=changes,
        data={"proposal": proposal.pk},
    )  # fmt: skip
    return signature, matter


@transaction.atomic
def send_back(*, proposal: Proposal, move: str, reason: str, by: User, at: dt.datetime) -> Proposal:
    """The second person does not sign; ``move`` leads the matter back. Raises as ``sign`` does."""
    assert proposal.matter is not None, "proposals on procedures are sent back by reviews.decisions"
    matter = lock(proposal.matter)
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("matter").get(pk=proposal.pk)
    if proposal.status != Proposal.Status.PENDING:
        raise TransitionNotAllowed("send_back", proposal.status)
    if not policy.may_sign(by, proposal):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, so that the reviewer knows what to change.")})
    proposal.status = Proposal.Status.SENT_BACK
    proposal.sent_back_by, proposal.sent_back_at, proposal.sent_back_reason = by, at, reason.strip()
    proposal.save(update_fields=["status", "sent_back_by", "sent_back_at", "sent_back_reason"])
    posting = policy.require_posting(by, proposal.authority_id, OfficerRole.SIGNATORY)
    move_matter(
        matter, move, side=Actor.OFFICER, by=by, posting=posting, at=at, staff_only=True, data={"proposal": proposal.pk}
    )
    return proposal


def lock(matter: Matter) -> Matter:
    """The matter under its row lock, with what rules ask of it. In a transaction."""
    rows = Matter.objects.select_for_update(of=("self",)).select_related("filing__entity", "entity", "authority")
    return rows.get(pk=matter.pk)


def require_officer(user: User, matter: Matter, *roles: str) -> Posting:
    """The posting at the authority that leads the matter; PermissionDenied also for the entity's own people."""
    if matter.authority_id is None or matter.entity_id in policy.own_entities(user):
        raise PermissionDenied
    return policy.require_posting(user, matter.authority_id, *roles)


def may_propose(user: User, matter: Matter) -> bool:
    """A reviewer or supervisor of the leading authority who does not work for the entity."""
    try:
        require_officer(user, matter, *PROPOSERS)
    except PermissionDenied:
        return False
    return True
