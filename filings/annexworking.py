"""What the worker does for annexes: read a file, keep the result and what was found, make the file with remarks."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import tempfile
from collections import Counter
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django.conf import settings
from django.core.files import File
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone, translation

from filings import contents, events, rulesets
from filings.annexchecks import checking, limits, remarks
from filings.annexchecks.columns import ANNEXES
from filings.annexchecks.refusals import Unreadable
from filings.annexchecks.rules import Named, Rules, Threshold
from filings.lifecycle import Actor
from filings.models import AnnexCheck, AnnexFinding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from filings.annexchecks.checking import Checked, Outcome
    from filings.annexchecks.normal import Index
    from filings.models import RuleSet

# Findings of a check that are kept one by one; the file with remarks has all of them.
MOST_KEPT = 20_000
AT_ONCE = 2_000


def rules_of(rule_set: RuleSet) -> Rules:
    """A rule set as the plain values that annexes are measured by."""
    thresholds = tuple(
        Threshold(row.code, row.annex, row.value, row.unit, row.comparison, tuple(row.scope), row.blocks)
        for row in rulesets.thresholds(rule_set).values()
        if row.annex
    )
    risks = tuple(Named(r.code, (r.title_zh, r.title_en), r.group) for r in rulesets.risks(rule_set).values())
    aspects = tuple(Named(a.code, (a.title_zh, a.title_en)) for a in rulesets.aspects(rule_set).values())
    groups = tuple(
        Named(h.code, (h.title_zh, h.title_en))
        for h in rulesets.headings(rule_set).values()
        if h.code in {risk.group for risk in risks}
    )
    return Rules(thresholds, risks, aspects, groups)


def work(check: AnnexCheck, *, at: dt.datetime) -> None:
    """Read the file and keep the result. A check that is finished is left alone; one worked twice starts anew.

    One that was given up is worked when an operator lets its delivery be tried again.
    """
    if check.is_finished and check.status != AnnexCheck.Status.FAILED:
        return
    kept = _Kept(check)
    try:
        with _told_outside(check) as on_progress, _opened(check.sha256) as content:
            outcome = checking.check(
                ANNEXES[check.annex],
                content,
                _context(check),
                mapping=check.inputs["columns"],
                on_row=kept.take,
                on_progress=on_progress,
            )
    except Unreadable as refused:
        kept.drop()
        check.status = AnnexCheck.Status.REFUSED
        check.stops, check.result = True, {"refused": refused.code, "about": refused.about}
    else:
        kept.save()
        unmapped = outcome.needs_mapping
        check.status = AnnexCheck.Status.UNMAPPED if unmapped else AnnexCheck.Status.DONE
        check.stops, check.result = outcome.stops, _as_json(outcome) | {"kept": kept.count}
        check.done_rows = check.total_rows = outcome.rows
    check.finished_at = at
    check.save()
    data = {"check": check.pk, "annex": check.annex, "stops": check.stops}
    events.record("annex.checked", side=Actor.SYSTEM, at=at, procedure=check.procedure, data=data)


def give_up(check: AnnexCheck, *, at: dt.datetime) -> None:
    """Say that the check failed by an error of ours, so that nobody waits for it; twice is once."""
    waiting = AnnexCheck.objects.filter(pk=check.pk, status=AnnexCheck.Status.WAITING)
    if not waiting.update(status=AnnexCheck.Status.FAILED, stops=True, finished_at=at):
        return
    data = {"check": check.pk, "annex": check.annex}
    events.record("annex.failed", side=Actor.SYSTEM, at=at, procedure=check.procedure, data=data)


def _context(check: AnnexCheck) -> checking.Context:
    rules = rules_of(check.rule_set)
    given = check.inputs
    plain = checking.Context(rules, timezone.localdate(check.asked_at))
    banks = {bank: index for bank, about in given["banks"].items() if (index := _bank(bank, about, plain)) is not None}
    return checking.Context(rules, plain.today, banks, _day(given["begins"]), _day(given["ends"]))


def _bank(bank: str, about: Mapping[str, Any], context: checking.Context) -> Index | None:
    """The questions of a bank; None if it cannot be read, which its own check says."""
    try:
        with _opened(about["sha256"]) as content:
            return checking.index_of(bank, content, context, mapping=about["columns"])
    except Unreadable:
        return None


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except (TypeError, ValueError):
        return None


@contextmanager
def _opened(sha256: str) -> Iterator[BinaryIO]:
    with contents.open_content(sha256) as content:
        yield cast("BinaryIO", content.file)


class _Kept:
    """Findings on their way into the database, some at a time and not more than are kept."""

    def __init__(self, check: AnnexCheck) -> None:
        self.check = check
        self.count = 0
        self.waiting: list[AnnexFinding] = []
        AnnexFinding.objects.filter(check_of=check).delete()

    def take(self, checked: Checked) -> None:
        for found in checked.found:
            if self.count >= MOST_KEPT:
                return
            self.count += 1
            about = dict(found.about)
            row = AnnexFinding(
                check_of=self.check,
                sheet=checked.sheet_name[:31],
                row=checked.line.number,
                code=found.code,
                about=about,
            )
            self.waiting.append(row)
            if len(self.waiting) >= AT_ONCE:
                self.save()

    def save(self) -> None:
        AnnexFinding.objects.bulk_create(self.waiting)
        self.waiting = []

    def drop(self) -> None:
        self.waiting, self.count = [], 0
        AnnexFinding.objects.filter(check_of=self.check).delete()


def _as_json(outcome: Outcome) -> dict[str, Any]:
    return {
        "form": outcome.form,
        "encoding": outcome.encoding,
        "sheets": [asdict(sheet) for sheet in outcome.sheets[: limits.MOST_SHEETS]],
        "rows": outcome.rows,
        "faulty": outcome.faulty,
        "faults": dict(sorted(Counter(outcome.faults).items())),
        "merged": outcome.merged,
        "stray": outcome.stray,
        "hides": outcome.hides,
        "missing_banks": outcome.missing_banks,
        "counts": dict(outcome.counts),
        "verdicts": [verdict.to_json() for verdict in outcome.verdicts],
    }


@contextmanager
def _told_outside(check: AnnexCheck) -> Iterator[Any]:
    """Progress for whoever waits, by a connection of its own: the check's transaction is still open."""
    opened: list[Any] = []

    def tell(done: int, total: int) -> None:
        if not opened:
            opened.append(connections.create_connection(DEFAULT_DB_ALIAS))
        with opened[0].cursor() as cursor:
            cursor.execute(
                "UPDATE filings_annexcheck SET done_rows = %s, total_rows = %s WHERE id = %s", [done, total, check.pk]
            )

    try:
        yield tell
    finally:
        for each in opened:
            each.close()


def report(check: AnnexCheck) -> None:
    """Make the same file with a column of remarks, if there is anything to remark; once."""
    if check.status != AnnexCheck.Status.DONE or check.report or not check.result.get("faults"):
        return
    with tempfile.TemporaryFile() as made, _opened(check.sha256) as content:
        with translation.override(settings.LANGUAGE_CODE):
            remarks.write(ANNEXES[check.annex], content, _context(check), made, mapping=check.inputs["columns"])
        kept: File[bytes] = File(cast("io.BytesIO", made))
        made.seek(0)
        sha256 = hashlib.file_digest(cast("io.BytesIO", made), "sha256").hexdigest()
        contents.keep(kept, sha256=sha256, size=made.seek(0, io.SEEK_END))
    check.report = sha256
    check.save(update_fields=["report"])


def report_name(check: AnnexCheck) -> str:
    """What the file with remarks is called: the provider's own name with a word before its ending."""
    stem, _dot, ending = check.attachment.name.rpartition(".")
    return f"{stem}-remarks.{ending}"
