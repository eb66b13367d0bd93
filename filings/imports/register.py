"""A published list into the register: every row accounted for, in one transaction."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from filings import numbers, register
from filings.imports import docx
from filings.imports.published_lists import ListRow, PublishedList, RejectedRow, read_list
from filings.models.register import NumberState, RegisterEntry, RegisterList, RegisterVersion

_LOCK = 7_200_901  # serialises imports; any constant of ours does


@dataclass(frozen=True, slots=True)
class RowNote:
    """Something about a row that was taken in as published and that a person should know."""

    row: int
    number: str
    note: str


@dataclass(slots=True)
class Report:
    """What became of one file. ``read`` is the sum of the four outcomes."""

    file: str
    title: str
    kind: str
    month: str
    sha256: str
    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
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
        report.notes += _notes(row, entry)
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


def _known_entries(rows: Iterable[ListRow]) -> dict[str, RegisterEntry]:
    keys = [numbers.key(row.values["number"]) for row in rows]
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
    content = _content(row)
    return RegisterVersion(
        entry=entry, reason=RegisterVersion.Reason.LISTED, valid_from=source.month,
        content=content, digest=register.digest(content), source_list=source,
        source_row=row.row, recorded_at=at,
    )  # fmt: skip


def _content(row: ListRow) -> dict[str, Any]:
    """A row as the content of a version; columns the importer does not know are kept apart."""
    values = row.values
    content: dict[str, Any] = {
        "number": values["number"], "name": values["name"], "entity_name": values["entity"],
        "class_label": values.get("class", ""), "role_label": values.get("role", ""),
        "products": values.get("products", ""), "main_use": values.get("main_use", ""),
        "remark": values.get("remark", ""),
    }  # fmt: skip
    others = {c.removeprefix("other:"): v for c, v in values.items() if c.startswith("other:") and v}
    return content | ({"other_columns": others} if others else {})


def _notes(row: ListRow, entry: RegisterEntry) -> list[RowNote]:
    found = []
    if entry.number_state == NumberState.WRONG_CHECK_DIGIT:
        found.append(_("The check digit does not fit; kept as published."))
    elif entry.number_state == NumberState.MALFORMED:
        found.append(_("The number has not the published form; kept as published."))
    if entry.region_code and not entry.province:
        found.append(_("No province has the code in this number; kept as published."))
    role = row.values.get("role", "")
    if role and not entry.role and role not in register.ROLE_LABELS:
        found.append(_("The role is not one of the two; kept as published."))
    return [RowNote(row.row, entry.number, note) for note in found]
