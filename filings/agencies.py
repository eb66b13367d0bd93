"""Agents of a provider: given a power of attorney for some filings until a day, and gone after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from filings import events, members
from filings.lifecycle import Actor
from filings.models import Agency, MemberRole, Membership

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from filings.models import Attachment, Entity, Filing, Invitation
    from portal.models import User


class PowerRefused(Exception):
    """A power of attorney for no filing, for another entity's, or for a day that has passed."""


@dataclass(frozen=True, slots=True)
class Grant:
    """Who is to act, for which filings (all, or those named), until which day, that day included."""

    email: str
    organisation: str
    ends_on: dt.date
    covers_all: bool
    filings: Collection[Filing] = ()


@transaction.atomic
def grant(
    *,
    entity: Entity,
    facts: Grant,
    power_of_attorney: Attachment,
    by: User,
    at: dt.datetime,
) -> Invitation:
    """Invite an agent; access begins when the link is accepted and ends after the last day.

    Raises PowerRefused, AlreadyMember.
    """
    foreign = any(filing.entity_id != entity.pk for filing in facts.filings)
    if foreign or power_of_attorney.entity_id != entity.pk or not (facts.covers_all or facts.filings):
        raise PowerRefused
    if facts.ends_on < timezone.localdate(at):
        raise PowerRefused
    agency = Agency.objects.create(
        entity=entity,
        organisation=facts.organisation,
        power_of_attorney=power_of_attorney,
        covers_all=facts.covers_all,
        ends_on=facts.ends_on,
        granted_by=by,
        granted_at=at,
    )
    if not facts.covers_all:
        agency.filings.set(facts.filings)
    data = {
        "agency": agency.pk,
        "organisation": agency.organisation,
        "until": agency.ends_on.isoformat(),
        "filings": [] if facts.covers_all else sorted(filing.pk for filing in facts.filings),
        "sha256": power_of_attorney.sha256,
    }
    events.record("agency.granted", side=Actor.PROVIDER, by=by, at=at, entity=entity, data=data)
    return members.invite(entity=entity, email=facts.email, role=MemberRole.AGENT, by=by, at=at, agency=agency)


@transaction.atomic
def end_expired(*, at: dt.datetime) -> int:
    """Take out agents whose last day has passed; they have had no access since. Twice is once."""
    over = Membership.objects.select_for_update(skip_locked=True, of=("self",))
    gone = list(over.filter(agency__ends_on__lt=timezone.localdate(at)).select_related("agency", "entity"))
    for membership in gone:
        membership.delete()
        events.record(
            "agency.expired",
            side=Actor.SYSTEM,
            at=at,
            entity=membership.entity,
            data={"member": membership.user_id, "agency": membership.agency_id},
        )
    return len(gone)
