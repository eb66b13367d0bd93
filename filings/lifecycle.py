"""Statuses, actors and allowed transitions, as frozen data.

Everything that depends on "what may happen next" is derived from the two tables
below: the one writer in Python (``filings.transitions``), the database triggers
(``filings.triggers``), the buttons, and the diagrams in ``docs/lifecycle.md``.

The law knows few states: filed or not filed with reasons (Algorithm Provisions,
art. 25), cancelled (art. 24, 33) and revoked (art. 33). Rounds of rectification
are practice; no status names a review stage, because stages are rows.
"""

from dataclasses import dataclass
from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Actor(TextChoices):
    """The side that may make a move."""

    PROVIDER = "provider", _("Provider")
    OFFICER = "officer", _("Officer")
    SYSTEM = "system", _("System")
    PUBLIC = "public", _("Public")


class ProcedureStatus(TextChoices):
    """Where one procedure stands. Each has three names: see ``filings.wording``."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    IN_REVIEW = "in_review", _("In review")
    RECTIFYING = "rectifying", _("Returned for rectification")
    AWAITING_SIGNATURE = "awaiting_signature", _("Awaiting signature")
    GRANTED = "granted", _("Granted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Lapsed")

    editable = nonmember(("draft", "rectifying"))
    open = nonmember(("draft", "submitted", "in_review", "rectifying", "awaiting_signature"))
    with_authority = nonmember(("submitted", "in_review", "awaiting_signature"))
    final = nonmember(("granted", "declined", "withdrawn", "lapsed"))


class FilingStanding(TextChoices):
    """What a filing is worth today."""

    DRAFT = "draft", _("Draft")
    PENDING = "pending", _("Pending")
    REGISTERED = "registered", _("Registered")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Lapsed")
    CANCELLED = "cancelled", _("Cancelled")
    REVOKED = "revoked", _("Revoked")

    numbered = nonmember(("registered", "cancelled", "revoked"))
    ended_without_number = nonmember(("declined", "withdrawn", "lapsed"))


@dataclass(frozen=True)
class Transition:
    """One allowed move. ``two_people``: a proposal and a signature by different officers."""

    name: str
    sources: tuple[str, ...]
    target: str
    actors: tuple[str, ...]
    two_people: bool = False


P, F = ProcedureStatus, FilingStanding

PROCEDURE_TRANSITIONS: tuple[Transition, ...] = (
    Transition("submit", (P.DRAFT,), P.SUBMITTED, (Actor.PROVIDER,)),
    Transition("pass_intake", (P.SUBMITTED,), P.IN_REVIEW, (Actor.SYSTEM,)),
    Transition("fail_intake", (P.SUBMITTED,), P.RECTIFYING, (Actor.SYSTEM,)),
    Transition("propose", (P.IN_REVIEW,), P.AWAITING_SIGNATURE, (Actor.OFFICER,)),
    Transition("send_back", (P.AWAITING_SIGNATURE,), P.IN_REVIEW, (Actor.OFFICER,)),
    Transition("sign_return", (P.AWAITING_SIGNATURE,), P.RECTIFYING, (Actor.OFFICER,), two_people=True),
    Transition("sign_grant", (P.AWAITING_SIGNATURE,), P.GRANTED, (Actor.OFFICER,), two_people=True),
    Transition("sign_decline", (P.AWAITING_SIGNATURE,), P.DECLINED, (Actor.OFFICER,), two_people=True),
    Transition("sign_lapse", (P.RECTIFYING,), P.LAPSED, (Actor.OFFICER,), two_people=True),
    Transition("resubmit", (P.RECTIFYING,), P.SUBMITTED, (Actor.PROVIDER,)),
    # Whoever opened a procedure takes it back: the provider its own, the authority one of its own motion.
    Transition(
        "withdraw",
        (P.DRAFT, P.SUBMITTED, P.IN_REVIEW, P.RECTIFYING, P.AWAITING_SIGNATURE),
        P.WITHDRAWN,
        (Actor.PROVIDER, Actor.OFFICER),
    ),
    # The authority opens cancellation or revocation of its own motion (Algorithm Provisions, art. 33).
    Transition("open_ex_officio", (P.DRAFT,), P.IN_REVIEW, (Actor.OFFICER,)),
    # A filing that ends closes what is still open on it; one in rectification by ``sign_lapse``.
    Transition(
        "overtake",
        (P.DRAFT, P.SUBMITTED, P.IN_REVIEW, P.AWAITING_SIGNATURE),
        P.LAPSED,
        (Actor.OFFICER,),
        two_people=True,
    ),
)

# A filing's standing follows its procedures; the moves that close a filing without
# a number ride on the procedure's own two people, which the database checks there.
FILING_TRANSITIONS: tuple[Transition, ...] = (
    Transition("lodge", (F.DRAFT,), F.PENDING, (Actor.PROVIDER,)),
    Transition("register", (F.PENDING,), F.REGISTERED, (Actor.OFFICER,)),
    Transition("decline", (F.PENDING,), F.DECLINED, (Actor.OFFICER,)),
    Transition("withdraw", (F.DRAFT, F.PENDING), F.WITHDRAWN, (Actor.PROVIDER,)),
    Transition("lapse", (F.PENDING,), F.LAPSED, (Actor.OFFICER,)),
    Transition("cancel", (F.REGISTERED,), F.CANCELLED, (Actor.OFFICER,)),
    Transition("revoke", (F.REGISTERED,), F.REVOKED, (Actor.OFFICER,)),
)


def pairs(table: tuple[Transition, ...]) -> dict[tuple[str, str], Transition]:
    """Each allowed (from, to) pair with its transition; a pair belongs to one transition."""
    found = {(str(s), str(t.target)): t for t in table for s in t.sources}
    assert len(found) == sum(len(t.sources) for t in table), "a pair stands in two transitions"
    return found


def named(table: tuple[Transition, ...], name: str) -> Transition:
    """The transition of that name. Raises KeyError."""
    for transition in table:
        if transition.name == name:
            return transition
    raise KeyError(name)
