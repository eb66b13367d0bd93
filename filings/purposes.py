"""How a procedure that is no first filing reads: its status, what is next, and its events.

A kind of event or a status that is missing here reads as it does for a first filing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from filings.lifecycle import ProcedureStatus as Status
from filings.models.filing import Purpose

if TYPE_CHECKING:
    from filings.dossier.words import Words

# What a final status is called, and its meaning as ``wording.Status`` has it.
ENDED: dict[str, dict[str, tuple[Words, str]]] = {
    Purpose.CHANGE: {
        Status.GRANTED: (_("Change registered"), "done"),
        Status.DECLINED: (_("Change declined"), "stopped"),
        Status.WITHDRAWN: (_("Change withdrawn"), ""),
        Status.LAPSED: (_("Change closed, not rectified in time"), "stopped"),
    },
    Purpose.TRANSFER: {
        Status.GRANTED: (_("Transfer registered"), "done"),
        Status.DECLINED: (_("Transfer declined"), "stopped"),
        Status.WITHDRAWN: (_("Transfer withdrawn"), ""),
        Status.LAPSED: (_("Transfer closed, not rectified in time"), "stopped"),
    },
    Purpose.CANCELLATION: {
        Status.GRANTED: (_("Cancellation done"), "done"),
        Status.DECLINED: (_("Cancellation declined"), "stopped"),
        Status.WITHDRAWN: (_("Cancellation taken back"), ""),
        Status.LAPSED: (_("Closed, since the filing ended"), "stopped"),
    },
    Purpose.REVOCATION: {
        Status.IN_REVIEW: (_("The authority considers revoking the filing"), "attention"),
        Status.AWAITING_SIGNATURE: (_("The authority considers revoking the filing"), "attention"),
        Status.GRANTED: (_("Filing revoked"), "stopped"),
        Status.WITHDRAWN: (_("Revocation given up"), "done"),
        Status.LAPSED: (_("Closed, since the filing ended"), ""),
    },
}
NEXT: dict[str, dict[str, Words]] = {
    Purpose.CHANGE: {
        Status.DRAFT: _(
            "Edit only what changes and say since when. Check it, lock it for signature and let the responsible people "
            "confirm. Then an owner submits. Until the change is registered, the filing stays as it is."
        ),
        Status.GRANTED: _("The published entry tells the change; the number stays. Show the number as before."),
        Status.DECLINED: _(
            "The filing stays registered as it was. The decision letter gives the reasons; you may file a change again."
        ),
        Status.WITHDRAWN: _("The filing stays registered as it was. You may file a change at any time."),
        Status.LAPSED: _("The filing stays registered as it was. You may file a change at any time."),
    },
    Purpose.TRANSFER: {
        Status.DRAFT: _("An owner of the receiving entity has to consent. Then the authority reviews the transfer."),
        Status.RECTIFYING: _(
            "The receiving entity puts its profile right and consents once more by the date; or withdraw the transfer."
        ),
        Status.GRANTED: _("The filing belongs to the receiving entity; the number stays."),
        Status.DECLINED: _("The filing stays registered as it was. The decision letter gives the reasons."),
        Status.WITHDRAWN: _("The filing stays registered as it was."),
        Status.LAPSED: _("The filing stays registered as it was."),
    },
    Purpose.CANCELLATION: {
        Status.GRANTED: _("The entry stays visible in the register, marked as ended."),
        Status.DECLINED: _("The filing stays registered. Put right what the reasons name and cancel again."),
        Status.WITHDRAWN: _("The filing stays registered as it was."),
        Status.LAPSED: _("Nothing more happens here: the filing ended by another decision."),
    },
    Purpose.REVOCATION: {
        Status.IN_REVIEW: _("Read what the authority holds against the filing, and answer by the day it names."),
        Status.AWAITING_SIGNATURE: _("The authority decides. You need not do anything now."),
        Status.GRANTED: _("The entry stays visible in the register, marked as ended."),
        Status.WITHDRAWN: _("The filing stays registered as it was."),
        Status.LAPSED: _("Nothing more happens here: the filing ended by another decision."),
    },
}
_STANDARD = _("The automatic checks were passed and the review began; the service standard is an answer by %(due_on)s.")
SENTENCES: dict[str, dict[str, Words]] = {
    Purpose.CHANGE: {
        "procedure.submit": _("The change was submitted (%(reference)s)."),
        "procedure.pass_intake": _STANDARD,
        "procedure.sign_grant": _("The authority registered the change; the number %(number)s stays."),
        "procedure.sign_decline": _("The authority declined the change; the decision letter gives the reasons."),
        "procedure.sign_lapse": _("The change was closed, since it was not rectified in time."),
        "procedure.withdraw": _("The change was withdrawn; the filing stays registered as it was."),
    },
    Purpose.TRANSFER: {
        "procedure.submit": _("Both sides consented and the transfer was submitted (%(reference)s)."),
        "procedure.pass_intake": _STANDARD,
        "procedure.sign_grant": _("The authority registered the transfer; the number %(number)s stays."),
        "procedure.sign_decline": _("The authority declined the transfer; the decision letter gives the reasons."),
        "procedure.sign_lapse": _("The transfer was closed, since it was not rectified in time."),
        "procedure.withdraw": _("The transfer was withdrawn; the filing stays registered as it was."),
    },
    Purpose.CANCELLATION: {
        "procedure.submit": _("The cancellation was submitted (%(reference)s)."),
        "procedure.pass_intake": _("The review began; the service standard is an answer by %(due_on)s."),
        "procedure.sign_grant": _("The authority decided to cancel the filing with the number %(number)s."),
        "procedure.sign_decline": _("The authority declined the cancellation; its reasons stand on the page."),
        "procedure.withdraw": _("The cancellation was taken back; the filing stays registered."),
    },
    Purpose.REVOCATION: {
        "procedure.sign_grant": _("The authority decided to revoke the filing with the number %(number)s."),
        "procedure.withdraw": _("The authority gave the revocation up; the filing stays registered."),
    },
}
