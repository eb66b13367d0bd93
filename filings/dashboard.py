"""What the pages of an entity show: what waits for its people, and its filings by product.

Read-only, in a number of queries that does not grow with the number of filings.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from filings import access, matterwords, members, tracks, wording
from filings.lifecycle import ProcedureStatus
from filings.matters import STANDARD
from filings.models import (
    Capacity,
    EntityVersion,
    Filing,
    Hearing,
    Matter,
    Procedure,
    Product,
    Purpose,
    Sealing,
    Transfer,
)
from filings.models.finding import is_standing, is_unanswered
from filings.workingdays import Countdown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from filings.models import Entity
    from portal.models import User

PAGE = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for somebody of the entity. ``day``: its deadline; ``since``: when it began to wait."""

    title: str
    text: str
    url: str
    action: str
    since: dt.date
    day: dt.date | None = None
    left: int | None = None
    is_standard: bool = False  # the day is a service standard, and no law
    entity: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One filing in the list: its state, whose turn, the next date and one main action."""

    filing: Filing
    procedure: Procedure
    name: str
    state: wording.Status
    turn: str
    stage: str
    day: dt.date | None
    left: int | None
    is_standard: bool  # the day is the authority's service standard, and no law
    url: str
    action: str
    is_mine: bool
    purpose: str = ""  # what else than a first filing is under way
    since: dt.date | None = None  # the day of a change


@dataclass(slots=True)
class Card:
    """A product and those of its filings that stand on this page."""

    product: Product
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Page:
    """Cards of one page; ``next_before`` is the key of the page after it, if there is one.

    ``rest`` holds filings without a product, ``unused`` products without a filing.
    """

    cards: list[Card]
    rest: list[Row]
    unused: list[Product]
    next_before: int | None


def page(entity: Entity, *, user: User, may_edit: bool, today: dt.date, before: int | None = None) -> Page:
    """A page of the entity's filings that the user may see, newest first, in the cards of its products."""
    found = list(_filings(entity, user, before)[: PAGE + 1])
    filings, has_more = found[:PAGE], len(found) > PAGE
    current = [(filing, procedure) for filing in filings if (procedure := _current(filing))]
    countdown = Countdown((wording.next_date(procedure) for _filing, procedure in current), today=today)
    unconfirmed = _unconfirmed(procedure for _filing, procedure in current)
    cards = {}
    if before is None:
        products = Product.objects.filter(entity=entity, is_withdrawn=False).order_by("pk")
        cards = {product.pk: Card(product) for product in products}
    rest: list[Row] = []
    for filing, procedure in current:
        row = _row(procedure, countdown, unconfirmed=unconfirmed.get(procedure.pk), may_edit=may_edit)
        products_of = list(filing.products.all())
        for product in products_of:
            cards.setdefault(product.pk, Card(product)).rows.append(row)
        if not products_of:
            rest.append(row)
    unused = [card.product for card in cards.values() if not card.rows and not has_more]
    shown = [card for card in cards.values() if card.rows]
    return Page(shown, rest, unused, filings[-1].pk if has_more else None)


def _filings(entity: Entity, user: User, before: int | None) -> QuerySet[Filing]:
    standing = Count("findings", filter=is_standing("findings__"))
    procedures = Procedure.objects.annotate(standing_findings=standing).select_related("change").order_by("-pk")
    mine = Filing.objects.filter(access.in_power(user, "entity", "pk"), entity=entity)
    rows = mine.prefetch_related(Prefetch("procedures", procedures), "products")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return rows.order_by("-pk")


def _current(filing: Filing) -> Procedure | None:
    """The procedure that tells how the filing stands, knowing its filing without another query.

    What is open, else what gave it its number, so that a declined change does not read as a declined
    filing; else the newest.
    """
    found = list(filing.procedures.all())
    for procedure in found:
        procedure.filing = filing
    told = [each for each in found if each.status in ProcedureStatus.open]
    told += [each for each in found if filing.number and each.purpose == Purpose.FIRST]
    return next(iter([*told, *found]), None)


def _unconfirmed(procedures: Iterable[Procedure]) -> dict[int, list[str]]:
    """By procedure that is locked for signature: the capacities that have not confirmed yet."""
    keys = [each.pk for each in procedures if each.status in ProcedureStatus.editable]
    locks = Sealing.objects.standing().filter(procedure__in=keys).prefetch_related("confirmations").only("procedure")
    return {lock.procedure_id: _missing(lock) for lock in locks}


def _row(procedure: Procedure, countdown: Countdown, *, unconfirmed: list[str] | None, may_edit: bool) -> Row:
    filing = procedure.filing
    is_mine = procedure.turn == Procedure.Turn.PROVIDER and procedure.status in ProcedureStatus.editable
    action, name = _("See where it stands"), "filings:procedure-detail"
    if is_mine and unconfirmed is not None:
        action, name = _step_of_lock(unconfirmed), "filings:dossier-sign"
    elif is_mine and may_edit:
        action, name = _("Go on filling in"), "filings:dossier-list"
        if procedure.status == ProcedureStatus.RECTIFYING:
            action, name = _("Answer the findings"), "filings:finding-list"
    day = wording.next_date(procedure)
    return Row(
        filing=filing,
        procedure=procedure,
        name=name_of(filing),
        state=wording.for_provider(
            procedure, findings=getattr(procedure, "standing_findings", None), unconfirmed=unconfirmed
        ),
        turn=wording.turn(procedure),
        stage=wording.stage(procedure) if procedure.status in ProcedureStatus.with_authority else "",
        day=day,
        left=countdown.left(day),
        is_standard=procedure.status in ProcedureStatus.with_authority
        and not tracks.limits(filing.kind, procedure.purpose),
        url=reverse(name, args=[procedure.pk]),
        action=action,
        is_mine=is_mine,
        purpose="" if procedure.purpose == Purpose.FIRST else procedure.get_purpose_display(),
        since=procedure.change.changed_on if procedure.purpose == Purpose.CHANGE else None,
    )


def name_of(filing: Filing) -> str:
    """The algorithm's name, or what stands for a filing that has none yet."""
    return filing.name or _("Unnamed filing (%(kind)s)") % {"kind": filing.get_kind_display()}


def waiting(entity: Entity, *, user: User, at: dt.datetime) -> list[Waiting]:
    """What waits for the entity's people, and invitations to this person, oldest date first."""
    return _oldest_first([*_waiting([entity], user=user, at=at), *invitations(user, at=at)])


def waiting_by_entity(own: list[Entity], *, user: User, at: dt.datetime) -> list[tuple[Entity, list[Waiting]]]:
    """Each entity with what waits for its people, oldest date first."""
    found = _oldest_first(_waiting(own, user=user, at=at))
    return [(entity, [each for each in found if each.entity == entity.pk]) for entity in own]


def _waiting(own: list[Entity], *, user: User, at: dt.datetime) -> list[Waiting]:
    today = timezone.localdate(at)
    return [
        *_rectifications(own, user, today),
        *_matters(own, user, today),
        *_hearings(own, user, today),
        *_locks(own, user),
        *_profiles(own),
        *_transfers(own),
    ]


def _oldest_first(found: list[Waiting]) -> list[Waiting]:
    return sorted(found, key=lambda each: (each.day or each.since, each.title))


def _transfers(own: list[Entity]) -> list[Waiting]:
    """Filings that others offer, and wait for the consent of an owner."""
    open_to = Transfer.objects.filter(receiver__in=own, procedure__status__in=ProcedureStatus.editable)
    rows = open_to.select_related("giver", "procedure__filing").order_by("given_at", "pk")[:PAGE]
    return [
        Waiting(
            title=name_of(row.procedure.filing),
            text=_("%(giver)s offers to transfer this filing. An owner has to consent.") % {"giver": row.giver.name},
            url=reverse("filings:transfer-detail", args=[row.pk]),
            action=_("See the transfer"),
            since=timezone.localdate(row.given_at),
            day=row.procedure.rectify_by,
            entity=row.receiver_id,
        )
        for row in rows
    ]


def _rectifications(own: list[Entity], user: User, today: dt.date) -> list[Waiting]:
    mine = Procedure.objects.filter(access.in_power(user, "filing__entity", "filing"), filing__entity__in=own)
    waiting = mine.filter(status=ProcedureStatus.RECTIFYING)
    counted = waiting.annotate(open_findings=Count("findings", filter=is_unanswered("findings__"))).select_related(
        "filing"
    )
    rows = list(counted.order_by("rectify_by", "pk")[: PAGE * len(own)])
    countdown = Countdown((row.rectify_by for row in rows), today=today)
    return [_rectification(row, countdown) for row in rows]


def _rectification(row: Any, countdown: Countdown) -> Waiting:
    """``row`` is a procedure that knows how many of its findings are open."""
    text = ngettext(
        "To be rectified: %(count)d finding without an answer.",
        "To be rectified: %(count)d findings without an answer.",
        row.open_findings,
    )
    return Waiting(
        title=name_of(row.filing),
        text=text % {"count": row.open_findings},
        url=reverse("filings:finding-list", args=[row.pk]),
        action=_("Answer the findings"),
        since=countdown.today,
        day=row.rectify_by,
        left=countdown.left(row.rectify_by),
        entity=row.filing.entity_id,
    )


def _matters(own: list[Entity], user: User, today: dt.date) -> list[Waiting]:
    """Matters where it is the provider's turn, the one that is due first at the top."""
    mine = Matter.objects.filter(access.in_power(user, "entity", "filing"), entity__in=own, told_provider=True)
    waiting = mine.filter(turn=Matter.Turn.PROVIDER, closed_at=None).order_by("due_on", "pk")
    rows = list(waiting[: PAGE * len(own)])
    countdown = Countdown((row.due_on for row in rows), today=today)
    return [
        Waiting(
            title=row.title,
            text=f"{row.get_kind_display()} · {matterwords.next_step(row)}",
            url=reverse("filings:matter-detail", args=[row.pk]),
            action=_("Go on"),
            since=timezone.localdate(row.opened_at),
            day=row.due_on,
            left=countdown.left(row.due_on),
            is_standard=row.due_basis == STANDARD,
            entity=row.entity_id,
        )
        for row in rows
    ]


def _hearings(own: list[Entity], user: User, today: dt.date) -> list[Waiting]:
    """Cancellations and revocations of the authority's own motion on which the provider can still be heard."""
    mine = access.in_power(user, "procedure__filing__entity", "procedure__filing")
    unanswered = Hearing.objects.filter(mine, procedure__filing__entity__in=own, answered_at=None)
    found = unanswered.filter(procedure__status=ProcedureStatus.IN_REVIEW).select_related("procedure__filing")
    rows = list(found.order_by("answer_by", "pk")[: PAGE * len(own)])
    countdown = Countdown((row.answer_by for row in rows), today=today)
    return [
        Waiting(
            title=name_of(row.procedure.filing),
            text=_("%(purpose)s opened by the authority: you have the right to be heard first.")
            % {"purpose": row.procedure.get_purpose_display()},
            url=reverse("filings:hearing", args=[row.procedure_id]),
            action=_("Read and answer"),
            since=timezone.localdate(row.opened_at),
            day=row.answer_by,
            left=countdown.left(row.answer_by),
            entity=row.procedure.filing.entity_id,
        )
        for row in rows
    ]


def _locks(own: list[Entity], user: User) -> list[Waiting]:
    rows = (
        Sealing.objects.standing()
        .filter(access.in_power(user, "procedure__filing__entity", "procedure__filing"))
        .filter(procedure__filing__entity__in=own, procedure__status__in=ProcedureStatus.editable)
        .select_related("procedure__filing")
        .prefetch_related("confirmations")
        .defer("document")
        .order_by("made_at", "pk")[: PAGE * len(own)]
    )
    return [_lock(row) for row in rows]


def _lock(row: Sealing) -> Waiting:
    missing = _missing(row)
    text = _("Everybody has confirmed. An owner can submit now.")
    if missing:
        text = _("Locked, waiting for confirmation by: %(people)s.") % {"people": wording.capacities(missing)}
    return Waiting(
        title=name_of(row.procedure.filing),
        text=text,
        url=reverse("filings:dossier-sign", args=[row.procedure_id]),
        action=_step_of_lock(missing),
        since=timezone.localdate(row.made_at),
        entity=row.procedure.filing.entity_id,
    )


def _missing(lock: Sealing) -> list[str]:
    """As ``sealing.missing_confirmations``, from confirmations that were fetched with the lock."""
    confirmed = {c for each in lock.confirmations.all() if each.confirmed_at for c in each.capacities}
    return [c for c in Capacity.values if c not in confirmed]


def _step_of_lock(missing: list[str]) -> str:
    return _("See who has confirmed") if missing else _("Submit the material")


def _profiles(own: list[Entity]) -> list[Waiting]:
    rows = EntityVersion.objects.filter(entity__in=own).order_by("entity", "-number").distinct("entity")
    newest = {row.entity_id: row for row in rows.defer("document", "content")}
    return [each for entity in own for each in _profile(newest.get(entity.pk), entity)]


def _profile(version: EntityVersion | None, entity: Entity) -> list[Waiting]:
    """A profile that was never submitted, or came back; one under way asks nothing."""
    if version is None:
        text, since = _("Fill in the profile and submit it for verification. Every filing uses it."), entity.created_at
        action = _("Fill in the profile")
    elif version.status == EntityVersion.Status.RETURNED:
        text, since = version.return_reason, version.checked_at or version.submitted_at
        action = _("Put the profile right")
    else:
        return []
    url = reverse("filings:profile-list", args=[entity.pk])
    day = timezone.localdate(since)
    return [Waiting(_("Profile of the entity"), text, url, action, since=day, entity=entity.pk)]


def invitations(user: User, *, at: dt.datetime) -> list[Waiting]:
    """Open invitations to the address a person signs in with, which is verified."""
    return [
        Waiting(
            title=_("Invitation to %(entity)s") % {"entity": row.entity.name},
            text=_("You are invited as: %(role)s.") % {"role": row.get_role_display()},
            url=reverse("filings:invitation-accept", args=[token]),
            action=_("See the invitation"),
            since=timezone.localdate(row.invited_at),
        )
        for row in members.invitations_to(user, at=at)
        if (token := members.token_or_none(row))
    ]
