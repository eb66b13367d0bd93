"""Prove on a folder of official lists that the importer accounts for every row."""

import json
import random
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from filings.imports.register import Report, import_file
from filings.models import RegisterEntry, RegisterVersion
from filings.register import SETTLED_COLUMNS, order_of

# Each quirk of the official lists to 2024-12 that the import must report, not hide.
EXPECTED = {"rows": 3_359, "filings": 3_349, "malformed": 1, "wrong_check_digit": 1, "rejected": 0}


class Command(BaseCommand):
    help = "Import a folder of official lists in three orders, twice, into a scratch database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--any", action="store_true", help="other lists than the 19 up to 2024-12")

    def handle(self, *, folder: Path, **options: Any) -> None:
        files = sorted(folder.glob("*.docx"))
        if not files:
            raise CommandError(f"no DOCX file in {folder}")
        shuffled = random.Random(7).sample(files, len(files))  # noqa: S311 - an order, not a secret
        kept = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            outcomes = [self._once(order) for order in (files, files[::-1], shuffled)]
        finally:
            connection.creation.destroy_test_db(kept, verbosity=0)
        self._judge(files, outcomes, any_lists=options["any"])

    def _judge(self, files: list[Path], outcomes: list[dict[str, Any]], *, any_lists: bool) -> None:
        if not outcomes[0]["register"] == outcomes[1]["register"] == outcomes[2]["register"]:
            raise CommandError("another order of files gives another register")
        found = {key: outcomes[0][key] for key in EXPECTED}
        self.stdout.write(f"{len(files)} files, in three orders with one result: {json.dumps(found)}")
        for name, count in outcomes[0]["again"].items():
            if name in ("added", "updated", "rejected") and count != 0:
                raise CommandError(f"a second import {name} {count} rows")
        self.stdout.write("a second import adds and updates none")
        if not any_lists and found != EXPECTED:
            raise CommandError(f"expected {json.dumps(EXPECTED)}")

    def _once(self, files: list[Path]) -> dict[str, Any]:
        """What one import of all files gives, and a second one, rolled back."""
        with transaction.atomic():
            first = _total(import_file(f.read_bytes(), name=f.name, at=timezone.now()) for f in files)
            again = _total(import_file(f.read_bytes(), name=f.name, at=timezone.now()) for f in files)
            states = Counter(RegisterEntry.objects.filter(filing=None).values_list("number_state", flat=True))
            outcome = {
                "rows": first["read"], "filings": first["added"], "rejected": first["rejected"],
                "malformed": states["malformed"], "wrong_check_digit": states["wrong_check_digit"],
                "again": again, "register": _register(),
            }  # fmt: skip
            transaction.set_rollback(True)
        return outcome


def _total(reports: Any) -> Counter[str]:
    total: Counter[str] = Counter()
    report: Report
    for report in reports:
        total.update(
            read=report.read, added=report.added, updated=report.updated,
            unchanged=report.unchanged, rejected=len(report.rejected),
        )  # fmt: skip
    return total


def _register() -> list[Any]:
    """Every imported entry and its history, without row ids and moments of import."""
    versions: dict[int, list[RegisterVersion]] = {}
    for version in RegisterVersion.objects.select_related("source_list").filter(submission=None):
        versions.setdefault(version.entry_id, []).append(version)
    entries = RegisterEntry.objects.filter(filing=None).order_by("number")
    return [
        (
            entry.number,
            [getattr(entry, column) for column in SETTLED_COLUMNS],
            [
                (version.valid_from, version.digest, version.source_row, str(version.source_list))
                for version in sorted(versions[entry.pk], key=order_of)
            ],
        )
        for entry in entries
    ]
