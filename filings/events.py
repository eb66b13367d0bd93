"""Events are the spine: recorded with the change, delivered to handlers at least once.

A rule records an event in its own transaction and calls nobody. For every subscribed
handler a Delivery row is inserted beside it. Workers lock a due row, run the handler
and mark the row in one transaction, so effects in this database happen once. After a
commit a nudge wakes a worker; beat sweeps whatever the nudge missed. A handler is told
the moment it runs at and asks no clock of its own, so that a test can choose the day.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Protocol

from django.db import connection, transaction
from django.utils import timezone

from filings.lifecycle import Actor
from filings.models import Delivery, Event

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from django.db.models import QuerySet

    from filings.models import Entity, Filing, Matter, Posting, Procedure
    from portal.models import User

    class Handler(Protocol):
        """Works one event at the moment ``at``; it may be called again for the same event.

        True says that a part is done and more is left: the part is kept, so that others see how
        far it is, and the handler is called again after whatever else is due.
        """

        def __call__(self, event: Event, *, at: dt.datetime) -> bool | None: ...


logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 8
PARKED = "delivery.parked"
UNFINISHED = "Begun and not finished: it is being worked, or its worker was stopped."
_handlers: dict[str, Handler] = {}
_subscriptions: defaultdict[str, list[str]] = defaultdict(list)
_nudges: list[Callable[[], None]] = []


def subscribe(name: str, *kinds: str) -> Callable[[Handler], Handler]:
    """Register an idempotent handler for kinds of events; ``*`` means every kind.

    ``name`` is stored in delivery rows and must never change its meaning.
    """

    def register(handler: Handler) -> Handler:
        assert name not in _handlers, f"handler {name} is registered twice"
        _handlers[name] = handler
        for kind in kinds:
            _subscriptions[kind].append(name)
        return handler

    return register


def nudge_with(wake: Callable[[], None]) -> None:
    """Let the tasks module say how a worker is woken, so that rules import no Celery."""
    _nudges.append(wake)


def record(
    kind: str,
    *,
    side: Actor,
    at: dt.datetime,
    by: User | None = None,
    posting: Posting | None = None,
    procedure: Procedure | None = None,
    filing: Filing | None = None,
    entity: Entity | None = None,
    matter: Matter | None = None,
    digest: str = "",
    moved: tuple[str, str] = ("", ""),
    staff_only: bool = False,
    data: dict[str, Any] | None = None,
) -> Event:
    """Insert one event and a delivery for each subscriber; must run in a transaction.

    Give the narrowest object; filing and entity are filled in from it. ``data`` holds
    plain values only and never personal data. What happens in a matter that the provider
    was not told of is for staff alone.
    """
    filing = filing or (procedure.filing if procedure else None)
    if matter is not None:
        filing, entity = filing or matter.filing, entity or matter.entity
        staff_only = staff_only or not matter.told_provider
    event = Event.objects.create(
        at=at,
        kind=kind,
        audience=Event.Audience.STAFF if staff_only else Event.Audience.BOTH,
        side=side,
        actor=by,
        posting=posting,
        entity_id=_entity_id(matter, filing, entity),
        filing=filing,
        procedure=procedure,
        matter=matter,
        submission_digest=digest,
        from_status=moved[0],
        to_status=moved[1],
        data=data or {},
    )
    names = _subscriptions[kind] + _subscriptions["*"]
    if names:
        Delivery.objects.bulk_create(Delivery(event=event, handler=name, due_at=at) for name in names)
        _nudge_after_commit()
    return event


def _entity_id(matter: Matter | None, filing: Filing | None, entity: Entity | None) -> int | None:
    """Whom it concerns: of a matter whose it is, which stays so when the filing is transferred."""
    if matter is not None and matter.entity_id is not None:
        return matter.entity_id
    return filing.entity_id if filing else (entity.pk if entity else None)


def _nudge_after_commit() -> None:
    """Wake a worker once a transaction, however many events it records.

    Whatever a savepoint takes back, its nudge goes with it, and the next event asks again.
    """
    asked = [callback[1] for callback in connection.run_on_commit]
    for wake in _nudges:
        if wake not in asked:
            transaction.on_commit(wake, robust=True)


def deliver_next(*, at: dt.datetime, only: Collection[str] = ()) -> bool:
    """Work one delivery that is due at ``at`` under its row lock. False when none is due and free.

    ``only`` names the handlers to look at; none named means all of them.
    A handler that raises is rolled back and tried later with growing pauses; after eight tries
    the delivery is parked for a person to look at, and holds up no other. A try counts before it
    begins, in a transaction of its own, so that one which ends with its worker counts as well.
    """
    taken = _take(at=at, only=only)
    if taken is None:
        return False
    pk, was_due = taken
    with transaction.atomic():
        delivery = _open().filter(pk=pk).select_for_update(skip_locked=True).first()
        if delivery is None:
            return True  # parked just now, or another worker was quicker
        try:
            with transaction.atomic():
                has_more = _handlers[delivery.handler](delivery.event, at=at)
        except Exception as error:  # a handler may fail in any way; the row remembers how
            logger.exception("delivery %s of %s failed", delivery.pk, delivery.handler)
            delivery.error = f"{type(error).__name__}: {error}"[:500]
            delivery.save(update_fields=["error"])
            if delivery.attempts >= MOST_ATTEMPTS:
                _park(delivery, at=at)
        else:
            delivery.done_at = None if has_more else at
            delivery.due_at = at if has_more else was_due
            delivery.attempts, delivery.error = 0 if has_more else delivery.attempts - 1, ""
            delivery.save(update_fields=["done_at", "due_at", "attempts", "error"])
    return True


def _open() -> QuerySet[Delivery]:
    return Delivery.objects.filter(done_at__isnull=True, parked_at__isnull=True)


@transaction.atomic
def _take(*, at: dt.datetime, only: Collection[str]) -> tuple[int, dt.datetime] | None:
    """Count a try of the delivery that is due first, and put the next one off; its key and when it was due.

    Whoever works it takes the count back by finishing. One whose last try never ended is parked.
    """
    due = _open().filter(due_at__lte=at)
    if only:
        due = due.filter(handler__in=only)
    delivery = due.select_for_update(skip_locked=True).order_by("due_at", "id").first()
    if delivery is None:
        return None
    was_due = delivery.due_at
    if delivery.attempts >= MOST_ATTEMPTS:
        _park(delivery, at=at)
        return delivery.pk, was_due
    delivery.attempts += 1
    delivery.error = UNFINISHED
    delivery.due_at = at + dt.timedelta(seconds=5 * 2**delivery.attempts)
    delivery.save(update_fields=["attempts", "error", "due_at"])
    return delivery.pk, was_due


def _park(delivery: Delivery, *, at: dt.datetime) -> None:
    """Leave it to a person; what waits for it hears so, unless it was such a hearing itself."""
    delivery.parked_at = at
    delivery.save(update_fields=["parked_at"])
    logger.error("delivery %s of %s is parked", delivery.pk, delivery.handler)
    if delivery.event.kind != PARKED:
        of = delivery.event
        told = {"delivery": delivery.pk, "handler": delivery.handler, "event": of.pk}
        record(
            PARKED, side=Actor.SYSTEM, at=at, staff_only=True, data=told,
            procedure=of.procedure, filing=of.filing, entity=of.entity,
        )  # fmt: skip


def deliver_due(*, at: dt.datetime | None = None, most: int = 500, only: Collection[str] = ()) -> int:
    """Work due deliveries until none is left or ``most`` are done; returns how many.

    Without ``at`` every delivery runs at the moment it is taken.
    """
    done = 0
    while done < most and deliver_next(at=at or timezone.now(), only=only):
        done += 1
    return done


def release_parked(delivery: Delivery, *, at: dt.datetime) -> None:
    """Let a parked delivery be tried again, from its first attempt."""
    Delivery.objects.filter(pk=delivery.pk, parked_at__isnull=False).update(parked_at=None, attempts=0, due_at=at)
