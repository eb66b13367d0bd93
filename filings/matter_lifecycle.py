"""Lifecycles of the matters that follow a number: one table a kind, as frozen data.

Read beside ``filings.lifecycle``. ``filings.transitions.move_matter`` is the one writer, the
database triggers and ``docs/lifecycle.md`` are made from the same tables. A status without a
move out of it is final. A move by two people is named ``sign_<kind of proposal>``.
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filings.lifecycle import Actor, Transition


class MatterKind(TextChoices):
    """What provider, regulator and public deal with while a service runs."""

    INCIDENT = "incident", _("Incident report")
    MISUSE = "misuse", _("Report of a user's misuse")
    INSPECTION = "inspection", _("Inspection")
    COMPLAINT = "complaint", _("Complaint")
    OBJECTION = "objection", _("Objection")
    ORDER = "order", _("Order")
    DATASET = "dataset", _("Data set on offer")
    DATA_REQUEST = "data_request", _("Application for data")
    CONFIRMATION = "confirmation", _("Periodic confirmation")


class MatterStatus(TextChoices):
    """Every status of every kind; which kind knows which is what its table says."""

    DRAFT = "draft", _("Draft")
    REPORTED = "reported", _("Reported")
    QUESTIONED = "questioned", _("Question open")
    CORRECTING = "correcting", _("Being corrected")
    SHOWN = "shown", _("Correction shown")
    FORWARDED = "forwarded", _("Forwarded")
    CLOSED = "closed", _("Closed")
    DROPPED = "dropped", _("Dropped")
    ASKED = "asked", _("Asked")
    ANSWERED = "answered", _("Answered")
    RECEIVED = "received", pgettext_lazy("a matter", "Received")
    WITH_PROVIDER = "with_provider", _("With the provider")
    REJECTED = "rejected", _("Rejected")
    UNDER_REVIEW = "under_review", _("Under review")
    AWAITING_SIGNATURE = "awaiting_signature", _("Awaiting signature")
    UPHELD = "upheld", _("Upheld")
    IN_FORCE = "in_force", pgettext_lazy("a matter", "In force")
    AWAITING_LIFT = "awaiting_lift", _("Lifting awaits signature")
    LIFTED = "lifted", _("Lifted")
    FULFILLED = "fulfilled", _("Fulfilled")
    OFFERED = "offered", _("Offered")
    RETURNED = "returned", _("Returned to the provider")
    PUBLISHED = "published", pgettext_lazy("a matter", "Published")
    APPLIED = "applied", _("Applied for")
    CONSENTED = "consented", _("Consented")
    REFUSED = "refused", pgettext_lazy("a matter", "Refused")
    REVOKED = "revoked", _("Consent taken back")
    DECLARED = "declared", _("Declared")
    MISSED = "missed", _("Missed")
    LISTED = "listed", _("Listed for inspection")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = MatterStatus
PROVIDER, OFFICER, SYSTEM, PUBLIC = ((each,) for each in (Actor.PROVIDER, Actor.OFFICER, Actor.SYSTEM, Actor.PUBLIC))

# Generative AI Measures, art. 14(1): stop, remove, correct by training, report.
INCIDENT = (
    Transition("report", (S.DRAFT,), S.REPORTED, PROVIDER),
    Transition("drop", (S.DRAFT,), S.DROPPED, PROVIDER),
    Transition("ask", (S.REPORTED,), S.QUESTIONED, OFFICER),
    Transition("answer", (S.QUESTIONED,), S.REPORTED, PROVIDER),
    Transition("acknowledge", (S.REPORTED,), S.CORRECTING, OFFICER),
    Transition("show_correction", (S.CORRECTING,), S.SHOWN, PROVIDER),
    Transition("ask_more", (S.SHOWN,), S.CORRECTING, OFFICER),
    Transition("close", (S.SHOWN,), S.CLOSED, OFFICER),
    # The provider does not answer or show anything in time: the officer closes with what is known.
    Transition("close_unanswered", (S.QUESTIONED, S.CORRECTING), S.CLOSED, OFFICER),
)
# Generative AI Measures, art. 14(2): measures on the account, records, report.
MISUSE = (
    Transition("report", (S.DRAFT,), S.REPORTED, PROVIDER),
    Transition("drop", (S.DRAFT,), S.DROPPED, PROVIDER),
    Transition("ask", (S.REPORTED,), S.QUESTIONED, OFFICER),
    Transition("answer", (S.QUESTIONED,), S.REPORTED, PROVIDER),
    Transition("forward", (S.REPORTED,), S.FORWARDED, OFFICER),
    # Whom it was forwarded to may be the wrong one, and asks in moves of its own: the answer leads back to it.
    Transition("forward_on", (S.FORWARDED,), S.FORWARDED, OFFICER),
    Transition("hand_back", (S.FORWARDED,), S.REPORTED, OFFICER),
    Transition("inquire", (S.FORWARDED,), S.ASKED, OFFICER),
    Transition("reply", (S.ASKED,), S.FORWARDED, PROVIDER),
    Transition("close", (S.REPORTED, S.FORWARDED), S.CLOSED, OFFICER),
    Transition("close_unanswered", (S.QUESTIONED, S.ASKED), S.CLOSED, OFFICER),
)
# Generative AI Measures, art. 19; Algorithm Provisions, art. 28.
INSPECTION = (
    Transition("ask", (S.DRAFT,), S.ASKED, OFFICER),
    Transition("drop", (S.DRAFT, S.ASKED), S.DROPPED, OFFICER),
    Transition("answer", (S.ASKED,), S.ANSWERED, PROVIDER),
    Transition("ask_more", (S.ANSWERED,), S.ASKED, OFFICER),
    Transition("order_correction", (S.ASKED, S.ANSWERED), S.CORRECTING, OFFICER),
    Transition("show_correction", (S.CORRECTING,), S.SHOWN, PROVIDER),
    Transition("not_corrected", (S.SHOWN,), S.CORRECTING, OFFICER),
    # Who never shows a correction is closed as not corrected.
    Transition("close", (S.ANSWERED, S.CORRECTING, S.SHOWN), S.CLOSED, OFFICER),
)
# Algorithm Provisions, art. 22 and 30; Generative AI Measures, art. 15 and 18.
COMPLAINT = (
    Transition("forward", (S.RECEIVED,), S.WITH_PROVIDER, OFFICER),
    Transition("reject", (S.RECEIVED,), S.REJECTED, OFFICER),
    Transition("answer", (S.WITH_PROVIDER,), S.ANSWERED, PROVIDER),
    Transition("ask_more", (S.ANSWERED,), S.WITH_PROVIDER, OFFICER),
    Transition("close", (S.RECEIVED, S.ANSWERED), S.CLOSED, OFFICER),
    # The provider does not answer in time: the officer closes with what is known.
    Transition("close_unanswered", (S.WITH_PROVIDER,), S.CLOSED, OFFICER),
)
# Decided by people who took no part before, and by two of them.
OBJECTION = (
    Transition("take_up", (S.RECEIVED,), S.UNDER_REVIEW, OFFICER),
    Transition("withdraw", (S.RECEIVED, S.UNDER_REVIEW), S.WITHDRAWN, (Actor.PROVIDER, Actor.PUBLIC)),
    Transition("propose", (S.UNDER_REVIEW,), S.AWAITING_SIGNATURE, OFFICER),
    Transition("send_back", (S.AWAITING_SIGNATURE,), S.UNDER_REVIEW, OFFICER),
    Transition("sign_uphold", (S.AWAITING_SIGNATURE,), S.UPHELD, OFFICER, two_people=True),
    Transition("sign_reject", (S.AWAITING_SIGNATURE,), S.REJECTED, OFFICER, two_people=True),
)
# Algorithm Provisions, art. 28 and 31; Generative AI Measures, art. 21.
ORDER = (
    Transition("drop", (S.DRAFT,), S.DROPPED, OFFICER),
    Transition("propose", (S.DRAFT,), S.AWAITING_SIGNATURE, OFFICER),
    Transition("send_back", (S.AWAITING_SIGNATURE,), S.DRAFT, OFFICER),
    Transition("sign_issue", (S.AWAITING_SIGNATURE,), S.IN_FORCE, OFFICER, two_people=True),
    Transition("report", (S.IN_FORCE,), S.REPORTED, PROVIDER),
    Transition("not_met", (S.REPORTED,), S.IN_FORCE, OFFICER),
    Transition("fulfil", (S.IN_FORCE, S.REPORTED), S.FULFILLED, OFFICER),
    Transition("propose_lift", (S.IN_FORCE, S.REPORTED), S.AWAITING_LIFT, OFFICER),
    Transition("keep", (S.AWAITING_LIFT,), S.IN_FORCE, OFFICER),
    Transition("sign_lift", (S.AWAITING_LIFT,), S.LIFTED, OFFICER, two_people=True),
)
# Generative AI Measures, art. 6: public training-data platforms, graded opening of public data.
DATASET = (
    Transition("offer", (S.DRAFT,), S.OFFERED, PROVIDER),
    Transition("return_offer", (S.OFFERED,), S.RETURNED, OFFICER),
    Transition("offer_again", (S.RETURNED,), S.OFFERED, PROVIDER),
    Transition("grade", (S.OFFERED,), S.PUBLISHED, OFFICER),
    Transition("withdraw", (S.DRAFT, S.OFFERED, S.RETURNED, S.PUBLISHED), S.WITHDRAWN, PROVIDER),
)
DATA_REQUEST = (
    Transition("consent", (S.APPLIED,), S.CONSENTED, PROVIDER),
    Transition("refuse", (S.APPLIED,), S.REFUSED, PROVIDER),
    Transition("take_back", (S.APPLIED,), S.WITHDRAWN, PROVIDER),
    Transition("revoke_consent", (S.CONSENTED,), S.REVOKED, PROVIDER),
)
CONFIRMATION = (
    Transition("declare", (S.ASKED, S.MISSED, S.LISTED), S.DECLARED, PROVIDER),
    Transition("miss", (S.ASKED,), S.MISSED, SYSTEM),
    Transition("list", (S.MISSED,), S.LISTED, SYSTEM),
    Transition("void", (S.ASKED, S.MISSED, S.LISTED), S.DROPPED, SYSTEM),
)

MATTER_TRANSITIONS: dict[str, tuple[Transition, ...]] = {
    MatterKind.INCIDENT: INCIDENT,
    MatterKind.MISUSE: MISUSE,
    MatterKind.INSPECTION: INSPECTION,
    MatterKind.COMPLAINT: COMPLAINT,
    MatterKind.OBJECTION: OBJECTION,
    MatterKind.ORDER: ORDER,
    MatterKind.DATASET: DATASET,
    MatterKind.DATA_REQUEST: DATA_REQUEST,
    MatterKind.CONFIRMATION: CONFIRMATION,
}
# Where a matter of each kind begins.
BEGINS_AS: dict[str, str] = {
    **dict.fromkeys(MATTER_TRANSITIONS, S.DRAFT),
    MatterKind.COMPLAINT: S.RECEIVED,
    MatterKind.OBJECTION: S.RECEIVED,
    MatterKind.DATA_REQUEST: S.APPLIED,
    MatterKind.CONFIRMATION: S.ASKED,
}


def statuses(kind: str) -> set[str]:
    """Every status that a matter of the kind can have."""
    table = MATTER_TRANSITIONS[kind]
    return {BEGINS_AS[kind]} | {str(t.target) for t in table} | {str(s) for t in table for s in t.sources}


def final(kind: str) -> set[str]:
    """The statuses that nothing leads out of."""
    return statuses(kind) - {str(s) for t in MATTER_TRANSITIONS[kind] for s in t.sources}
