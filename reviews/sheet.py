"""What the review screen shows of one task: gathered in a fixed number of queries."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import get_language

from filings import labels, vault, wording, workingdays
from filings.dossier import document, paths
from filings.dossier.difference import changes, visible
from filings.dossier.facts import Facts
from filings.dossier.kinds import KINDS
from filings.labelreading import Verdict
from filings.models import Attachment, Change, Finding, Paper, Purpose, Submission, Transfer
from reviews.models import FindingTemplate, IntakeResult, Note, Proposal, ReviewTask

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from filings.models import Procedure

PARTS = (("content", ""), ("entity", "entity"))


@dataclass(slots=True)
class Cell:
    """One answer as the officer reads it, with what was there before and what was said of it."""

    label: str
    value: str
    path: str
    kind: str
    files: tuple[dict[str, Any], ...]
    cites: tuple[str, ...]
    sealed: str
    is_changed: bool
    old: str
    findings: list[Finding]
    results: list[IntakeResult]

    @property
    def is_plain(self) -> bool:
        """Whether it is an open answer that nobody changed and nobody said anything of."""
        is_sealed = self.kind == "sealed" or any(file.get("sealed") for file in self.files)
        is_told = any(file.get("label") for file in self.files)
        return not (is_sealed or is_told or self.is_changed or self.findings or self.results)


@dataclass(slots=True)
class Item:
    key: str
    path: str
    cells: list[Cell]
    is_new: bool


@dataclass(slots=True)
class Group:
    title: str
    path: str
    items: list[Item]
    removed: list[str]


@dataclass(slots=True)
class Part:
    """One section of the dossier or of the entity's profile."""

    code: str
    title: str
    applies: bool
    reason: str
    cells: list[Cell]
    groups: list[Group]
    is_entity: bool
    changed: int = 0
    findings: int = 0
    results: int = 0

    @property
    def is_quiet(self) -> bool:
        """Whether nothing changed here and nobody said anything."""
        return not (self.changed or self.findings or self.results)

    @property
    def has_plain(self) -> bool:
        return any(cell.is_plain for cell in self.cells)


@dataclass(slots=True)
class Sheet:
    """Everything beside and inside the dossier, for one task."""

    parts: list[Part]
    findings: list[Finding]
    results: list[IntakeResult]
    notes: list[Note]
    proposals: list[Proposal]
    attachments: list[Attachment]
    papers: list[Paper]
    templates: list[FindingTemplate]
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def drafted(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.sent_at is None]

    @property
    def sent(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.sent_at is not None]

    @property
    def warnings(self) -> list[IntakeResult]:
        return [result for result in self.results if result.outcome != IntakeResult.Outcome.PASSED]


def gather(task: ReviewTask) -> Sheet:
    """The sheet of a task: this round's document against the one before, and all said of it."""
    procedure = task.procedure
    findings = list(
        Finding.objects.filter(procedure=procedure)
        .select_related("raised_by", "answered_by", "submission")
        .defer("submission__document")
        .order_by("-submission__round", "pk")
    )
    results = _results(task)
    sheet = Sheet(
        parts=[],
        findings=findings,
        results=results,
        notes=list(Note.objects.filter(procedure=procedure).select_related("author").order_by("-pk")),
        proposals=list(
            Proposal.objects.filter(procedure=procedure)
            .select_related("procedure", "proposed_by", "sent_back_by", "signature__signed_by")
            .order_by("-pk")
        ),
        papers=list(_papers(procedure)),
        attachments=_attachments(task),
        templates=list(FindingTemplate.objects.filter(is_active=True).order_by("section", "pk")),
    )
    if procedure.purpose == Purpose.CANCELLATION:
        return sheet  # its thin form is no dossier, and is shown as it stands
    reads = _compared(procedure.filing.kind, *documents(procedure, task.round), get_language() or "")
    reader = _Reader(findings, results, _told(reads, sheet.attachments))
    for read in reads:
        sheet.parts += reader.parts(read)
    sheet.labels = reader.labels
    for finding in findings:
        finding.label = reader.labels.get(finding.path, finding.path)  # type: ignore[attr-defined]
    for result in results:
        result.label = reader.labels.get(result.path, result.path)  # type: ignore[attr-defined]
    return sheet


def _results(task: ReviewTask) -> list[IntakeResult]:
    """What intake found; that access for the test was missing is left out once it is deposited."""
    rows = list(IntakeResult.objects.filter(run__submission=task.submission_id).order_by("pk"))
    settled = {row.pk for row in rows if vault.says_missing(path=row.path, legal_basis=row.legal_basis)}
    if settled and vault.is_deposited(task.procedure, on=workingdays.today()):
        return [row for row in rows if row.pk not in settled]
    return rows


def _attachments(task: ReviewTask) -> list[Attachment]:
    """The files that the submission cites, each with the verdict over its implicit label if one is kept."""
    rows = Attachment.objects.filter(submissions=task.submission_id).annotate(verdict=labels.kept_beside("sha256"))
    return list(rows.order_by("name", "pk"))


def _papers(procedure: Procedure) -> QuerySet[Paper]:
    """The signed papers of every round, and all that was sent; not those of voided locks."""
    kept = Q(sealing__isnull=True) | Q(sealing__used_at__isnull=False)
    return Paper.objects.filter(kept, procedure=procedure).order_by("-round", "pk")


def drafted(task: ReviewTask) -> list[Finding]:
    """Findings of the task that were not sent yet, each with its place in words."""
    found = list(task.procedure.findings.filter(sent_at__isnull=True).order_by("pk"))
    dossier, profile = contents(documents(task.procedure, task.round)[0]) if found else ({}, {})
    for finding in found:
        said = paths.label(task.procedure.filing.kind, dossier, finding.path)
        finding.label = said if said != finding.path else paths.label("entity", profile, finding.path)  # type: ignore[attr-defined]
    return found


def profile(content: dict[str, Any], before: dict[str, Any] | None = None) -> list[Part]:
    """An entity's profile alone, for who verifies it, against the version verified last."""
    old = content if before is None else before
    return _Reader([], []).parts(_read("entity", content, old, None, wording.regions(content, old)))


def documents(procedure: Procedure, round_: int) -> tuple[bytes, bytes]:
    """The frozen document of a round, and what it is read against.

    A change or a transfer is read against what is registered, another filing against its round
    before, or itself if it is the first.
    """
    rows = Submission.objects.filter(procedure=procedure, round__in=(round_, round_ - 1))
    found = {row.round: bytes(row.document) for row in rows.only("round", "document")}
    base = registered(procedure)
    return found[round_], bytes(base.document) if base else found.get(round_ - 1, found[round_])


@dataclass(frozen=True, slots=True)
class Altering:
    """What the review screen says first of a procedure on a registered filing."""

    declared: Change | None
    transfer: Transfer | None


def altering(procedure: Procedure) -> Altering | None:
    """What a change or a transfer declares; None for a first filing."""
    if procedure.purpose == Purpose.CHANGE:
        return Altering(procedure.change, None)
    if procedure.purpose == Purpose.TRANSFER:
        return Altering(None, Transfer.objects.select_related("giver", "receiver").get(procedure=procedure))
    return None


def registered(procedure: Procedure) -> Submission | None:
    """What the entry rests on that the procedure would alter; None for a first filing."""
    if procedure.purpose == Purpose.CHANGE:
        return procedure.change.base
    return procedure.transfer.base if procedure.purpose == Purpose.TRANSFER else None


def contents(frozen: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """Dossier and profile out of a frozen document."""
    parsed = json.loads(frozen)
    return dict(parsed.get("content") or {}), dict((parsed.get("entity") or {}).get("content") or {})


@dataclass(frozen=True, slots=True)
class Read:
    """A document in words, and what it changed: changed paths, words of before, items taken away by list."""

    outline: tuple[document.Printed, ...]
    changed: frozenset[str]
    old: dict[str, str]
    removed: dict[str, list[str]]
    is_entity: bool
    samples: frozenset[str]
    credit_code: str


@lru_cache(maxsize=32)
def _compared(kind: str, now: bytes, before: bytes, language: str) -> tuple[Read, Read]:
    """Dossier and profile of a frozen document against those of the one before, in one language.

    Kept in memory for the documents read last: frozen bytes never say anything else, and an
    officer opens the same ones again after every finding.
    """
    (dossier, profile), (old_dossier, old_profile) = contents(now), contents(before)
    regions = wording.regions(profile, old_profile)
    return (
        _read(kind, dossier, old_dossier, profile, regions),
        _read("entity", profile, old_profile, None, regions),
    )


def _read(
    kind: str, content: dict[str, Any], old: dict[str, Any], entity: dict[str, Any] | None, regions: dict[str, str]
) -> Read:
    found = visible(changes(kind, old, content)) if old != content else []
    changed = frozenset(change.path for change in found)
    removed: dict[str, list[str]] = {}
    for change in found:
        if change.new is None and change.path.endswith("]"):
            removed.setdefault(change.path.rpartition("[")[0], []).append(change.label)
    touched = {path.partition(".")[0] for path in changed}
    facts = Facts.read(kind, old, entity)
    sections = (each for each in KINDS[kind].sections if each.code in touched)
    words = _words(document.printed(section, facts, regions=regions) for section in sections)
    outline = document.outline(kind, content, entity, regions=regions)
    samples = frozenset(str(reference["sha256"]) for _path, reference in labels.samples(content))
    return Read(outline, changed, words, removed, kind == "entity", samples, labels.credit_code_of(content))


def _told(reads: Iterable[Read], attachments: Iterable[Attachment]) -> dict[str, labels.Told]:
    """What the implicit label of each sample says, by the content's digest."""
    samples = {digest for read in reads for digest in read.samples}
    credit_code = next((read.credit_code for read in reads if read.is_entity), "")
    found = {each.sha256: each.verdict for each in attachments if each.sha256 in samples}  # type: ignore[attr-defined]
    return {
        digest: labels.told(Verdict.from_json(verdict), credit_code) for digest, verdict in found.items() if verdict
    }


class _Reader:
    """Turns printed sections into parts, looking changes and findings up by path."""

    def __init__(
        self,
        findings: Iterable[Finding],
        results: Iterable[IntakeResult],
        told: dict[str, labels.Told] | None = None,
    ) -> None:
        self.told = told or {}
        self.findings: dict[str, list[Finding]] = {}
        self.results: dict[str, list[IntakeResult]] = {}
        self.labels: dict[str, str] = {}
        self.changed: frozenset[str] = frozenset()
        self.old: dict[str, str] = {}
        for finding in findings:
            self.findings.setdefault(finding.path, []).append(finding)
        for result in results:
            if result.path:
                self.results.setdefault(result.path, []).append(result)

    def parts(self, read: Read) -> list[Part]:
        self.changed, self.old = read.changed, read.old
        return [self._part(each, read.removed, read.is_entity) for each in read.outline]

    def _part(self, printed: document.Printed, removed: dict[str, list[str]], is_entity: bool) -> Part:
        groups = [
            Group(
                table.title,
                table.path,
                [
                    Item(line.key, line.path, [self._cell(c, line.path) for c in line.cells], line.path in self.changed)
                    for line in table.lines
                ],
                removed.get(table.path, []),
            )
            for table in printed.tables
        ]
        cells = [self._cell(row, "") for row in printed.rows]
        part = Part(printed.code, printed.title, printed.applies, printed.reason, cells, groups, is_entity)
        every = cells + [cell for group in groups for item in group.items for cell in item.cells]
        part.changed = sum(cell.is_changed for cell in every) + sum(len(group.removed) for group in groups)
        part.findings = sum(
            finding.settled_at is None
            for path, found in self.findings.items()
            if path.partition(".")[0] == printed.code
            for finding in found
        )
        part.results = sum(
            result.outcome in ("warned", "blocked", "waived")
            for path, found in self.results.items()
            if path.partition(".")[0] == printed.code
            for result in found
        )
        return part

    def _cell(self, row: document.Row, item_path: str) -> Cell:
        self.labels[row.path] = row.label
        changed = row.path in self.changed or (item_path in self.changed if item_path else False)
        return Cell(
            label=row.label,
            value=row.value,
            path=row.path,
            kind=row.kind,
            files=self._files(row) if self.told and row.files else row.files,
            cites=row.cites,
            sealed=row.sealed,
            is_changed=changed,
            old=self.old.get(row.path, "") if changed else "",
            findings=self.findings.get(row.path, []),
            results=self.results.get(row.path, []),
        )

    def _files(self, row: document.Row) -> tuple[dict[str, Any], ...]:
        """The files of an answer; beside samples what their labels say."""
        if not labels.is_sample(row.path):
            return row.files
        return tuple(file | {"label": self.told.get(file.get("sha256", ""))} for file in row.files)


def _words(outline: Iterable[document.Printed]) -> dict[str, str]:
    found = {}
    for printed in outline:
        for row in printed.rows:
            found[row.path] = row.value
        for table in printed.tables:
            for line in table.lines:
                found |= {cell.path: cell.value for cell in line.cells}
    return found
