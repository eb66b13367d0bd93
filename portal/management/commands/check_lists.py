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
from filings.models import FilingKind, RegisterEntry, RegisterVersion
from filings.register import SETTLED_COLUMNS, order_of

# What the lists up to 2024 hold, family by family, with each quirk that the import must report, not hide.
EXPECTED: dict[str, dict[str, int]] = {
    "algorithms": {"rows": 3_359, "entries": 3_349, "malformed": 1, "wrong_check_digit": 1, "rejected": 0, "notes": 2},
    "services": {
        "rows": 214, "entries": 214, "filings": 188, "registrations": 26, "malformed": 1, "rejected": 0, "notes": 2,
    },
}  # fmt: skip


class Command(BaseCommand):
    help = "Import folders of official lists in three orders, twice, into a scratch database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
        parser.add_argument("--any", action="store_true", help="other lists than the 19 and 2 up to 2024")

    def handle(self, *, folders: list[Path], **options: Any) -> None:
        files = [file for folder in folders for file in sorted(folder.glob("*.docx"))]
        if not files:
            raise CommandError(f"no DOCX file in {', '.join(map(str, folders))}")
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
        found = outcomes[0]["families"]
        self.stdout.write(f"{len(files)} files, in three orders with one result:")
        for family, counts in found.items():
            self.stdout.write(f"  {family}: {json.dumps(counts)}")
        again: Counter[str] = outcomes[0]["again"]
        for name in ("added", "updated", "rejected"):
            if again[name]:
                raise CommandError(f"a second import {name} {again[name]} rows")
        self.stdout.write("a second import adds and updates none")
        expected = {family: EXPECTED[family] for family in found}
        if not any_lists and found != expected:
            raise CommandError(f"expected {json.dumps(expected)}")

    def _once(self, files: list[Path]) -> dict[str, Any]:
        """What one import of all files gives, and a second one, rolled back."""
        with transaction.atomic():
            first = [import_file(f.read_bytes(), name=f.name, at=timezone.now()) for f in files]
            again = [import_file(f.read_bytes(), name=f.name, at=timezone.now()) for f in files]
            families = {
                name: _family(name, [r for r in first if (r.kind in FilingKind.services) == (name == "services")])
                for name in EXPECTED
            }
            outcome = {
                "families": {name: counts for name, counts in families.items() if counts["rows"]},
                "again": _total(again), "register": _register(),
            }  # fmt: skip
            transaction.set_rollback(True)
        return outcome


def _family(name: str, reports: list[Report]) -> dict[str, int]:
    """What the lists of one family gave: rows, entries, and what was odd about them."""
    total = _total(reports)
    entries = RegisterEntry.objects.filter(filing=None)
    entries = entries.filter(kind__in=FilingKind.services) if name == "services" else entries.exclude(
        kind__in=FilingKind.services
    )  # fmt: skip
    states = Counter(entries.values_list("number_state", flat=True))
    kinds = Counter(entries.values_list("kind", flat=True))
    found = {"rows": total["read"], "entries": total["added"]}
    if name == "services":
        found |= {"filings": kinds["generative"], "registrations": kinds["generative_registration"]}
    found["malformed"] = states["malformed"]
    if name == "algorithms":
        found["wrong_check_digit"] = states["wrong_check_digit"]
    return found | {"rejected": total["rejected"], "notes": total["notes"]}


def _total(reports: list[Report]) -> Counter[str]:
    total: Counter[str] = Counter()
    for report in reports:
        total.update(
            read=report.read, added=report.added, updated=report.updated, unchanged=report.unchanged,
            rejected=len(report.rejected), notes=len(report.notes),
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
