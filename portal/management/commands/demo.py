from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal import demonstration


class Command(BaseCommand):
    help = "Fill an empty database with an invented portal in full swing; tell its sign-ins."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing when anybody is there already")
        parser.add_argument("--sign-ins", action="store_true", help="only print one sign-in for each role")

    def handle(self, *, if_empty: bool, sign_ins: bool, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("This is no demonstration (DEMO=no): invented people with a known password stay out.")
        if sign_ins:
            self._tell()
            return
        if if_empty and demonstration.is_there():
            return
        self.stdout.write("Making an invented portal: about a minute, once …")
        self.stdout.flush()
        try:
            demonstration.build(now=timezone.now())
        except demonstration.AlreadyThere:
            raise CommandError("The database is not empty; a demonstration needs one of its own.") from None
        if not if_empty:
            self._tell()

    def _tell(self) -> None:
        people = demonstration.sign_ins()
        width = max(len(address) for address, _role in people)
        self.stdout.write(f"Sign in with the password {demonstration.PASSWORD} as")
        for address, role in people:
            self.stdout.write(f"  {address:<{width}}  {role}")
