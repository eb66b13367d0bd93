"""Who is posted is told by mail; who is new gets a link that sets a password once."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from filings import events
from filings.models import Posting

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Event
    from portal.models import User


@events.subscribe("reviews.posting_mail", "posting.made")
def mail_posting(event: Event, *, at: dt.datetime) -> None:
    """Say which role begins when; a second run sends a new link, and the older one works until either is used."""
    posting = Posting.objects.select_related("user", "authority").filter(pk=event.data["posting"]).first()
    if posting is None or (posting.ends_on and posting.ends_on < posting.starts_on):
        return
    person, is_new = posting.user, not posting.user.has_usable_password()
    if is_new:
        # Whoever opens the link reads this mailbox: no second mail needs to prove it.
        EmailAddress.objects.get_or_create(
            user=person, email=person.email, defaults={"verified": True, "primary": True}
        )
    url = settings.PUBLIC_URL + (_password_path(person) if is_new else reverse("admin:index"))
    languages = [code for code, _name in settings.LANGUAGES] if is_new else [person.language]
    subjects, bodies = [], []
    for language in languages:
        with translation.override(language):
            context = {"posting": posting, "url": url, "is_new": is_new, "portal": settings.PORTAL_NAME}
            context["days"] = settings.PASSWORD_RESET_TIMEOUT // 86_400
            subjects.append(_("You are posted as: %(role)s") % {"role": posting.get_role_display()})
            bodies.append(render_to_string("mail/posting.txt", context).strip())
    mailers.default.send_messages([_message(event, person, " / ".join(subjects), "\n\n--\n\n".join(bodies) + "\n")])


def _password_path(person: User) -> str:
    key = default_token_generator.make_token(person)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key})


def _message(event: Event, person: User, subject: str, body: str) -> EmailMessage:
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    headers = {"Message-ID": f"<posting-{event.pk}@{host}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject=" ".join(subject.split()), body=body, to=[person.email], headers=headers)
