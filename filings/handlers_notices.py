"""What follows for people when something happened: a notice in the page, and a mail."""

from __future__ import annotations

import logging
import smtplib
from typing import TYPE_CHECKING

from django.core.mail import mailers

from filings import events, mandates, members, notices
from filings.models import Invitation, Mandate, Notice

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Event

logger = logging.getLogger(__name__)


@events.subscribe("filings.notices", *notices.TOLD)
def tell(event: Event, *, at: dt.datetime) -> None:
    """A notice for each member who should hear of it; twice is once."""
    notices.keep(event, at=at)


@events.subscribe("filings.mail", *notices.TOLD)
def mail(event: Event, *, at: dt.datetime) -> None:
    """Mail whoever has not been mailed about this event yet.

    An address that the server refuses is passed over, so that it does not make the
    others receive theirs again and again; any other failure is tried again.
    """
    notices.keep(event, at=at)
    waiting = Notice.objects.select_for_update(of=("self",)).filter(event=event, mailed_at__isnull=True)
    about = ("event__entity", "event__filing", "event__procedure__filing", "event__matter")
    rows = waiting.select_related("user", *about)
    for notice in rows.order_by("pk"):
        try:
            mailers.default.send_messages([notices.mail(notice)])
        except smtplib.SMTPRecipientsRefused:
            logger.warning("the mail server refuses the address of person %s", notice.user_id)
            continue
        notice.mailed_at = at
        notice.save(update_fields=["mailed_at"])


@events.subscribe("filings.invitation_mail", "member.invited")
def mail_invitation(event: Event, *, at: dt.datetime) -> None:
    """Send the link to the invited address, if the invitation still stands."""
    waiting = members.open_invitations(at=at).select_related("entity", "invited_by")
    invitation: Invitation | None = waiting.filter(pk=event.data["invitation"]).first()
    if invitation is not None:
        token = members.token_of(invitation)
        mailers.default.send_messages([notices.invitation_mail(invitation, event=event, token=token)])


@events.subscribe("filings.mandate_mail", "assessment.invited")
def mail_mandate(event: Event, *, at: dt.datetime) -> None:
    """Send the link to the invited assessor, if the invitation still stands."""
    waiting = Mandate.objects.standing().filter(pk=event.data["mandate"], accepted_at=None, expires_at__gt=at)
    mandate = waiting.select_related("procedure__filing__entity", "invited_by").first()
    if mandate is not None:
        token = mandates.token_of(mandate)
        mailers.default.send_messages([notices.mandate_mail(mandate, event=event, token=token)])
