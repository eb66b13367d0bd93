"""Official papers as PDF and DOCX: each made once, kept by its hash, the same from the same facts."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone, translation

from filings import contents, wording
from filings.dossier.kinds import KINDS
from filings.lifecycle import ProcedureStatus
from filings.models import AnnexColumns, Installation, Paper, Purpose, RegisterEntry
from filings.pagecodes import ANY_PAGE, PageCode
from filings.papers import annexes, catalogue, letters, lists, official
from filings.papers.setting import TEMPLATE_VERSION, Copy, Sheet, in_type
from filings.papers.word import in_word
from filings.uploads import kinds

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable

    from django.core.files import File

    from filings.models import Procedure, PublicationBatch, Sealing, Submission

# After each of these the entry says something new, and a certificate is made anew.
CERTIFIED = (Purpose.FIRST, Purpose.CHANGE, Purpose.TRANSFER)
LANGUAGE = "zh-hans"  # official papers are in Chinese, whoever asks for them


def make_for_signature(sealing: Sealing) -> list[Paper]:
    """The declaration and the official documents of a lock as PDF, from its very bytes.

    Doing it twice makes nothing twice. Raises ``fonts.NoChineseFont``.
    """
    return _make(sealing, Paper.Format.PDF, in_type)


def make_to_edit(sealing: Sealing) -> list[Paper]:
    """The same papers as DOCX, for who must hand in or quote an editable copy."""
    return _make(sealing, Paper.Format.DOCX, in_word)


def _make(sealing: Sealing, form: str, printed: Callable[[Sheet], Copy]) -> list[Paper]:
    made = {paper.kind: paper for paper in Paper.objects.filter(sealing=sealing, format=form)}
    composers = catalogue.composers_of(sealing.procedure.filing.kind)
    missing = [kind for kind in composers if kind not in made]
    if missing:
        with translation.override(LANGUAGE):
            document = json.loads(bytes(sealing.document))
            frozen = official.Frozen(document, wording.regions(document["entity"]["content"]))
            sheets = [_official(kind, frozen, sealing) for kind in missing]
        with ThreadPoolExecutor(max_workers=2) as pool:
            for kind, copy in zip(missing, pool.map(printed, sheets), strict=True):
                about = {"procedure": sealing.procedure, "sealing": sealing, "digest": sealing.digest}
                made[kind] = _keep(copy, kind=kind, format=form, at=sealing.made_at, **about)
    return [made[kind] for kind in composers]


def _official(kind: str, frozen: official.Frozen, sealing: Sealing) -> Sheet:
    return replace(_cover(kind, frozen, sealing), blocks=_blocks(kind, frozen))


def _cover(kind: str, frozen: official.Frozen, sealing: Sealing) -> Sheet:
    code = PageCode(sealing.pk, kind, sealing.digest, ANY_PAGE)
    return Sheet(
        title=catalogue.title_of(kind, frozen.document["kind"]),
        issuer=frozen.words("basic.name"),
        subject=frozen.words(KINDS[frozen.document["kind"]].name_path),
        digest=sealing.digest,
        qr_text=str(code),
        page_code=code,
        made_on=timezone.localdate(sealing.made_at),
    )


def _blocks(kind: str, frozen: official.Frozen) -> tuple[dict[str, Any], ...]:
    return catalogue.composers_of(frozen.document["kind"])[kind](frozen)


def make_annexes(sealing: Sealing, form: str) -> list[Paper]:
    """The keyword list and the banks of a lock as lists in one of the two formats.

    They are large, and are not among the papers to sign; the digest covers their files by hash.
    """
    document = json.loads(bytes(sealing.document))
    named = document["content"].get(annexes.SECTION, {})
    frozen = official.Frozen(document)
    columns = dict(
        AnnexColumns.objects.filter(entity=sealing.procedure.filing.entity_id).values_list("annex", "columns")
    )
    made = []
    for code in annexes.PRINTED:
        kind = annexes.PREFIX + code
        if not named.get(code) or Paper.objects.filter(sealing=sealing, kind=kind, format=form).exists():
            continue
        about = named[code][0]
        with translation.override(LANGUAGE), contents.open_content(about["sha256"]) as content:
            listed = annexes.composed(code, cast("BinaryIO", content), about=about, mapping=columns.get(code, {}))
            sheet = replace(_cover(kind, frozen, sealing), blocks=listed)
        copy = in_word(sheet) if form == Paper.Format.DOCX else in_type(sheet)
        whose = {"procedure": sealing.procedure, "sealing": sealing, "digest": sealing.digest}
        made.append(_keep(copy, kind=kind, format=form, at=sealing.made_at, **whose))
    return made


def make_receipt(submission: Submission) -> Paper:
    """What was received, when, with which digest, and by when the answer is due if complete."""
    known = _known(submission.procedure, Paper.Kind.RECEIPT, submission.round)
    if known:
        return known
    with translation.override(LANGUAGE):
        sheet = letters.receipt(submission, _office())
    return _letter(sheet, submission, Paper.Kind.RECEIPT, submission.submitted_at)


def make_letter(kind: str, procedure: Procedure, *, at: dt.datetime, grounds: Iterable[tuple[str, str]] = ()) -> Paper:
    """A notice of rectification or a decision on the procedure's newest submission.

    ``grounds``: text and article of each ground on which a filing is declined.
    """
    submission = procedure.submissions.order_by("-round")[0]
    known = _known(procedure, kind, submission.round)
    if known:
        return known
    with translation.override(LANGUAGE):
        if kind == Paper.Kind.RECTIFICATION:
            sheet = letters.rectification(procedure, submission, _office(), at=at)
        else:
            sheet = letters.decision(procedure, submission, _office(), at=at, grounds=tuple(grounds))
    return _letter(sheet, submission, kind, at)


def make_certificate(entry: RegisterEntry, *, at: dt.datetime) -> Paper:
    """The certificate of a published entry of ours; its code leads to the public check."""
    assert entry.filing is not None, "entries from official lists have no certificate of ours"
    decided = entry.filing.procedures.filter(decided_at__isnull=False, purpose__in=CERTIFIED)
    refused = (ProcedureStatus.DECLINED, ProcedureStatus.WITHDRAWN, ProcedureStatus.LAPSED)
    procedure = decided.exclude(status__in=refused).order_by("-decided_at", "-pk")[0]
    submission = procedure.submissions.order_by("-round")[0]
    known = _known(procedure, Paper.Kind.CERTIFICATE, submission.round)
    if known:
        return known
    with translation.override(LANGUAGE):
        sheet = letters.certificate(entry, submission, _office())
    return _letter(sheet, submission, Paper.Kind.CERTIFICATE, at)


def make_lists(batch: PublicationBatch) -> list[dict[str, Any]]:
    """The official lists of a published batch as DOCX, one a family; kept by their hashes, made once."""
    if batch.lists or batch.published_at is None:
        return batch.lists
    held = batch.held.filter(published_at__isnull=False).values("filing")
    entries = RegisterEntry.objects.without_search_columns().filter(filing__in=held).order_by("number")
    day, office = timezone.localdate(batch.published_at), _office()
    with translation.override(LANGUAGE):
        address = f"{office.public_url}/register/"
        composed = lists.composed(entries, on=day, issuer=batch.authority.name_zh, address=address)
        batch.lists = [_kept_list(each) for each in composed]
    batch.save(update_fields=["lists"])
    return batch.lists


def _kept_list(listed: lists.Listed) -> dict[str, Any]:
    copy = in_word(listed.sheet)
    sha256 = hashlib.sha256(copy.content).hexdigest()
    contents.keep(ContentFile(copy.content), sha256=sha256, size=len(copy.content))
    return {"kind": listed.kind, "rows": listed.rows, "sha256": sha256, "name": f"{listed.sheet.title}.docx"}


def open_paper(paper: Paper) -> File[bytes]:
    """The paper itself, open for reading. Raises ``contents.ContentMissing``."""
    return contents.open_content(paper.sha256)


def file_name(paper: Paper) -> str:
    """The name a paper is saved under: title, digest, round."""
    suffix = f"-第{paper.round}轮" if paper.round else ""
    return f"{catalogue.TITLES[Paper.Kind(paper.kind)]}-{paper.digest[:8]}{suffix}.{paper.format}"


def in_pairs(sealing: Sealing) -> list[tuple[Paper, Paper | None]]:
    """The papers of a lock that are there: each PDF with its editable copy, if that is made too."""
    kept = list(Paper.objects.filter(sealing=sealing).order_by("pk"))
    editable = {paper.kind: paper for paper in kept if paper.format == Paper.Format.DOCX}
    return [(paper, editable.get(paper.kind)) for paper in kept if paper.format == Paper.Format.PDF]


def media_type(paper: Paper) -> str:
    return kinds.DOCX if paper.format == Paper.Format.DOCX else "application/pdf"


def _office() -> letters.Office:
    row = Installation.objects.filter(pk=1).first()
    if row is None:
        return letters.Office("", settings.PUBLIC_URL)
    return letters.Office(row.authority_zh, row.public_url.rstrip("/") or settings.PUBLIC_URL, row.is_demonstration)


def _known(procedure: Procedure, kind: str, number: int) -> Paper | None:
    return Paper.objects.filter(procedure=procedure, kind=kind, round=number, sealing=None).first()


def _letter(sheet: Sheet, submission: Submission, kind: str, at: dt.datetime) -> Paper:
    return _keep(
        in_type(sheet),
        procedure=submission.procedure,
        submission=submission,
        round=submission.round,
        kind=kind,
        digest=submission.digest,
        at=at,
    )


def _keep(copy: Copy, *, at: dt.datetime, **about: Any) -> Paper:
    sha256 = hashlib.sha256(copy.content).hexdigest()
    contents.keep(ContentFile(copy.content), sha256=sha256, size=len(copy.content))
    key = {"sealing": about["sealing"]} if about.get("sealing") else {"procedure": about["procedure"], "sealing": None}
    made = {"template_version": TEMPLATE_VERSION, "sha256": sha256, "size": len(copy.content), "pages": copy.pages}
    facts = {**about, **made, "made_at": at}
    paper, _made = Paper.objects.get_or_create(
        **key,
        kind=about["kind"],
        format=about.get("format", Paper.Format.PDF),
        round=about.get("round", 0),
        defaults={k: v for k, v in facts.items() if k not in key},
    )
    return paper
