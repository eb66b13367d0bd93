"""What a user may do with an object that they may already see. False means 403.

One predicate a question; templates, views and rules ask the same one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from filings.lifecycle import Actor, FilingStanding, ProcedureStatus
from filings.models import MemberRole, Membership, Purpose

if TYPE_CHECKING:
    from filings.access import Visitor
    from filings.models import Entity, Filing, Procedure, Transfer
    from portal.models import User


def member_role(user: Visitor, entity: Entity) -> str:
    """The user's role in the entity, "" for none; read once per user object."""
    if not user.is_authenticated:
        return ""
    told: dict[int, str] = getattr(user, "_told_roles", {})
    if entity.pk in told:
        return told[entity.pk]
    known: dict[int, str] | None = getattr(user, "_member_roles", None)
    if known is None:
        current = Membership.objects.current(timezone.localdate()).filter(user=user)
        known = dict(current.values_list("entity_id", "role"))
        user._member_roles = known  # type: ignore[attr-defined]
    return known.get(entity.pk, "")


def know_role(user: User, entity: Entity, role: str) -> None:
    """Take a role that a page's own query has read, so that it is not read again."""
    user._told_roles = {**getattr(user, "_told_roles", {}), entity.pk: role}  # type: ignore[attr-defined]


def may_edit_entity(user: User, entity: Entity) -> bool:
    """Owners and editors write; viewers and agents read."""
    return member_role(user, entity) in (MemberRole.OWNER, MemberRole.EDITOR)


def may_write_filings(user: User, entity: Entity) -> bool:
    """Owners, editors, and agents in those filings that they may see."""
    return member_role(user, entity) in (MemberRole.OWNER, MemberRole.EDITOR, MemberRole.AGENT)


def may_manage_members(user: User, entity: Entity) -> bool:
    return member_role(user, entity) == MemberRole.OWNER


def may_edit_dossier(user: User, procedure: Procedure) -> bool:
    """While it is with the provider: a draft, or returned for rectification; nobody edits a transfer."""
    return _is_edited(procedure) and may_write_filings(user, procedure.filing.entity)


def may_submit(user: User, procedure: Procedure) -> bool:
    """Owners answer for what is submitted; editors prepare it."""
    return _is_edited(procedure) and member_role(user, procedure.filing.entity) == MemberRole.OWNER


def may_upload_scan(user: User, procedure: Procedure) -> bool:
    """A signed scan confirms, and agents cannot: owners and editors, while the dossier is with the provider."""
    return _is_edited(procedure) and may_edit_entity(user, procedure.filing.entity)


def _is_edited(procedure: Procedure) -> bool:
    return procedure.status in ProcedureStatus.editable and procedure.purpose != Purpose.TRANSFER


def may_withdraw(user: User, procedure: Procedure) -> bool:
    """An owner takes back what its own side opened."""
    is_theirs = procedure.status in ProcedureStatus.open and procedure.opened_by_side == Actor.PROVIDER
    return is_theirs and member_role(user, procedure.filing.entity) == MemberRole.OWNER


def may_cancel(user: User, filing: Filing) -> bool:
    """An owner, while it is registered."""
    return filing.standing == FilingStanding.REGISTERED and member_role(user, filing.entity) == MemberRole.OWNER


def may_be_heard(user: User, procedure: Procedure) -> bool:
    """An owner answers what the authority holds against a filing."""
    return procedure.opened_by_side == Actor.OFFICER and member_role(user, procedure.filing.entity) == MemberRole.OWNER


def may_answer(user: User, procedure: Procedure) -> bool:
    return (
        procedure.status == ProcedureStatus.RECTIFYING
        and procedure.purpose != Purpose.TRANSFER
        and may_write_filings(user, procedure.filing.entity)
    )


def may_deposit(user: User, procedure: Procedure) -> bool:
    """Writers hand over and take back access for the technical test, as long as a decision is open."""
    return procedure.status in ProcedureStatus.open and may_edit_entity(user, procedure.filing.entity)


def may_change(user: User, filing: Filing) -> bool:
    """Whoever writes filings prepares a change of a registered one; an owner submits it."""
    return filing.standing == FilingStanding.REGISTERED and may_write_filings(user, filing.entity)


def may_transfer(user: User, filing: Filing) -> bool:
    """An owner of the giving entity, while it is registered."""
    return filing.standing == FilingStanding.REGISTERED and member_role(user, filing.entity) == MemberRole.OWNER


def may_consent(user: User, transfer: Transfer) -> bool:
    """An owner of the receiving entity, before it was submitted and after a return."""
    is_open = transfer.procedure.status in ProcedureStatus.editable
    return is_open and member_role(user, transfer.receiver) == MemberRole.OWNER


def may_file_again(user: User, filing: Filing) -> bool:
    """Owners and editors, once it ended without a number."""
    return filing.standing in FilingStanding.ended_without_number and may_edit_entity(user, filing.entity)


def require(allowed: bool) -> None:
    """Raise PermissionDenied (403) unless allowed."""
    if not allowed:
        raise PermissionDenied
