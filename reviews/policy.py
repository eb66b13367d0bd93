"""Who on the regulator's side may do what. Screens and rules ask the same predicates.

Powers come from postings alone (authority, role, dates), never from Django's tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Q

from filings.access import officer_sees, officer_sees_matters, over_filings, posted_as, postings
from filings.access import posting_over as posting_over
from filings.matter_lifecycle import MatterKind
from filings.models import Filing, Level, Matter, Membership, Ministry, OfficerRole, Purpose
from reviews.models import Proposal, ReviewTask

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from filings.models import Authority, Entity, Posting, Procedure
    from portal.models import User

WORKING_ROLES = (OfficerRole.INTAKE, OfficerRole.REVIEWER, OfficerRole.SIGNATORY, OfficerRole.SUPERVISOR)
DESK_ROLES = tuple(OfficerRole.values)
READS_QUEUE = (
    OfficerRole.INTAKE,
    OfficerRole.REVIEWER,
    OfficerRole.SIGNATORY,
    OfficerRole.SUPERVISOR,
    OfficerRole.AUDITOR,
)
WRITES_NOTES = WORKING_ROLES
READS_WORKLOAD = (OfficerRole.SUPERVISOR, OfficerRole.AUDITOR)
REVEALS = (OfficerRole.INTAKE, OfficerRole.REVIEWER)


def enters_desk(user: User) -> bool:
    """An active officer with a posting in force, or the superuser who sets the place up."""
    return user.is_active and user.is_staff and (user.is_superuser or bool(postings(user)))


def is_administrator(user: User, *, national: bool = False) -> bool:
    """Keeps postings and plans; ``national`` asks for power over every authority."""
    if user.is_superuser:
        return True
    held = posted_as(user, OfficerRole.ADMINISTRATOR)
    return any(
        not national or (p.authority.level == Level.NATIONAL and p.authority.ministry == Ministry.CAC) for p in held
    )


def posting_at(user: User, authority_id: int, *roles: str) -> Posting | None:
    """The posting under which the user acts at that authority in one of the roles."""
    return next((p for p in posted_as(user, *roles) if p.authority_id == authority_id), None)


def require_posting(user: User, authority_id: int, *roles: str) -> Posting:
    """The same, or PermissionDenied."""
    posting = posting_at(user, authority_id, *roles)
    if posting is None:
        raise PermissionDenied
    return posting


def visible_tasks(user: User) -> Q:
    """Tasks of regions and levels that the officer may read; nothing for anybody else."""
    held = over_filings(user, *READS_QUEUE)
    if any(p.authority.level == Level.NATIONAL for p in held):
        return Q()
    condition = Q(pk__in=())
    for posting in held:
        condition |= Q(authority=posting.authority_id)
        condition |= Q(procedure__filing__region_code__startswith=posting.authority.region_prefix)
    return condition


def desk_matters(user: User) -> QuerySet[Matter]:
    """Matters that a posting shows. Membership shows its own elsewhere, without what is for staff alone."""
    seen = officer_sees_matters(user)
    return Matter.objects.none() if seen is None else Matter.objects.filter(seen)


def desk_filings(user: User) -> QuerySet[Filing]:
    """Filings that a posting shows, likewise."""
    seen = officer_sees(user)
    return Filing.objects.none() if seen is None else Filing.objects.filter(seen)


def own_entities(user: User) -> frozenset[int]:
    """The entities that an officer works for: nobody works on what an entity of their own filed."""
    return frozenset(Membership.objects.filter(user=user).values_list("entity_id", flat=True))


def parties(procedure: Procedure) -> frozenset[int]:
    """The entities that a procedure concerns: who filed, and who is to receive what is transferred."""
    if procedure.purpose == Purpose.TRANSFER:
        return frozenset((procedure.filing.entity_id, procedure.transfer.receiver_id))
    return frozenset((procedure.filing.entity_id,))


def may_claim(user: User, task: ReviewTask) -> bool:
    """A reviewer of the task's authority, while nobody has it, unless an entity of their own filed or receives."""
    return (
        task.status == ReviewTask.Status.OPEN
        and posting_at(user, task.authority_id, OfficerRole.REVIEWER) is not None
        and own_entities(user).isdisjoint(parties(task.procedure))
    )


def may_work(user: User, task: ReviewTask) -> bool:
    """Who claimed it, while it is in work and while still posted as reviewer."""
    return (
        task.status == ReviewTask.Status.CLAIMED
        and task.claimed_by_id == user.pk
        and posting_at(user, task.authority_id, OfficerRole.REVIEWER) is not None
    )


def may_test(user: User, task: ReviewTask) -> bool:
    """Who has a review task of a stage that needs a technical test; they alone open the vault."""
    return task.kind == ReviewTask.Kind.REVIEW and task.stage.test_required and may_work(user, task)


def may_reassign(user: User, task: ReviewTask) -> bool:
    """The supervisor of the authority, or who has the task."""
    if task.status not in (ReviewTask.Status.OPEN, ReviewTask.Status.CLAIMED):
        return False
    return may_work(user, task) or posting_at(user, task.authority_id, OfficerRole.SUPERVISOR) is not None


def may_release(user: User, task: ReviewTask) -> bool:
    return task.status == ReviewTask.Status.CLAIMED and may_reassign(user, task)


def may_sign(user: User, proposal: Proposal) -> bool:
    """A signatory of the proposal's authority who did not propose it and does not work for who filed."""
    return (
        proposal.status == Proposal.Status.PENDING
        and proposal.proposed_by_id != user.pk
        and posting_at(user, proposal.authority_id, OfficerRole.SIGNATORY) is not None
        and own_entities(user).isdisjoint(concerned(proposal))
        and (proposal.matter is None or user.pk not in took_part(proposal.matter))
    )


def took_part(objection: Matter) -> frozenset[int]:
    """Who took part in what an objection is raised against, and so decides nothing of it; of others nobody."""
    if objection.kind != MatterKind.OBJECTION:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute("SELECT reviews_took_part(%s)", [objection.pk])
        return frozenset(pk for (pk,) in cursor.fetchall())


def require_no_part(user: User, objection: Matter) -> None:
    """PermissionDenied for who took part before."""
    if user.pk in took_part(objection):
        raise PermissionDenied


def concerned(proposal: Proposal) -> frozenset[int]:
    """Whom a proposal concerns: the parties of the procedure, or the entity of the matter."""
    if proposal.procedure is not None:
        return parties(proposal.procedure)
    assert proposal.matter is not None, "a proposal has one object, by constraint"
    known = proposal.matter.entity_id
    return frozenset() if known is None else frozenset((known,))


def may_note(user: User, procedure: Procedure) -> bool:
    """Everybody who works on dossiers of the region; the auditor changes nothing."""
    return posting_over(user, procedure.filing.region_code, *WRITES_NOTES) is not None


def may_waive(user: User, filing: Filing) -> bool:
    return posting_over(user, filing.region_code, OfficerRole.INTAKE) is not None


def may_verify(user: User, entity: Entity) -> bool:
    return posting_over(user, entity.region_code, OfficerRole.INTAKE) is not None


def may_move_dates(user: User, authority_id: int) -> bool:
    """Granting, refusing or setting a rectification date needs one reviewer of the authority."""
    return posting_at(user, authority_id, OfficerRole.REVIEWER, OfficerRole.SUPERVISOR) is not None


def may_post_at(user: User, authority: Authority) -> bool:
    """Regions post their own officers; the national administrator posts anywhere."""
    if is_administrator(user, national=True):
        return True
    return posting_at(user, authority.pk, OfficerRole.ADMINISTRATOR, OfficerRole.SUPERVISOR) is not None


def may_give_role(user: User, role: str) -> bool:
    """Regions post those who work on filings; only the national administrator posts the others."""
    return role in WORKING_ROLES or is_administrator(user, national=True)


def may_audit(user: User) -> bool:
    return bool(posted_as(user, OfficerRole.AUDITOR))
