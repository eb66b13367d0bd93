"""Publication in batches 分批公示: numbers are issued at the signature and published on a day of their own.

Never later than the statutory day (Algorithm Provisions, art. 25: thirty working days from complete
material), which a trigger refuses too; for services the day of the service standard stands in its place.
Until then everything can be moved back; publishing is one act for a batch, with a result for each row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from filings import events, numbers, orders, publication
from filings.lifecycle import Actor, FilingStanding
from filings.models import HeldPublication, OfficerRole, PublicationBatch
from reviews import clock, policy

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet

    from filings.models import Authority, Filing, Posting, Procedure, Submission
    from portal.models import User

KEEPERS = (OfficerRole.SIGNATORY, OfficerRole.SUPERVISOR)


class TooLate(ValidationError):
    """A batch of that day would publish later than the law allows, or of a day that has passed."""


def may_keep(user: User, authority_id: int) -> bool:
    """Signatories and supervisors of the authority open, move and publish its batches."""
    return policy.posting_at(user, authority_id, *KEEPERS) is not None


@transaction.atomic
def open_batch(*, authority: Authority, publish_on: dt.date, by: User, at: dt.datetime) -> PublicationBatch:
    """Open a batch for a day. Raises PermissionDenied, TooLate for a day that has passed or has one already."""
    posting = policy.require_posting(by, authority.pk, *KEEPERS)
    if publish_on < timezone.localdate(at):
        raise TooLate(_("This day has passed."))
    if PublicationBatch.objects.waiting().filter(authority=authority, publish_on=publish_on).exists():
        raise TooLate(_("There is a batch of this day already."))
    batch = PublicationBatch.objects.create(authority=authority, publish_on=publish_on, opened_by=by, opened_at=at)
    _record("batch.opened", batch, by=by, posting=posting, at=at)
    return batch


@transaction.atomic
def move_batch(*, batch: PublicationBatch, publish_on: dt.date, by: User, at: dt.datetime) -> PublicationBatch:
    """Give a waiting batch another day. Raises PermissionDenied, TooLate."""
    batch = _locked(batch)
    posting = policy.require_posting(by, batch.authority_id, *KEEPERS)
    latest = batch.held.waiting().order_by("latest_on").values_list("latest_on", flat=True).first()
    if publish_on < timezone.localdate(at) or (latest is not None and publish_on > latest):
        raise TooLate(_("Some of it must be published earlier, or this day has passed."))
    others = PublicationBatch.objects.waiting().filter(authority=batch.authority_id, publish_on=publish_on)
    if others.exclude(pk=batch.pk).exists():
        raise TooLate(_("There is a batch of this day already."))
    batch.publish_on = publish_on
    batch.save(update_fields=["publish_on"])
    _record("batch.moved", batch, by=by, posting=posting, at=at)
    for held in batch.held.waiting().select_related("filing"):
        _tell(held, "publication.moved", publish_on, by=by, posting=posting, at=at)
    return batch


def fitting(*, authority_id: int, latest_on: dt.date | None, at: dt.datetime) -> list[PublicationBatch]:
    """Waiting batches of the authority that come in time, the earliest first; none without a statutory day."""
    if latest_on is None:
        return []
    days = (timezone.localdate(at), latest_on)
    rows = PublicationBatch.objects.waiting().filter(authority=authority_id, publish_on__range=days)
    return list(rows.select_related("authority").order_by("publish_on", "pk")[:20])


def usual(*, authority_id: int, latest_on: dt.date | None, at: dt.datetime) -> PublicationBatch | None:
    """Where the authority's setting puts what is signed now; None: it is published at once."""
    found = fitting(authority_id=authority_id, latest_on=latest_on, at=at)
    return found[0] if found and found[0].authority.holds_publications else None


def counted(rows: QuerySet[PublicationBatch]) -> QuerySet[PublicationBatch]:
    """With how many of each wait (``count_waiting``), failed and were published."""
    waiting = Q(held__published_at__isnull=True, held__left_out_at__isnull=True)
    return rows.annotate(
        count_waiting=Count("held", filter=waiting & Q(held__isnull=False)),
        count_failed=Count("held", filter=waiting & ~Q(held__error="") & Q(held__isnull=False)),
        count_published=Count("held", filter=Q(held__published_at__isnull=False)),
    )


def hold(
    *,
    procedure: Procedure,
    submission: Submission,
    number: str,
    batch: PublicationBatch,
    latest_on: dt.date,
    by: User,
    posting: Posting,
    at: dt.datetime,
) -> HeldPublication:
    """Let a number that was just issued wait for its batch. In the transaction of the signature. Raises TooLate."""
    batch = _locked(batch)
    if batch.authority_id != posting.authority_id or batch.published_at is not None or batch.publish_on > latest_on:
        raise TooLate(_("This batch does not come in time, or was published."))
    parsed = numbers.parse(number, prefixes=numbers.known_prefixes())
    held = HeldPublication.objects.create(
        filing=procedure.filing, batch=batch, submission=submission, number=number, number_key=parsed.key,
        digits=parsed.digits[:40], issued_on=timezone.localdate(at), latest_on=latest_on, held_by=by, held_at=at,
    )  # fmt: skip
    _tell(held, "publication.held", batch.publish_on, by=by, posting=posting, at=at)
    return held


@transaction.atomic
def move_row(*, held: HeldPublication, to: PublicationBatch, by: User, at: dt.datetime) -> HeldPublication:
    """Put a waiting row into another batch of the same authority. Raises PermissionDenied, TooLate."""
    held = _row(held)
    posting = policy.require_posting(by, held.batch.authority_id, *KEEPERS)
    to = _locked(to)
    if to.authority_id != held.batch.authority_id or to.published_at is not None or to.publish_on > held.latest_on:
        raise TooLate(_("This batch does not come in time, or was published."))
    held.batch, held.error = to, ""
    held.save(update_fields=["batch", "error"])
    _tell(held, "publication.moved", to.publish_on, by=by, posting=posting, at=at)
    return held


@transaction.atomic
def take_out(*, held: HeldPublication, by: User, at: dt.datetime) -> None:
    """Publish one waiting row at once, without its batch. Raises PermissionDenied."""
    held = _row(held)
    policy.require_posting(by, held.batch.authority_id, *KEEPERS)
    _publish(held, by=by, at=at)


def release(*, filing: Filing, by: User, at: dt.datetime) -> None:
    """Publish a filing that waits, since another decision on it is signed. In the transaction of that signature."""
    waiting = HeldPublication.objects.waiting().filter(filing=filing).first()
    if waiting is not None:
        _publish(_row(waiting), by=by, at=at)


def publish(*, batch: PublicationBatch, at: dt.datetime, by: User | None = None) -> list[HeldPublication]:
    """Publish what waits in a batch, each row for itself; the rows with their results.

    A row that fails says why and waits on; the batch is closed when none waits. Without ``by`` it
    is the day that publishes. Doing it twice publishes nothing twice. Raises PermissionDenied.
    """
    if by is not None and not may_keep(by, batch.authority_id):
        raise PermissionDenied
    keys = list(batch.held.waiting().order_by("pk").values_list("pk", flat=True))
    for key in keys:
        _publish_row(key, by=by, at=at)
    _close(batch, by=by, at=at)
    return list(batch.held.filter(pk__in=keys).select_related("filing").order_by("pk"))


def publish_due(*, at: dt.datetime) -> int:
    """Publish every batch whose day has come; how many."""
    due = PublicationBatch.objects.waiting().filter(publish_on__lte=timezone.localdate(at))
    found = list(due.order_by("publish_on", "pk"))
    for batch in found:
        publish(batch=batch, at=at)
    return len(found)


def _publish_row(key: int, *, by: User | None, at: dt.datetime) -> None:
    try:
        with transaction.atomic():
            _publish(_row(HeldPublication(pk=key)), by=by, at=at)
    except HeldPublication.DoesNotExist:
        return  # another worker was quicker
    except (IntegrityError, ValidationError, LookupError) as error:
        HeldPublication.objects.waiting().filter(pk=key).update(error=f"{type(error).__name__}: {error}"[:300])


def _publish(held: HeldPublication, *, by: User | None, at: dt.datetime) -> None:
    """The entry, its event, and the end of the clock; a filing that ended meanwhile is left out."""
    if held.filing.standing != FilingStanding.REGISTERED:
        held.left_out_at = at
        held.save(update_fields=["left_out_at"])
        return
    publication.publish(
        filing=held.filing, submission=held.submission, number=held.number, by=by, at=at, issued_on=held.issued_on
    )
    orders.settle_entry(held.filing)
    clock.stop(held.submission.procedure, at=at, reason="published")
    held.published_at, held.error = at, ""
    held.save(update_fields=["published_at", "error"])


@transaction.atomic
def _close(batch: PublicationBatch, *, by: User | None, at: dt.datetime) -> None:
    batch = _locked(batch)
    if batch.published_at is not None or batch.held.waiting().exists():
        return
    batch.published_at, batch.published_by = at, by
    batch.save(update_fields=["published_at", "published_by"])
    posting = policy.posting_at(by, batch.authority_id, *KEEPERS) if by else None
    _record("batch.published", batch, by=by, posting=posting, at=at)


def _locked(batch: PublicationBatch) -> PublicationBatch:
    return PublicationBatch.objects.select_for_update(of=("self",)).select_related("authority").get(pk=batch.pk)


def _row(held: HeldPublication) -> HeldPublication:
    rows = HeldPublication.objects.waiting().select_for_update(of=("self",))
    return rows.select_related("batch", "filing__entity", "submission__procedure__filing").get(pk=held.pk)


def _tell(
    held: HeldPublication, kind: str, publish_on: dt.date, *, by: User, posting: Posting, at: dt.datetime
) -> None:
    data = {"number": held.number, "publish_on": publish_on.isoformat(), "batch": held.batch_id}
    events.record(kind, side=Actor.OFFICER, by=by, posting=posting, at=at, filing=held.filing, data=data)


def _record(kind: str, batch: PublicationBatch, *, by: User | None, posting: Posting | None, at: dt.datetime) -> None:
    side = Actor.OFFICER if by else Actor.SYSTEM
    data = {"batch": batch.pk, "authority": batch.authority_id, "publish_on": batch.publish_on.isoformat()}
    events.record(kind, side=side, by=by, posting=posting, at=at, staff_only=True, data=data)
