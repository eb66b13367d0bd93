"""The authority's half of orders: drafted by one, issued and lifted by two (Algorithm Provisions, art. 28, 31)."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import rfc8785
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings import events, law, matters, orders
from filings.lifecycle import Actor, FilingStanding
from filings.matter_lifecycle import MatterKind, MatterStatus
from filings.models import Matter, Order, OrderKind
from filings.transitions import TransitionNotAllowed, move_matter
from reviews import matterdecisions, policy
from reviews.models import Proposal

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Authority, Entity, Filing
    from portal.models import User
    from reviews.models import Signature

Kind = Proposal.Kind


@dataclass(frozen=True, slots=True)
class Terms:
    """What an order is to say."""

    kind: str
    articles: tuple[str, ...]
    facts: str
    demand: str = ""
    due_on: dt.date | None = None
    place: str = ""


@transaction.atomic
def draft(
    *,
    terms: Terms,
    authority: Authority,
    by: User,
    at: dt.datetime,
    filing: Filing | None = None,
    entity: Entity | None = None,
    parent: Matter | None = None,
) -> Order:
    """Draft an order on a filing, or on an entity, of the authority's region; ``parent``: what it grew out of.

    Raises PermissionDenied for who is no reviewer or supervisor there and for the entity's own
    people, ValidationError naming the field.
    """
    posting = policy.require_posting(by, authority.pk, *matterdecisions.PROPOSERS)
    concerned = filing.entity if filing is not None else entity
    assert concerned is not None, "an order concerns somebody"
    region = filing.region_code if filing is not None else concerned.region_code
    if concerned.pk in policy.own_entities(by) or not region.startswith(authority.region_prefix):
        raise PermissionDenied
    _check(terms, filing, at)
    matter = matters.open_matter(
        kind=MatterKind.ORDER, title=(filing.name if filing is not None else "") or concerned.name,
        side=Actor.OFFICER, by=by, posting=posting, at=at, filing=filing, entity=concerned, region_code=region,
        authority=authority, parent=parent, turn=Matter.Turn.AUTHORITY, data={"order": terms.kind},
    )  # fmt: skip
    return Order.objects.create(matter=matter, **_columns(terms))


@transaction.atomic
def edit(*, order: Order, terms: Terms, by: User, at: dt.datetime) -> Order:
    """Change a drafted order. Raises as ``draft`` does, TransitionNotAllowed once it was proposed."""
    matter, order = _locked(order)
    posting = matterdecisions.require_officer(by, matter, *matterdecisions.PROPOSERS)
    if matter.status != MatterStatus.DRAFT:
        raise TransitionNotAllowed("edit", matter.status)
    _check(terms, matter.filing, at)
    for field, value in _columns(terms).items():
        setattr(order, field, value)
    order.save(update_fields=list(_columns(terms)))
    events.record("matter.order.edited", side=Actor.OFFICER, by=by, posting=posting, at=at, matter=matter)
    return order


@transaction.atomic
def drop(*, order: Order, by: User, at: dt.datetime) -> None:
    """Give a draft up; it was told to nobody."""
    matter, _order = _locked(order)
    posting = matterdecisions.require_officer(by, matter, *matterdecisions.PROPOSERS)
    move_matter(matter, "drop", side=Actor.OFFICER, by=by, posting=posting, at=at)


@transaction.atomic
def propose(*, order: Order, reasons: str, by: User, at: dt.datetime) -> Proposal:
    """Put a drafted order before a signatory; nothing is told yet."""
    matter, order = _locked(order)
    return matterdecisions.propose(
        matter=matter, move="propose", kind=Kind.ISSUE, reasons=reasons, decided=told(order), by=by, at=at
    )


@transaction.atomic
def propose_lift(*, order: Order, reasons: str, by: User, at: dt.datetime) -> Proposal:
    """Put the lifting of an order in force before a signatory; until then it stands."""
    matter, order = _locked(order)
    return matterdecisions.propose(
        matter=matter, move="propose_lift", kind=Kind.LIFT, reasons=reasons, decided=told(order), by=by, at=at
    )


@transaction.atomic
def sign(*, proposal: Proposal, by: User, at: dt.datetime) -> Signature:
    """Issue or lift the order that was proposed on, tell the provider and settle the register.

    Raises PermissionDenied, TransitionNotAllowed, ValidationError when what it rests on changed.
    """
    matter, order = _locked(Order.objects.get(matter=proposal.matter_id))
    if digest(order) != proposal.submission_digest:
        raise ValidationError(_("The order was changed after it was proposed."))
    if proposal.kind == Kind.ISSUE:
        _check_standing(order.kind, matter.filing)
        waits = order.kind in (OrderKind.WARNING, OrderKind.CRITICISM)
        changes: dict[str, Any] = {
            "told_provider": True, "turn": Matter.Turn.NOBODY if waits else Matter.Turn.PROVIDER,
            "due_on": order.due_on, "due_basis": order.articles[0] if order.due_on else "",
        }  # fmt: skip
        field = "issued_at"
    else:
        changes, field = {"outcome": proposal.reasons}, "lifted_at"
    signature, matter = matterdecisions.sign(proposal=proposal, by=by, at=at, changes=changes)
    setattr(order, field, at)
    order.save(update_fields=[field])
    if order.is_suspension:
        assert matter.filing is not None, "what is suspended is a filing's"
        orders.settle_entry(matter.filing)
    return signature


def send_back(*, proposal: Proposal, reason: str, by: User, at: dt.datetime) -> Proposal:
    """The second person does not sign: a draft goes back to its officer, an order in force stays."""
    move = "send_back" if proposal.kind == Kind.ISSUE else "keep"
    return matterdecisions.send_back(proposal=proposal, move=move, reason=reason, by=by, at=at)


@transaction.atomic
def fulfil(*, order: Order, reasons: str, by: User, at: dt.datetime) -> None:
    """Find that the provider did what was ordered. A suspension is lifted by two people instead."""
    matter, order = _locked(order)
    posting = matterdecisions.require_officer(by, matter, *matterdecisions.PROPOSERS)
    if order.is_suspension:
        raise TransitionNotAllowed("fulfil", matter.status)
    said = _reasons(reasons)
    move_matter(matter, "fulfil", side=Actor.OFFICER, by=by, posting=posting, at=at, changes={"outcome": said})
    matters.write(matter=matter, kind="fulfilled", side=Actor.OFFICER, by=by, at=at, text=said)


@transaction.atomic
def not_met(*, order: Order, reasons: str, due_on: dt.date | None = None, by: User, at: dt.datetime) -> None:
    """Find that it did not, say why, and until when it has now."""
    matter, order = _locked(order)
    posting = matterdecisions.require_officer(by, matter, *matterdecisions.PROPOSERS)
    said = _reasons(reasons)
    if due_on is not None and due_on <= timezone.localdate(at):
        raise ValidationError({"due_on": _("Choose a day after today.")})
    changes = {"turn": Matter.Turn.PROVIDER, "due_on": due_on or matter.due_on}
    move_matter(matter, "not_met", side=Actor.OFFICER, by=by, posting=posting, at=at, changes=changes)
    matters.write(matter=matter, kind="not_met", side=Actor.OFFICER, by=by, at=at, text=said)


def told(order: Order) -> dict[str, Any]:
    """What is signed, as plain values."""
    known = {**asdict(_terms(order)), "articles": list(order.articles), "matter": order.matter_id}
    return {**known, "due_on": order.due_on.isoformat() if order.due_on else None}


def digest(order: Order) -> str:
    """SHA-256 over what is signed."""
    return hashlib.sha256(rfc8785.dumps(told(order))).hexdigest()


def _terms(order: Order) -> Terms:
    return Terms(order.kind, tuple(order.articles), order.facts, order.demand, order.due_on, order.place)


def _columns(terms: Terms) -> dict[str, Any]:
    return {**asdict(terms), "articles": list(terms.articles)}


def _locked(order: Order) -> tuple[Matter, Order]:
    matter = matterdecisions.lock(order.matter)
    found = Order.objects.select_for_update().get(pk=order.pk)
    found.matter = matter
    return matter, found


def _reasons(text: str) -> str:
    if not text.strip():
        raise ValidationError({"reasons": _("Give the reasons: they are told to the provider.")})
    return text.strip()


def _check(terms: Terms, filing: Filing | None, at: dt.datetime) -> None:
    if not terms.articles or not set(terms.articles) <= set(orders.ARTICLES.get(terms.kind, ())):
        raise ValidationError({"articles": _("Choose articles on which an order of this kind may rest.")})
    try:
        law.resolve_all(terms.articles, on=timezone.localdate(at))
    except law.UnknownCitation as unknown:
        raise ValidationError({"articles": _("No article in force is cited like this.")}) from unknown
    if not terms.facts.strip():
        raise ValidationError({"facts": _("Say what was found.")})
    if terms.kind in OrderKind.dated and (terms.due_on is None or terms.due_on <= timezone.localdate(at)):
        raise ValidationError({"due_on": _("Choose a day after today.")})
    if terms.kind == OrderKind.SUMMONS and not terms.place.strip():
        raise ValidationError({"place": _("Say where the talk takes place.")})
    _check_standing(terms.kind, filing)


def _check_standing(kind: str, filing: Filing | None) -> None:
    if kind in OrderKind.suspensions and (filing is None or filing.standing != FilingStanding.REGISTERED):
        raise ValidationError({"kind": _("Only what is registered can be suspended.")})
