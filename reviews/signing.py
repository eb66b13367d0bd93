"""What a signature 签发 does, for each kind of proposal, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from filings import publication
from filings.lifecycle import Actor, ProcedureStatus
from filings.models import EntityVersion, OfficerRole, Procedure, Purpose
from filings.transitions import TransitionNotAllowed, move_filing, move_procedure
from reviews import batches, clock, policy, queue
from reviews.models import Proposal, Signature

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from filings.models import Posting, PublicationBatch, Submission
    from portal.models import User

Kind = Proposal.Kind


class EntityNotVerified(Exception):
    """The entity's version was not verified: an intake officer of its region does that first."""

    def __str__(self) -> str:
        return _("The entity has not been verified yet. An intake officer of its region verifies it first.")


@transaction.atomic
def sign(
    *, proposal: Proposal, by: User, at: dt.datetime, batch: PublicationBatch | None = None, at_once: bool = False
) -> Signature:
    """Sign a pending proposal and do what it says, at once and together.

    A first filing that is registered is published with ``batch``, or ``at_once``, or as the
    authority's setting says. Raises TooLate for a batch after the statutory day.

    Raises PermissionDenied for its proposer, for members of the entity and for who is no
    signatory there,
    TransitionNotAllowed when it is no longer pending, EntityNotVerified, and NumberNameTaken
    when the name proposed for a service's number was given to another meanwhile.
    """
    procedure = _locked(proposal)
    related = ("task__stage", "task__submission", "procedure__filing")
    rows = Proposal.objects.select_for_update(of=("self",)).select_related(*related)
    proposal = rows.get(pk=proposal.pk)
    if proposal.status != Proposal.Status.PENDING:
        raise TransitionNotAllowed("sign", proposal.status)
    if not policy.may_sign(by, proposal):
        raise PermissionDenied
    posting = policy.require_posting(by, proposal.authority_id, OfficerRole.SIGNATORY)
    if proposal.kind == Kind.REGISTER and proposal.task and not is_verified(proposal.task.submission):
        raise EntityNotVerified
    signature = Signature.objects.create(
        proposal=proposal, signed_by=by, posting=posting, signed_at=at, digest=proposal.submission_digest
    )
    proposal.status = Proposal.Status.SIGNED
    proposal.save(update_fields=["status"])
    if proposal.task is not None:
        queue.finish(proposal.task, outcome=proposal.kind, at=at)
    latest_on = procedure.due_on
    _ACTS[proposal.kind](procedure, proposal, by, posting, at)
    if proposal.kind == Kind.REGISTER and procedure.purpose == Purpose.FIRST:
        if batch is None and not at_once:
            batch = batches.usual(authority_id=posting.authority_id, latest_on=latest_on, at=at)
        _publish(procedure, proposal, posting, batch, latest_on, by=by, at=at)
    return signature


def _locked(proposal: Proposal) -> Procedure:
    """The procedure, and with it what else is open on its filing, in one order for everybody who signs."""
    around = Procedure.objects.filter(Q(pk=proposal.procedure_id) | Q(status__in=ProcedureStatus.open))
    around = around.filter(filing__procedures=proposal.procedure_id).select_related("filing__entity")
    locked = {each.pk: each for each in around.select_for_update(of=("self",)).order_by("pk")}
    assert proposal.procedure_id is not None, "proposals on matters are signed by reviews.matterdecisions"
    return locked[proposal.procedure_id]


def _publish(
    procedure: Procedure,
    proposal: Proposal,
    posting: Posting,
    batch: PublicationBatch | None,
    latest_on: dt.date | None,
    *,
    by: User,
    at: dt.datetime,
) -> None:
    """Publish what was just registered, or let it wait for its batch; the clock stops at publication."""
    assert proposal.task is not None, "a first filing is decided in a task"
    assert procedure.filing.number is not None, "just registered"
    facts: dict[str, Any] = {"submission": proposal.task.submission, "number": procedure.filing.number}
    if batch is None:
        clock.stop(procedure, at=at, reason="decided")
        publication.publish(filing=procedure.filing, by=by, at=at, **facts)
        return
    if latest_on is None:
        raise batches.TooLate(_("Without a day by which it must be published nothing is held."))
    batches.hold(procedure=procedure, batch=batch, latest_on=latest_on, by=by, posting=posting, at=at, **facts)


def is_verified(submission: Submission) -> bool:
    """Whether who files was verified as this submission names it.

    Only a changed name, credit code, registered place or legal representative asks for
    verification again, so any verified version of the same identity will do.
    """
    cited = submission.entity_version
    return EntityVersion.objects.filter(
        entity=cited.entity_id, identity_digest=cited.identity_digest, status=EntityVersion.Status.VERIFIED
    ).exists()


def _data(proposal: Proposal) -> dict[str, object]:
    if proposal.task is None:
        return {"proposal": proposal.pk}
    return {"proposal": proposal.pk, "stage": proposal.task.stage.code, "round": proposal.task.round}


def _give_back(procedure: Procedure, proposal: Proposal, by: User, posting: Posting, at: dt.datetime) -> None:
    sent = procedure.findings.filter(sent_at__isnull=True).update(sent_at=at)
    assert proposal.rectify_by is not None, "the database refuses a return without a date"
    paused = clock.stop_for_rectification(procedure, at=at)
    data = {**_data(proposal), "findings": sent, "rectify_by": proposal.rectify_by.isoformat(), "clock_paused": paused}
    move_procedure(
        procedure,
        "sign_return",
        side=Actor.OFFICER,
        by=by,
        posting=posting,
        at=at,
        digest=proposal.submission_digest,
        changes={"turn": Procedure.Turn.PROVIDER, "rectify_by": proposal.rectify_by},
        data=data,
    )


def _register(procedure: Procedure, proposal: Proposal, by: User, posting: Posting, at: dt.datetime) -> None:
    if procedure.purpose != Purpose.FIRST:  # whose clock stops at publication
        clock.stop(procedure, at=at, reason="decided")
        batches.release(filing=procedure.filing, by=by, at=at)  # what the register does not hold it cannot change
    GRANTS[Purpose(procedure.purpose)](procedure, proposal, by, posting, at)


def _first(procedure: Procedure, proposal: Proposal, by: User, posting: Posting, at: dt.datetime) -> None:
    filing = procedure.filing
    assert proposal.task is not None, "a first filing is decided in a task"
    number = publication.number_for(filing=filing, submission=proposal.task.submission, at=at)
    close(procedure, proposal, "sign_grant", by, posting, at, {"number": number})
    move_filing(filing, "register", side=Actor.OFFICER, by=by, posting=posting, at=at, changes={"number": number})


def _decline(procedure: Procedure, proposal: Proposal, by: User, posting: Posting, at: dt.datetime) -> None:
    clock.stop(procedure, at=at, reason="decided")
    grounds = sorted(proposal.grounds.values_list("code", flat=True))
    close(procedure, proposal, "sign_decline", by, posting, at, {"grounds": grounds})
    if procedure.purpose != Purpose.FIRST:
        return
    changes = {"held_name": None}
    move_filing(procedure.filing, "decline", side=Actor.OFFICER, by=by, posting=posting, at=at, changes=changes)


def _lapse(procedure: Procedure, proposal: Proposal, by: User, posting: Posting, at: dt.datetime) -> None:
    clock.stop(procedure, at=at, reason="lapsed")
    close(procedure, proposal, "sign_lapse", by, posting, at, {})
    if procedure.purpose != Purpose.FIRST:
        return
    changes = {"held_name": None}
    move_filing(procedure.filing, "lapse", side=Actor.OFFICER, by=by, posting=posting, at=at, changes=changes)


def close(
    procedure: Procedure,
    proposal: Proposal,
    move: str,
    by: User,
    posting: Posting,
    at: dt.datetime,
    data: dict[str, object],
) -> None:
    """End a decided procedure by one of its moves, with its event."""
    changes = {
        "turn": Procedure.Turn.NOBODY,
        "decided_at": at,
        "decision_reasons": proposal.reasons,
        "due_on": None,
        "rectify_by": None,
        "later_date_asked": None,
    }
    move_procedure(
        procedure,
        move,
        side=Actor.OFFICER,
        by=by,
        posting=posting,
        at=at,
        digest=proposal.submission_digest,
        changes=changes,
        data={**_data(proposal), **data},
    )


# What granting does, for each purpose of a procedure.
GRANTS: dict[str, Callable[[Procedure, Proposal, User, Posting, dt.datetime], None]] = {Purpose.FIRST: _first}

_ACTS: dict[str, Callable[[Procedure, Proposal, User, Posting, dt.datetime], None]] = {
    Kind.REGISTER: _register,
    Kind.RETURN: _give_back,
    Kind.DECLINE: _decline,
    Kind.LAPSE: _lapse,
}
