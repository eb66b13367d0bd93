"""Tell a real installation whose portal it is; run again, it shows what stands and changes what is given."""

from __future__ import annotations

import sys
from smtplib import SMTPException
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import URLValidator, validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from filings import events
from filings.models import Authority, Delivery, Installation
from portal import installing
from reviews import postings, readiness

if TYPE_CHECKING:
    import datetime as dt
    from argparse import ArgumentParser

MAIL = "reviews.posting_mail"
ADMINISTRATOR = ("admin_email", "admin_name")  # asked for while there is none
# Option, question, field of the installation's row where the answer stands.
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
        known = Installation.objects.filter(pk=1).first()
        if known is not None:
            self._tell_standing(known)
        told = self._answers(options, known)
        self._check(told)
        self._check_storage()
        at = timezone.now()
        try:
            with transaction.atomic():
                installing.install(
                    authority_zh=told["authority_zh"], authority_en=told["authority_en"], prefix=told["prefix"],
                    public_url=told["public_url"].rstrip("/"), is_official=options["official"],
                    service_prefix=options.get("service_prefix"), at=at,
                )  # fmt: skip
                self._post(told, at=at)
        except installing.CannotInstall as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(f"{told['authority_zh']}: filing numbers begin with {told['prefix']}.")
        self._send_link()
        if options["test_mail"]:
            self._send_test(options["test_mail"])
        self._tell_missing()

    def _tell_standing(self, known: Installation) -> None:
        self.stdout.write("What stands; answers that are not given stay as they are:")
        facts = [(question, getattr(known, field)) for _name, question, field in QUESTIONS if field]
        facts.append(("Prefix of service numbers", known.service_prefix or "none"))
        facts.append(("National administrators", ", ".join(installing.administrators()) or "none"))
        facts.append(("Active authorities", Authority.objects.filter(is_active=True).count()))
        for question, fact in facts:
            self.stdout.write(f"  {question}: {fact}")

    def _answers(self, options: dict[str, Any], known: Installation | None) -> dict[str, str]:
        """What is given, else what stands, else what is asked; nobody is asked for what stands."""
        found, has_administrator = {}, bool(installing.administrators())
        for name, question, field in QUESTIONS:
            given = (options[name] or "").strip()
            stands = str(getattr(known, field)) if known is not None and field else ""
            if not given and not stands and not (name in ADMINISTRATOR and has_administrator):
                default = settings.PUBLIC_URL if name == "public_url" else ""
                given = (self._ask(question, default, options) or default).strip()
                if not given:
                    raise CommandError(f"--{name.replace('_', '-')} is missing: {question}.")
            found[name] = given or stands
        return found

    def _ask(self, question: str, default: str, options: dict[str, Any]) -> str:
        if options["no_input"] or not sys.stdin.isatty():
            return ""
        return input(f"{question}{f' [{default}]' if default else ''}: ")

    def _post(self, told: dict[str, str], *, at: dt.datetime) -> None:
        posting = postings.post_first_administrator(
            email=told["admin_email"], name=told["admin_name"], authority=installing.national_authority(), at=at
        )
        self.stdout.write(f"National administrator: {posting.user.email}")
        if told["admin_email"] and told["admin_email"].casefold() not in map(str.casefold, installing.administrators()):
            self.stderr.write(f"{told['admin_email']} was not posted: {posting.user.email} posts others at the desk.")

    def _check(self, told: dict[str, str]) -> None:
        try:
            URLValidator(schemes=["http", "https"])(told["public_url"])
        except ValidationError:
            raise CommandError(f"{told['public_url']} is no web address: write https://name.") from None
        if not told["admin_email"]:
            return
        try:
            validate_email(told["admin_email"])
        except ValidationError:
            raise CommandError(f"{told['admin_email']} is no e-mail address.") from None

    def _check_storage(self) -> None:
        if problem := readiness.probe_storage():
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
        with translation.override("en"):
            lacks = readiness.lacking(readiness.points(at=timezone.now()))
            self.stdout.write("Still missing:" if lacks else "Nothing is missing.")
            for point in lacks:
                self.stdout.write(f"  - {point.title}: {point.todo}")
        self.stdout.write(f"The desk shows all points: {settings.PUBLIC_URL}{reverse('admin:desk-readiness')}")
