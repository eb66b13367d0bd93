"""Signed paper: read back page by page, and taken as confirmation only if it is this very version.

A scan stands beside the one-time links (decision 9). What is checked here is that every page
of the papers for signature of the standing lock is there and no other; that the signatures and
the stamp are on them is declared by who uploads, by name, and looked at by the reviewer.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from filings import attachments, events, links, pagecodes, scanreading, sealing
from filings.lifecycle import Actor, ProcedureStatus
from filings.models import Confirmation, Paper, ScanFile, Sealing, SignedScan
from filings.uploads import pdfs

if TYPE_CHECKING:
    import datetime as dt

    from django.core.files.uploadedfile import UploadedFile
    from django.db.models import QuerySet

    from filings.models import Attachment
    from portal.models import User

PART = 6  # pages read before progress is kept and another delivery may go first
MOST_FILES = 100
MOST_PAGES = 400
CHANGED = _lazy("The dossier was changed or submitted meanwhile; this version is no longer to be signed.")


class ScanRefused(Exception):
    """A scan that is not even read; the text says why and what to do."""


class Verdict(StrEnum):
    """What one page of a scan is."""

    RIGHT = "right"
    AGAIN = "again"
    BLANK = "blank"
    OTHER_VERSION = "other_version"
    FOREIGN = "foreign"
    EDITABLE_COPY = "editable_copy"
    NO_CODE = "no_code"
    UNREADABLE = "unreadable"


HARMLESS = frozenset({Verdict.RIGHT, Verdict.AGAIN, Verdict.BLANK})


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page of a file of the scan and what it turned out to be; ``kind`` and ``number`` if it is ours.

    ``also`` lists further pages of ours on the same sheet: two pages scanned side by side.
    """

    file: int
    page: int
    verdict: str
    kind: str = ""
    number: int = 0
    digest: str = ""
    also: tuple[tuple[str, int], ...] = ()


def papers_to_sign(lock: Sealing) -> QuerySet[Paper]:
    """The papers that must be in a scan, every page; empty until they are made."""
    made = Paper.objects.filter(sealing=lock, format=Paper.Format.PDF, kind__in=Paper.Kind.for_signature)
    return made.filter(pages__gt=0).order_by("pk")


@transaction.atomic
def upload(
    *, lock: Sealing, files: list[UploadedFile[bytes]], names: dict[str, str], by: User, at: dt.datetime
) -> SignedScan:
    """Keep a signed scan; a delivery reads it.

    ``names`` says by capacity who signed, as the uploader declares. Raises
    ``attachments.RefusedUpload``, or ScanRefused if the names are not those of the dossier,
    the lock no longer stands, the papers are not made yet, or another scan is being read.
    """
    held = _standing(lock)
    _check_names(held, names)
    if not papers_to_sign(held).exists():
        raise ScanRefused(_("The papers of this version are still being made. Print them first, then scan them."))
    if held.scans.filter(finished_at__isnull=True).exists():
        raise ScanRefused(_("Another scan of this version is being read. Wait for its result."))
    if not files or len(files) > MOST_FILES:
        raise ScanRefused(_("Choose one PDF or up to %(most)s pictures.") % {"most": MOST_FILES})
    filing = held.procedure.filing
    kept = [
        attachments.accept_upload(entity=filing.entity, filing=filing, upload=each, by=by, at=at, purpose="signed_scan")
        for each in files
    ]
    counted = [_pages_of(each) for each in kept]
    if sum(counted) > MOST_PAGES:
        raise ScanRefused(_("The scan has more than %(most)s pages. Scan the papers alone.") % {"most": MOST_PAGES})
    scan = SignedScan.objects.create(
        sealing=held, names=names, uploaded_by=by, uploaded_at=at, total_pages=sum(counted)
    )
    ScanFile.objects.bulk_create(
        ScanFile(scan=scan, attachment=file, position=position, pages=pages)
        for position, (file, pages) in enumerate(zip(kept, counted, strict=True))
    )
    _told("scan.uploaded", scan, by=by, at=at)
    return scan


def _standing(lock: Sealing) -> Sealing:
    held = Sealing.objects.select_for_update(of=("self",)).select_related("procedure__filing__entity", "entity_version")
    found = held.defer("document", "entity_version__document").get(pk=lock.pk)
    if found.voided_at or found.used_at or found.procedure.status not in ProcedureStatus.editable:
        raise ScanRefused(str(CHANGED))
    return found


def _check_names(lock: Sealing, names: dict[str, str]) -> None:
    for capacities, name, _number in sealing.signers(lock.entity_version):
        for capacity in capacities:
            if "".join(names.get(capacity, "").split()) != "".join(name.split()):
                raise ScanRefused(
                    _(
                        "The paper must be signed by %(name)s, as the dossier says. "
                        "Enter this name, or put it right there."
                    )
                    % {"name": name}
                )


def _pages_of(file: Attachment) -> int:
    if file.media_type != "application/pdf":
        return 1
    with attachments.open_content(file) as content:
        return pdfs.check(cast("BinaryIO", content.file), size=file.size)


@transaction.atomic
def read_on(scan: SignedScan, *, at: dt.datetime) -> bool:
    """Read the next pages of a scan and keep what they are. True while pages are left.

    With the last page, or the first that cannot be read, the verdict falls.
    """
    scan = (
        SignedScan.objects.select_for_update(of=("self",)).select_related("sealing__procedure__filing").get(pk=scan.pk)
    )
    if scan.status != SignedScan.Status.READING:
        return False
    files = list(scan.files.select_related("attachment").order_by("position"))
    todo = [(file, page) for file in files for page in range(1, file.pages + 1)][len(scan.pages) :]
    part = [page for file, page in todo[:PART] if file == todo[0][0]] if todo else []
    if part:
        scan.pages += [asdict(each) for each in _read(scan, todo[0][0], part)]
        scan.save(update_fields=["pages"])
    is_stuck = any(each["verdict"] == Verdict.UNREADABLE for each in scan.pages)
    if len(part) < len(todo) and not is_stuck:
        return True
    _finish(scan, at=at)
    return False


def _read(scan: SignedScan, file: ScanFile, numbers: list[int]) -> list[ScannedPage]:
    with tempfile.TemporaryDirectory(prefix="scan-") as folder:
        path = Path(folder) / "scan"
        with attachments.open_content(file.attachment) as content, path.open("wb") as copy:
            shutil.copyfileobj(content, copy)
        media_type = file.attachment.media_type
        found = scanreading.read(path, media_type, first=numbers[0], count=len(numbers))
    judge = _Judge(scan.sealing, seen=_seen(scan))
    return [judge.verdict(file.position, page) for page in found]


def _seen(scan: SignedScan) -> set[tuple[str, int]]:
    """Kind and number of every page of the papers that was found."""
    right = [each for each in scan.pages if each["verdict"] == Verdict.RIGHT]
    first = {(each["kind"], each["number"]) for each in right}
    return first | {(kind, number) for each in right for kind, number in each["also"]}


class _Judge:
    """Says of each page what it is, knowing the lock and what came before."""

    def __init__(self, lock: Sealing, *, seen: set[tuple[str, int]]) -> None:
        self.lock = lock
        self.seen = seen
        papers = Paper.objects.filter(sealing=lock, format=Paper.Format.PDF)
        self.pages = dict(papers.values_list("kind", "pages"))
        self.versions = set(Sealing.objects.filter(procedure=lock.procedure_id).values_list("pk", "digest"))

    def verdict(self, file: int, read: scanreading.ReadPage) -> ScannedPage:
        if read.is_unreadable:
            return ScannedPage(file, read.page, Verdict.UNREADABLE)
        if not read.codes:
            return ScannedPage(file, read.page, Verdict.BLANK if read.is_blank else Verdict.NO_CODE)
        ours = [code for code in map(pagecodes.read, read.codes) if code]
        if not ours:
            return ScannedPage(file, read.page, Verdict.FOREIGN)
        found = [self._of(code) for code in ours]
        is_harmless = set(found) <= HARMLESS
        told = Verdict.RIGHT if is_harmless and Verdict.RIGHT in found else _worst(found)
        code = ours[found.index(told)]
        if told == Verdict.FOREIGN:
            return ScannedPage(file, read.page, told)
        also = [(other.kind, other.page) for other in ours if other != code and told == Verdict.RIGHT]
        return ScannedPage(file, read.page, told, code.kind, code.page, code.digest, tuple(also))

    def _of(self, code: pagecodes.PageCode) -> Verdict:
        if (code.lock, code.digest) not in self.versions:
            return Verdict.FOREIGN
        if code.lock != self.lock.pk:
            return Verdict.OTHER_VERSION
        if code.page == pagecodes.ANY_PAGE:
            return Verdict.EDITABLE_COPY
        if code.page > self.pages.get(code.kind, 0):
            return Verdict.FOREIGN
        if (code.kind, code.page) in self.seen:
            return Verdict.AGAIN
        self.seen.add((code.kind, code.page))
        return Verdict.RIGHT


def _worst(found: list[Verdict]) -> Verdict:
    return max(found, key=list(Verdict).index)


def _finish(scan: SignedScan, *, at: dt.datetime) -> None:
    seen = _seen(scan)
    wanted = [(paper.kind, page) for paper in papers_to_sign(scan.sealing) for page in range(1, paper.pages + 1)]
    scan.missing = [list(each) for each in wanted if each not in seen]
    is_right = not scan.missing and all(each["verdict"] in HARMLESS for each in scan.pages)
    try:
        held = _standing(scan.sealing)
    except ScanRefused:
        is_right = False
    scan.status = SignedScan.Status.ACCEPTED if is_right else SignedScan.Status.REFUSED
    scan.finished_at = at
    scan.save(update_fields=["missing", "status", "finished_at"])
    if is_right:
        _confirm(scan, held, at=at)
    _told(f"scan.{scan.status}", scan, by=scan.uploaded_by, at=at)


def _confirm(scan: SignedScan, lock: Sealing, *, at: dt.datetime) -> None:
    """Record the confirmation of everybody who has not confirmed through a link; links still out stop working."""
    Confirmation.objects.filter(sealing=lock, confirmed_at__isnull=True, expires_at__gt=at).update(expires_at=at)
    unconfirmed = set(sealing.missing_confirmations(lock))
    for capacities, name, _number in sealing.signers(lock.entity_version):
        left = [each for each in capacities if each in unconfirmed]
        if left:
            Confirmation.objects.create(
                sealing=lock,
                scan=scan,
                capacities=left,
                person_name=name,
                nonce="",
                token_digest=links.digest(secrets.token_hex(32)),  # of a link that nobody has
                sent_by=scan.uploaded_by,
                sent_at=scan.uploaded_at,
                expires_at=at,
                confirmed_at=at,
                confirmed_digest=lock.digest,
            )


def _told(kind: str, scan: SignedScan, *, by: User, at: dt.datetime) -> None:
    lock = scan.sealing
    events.record(
        kind,
        side=Actor.PROVIDER,
        by=by,
        at=at,
        procedure=lock.procedure,
        digest=lock.digest,
        data={"scan": scan.pk},
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One page in words; a missing page stands in no file."""

    text: str
    is_problem: bool
    file: str = ""
    page: int = 0


SAID = {
    Verdict.RIGHT: _lazy("Page %(number)s of “%(paper)s”."),
    Verdict.AGAIN: _lazy("Page %(number)s of “%(paper)s” once more."),
    Verdict.BLANK: _lazy("Blank; left out."),
    Verdict.OTHER_VERSION: _lazy(
        "Another version: page %(number)s of “%(paper)s” with the digest %(digest)s…, but %(wanted)s… is locked. "
        "Print the papers of the locked version and have them signed."
    ),
    Verdict.FOREIGN: _lazy("A foreign page: its code is of none of the papers of this procedure. Take it out."),
    Verdict.EDITABLE_COPY: _lazy("Printed from the DOCX, which does not number its pages' codes. Print the PDF."),
    Verdict.NO_CODE: _lazy(
        "No code can be read on this page. Scan it again, whole and with at least 150 dots an inch; "
        "keep stamp and signature off the code at the foot."
    ),
    Verdict.UNREADABLE: _lazy("The page cannot be opened, and nothing behind it was read. Scan it again."),
}


def lines(scan: SignedScan) -> list[Line]:
    """What was found, page by page, then what is missing, in the reader's language."""
    names = {file.position: file.attachment.name for file in scan.files.select_related("attachment")}
    found = [
        Line(
            str(SAID[Verdict(page["verdict"])]) % _about(page, scan),
            page["verdict"] not in HARMLESS,
            names[page["file"]],
            page["page"],
        )
        for page in scan.pages
    ]
    found += [
        Line(_("Missing: page %(number)s of “%(paper)s”.") % {"number": number, "paper": _title(kind)}, True)
        for kind, number in scan.missing
    ]
    if scan.status == SignedScan.Status.REFUSED and not any(each.is_problem for each in found):
        found.append(Line(str(CHANGED), True))
    return found


def _about(page: dict[str, Any], scan: SignedScan) -> dict[str, Any]:
    about = {"digest": page["digest"][:8], "wanted": scan.sealing.digest[:8]}
    return {"number": page["number"], "paper": _title(page["kind"]), **about}


def _title(kind: str) -> str:
    return str(Paper.Kind(kind).label) if kind in Paper.Kind.values else kind
