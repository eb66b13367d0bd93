"""Tell a real installation whose portal it is; safe to repeat."""

import sys
from argparse import ArgumentParser
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import URLValidator, validate_email
from django.db import transaction
from django.utils import timezone

from filings import events
from filings.models import Delivery, Installation
from portal import installing
from reviews import postings

MAIL = "reviews.posting_mail"
# Option, question, field of the installation's row that a second run offers.
QUESTIONS = (
    ("authority_zh", "Name of the authority, in Chinese", "authority_zh"),
    ("authority_en", "Name of the authority, in English", "authority_en"),
    ("prefix", "Prefix of filing numbers (such as 某某算备)", "number_prefix"),
    ("public_url", "Public address of the portal (https://…)", "public_url"),
    ("admin_email", "E-mail address of the first national administrator", ""),
    ("admin_name", "Name of the first national administrator", ""),
)


class Command(BaseCommand):
    help = "Set up an installation: authority, number prefix, storage, mail, first administrator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name, question, _field in QUESTIONS:
            parser.add_argument(f"--{name.replace('_', '-')}", help=question)
        parser.add_argument("--service-prefix", help="Prefix of generative-AI service numbers (such as MouMou-)")
        parser.add_argument("--official", action="store_true", help="this is the national system itself: 网信算备")
        parser.add_argument("--test-mail", metavar="ADDRESS", help="send a test mail there")
        parser.add_argument("--no-input", action="store_true", help="ask nothing; a missing answer is an error")

    def handle(self, **options: Any) -> None:
        told = self._answers(options)
        self._check(told)
        self._check_storage()
        at = timezone.now()
        try:
            with transaction.atomic():
                installing.install(
                    authority_zh=told["authority_zh"], authority_en=told["authority_en"], prefix=told["prefix"],
                    public_url=told["public_url"].rstrip("/"), is_official=options["official"],
                    service_prefix=options.get("service_prefix"),
                )  # fmt: skip
                posting = postings.post_first_administrator(
                    email=told["admin_email"], name=told["admin_name"],
                    authority=installing.national_authority(), at=at,
                )  # fmt: skip
        except installing.CannotInstall as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(f"{told['authority_zh']}: filing numbers begin with {told['prefix']}.")
        self.stdout.write(f"National administrator: {posting.user.email}")
        self._send_link()
        if options["test_mail"]:
            self._send_test(options["test_mail"])
        self._tell_missing()

    def _answers(self, options: dict[str, Any]) -> dict[str, str]:
        known = Installation.objects.filter(pk=1).first()
        found = {}
        for name, question, field in QUESTIONS:
            default = str(getattr(known, field)) if known is not None and field else ""
            default = default or (settings.PUBLIC_URL if name == "public_url" else "")
            found[name] = (options[name] or self._ask(question, default, options) or default).strip()
            if not found[name]:
                raise CommandError(f"--{name.replace('_', '-')} is missing: {question}.")
        return found

    def _ask(self, question: str, default: str, options: dict[str, Any]) -> str:
        if options["no_input"] or not sys.stdin.isatty():
            return ""
        return input(f"{question}{f' [{default}]' if default else ''}: ")

    def _check(self, told: dict[str, str]) -> None:
        try:
            URLValidator(schemes=["http", "https"])(told["public_url"])
        except ValidationError:
            raise CommandError(f"{told['public_url']} is no web address: write https://name.") from None
        try:
            validate_email(told["admin_email"])
        except ValidationError:
            raise CommandError(f"{told['admin_email']} is no e-mail address.") from None

    def _check_storage(self) -> None:
        if problem := installing.probe_storage():
            raise CommandError(f"The storage for files does not work ({problem}). See S3_BUCKET and VAR_DIR.")
        self.stdout.write("Storage: a file was written, read and taken away.")

    def _send_link(self) -> None:
        """The password link leaves now rather than with the worker, so that a fault is seen here."""
        events.deliver_due(only=(MAIL,))
        waiting = Delivery.objects.filter(handler=MAIL, done_at__isnull=True).first()
        if waiting is not None:
            self.stderr.write(f"The mail with the password link could not be sent yet ({waiting.error}).")
        elif settings.OUTBOX_DIR:
            self.stdout.write(f"The mail with the password link is kept in {settings.OUTBOX_DIR}.")
        else:
            self.stdout.write("The mail with the password link was sent.")

    def _send_test(self, address: str) -> None:
        body = f"This is a test from {settings.PUBLIC_URL}. Mail works.\n"
        try:
            EmailMessage("Test / 测试", body, to=[address]).send()
        except (OSError, SMTPException) as error:
            raise CommandError(f"The test mail could not be sent: {error}. Check EMAIL_URL.") from None
        self.stdout.write(f"A test mail was handed over for {address}.")

    def _tell_missing(self) -> None:
        lacks = installing.missing(at=timezone.now())
        self.stdout.write("Still missing:" if lacks else "Nothing is missing.")
        for text in lacks:
            self.stdout.write(f"  - {text}")
