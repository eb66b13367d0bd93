"""What follows from the provider's own events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from filings import events, sealing
from filings.models import Confirmation

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Event


@events.subscribe("filings.mail_confirmation_links", "sealing.invited")
def mail_confirmation_links(event: Event, *, at: dt.datetime) -> None:
    """Send each person their one-time link; a second run may send the same link again."""
    asked = Confirmation.objects.filter(
        pk__in=event.data["confirmations"], confirmed_at__isnull=True, expires_at__gt=at
    ).select_related("sealing__procedure__filing__entity")
    for confirmation in asked:
        link = settings.PUBLIC_URL + reverse("filings:confirm", args=[sealing.token_of(confirmation)])
        filing = confirmation.sealing.procedure.filing
        context = {"confirmation": confirmation, "filing": filing, "entity": filing.entity, "link": link}
        with translation.override(settings.LANGUAGE_CODE):
            subject = render_to_string("mail/confirmation_subject.txt", context).strip()
            body = render_to_string("mail/confirmation.txt", context)
        host = settings.PUBLIC_URL.partition("//")[2].partition(":")[0]
        headers = {"Message-ID": f"<confirmation-{confirmation.pk}@{host}>"}
        EmailMessage(subject, body, to=[confirmation.email], headers=headers).send()
