"""Orders as both sides see them: on what articles each kind rests, what is in force, what the provider reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from filings import matters
from filings.lifecycle import Actor
from filings.matter_lifecycle import MatterStatus
from filings.models import Matter, Order, OrderKind, RegisterEntry, Suspension
from filings.transitions import move_matter

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from filings.models import Attachment, Entity, Filing
    from portal.models import User

# On what each kind may rest: Algorithm Provisions, art. 28, 31, 33; Deep Synthesis Provisions, art. 21;
# Generative AI Measures, art. 19, 21; measures on companion-like services, art. 29.
ARTICLES: dict[str, tuple[str, ...]] = {
    OrderKind.WARNING: ("ARP 31", "ARP 33(1)", "GAI 21"),
    OrderKind.CRITICISM: ("ARP 31", "ARP 33(1)", "GAI 21"),
    OrderKind.SUMMONS: ("AIM 29", "ARP 28", "DSP 21", "GAI 19"),
    OrderKind.CORRECT: ("ARP 28", "ARP 31", "DSP 21", "GAI 21"),
    OrderKind.SUSPEND_UPDATES: ("ARP 31", "ARP 33(1)", "DSP 21"),
    OrderKind.SUSPEND_SERVICE: ("DSP 21", "GAI 21"),
}
IN_FORCE = (MatterStatus.IN_FORCE, MatterStatus.REPORTED, MatterStatus.AWAITING_LIFT)


def issued(*, entity: Entity | None = None, filing: Filing | int | None = None) -> QuerySet[Order]:
    """The record of penalties of an entity, or of one filing: every order ever issued, newest first."""
    rows = Order.objects.filter(issued_at__isnull=False).select_related("matter__authority", "matter__filing")
    if entity is not None:
        rows = rows.filter(matter__entity=entity)
    if filing is not None:
        rows = rows.filter(matter__filing=filing)
    return rows.order_by("-matter_id")


def suspensions(filing: Filing | int) -> QuerySet[Order]:
    """What was ever suspended of a filing, newest first, as the register tells it."""
    return issued(filing=filing).filter(kind__in=OrderKind.suspensions)


def settle_entry(filing: Filing) -> None:
    """Say in the register what is suspended now; the entry stays registered. In the order's transaction."""
    standing = set(suspensions(filing).filter(matter__status__in=IN_FORCE).values_list("kind", flat=True))
    told = ""
    if OrderKind.SUSPEND_SERVICE in standing:
        told = Suspension.SERVICE
    elif OrderKind.SUSPEND_UPDATES in standing:
        told = Suspension.UPDATES
    RegisterEntry.objects.filter(filing=filing).update(suspended=told)


@transaction.atomic
def report(*, order: Order, text: str, by: User, at: dt.datetime, attachments: Iterable[Attachment] = ()) -> None:
    """The provider says what it did, with evidence. Raises TransitionNotAllowed when it is not its turn."""
    matter = Matter.objects.select_for_update(of=("self",)).select_related("filing", "entity").get(pk=order.matter_id)
    move_matter(matter, "report", side=Actor.PROVIDER, by=by, at=at, changes={"turn": Matter.Turn.AUTHORITY})
    matters.write(
        matter=matter, kind="report", side=Actor.PROVIDER, by=by, at=at, text=text, attachments=attachments
    )  # fmt: skip
