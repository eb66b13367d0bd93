"""The only code that writes the status of a procedure or a matter, or the standing of a filing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied

from filings import events
from filings.lifecycle import FILING_TRANSITIONS, PROCEDURE_TRANSITIONS, Actor, named
from filings.matter_lifecycle import MATTER_TRANSITIONS, final
from filings.models import Filing, Matter, Procedure

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Event, Posting
    from portal.models import User


class TransitionNotAllowed(Exception):
    """This move is not possible from where the thing stands now."""

    def __init__(self, name: str, status: str) -> None:
        super().__init__(f"{name} is not possible from {status}")
        self.name = name
        self.status = status


def move_procedure(
    procedure: Procedure,
    name: str,
    *,
    side: Actor,
    at: dt.datetime,
    by: User | None = None,
    posting: Posting | None = None,
    digest: str = "",
    changes: dict[str, Any] | None = None,
    data: dict[str, Any] | None = None,
    staff_only: bool = False,
) -> Event:
    """Move a procedure along one transition of the lifecycle, with its event.

    Must run in a transaction; takes the row lock, writes status and ``changes``, and
    records ``procedure.<name>``, for officers' eyes alone if ``staff_only``. Raises
    TransitionNotAllowed when the procedure stands elsewhere, PermissionDenied when that side may not make the move.
    """
    transition = named(PROCEDURE_TRANSITIONS, name)
    if side not in transition.actors:
        raise PermissionDenied(name)
    locked = Procedure.objects.select_for_update().only("status").get(pk=procedure.pk)
    if locked.status not in transition.sources:
        raise TransitionNotAllowed(name, locked.status)
    before = locked.status
    for field, value in (changes or {}).items():
        setattr(procedure, field, value)
    procedure.status = transition.target
    procedure.save(update_fields=["status", *(changes or {})])
    return events.record(
        f"procedure.{name}",
        side=side,
        by=by,
        posting=posting,
        at=at,
        procedure=procedure,
        digest=digest,
        moved=(before, transition.target),
        staff_only=staff_only,
        data=data,
    )


def move_filing(
    filing: Filing,
    name: str,
    *,
    side: Actor,
    at: dt.datetime,
    by: User | None = None,
    posting: Posting | None = None,
    changes: dict[str, Any] | None = None,
) -> Event:
    """Move a filing's standing likewise; records ``filing.<name>``."""
    transition = named(FILING_TRANSITIONS, name)
    if side not in transition.actors:
        raise PermissionDenied(name)
    locked = Filing.objects.select_for_update().only("standing").get(pk=filing.pk)
    if locked.standing not in transition.sources:
        raise TransitionNotAllowed(name, locked.standing)
    before = locked.standing
    for field, value in (changes or {}).items():
        setattr(filing, field, value)
    filing.standing = transition.target
    filing.save(update_fields=["standing", *(changes or {})])
    return events.record(
        f"filing.{name}",
        side=side,
        by=by,
        posting=posting,
        at=at,
        filing=filing,
        moved=(before, transition.target),
    )


def move_matter(
    matter: Matter,
    name: str,
    *,
    side: Actor,
    at: dt.datetime,
    by: User | None = None,
    posting: Posting | None = None,
    changes: dict[str, Any] | None = None,
    data: dict[str, Any] | None = None,
    staff_only: bool = False,
) -> Event:
    """Move a matter along one transition of its kind; records ``matter.<kind>.<name>``.

    Whoever reaches a final status closes the matter. Otherwise as ``move_procedure``.
    """
    transition = named(MATTER_TRANSITIONS[matter.kind], name)
    if side not in transition.actors:
        raise PermissionDenied(name)
    locked = Matter.objects.select_for_update().only("status").get(pk=matter.pk)
    if locked.status not in transition.sources:
        raise TransitionNotAllowed(name, locked.status)
    changed = dict(changes or {})
    if transition.target in final(matter.kind):
        changed |= {"closed_at": at, "turn": Matter.Turn.NOBODY, "due_on": None}
    for field, value in changed.items():
        setattr(matter, field, value)
    matter.status = transition.target
    matter.save(update_fields=["status", *changed])
    return events.record(
        f"matter.{matter.kind}.{name}",
        side=side,
        by=by,
        posting=posting,
        at=at,
        matter=matter,
        moved=(locked.status, transition.target),
        staff_only=staff_only,
        data=data,
    )
