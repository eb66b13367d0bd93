"""What a provider reads of a matter: its state, whose turn it is, what is next, what a post is.

A status that only concerns the desk reads as the one around it: to a provider, a matter that
awaits a signature is under review.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from filings import wording
from filings.lifecycle import Actor
from filings.matter_lifecycle import MatterKind as Kind
from filings.matter_lifecycle import MatterStatus as S
from filings.models import Matter
from filings.wording import Status

if TYPE_CHECKING:
    from filings.dossier.words import Words
    from filings.models import MatterPost

# The meaning of a status, whatever the kind; one that is missing here is neutral.
MEANINGS: dict[str, str] = {
    S.DRAFT: "waiting",
    S.ASKED: "waiting",
    S.QUESTIONED: "waiting",
    S.CORRECTING: "waiting",
    S.WITH_PROVIDER: "waiting",
    S.RETURNED: "attention",
    S.MISSED: "attention",
    S.LISTED: "attention",
    S.IN_FORCE: "attention",
    S.AWAITING_LIFT: "attention",
    S.CLOSED: "done",
    S.FULFILLED: "done",
    S.LIFTED: "done",
    S.PUBLISHED: "done",
    S.CONSENTED: "done",
    S.DECLARED: "done",
    S.UPHELD: "done",
    S.REJECTED: "stopped",
    S.REFUSED: "stopped",
    S.REVOKED: "stopped",
}
# What a provider reads where the status itself is the desk's word.
TO_PROVIDER: dict[str, Words] = {
    S.DRAFT: gettext_lazy("Being filled in"),
    S.AWAITING_SIGNATURE: gettext_lazy("Under review"),
    S.AWAITING_LIFT: pgettext_lazy("a matter", "In force"),
}
# What happens next, to the provider, by kind and status.
NEXT: dict[tuple[str, str], Words] = {
    (Kind.INCIDENT, S.DRAFT): gettext_lazy("Fill the report in and send it. Until then no authority sees it."),
    (Kind.INCIDENT, S.QUESTIONED): gettext_lazy("Answer the authority's question below."),
    (Kind.INCIDENT, S.CORRECTING): gettext_lazy("Correct the model and show it here, with evidence."),
    (Kind.MISUSE, S.DRAFT): gettext_lazy("Fill the report in and send it. Until then no authority sees it."),
    (Kind.MISUSE, S.QUESTIONED): gettext_lazy("Answer the authority's question below."),
    (Kind.MISUSE, S.ASKED): gettext_lazy("Answer the question of the competent authority below."),
    (Kind.MISUSE, S.FORWARDED): gettext_lazy("The competent authority named on this page deals with the report now."),
    (Kind.DATASET, S.DRAFT): gettext_lazy(
        "Look it over and offer it: the authority of your region confirms its grade."
    ),
    (Kind.DATASET, S.RETURNED): gettext_lazy("Put right what the authority names below, and offer it again."),
    (Kind.DATASET, S.PUBLISHED): gettext_lazy("The data set stands in the public catalogue. You decide applications."),
    (Kind.DATA_REQUEST, S.APPLIED): gettext_lazy("The body that offers the data decides. You will be told."),
    (Kind.DATA_REQUEST, S.CONSENTED): gettext_lazy("Cite the entry and this consent in your dossier by their numbers."),
}
# What a post is, by the word that its kind of matter uses for it.
POSTS: dict[str, Words] = {
    "report": gettext_lazy("Report"),
    "question": gettext_lazy("Question put to you"),
    "answer": gettext_lazy("Answer"),
    "follow_up": gettext_lazy("Follow-up"),
    "correction": gettext_lazy("Correction and its evidence"),
    "acknowledgement": gettext_lazy("Acknowledgement"),
    "forwarding": gettext_lazy("Forwarding"),
    "handing_back": gettext_lazy("Handing back"),
    "closing": gettext_lazy("Closing"),
    "sample": gettext_lazy("Samples"),
    "verification": gettext_lazy("Verification"),
    "returned_offer": gettext_lazy("What is to be put right"),
}
# What the list says of a kind that a provider begins, and the address where it does, by the entity's key.
STARTS: dict[str, tuple[Words, str]] = {
    Kind.INCIDENT: (gettext_lazy("Report illegal content"), "filings:incident-start"),
    Kind.MISUSE: (gettext_lazy("Report a user's misuse"), "filings:misuse-start"),
}


def for_provider(matter: Matter) -> Status:
    """The state in the provider's words."""
    text = TO_PROVIDER.get(matter.status) or matter.get_status_display()
    return Status(str(text), MEANINGS.get(matter.status, ""))


def for_staff(matter: Matter) -> Status:
    """The state in the desk's words: what waits for the authority asks for attention there."""
    meaning = MEANINGS.get(matter.status, "")
    if matter.closed_at is None:
        meaning = "waiting" if matter.turn == Matter.Turn.AUTHORITY else ""
    return Status(matter.get_status_display(), meaning)


def turn(matter: Matter) -> str:
    """Whose turn it is, to the provider."""
    if matter.turn == Matter.Turn.NOBODY and matter.closed_at is None:
        is_asked = matter.kind == Kind.DATA_REQUEST and matter.status == S.APPLIED
        return _("With the body that offers the data") if is_asked else _("Nobody's: it stands")
    return {
        Matter.Turn.PROVIDER: _("Your turn"),
        Matter.Turn.AUTHORITY: _("With the authority"),
        Matter.Turn.NOBODY: _("Closed"),
    }[Matter.Turn(matter.turn)]


def next_step(matter: Matter) -> str:
    """What happens next, in one sentence or two, to the provider."""
    if said := NEXT.get((matter.kind, matter.status)):
        return str(said)
    if matter.turn == Matter.Turn.PROVIDER:
        return _("The authority waits for you here.")
    if matter.turn == Matter.Turn.AUTHORITY:
        return _("The authority deals with it. You need not do anything now; you will be told.")
    return _("This matter has ended. It stays here for your records.")


def post(written: MatterPost) -> str:
    """What a post is, in a word or two; "" when its kind has no word."""
    return str(POSTS.get(written.kind, ""))


def author(written: MatterPost, *, to_staff: bool = False) -> str:
    """Who wrote it: a member by name, an authority by its name; officers' names are for staff."""
    if written.side == Actor.OFFICER:
        offices = written.data.get("office", {})
        office = str(offices.get("zh" if wording.is_chinese() else "en") or _("the authority"))
        return f"{written.author} · {office}" if to_staff and written.author else office
    if written.side == Actor.SYSTEM:
        return _("Automatic check of the portal")
    return str(written.author) if written.author and (to_staff or written.side == Actor.PROVIDER) else ""


def starts() -> list[tuple[Words, str]]:
    """What a provider may begin, in the order of the kinds."""
    return [STARTS[kind] for kind in Kind.values if kind in STARTS]
