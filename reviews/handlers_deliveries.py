"""Whoever keeps the system is told by mail of work that failed for good."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, mailers
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from filings import events
from filings.models import Level, OfficerRole, Posting

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Event
    from portal.models import User


@events.subscribe("reviews.parked_mail", events.PARKED)
def mail_administrators(event: Event, *, at: dt.datetime) -> None:
    """Name the duty and where to look; what the error says may hold personal data and stays at the desk."""
    keep = Posting.objects.on(timezone.localdate(at)).filter(role=OfficerRole.ADMINISTRATOR)
    national = keep.filter(authority__level=Level.NATIONAL).values("user")
    people = get_user_model().objects.filter(pk__in=national, is_active=True).order_by("pk")
    mailers.default.send_messages([_message(event, person) for person in people])


def _message(event: Event, person: User) -> EmailMessage:
    path = reverse("admin:filings_delivery_change", args=[event.data["delivery"]])
    with translation.override(person.language):
        context = {"handler": event.data["handler"], "url": f"{settings.PUBLIC_URL}{path}"}
        subject = _("Work of the portal was parked: %(handler)s") % context
        body = render_to_string("mail/parked.txt", context)
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    headers = {"Message-ID": f"<parked-{event.pk}-to-{person.pk}@{host}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject=subject, body=body, to=[person.email], headers=headers)
