"""The provider's question banks, read row by row from what was submitted."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, BinaryIO, cast

from filings import annexes, attachments, submissions
from filings.annexchecks import headings, limits, tables, values
from filings.annexchecks.columns import ANNEXES
from filings.annexchecks.refusals import Unreadable
from filings.models import Attachment
from reviews.models import Bank
from reviews.sampling import BankRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from filings.models import Submission

__all__ = ["BankFile", "Unreadable", "files", "rows_of"]

SECTION = "annexes"


@dataclass(frozen=True, slots=True)
class BankFile:
    """One file of one bank, as the submission names it."""

    bank: str
    attachment: Attachment


def files(submission: Submission) -> list[BankFile]:
    """The bank files that a submission cites, bank by bank, in the order of the dossier."""
    section = submissions.document_of(submission)["content"].get(SECTION, {})
    cited = [
        (str(bank), each["attachment"])
        for bank in Bank
        for each in section.get(bank) or []
        if isinstance(each, dict) and "attachment" in each
    ]
    known = Attachment.objects.filter(submissions=submission).in_bulk([pk for _bank, pk in cited])
    by_text = {str(pk): row for pk, row in known.items()}
    return [BankFile(bank, by_text[pk]) for bank, pk in cited if pk in by_text]


def rows_of(file: BankFile, *, mapping: Mapping[str, str] | None = None) -> Iterator[BankRow]:
    """Its questions in order, hidden and empty rows left out. Raises Unreadable, ContentMissing."""
    annex = ANNEXES[file.bank]
    with attachments.open_content(file.attachment) as content, tables.opened(cast("BinaryIO", content)) as table:
        for place, sheet in enumerate(table.sheets):
            if sheet.is_hidden:
                continue
            lines = sheet.lines()
            first = list(islice(lines, limits.HEADING_WITHIN))
            heading = headings.find(annex, first, mapping or {})
            if heading is None or "entry" not in heading.places:
                continue
            for line in chain(first, lines):
                if line.number <= heading.row or line.is_hidden:
                    continue
                text = values.text(line.cells.get(heading.places["entry"])).strip()
                if text:
                    yield BankRow(place, line.number, text, _topic(line.cells, heading.places))


def _topic(cells: Mapping[int, object], places: Mapping[str, int]) -> str:
    """Risk or aspect as the file calls it."""
    at = places.get("risk") or places.get("aspect") or places.get("group")
    return values.shown(cells.get(at)) if at else ""


def rates_told(procedure_id: int, codes: Mapping[str, str]) -> dict[str, str]:
    """What the provider's own test records come to, by bank, as their check counted them.

    ``codes`` gives the bank of each threshold that is a rate. Cut off after two decimals; a bank
    whose record was not checked or holds no question is left out.
    """
    lines = [line for check in annexes.newest(procedure_id).values() for line in check.result.get("verdicts", ())]
    return {codes[line["code"]]: _percent(line) for line in lines if line["code"] in codes and line["total"]}


def _percent(line: Mapping[str, int]) -> str:
    hundredths = line["found"] * 10_000 // line["total"]
    return f"{hundredths // 100}.{hundredths % 100:02}%"
