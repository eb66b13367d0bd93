"""What somebody with a receipt reads: where it stands, what was written, what the provider answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from filings.matter_lifecycle import MatterKind, final
from filings.matter_lifecycle import MatterStatus as S
from filings.models import Identity, PublicMessage
from filings.wording import Status

if TYPE_CHECKING:
    from filings.dossier.words import Words
    from filings.models import Matter

# A status in the words of who complained or objected; the desk's inner steps read as review.
STATES: dict[str, tuple[Words, str]] = {
    S.RECEIVED: (pgettext_lazy("a matter", "Received"), "waiting"),
    S.WITH_PROVIDER: (gettext_lazy("Put to the provider"), "waiting"),
    S.ANSWERED: (gettext_lazy("Answered by the provider, looked at by the authority"), "waiting"),
    S.UNDER_REVIEW: (gettext_lazy("Under review"), "waiting"),
    S.AWAITING_SIGNATURE: (gettext_lazy("Under review"), "waiting"),
    S.CLOSED: (gettext_lazy("Closed"), "done"),
    S.REJECTED: (gettext_lazy("Rejected"), "stopped"),
    S.UPHELD: (gettext_lazy("Upheld"), "done"),
    S.WITHDRAWN: (gettext_lazy("Withdrawn"), "stopped"),
}


def of_receipt(matter: Matter) -> dict[str, Any]:
    """The context of the status page; the provider's answer only once the authority has closed."""
    text, meaning = STATES[matter.status]
    is_over = matter.status in final(matter.kind)
    messages = list(matter.public_messages.prefetch_related("files").order_by("pk"))
    answers = matter.posts.filter(kind="answer", staff_only=False).order_by("pk") if is_over else ()
    return {
        "state": Status(str(text), meaning),
        "messages_written": [(_title(each), each) for each in messages],
        "answers": [each.text for each in answers],
        "is_open": not is_over,
        "is_asked": bool(messages) and messages[-1].kind == PublicMessage.Kind.ASKED,
        "may_withdraw": matter.kind == MatterKind.OBJECTION and matter.status in (S.RECEIVED, S.UNDER_REVIEW),
        "has_identity": Identity.objects.filter(matter=matter, erased_at__isnull=True).exists(),
    }


def _title(message: PublicMessage) -> str:
    return {
        PublicMessage.Kind.TOLD: _("What you told"),
        PublicMessage.Kind.ADDED: _("What you added"),
        PublicMessage.Kind.ASKED: _("The authority asks"),
        PublicMessage.Kind.OUTCOME: _("Outcome"),
    }[PublicMessage.Kind(message.kind)]
