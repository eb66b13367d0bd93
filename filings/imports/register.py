"""A published list into the register: every row accounted for, in one transaction."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from filings import numbers, register
from filings.imports import docx, rows
from filings.imports.published_lists import ListRow, PublishedList, RejectedRow, read_list
from filings.models.register import RegisterEntry, RegisterList, RegisterVersion

_LOCK = 7_200_901  # serialises imports; any constant of ours does


@dataclass(frozen=True, slots=True)
class RowNote:
    """Something about a row that was taken in as published and that a person should know."""

    row: int
    number: str
    note: str


@dataclass(slots=True)
class Report:
    """What became of one file. ``read`` is the sum of the four outcomes.

    ``by_kind`` counts the rows taken in by the kind of filing they stand under.
    """

    file: str
    title: str
    kind: str
    month: str
    sha256: str
    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    by_kind: dict[str, int] = field(default_factory=dict)
    rejected: list[RejectedRow] = field(default_factory=list)
    notes: list[RowNote] = field(default_factory=list)
    unknown_columns: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def import_file(data: bytes, *, name: str, at: datetime) -> Report:
    """Read one official list into the register, or nothing of it.

    Added: the number was not here. Updated: the list says something of a number that was
    here. Unchanged: the same list, in this edition or another, already said the same.
    Raises docx.UnreadableFile.
    """
    published = read_list(docx.read(data))
    sha256 = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        return _take_in(published, sha256=sha256, name=name, at=at)


def _take_in(published: PublishedList, *, sha256: str, name: str, at: datetime) -> Report:
    source, _created = RegisterList.objects.get_or_create(
        sha256=sha256,
        defaults={
            "title": published.title, "kind": published.kind, "month": published.month,
            "edited_at": published.edited_at, "rows": published.rows_read, "imported_at": at,
        },
    )  # fmt: skip
    report = Report(
        file=name, title=published.title, kind=published.kind, sha256=sha256,
        month=f"{published.month:%Y-%m}", read=published.rows_read,
        rejected=list(published.rejected), unknown_columns=published.unknown_columns,
    )  # fmt: skip
    known = _known_entries(published.rows)
    prefixes = numbers.known_prefixes()
    said = _said_before(published, known.values())
    fresh: list[RegisterEntry] = []
    versions: list[RegisterVersion] = []
    for row in published.rows:
        number = row.values["number"]
        entry = known.get(numbers.key(number)) or register.new_entry(number, prefixes=prefixes)
        version = _version(row, entry, source, at)
        report.notes += [RowNote(row.row, number, note) for note in rows.notes(row, entry)]
        report.by_kind[row.kind or source.kind] = report.by_kind.get(row.kind or source.kind, 0) + 1
        if entry._state.adding:
            report.added += 1
            register.settle(entry, [version], kind=source.kind)
            fresh.append(entry)
        elif (entry.pk, None, version.digest) in said:
            report.unchanged += 1
        else:
            report.updated += 1
        if (entry.pk, source.pk, version.digest) not in said:
            versions.append(version)
    touched = [v.entry for v in versions if not v.entry._state.adding and v.entry.is_from_list]
    RegisterEntry.objects.bulk_create(fresh, batch_size=200)
    RegisterVersion.objects.bulk_create(versions, batch_size=500)
    register.settle_from_lists(touched)
    return report


def _known_entries(found: Iterable[ListRow]) -> dict[str, RegisterEntry]:
    keys = [numbers.key(row.values["number"]) for row in found]
    entries = RegisterEntry.objects.without_search_columns().filter(number_key__in=keys)
    return {entry.number_key: entry for entry in entries}


def _said_before(published: PublishedList, entries: Iterable[RegisterEntry]) -> set[tuple[int, int | None, str]]:
    """What this list said in any edition: (entry, edition, digest), and with no edition named."""
    versions = RegisterVersion.objects.filter(
        entry__in=list(entries),
        source_list__kind=published.kind,
        source_list__month=published.month,
    ).values_list("entry_id", "source_list_id", "digest")
    return {key for e, s, d in versions for key in ((e, s, d), (e, None, d))}


def _version(row: ListRow, entry: RegisterEntry, source: RegisterList, at: datetime) -> RegisterVersion:
    content = rows.content(row)
    return RegisterVersion(
        entry=entry, reason=RegisterVersion.Reason.LISTED, valid_from=source.month,
        content=content, digest=register.digest(content), source_list=source,
        source_row=row.row, recorded_at=at,
    )  # fmt: skip
