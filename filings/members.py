"""Who works for an entity: invite, accept, change a role, remove, leave."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from filings import events, links
from filings.lifecycle import Actor
from filings.models import Entity, Invitation, MemberRole, Membership

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from portal.models import User

LINK_DAYS = 14
LINKS = "filings.invitation"
# Mail goes to whatever address an owner types: so many a day and no more.
MOST_A_DAY = 50  # from one entity
MOST_TO_AN_ADDRESS = 5  # from all entities together


class LastOwner(Exception):
    """The entity would be left without an owner; make somebody else owner first."""


class AlreadyMember(Exception):
    """The person with this address already works for the entity."""


class TooManyInvitations(Exception):
    """More invitations within a day than are sent; the text says of which kind, and when to go on."""


class InvitationRefused(Exception):
    """An invitation link that is unknown, taken back, used by another or expired; the text says which."""


@transaction.atomic
def invite(*, entity: Entity, email: str, role: str, by: User, at: dt.datetime) -> Invitation:
    """Invite an address to become a member; a delivery mails the link, good for 14 days.

    An earlier open invitation to the same address stops working. Raises AlreadyMember,
    TooManyInvitations.
    """
    Entity.objects.select_for_update(no_key=True).get(pk=entity.pk)
    email = email.strip().lower()
    if Membership.objects.filter(entity=entity, user__email=email).exists():
        raise AlreadyMember
    _within_a_day(entity, email, at=at)
    open_invitations(at=at).filter(entity=entity, email=email).update(revoked_at=at)
    invitation = Invitation(
        entity=entity,
        email=email,
        role=MemberRole(role),
        invited_by=by,
        invited_at=at,
        expires_at=at + dt.timedelta(days=LINK_DAYS),
    )
    invitation.token_digest = links.digest(links.tokens(LINKS, _facts(invitation))[0])
    invitation.save()
    _record("member.invited", invitation.entity, by=by, at=at, invitation=invitation.pk, role=invitation.role)
    return invitation


def _within_a_day(entity: Entity, email: str, *, at: dt.datetime) -> None:
    recent = Invitation.objects.filter(invited_at__gt=at - dt.timedelta(days=1), invited_at__lte=at)
    if recent.filter(entity=entity).count() >= MOST_A_DAY:
        raise TooManyInvitations(_("The entity has sent as many invitations as it may within a day. Go on tomorrow."))
    if recent.filter(email=email).count() >= MOST_TO_AN_ADDRESS:
        said = _("This address was invited often enough within a day. Ask the person to look for the mail.")
        raise TooManyInvitations(said)


def token_of(invitation: Invitation) -> str:
    """The token of a link, for the mail that carries it; never stored, never logged.

    It is made from the installation's secret, so that a mail can be sent again. Raises
    InvitationRefused when the secret was changed meanwhile and its fallbacks dropped.
    """
    token = links.matching(LINKS, _facts(invitation), stored=invitation.token_digest)
    if token is None:
        raise InvitationRefused(_("This invitation can no longer be opened. Ask for a new one."))
    return token


def token_or_none(invitation: Invitation) -> str | None:
    """The token, or None when the installation's secret can no longer make it."""
    try:
        return token_of(invitation)
    except InvitationRefused:
        return None


def _facts(invitation: Invitation) -> str:
    return f"{invitation.entity_id} {invitation.email} {invitation.invited_at.timestamp():.6f}"


def open_invitations(*, at: dt.datetime) -> QuerySet[Invitation]:
    """Invitations that may still be accepted."""
    return Invitation.objects.filter(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at)


def invitations_to(user: User, *, at: dt.datetime) -> QuerySet[Invitation]:
    """Open invitations to the address a person signs in with, oldest first."""
    return open_invitations(at=at).filter(email=user.email).select_related("entity").order_by("invited_at", "pk")


def open_link(token: str, *, at: dt.datetime) -> Invitation:
    """The invitation behind a link. Raises InvitationRefused, saying what to do."""
    rows = Invitation.objects.select_related("entity", "invited_by").filter(token_digest=links.digest(token))
    invitation = rows.first()
    if invitation is None:
        raise InvitationRefused(_("This link is not known. Check that it was copied whole."))
    if invitation.revoked_at:
        raise InvitationRefused(_("This invitation was taken back. Ask the entity for a new one."))
    if invitation.accepted_at is None and invitation.expires_at <= at:
        raise InvitationRefused(_("This invitation has expired. Ask the entity for a new one."))
    return invitation


@transaction.atomic
def accept(*, token: str, by: User, at: dt.datetime) -> Membership:
    """Become a member. Whoever holds the link may, under any account; a second try finds the same.

    Raises InvitationRefused.
    """
    invitation = open_link(token, at=at)
    Entity.objects.select_for_update(no_key=True).get(pk=invitation.entity_id)  # one change of members at a time
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("entity").get(pk=invitation.pk)
    if invitation.accepted_at and invitation.accepted_by_id != by.pk:
        raise InvitationRefused(_("This invitation was already used. Ask the entity for a new one."))
    if invitation.revoked_at:
        raise InvitationRefused(_("This invitation was taken back. Ask the entity for a new one."))
    membership = Membership.objects.filter(entity=invitation.entity, user=by).first()
    if invitation.accepted_at:
        if membership is None:
            raise InvitationRefused(_("You are no longer a member. Ask the entity for a new invitation."))
        return membership
    invitation.accepted_at, invitation.accepted_by = at, by
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    if membership is not None:
        return membership
    membership = Membership.objects.create(entity=invitation.entity, user=by, role=invitation.role, created_at=at)
    _record("member.joined", invitation.entity, by=by, at=at, member=by.pk, role=membership.role)
    return membership


@transaction.atomic
def revoke(*, invitation: Invitation, by: User, at: dt.datetime) -> None:
    """Take back an invitation that nobody has accepted; its link stops working."""
    taken = Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True, revoked_at__isnull=True)
    if taken.update(revoked_at=at):
        _record("member.invitation_revoked", invitation.entity, by=by, at=at, invitation=invitation.pk)


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: User, at: dt.datetime) -> Membership:
    """Give a member another role. Raises LastOwner."""
    membership = _locked(membership)
    before = membership.role
    if before == role:
        return membership
    _keep_an_owner(membership)
    membership.role = MemberRole(role)
    membership.save(update_fields=["role"])
    member = membership.user_id
    _record("member.role_changed", membership.entity, by=by, at=at, member=member, before=before, role=role)
    return membership


@transaction.atomic
def remove(*, membership: Membership, by: User, at: dt.datetime) -> None:
    """End a membership; what the person did stays. Removing oneself is leaving. Raises LastOwner."""
    membership = _locked(membership)
    _keep_an_owner(membership)
    membership.delete()
    kind = "member.left" if membership.user_id == by.pk else "member.removed"
    _record(kind, membership.entity, by=by, at=at, member=membership.user_id, before=membership.role)


def _locked(membership: Membership) -> Membership:
    """The row as it is now, while no other change of this entity's members runs."""
    Entity.objects.select_for_update(no_key=True).get(pk=membership.entity_id)
    return Membership.objects.select_related("entity", "user").get(pk=membership.pk)


def _keep_an_owner(membership: Membership) -> None:
    """A deferred trigger says the same for writers that do not come through here."""
    if membership.role != MemberRole.OWNER:
        return
    others = Membership.objects.filter(entity_id=membership.entity_id, role=MemberRole.OWNER)
    if not others.exclude(pk=membership.pk).exists():
        raise LastOwner


def _record(kind: str, entity: Entity, *, by: User, at: dt.datetime, **data: int | str) -> None:
    events.record(kind, side=Actor.PROVIDER, by=by, at=at, entity=entity, data=data)
