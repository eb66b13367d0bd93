"""Which papers follow which event; ``filings.papers`` sets them in type.

Article 25 of the Algorithm Provisions asks for reasons with a refusal; the certificate
follows publication as work of a delivery.
"""

from __future__ import annotations

from filings.models import Paper

LETTERS: dict[str, tuple[str, ...]] = {
    "procedure.submit": (Paper.Kind.RECEIPT,),
    "procedure.resubmit": (Paper.Kind.RECEIPT,),
    "procedure.fail_intake": (Paper.Kind.RECTIFICATION,),
    "procedure.sign_return": (Paper.Kind.RECTIFICATION,),
    "procedure.sign_grant": (Paper.Kind.DECISION, Paper.Kind.CERTIFICATE),
    "procedure.sign_decline": (Paper.Kind.DECISION,),
    "procedure.sign_lapse": (Paper.Kind.DECISION,),
}


def following(event_kind: str) -> tuple[str, ...]:
    """The kinds of paper that an event of this kind brings about; none for most."""
    return LETTERS.get(event_kind, ())
