"""Postings: regions invite their own officers; a posting has dates; who leaves hands over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings import events
from filings.lifecycle import Actor
from filings.models import Authority, Level, OfficerRole, Posting
from reviews import policy, queue

if TYPE_CHECKING:
    import datetime as dt

    from portal.models import User


@transaction.atomic
def post(
    *,
    email: str,
    name: str,
    authority: Authority,
    role: str,
    starts_on: dt.date,
    by: User,
    at: dt.datetime,
    ends_on: dt.date | None = None,
) -> Posting:
    """Post somebody known or new by e-mail address; a new person sets a password by mail.

    Only a national administrator posts system administrators and auditors; nobody posts
    themselves. Raises PermissionDenied, ValidationError.
    """
    if not policy.may_post_at(by, authority) or not policy.may_give_role(by, role):
        raise PermissionDenied
    person, is_new = _person(email, name)
    if person.pk == by.pk and not by.is_superuser:
        raise ValidationError({"email": _("Nobody posts themselves: ask another administrator.")})
    if Posting.objects.filter(user=person, authority=authority, role=role, ends_on__isnull=True).exists():
        raise ValidationError({"role": _("The officer already has this posting.")})
    posting = Posting.objects.create(
        user=person,
        authority=authority,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
        created_by=by,
        created_at=at,
    )
    _record("posting.made", posting, by=by, at=at, is_new=is_new)
    return posting


@transaction.atomic
def post_first_administrator(*, email: str, name: str, authority: Authority, at: dt.datetime) -> Posting:
    """Post the first national administrator, whom nobody could post; a mail leads to a password.

    A second call finds who administers already. Raises ValidationError below the national level.
    """
    if authority.level != Level.NATIONAL:
        raise ValidationError({"authority": _("The first administrator is posted at the national level.")})
    Authority.objects.select_for_update().get(pk=authority.pk)
    held = Posting.objects.on(timezone.localdate(at)).filter(
        role=OfficerRole.ADMINISTRATOR, authority__level=Level.NATIONAL, user__is_active=True
    )
    known = held.select_related("user", "authority").order_by("pk").first()
    if known is not None:
        return known
    person, is_new = _person(email, name)
    posting = Posting.objects.create(
        user=person,
        authority=authority,
        role=OfficerRole.ADMINISTRATOR,
        starts_on=timezone.localdate(at),
        created_at=at,
    )
    _record("posting.made", posting, by=None, at=at, is_new=is_new)
    return posting


@transaction.atomic
def end(*, posting: Posting, ends_on: dt.date, by: User, at: dt.datetime, to: User | None = None) -> int:
    """Give a posting its last day and hand over the officer's open tasks; how many.

    Tasks go to ``to`` or back into the queue; proposals that await signature stand.
    """
    posting = Posting.objects.select_for_update(of=("self",)).select_related("authority", "user").get(pk=posting.pk)
    if not policy.may_post_at(by, posting.authority) or not policy.may_give_role(by, posting.role):
        raise PermissionDenied
    if ends_on < posting.starts_on:
        raise ValidationError({"ends_on": _("A posting ends after it starts.")})
    posting.ends_on = ends_on
    posting.save(update_fields=["ends_on"])
    _record("posting.ended", posting, by=by, at=at)
    leaves_now = ends_on <= timezone.localdate(at)
    if posting.role != OfficerRole.REVIEWER or not leaves_now:
        return 0
    return queue.hand_over(officer=posting.user, authority=posting.authority, by=by, at=at, to=to)


def _person(email: str, name: str) -> tuple[User, bool]:
    people = get_user_model().objects
    known = people.filter(email__iexact=email.strip()).first()
    if known is None:
        return people.create_user(email, None, display_name=name.strip(), is_staff=True), True
    if not known.is_staff:
        known.is_staff = True
        known.save(update_fields=["is_staff"])
    return known, False


def _record(kind: str, posting: Posting, *, by: User | None, at: dt.datetime, is_new: bool = False) -> None:
    events.record(
        kind,
        side=Actor.OFFICER if by else Actor.SYSTEM,
        by=by,
        posting=policy.posting_at(by, posting.authority_id, OfficerRole.ADMINISTRATOR, OfficerRole.SUPERVISOR)
        if by
        else None,
        at=at,
        staff_only=True,
        data={
            "posting": posting.pk,
            "officer": posting.user_id,
            "authority": posting.authority_id,
            "role": posting.role,
            "starts_on": posting.starts_on.isoformat(),
            "ends_on": posting.ends_on.isoformat() if posting.ends_on else "",
            "is_new": is_new,
        },
    )
