"""Load official published lists into the register."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from filings.imports.docx import MAX_FILE_BYTES, UnreadableFile
from filings.imports.register import Report, import_file


class Command(BaseCommand):
    help = "Load official lists of filed algorithms (DOCX) into the register; safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *, files: list[Path], **options: Any) -> None:
        reports: list[dict[str, Any]] = []
        refused = 0
        for path in files:
            try:
                report = import_file(_bytes(path), name=path.name, at=timezone.now())
            except UnreadableFile as problem:
                refused += 1
                reports.append({"file": path.name, "error": str(problem)})
                if not options["json"]:
                    self.stderr.write(f"{path.name}: {problem}")
                continue
            reports.append(report.as_dict())
            if not options["json"]:
                self._print(report)
        if options["json"]:
            self.stdout.write(json.dumps({"files": reports}, ensure_ascii=False, indent=2))
        if refused:
            raise CommandError(f"{refused} of {len(files)} files were not imported")

    def _print(self, report: Report) -> None:
        self.stdout.write(
            f"{report.file}: {report.title}\n"
            f"  {report.read} rows read: {report.added} added, {report.updated} updated, "
            f"{report.unchanged} unchanged, {len(report.rejected)} rejected"
        )
        for rejected in report.rejected:
            self.stdout.write(f"  row {rejected.row} rejected: {rejected.reason} {rejected.number}")
        for note in report.notes:
            self.stdout.write(f"  row {note.row} {note.number}: {note.note}")
        if report.unknown_columns:
            self.stdout.write(f"  columns not known: {', '.join(report.unknown_columns)}")


def _bytes(path: Path) -> bytes:
    """The file, unless it is missing or too large to be worth reading. Raises UnreadableFile."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UnreadableFile("The file is larger than 32 MB.")
        return path.read_bytes()
    except OSError as problem:
        raise UnreadableFile(problem.strerror or str(problem)) from problem
