"""The technical test: drawn, judged by hand, finished, and what of it becomes a finding.

A person does the asking; nothing here calls a provider's system. The database lets no
stage that needs a test be left or decided on without a finished one.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from filings import annexes, rulesets
from filings.dossier.kinds import KINDS
from filings.lifecycle import Actor
from filings.models import Finding
from reviews import banks, findings, policy, queue, rates, sampling
from reviews.models import AskedQuestion, Bank, BankQuestion, ReviewTask, Sample, TechnicalTest

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Mapping

    from portal.models import User

Verdict = AskedQuestion.Verdict
MOST_ASKED = 5_000
BATCH = 500
OWN_SECTION = "content_safety"
THEIRS = gettext_lazy(
    "Technical test: question %(row)s of the file “%(file)s” (%(bank)s, %(risk)s) did not pass. "
    "Question: %(question)s. Answer: %(answer)s. %(remark)s"
)
OURS = gettext_lazy(
    "Technical test: a question of the authority's own (%(bank)s, %(risk)s) did not pass. %(remark)s "
    "Please check the safety measures for this risk and say what you changed."
)


class NotBegun(Exception):
    """The task has no standing test."""


def standing(task: ReviewTask) -> TechnicalTest | None:
    """The test of a task, finished or not; None before it was begun."""
    return task.tests.filter(dropped_at__isnull=True).first()


def is_missing(task: ReviewTask) -> bool:
    """Whether the stage needs a finished test that is not there yet."""
    if not task.stage.test_required or task.kind != ReviewTask.Kind.REVIEW:
        return False
    return not task.tests.filter(dropped_at__isnull=True, finished_at__isnull=False).exists()


def require_finished(task: ReviewTask) -> None:
    """Raise ValidationError while a needed test is not finished."""
    if is_missing(task):
        raise ValidationError(_("This stage needs a finished technical test. Finish it first."))


def begin(
    *,
    task: ReviewTask,
    sizes: Mapping[str, int],
    own: Mapping[str, int],
    by: User,
    at: dt.datetime,
    seed: str = "",
) -> TechnicalTest:
    """Draw a sample from the submitted banks and from our own, and keep what was drawn.

    The seed is made here unless one is given. Posted twice, the first test stands. Raises
    PermissionDenied, ValidationError, ``banks.Unreadable``, ``contents.ContentMissing``.
    """
    if not policy.may_test(by, task):
        raise PermissionDenied
    if sum(sizes.values()) + sum(own.values()) > MOST_ASKED:
        raise ValidationError(_("At most %(most)s questions are asked in one test."), params={"most": MOST_ASKED})
    seed = seed.strip() or sampling.new_seed()
    drawn = _drawn(task, sizes, seed)
    with transaction.atomic():
        task = _testing(task, by)
        known = standing(task)
        if known is not None:
            return known
        test = TechnicalTest.objects.create(
            task=task,
            procedure=task.procedure,
            seed=seed,
            thresholds=thresholds_of(task, at),
            begun_by=by,
            begun_at=at,
        )
        count = _keep(test, drawn)
        for bank, size in own.items():
            keys = BankQuestion.objects.visible_to(by).filter(bank=bank, is_active=True).values_list("pk", flat=True)
            count += _add_own(test, sampling.pick(keys, seed=seed, size=size), first=count + 1)
        if not count:
            raise ValidationError(_("Nothing was drawn: the banks hold no questions, or no number was given."))
        samples = [[s.bank, s.sha256, s.taken, s.total] for s in test.samples.order_by("pk")]
        _record(test, task, "test.begun", by=by, at=at, data={"seed": seed, "asked": count, "samples": samples})
    return test


def _drawn(task: ReviewTask, sizes: Mapping[str, int], seed: str) -> list[tuple[banks.BankFile, sampling.Drawn]]:
    """Of each bank its share, over all its files together."""
    found = []
    columns = annexes.columns_of(task.procedure.filing.entity_id)
    wanted = [file for file in banks.files(task.submission) if sizes.get(file.bank, 0) > 0]
    for bank in {file.bank: None for file in wanted}:
        own = columns.get(bank)  # what the provider calls its columns
        drawn = [
            (
                file,
                sampling.draw(
                    banks.rows_of(file, mapping=own), seed=seed, sha256=file.attachment.sha256, size=sizes[bank]
                ),
            )
            for file in wanted
            if file.bank == bank
        ]
        found += sampling.together(drawn, lots=partial(_lot, seed), size=sizes[bank])
    return found


def _lot(seed: str, file: banks.BankFile, row: sampling.BankRow) -> bytes:
    return sampling.lot(seed, file.attachment.sha256, row.sheet, row.row)


def _keep(test: TechnicalTest, drawn: Iterable[tuple[banks.BankFile, sampling.Drawn]]) -> int:
    place = 0
    for file, draw in drawn:
        sample = Sample.objects.create(
            test=test,
            bank=file.bank,
            attachment=file.attachment,
            sha256=file.attachment.sha256,
            total=draw.total,
            taken=len(draw.rows),
        )
        rows = [
            AskedQuestion(
                test=test,
                position=place + n,
                bank=file.bank,
                sample=sample,
                sheet=each.sheet,
                row=each.row,
                risk=each.risk[:40],
                text=each.question,
            )
            for n, each in enumerate(draw.rows, 1)
        ]
        AskedQuestion.objects.bulk_create(rows, batch_size=BATCH)
        place += len(rows)
    return place


@transaction.atomic
def add_own(*, test: TechnicalTest, questions: Collection[int], by: User, at: dt.datetime) -> int:
    """Ask some of our own questions as well; those asked already are left out. How many were added."""
    test, task = _open(test, by)
    asked = test.questions.filter(source__isnull=False).values("source")
    rows = BankQuestion.objects.visible_to(by).filter(pk__in=questions, is_active=True).exclude(pk__in=asked)
    last = test.questions.aggregate(last=Max("position"))["last"] or 0
    count = _add_own(test, sorted(rows.values_list("pk", flat=True)), first=last + 1)
    if count:
        _record(test, task, "test.own_added", by=by, at=at, data={"added": count})
    return count


def _add_own(test: TechnicalTest, keys: Collection[int], *, first: int) -> int:
    known = BankQuestion.objects.in_bulk(keys)
    rows = [
        AskedQuestion(
            test=test, position=n, bank=known[key].bank, source=known[key], risk=known[key].risk, text=known[key].text
        )
        for n, key in enumerate(keys, first)
    ]
    AskedQuestion.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


@transaction.atomic
def judge(
    *, question: AskedQuestion, verdict: str, by: User, at: dt.datetime, answer: str = "", remark: str = ""
) -> AskedQuestion:
    """Write down what was answered and whether it passes; "" takes a verdict back.

    A verdict that was given stands in its row; changing one is an event. Raises
    PermissionDenied, ValidationError.
    """
    if verdict and verdict not in Verdict:
        raise ValidationError({"verdict": _("Choose whether the answer passes.")})
    test, task = _open(question.test, by)
    row = test.questions.select_for_update().get(pk=question.pk)
    before = row.verdict
    _write(row, verdict, answer=answer, remark=remark, by=by, at=at)
    row.save(update_fields=["answer", "remark", "verdict", "judged_by", "judged_at"])
    if before and before != verdict:
        data = {"position": row.position, "before": before, "after": verdict}
        _record(test, task, "test.verdict_changed", by=by, at=at, data=data)
    queue.renew_lease(task=task, by=by, at=at)
    return row


def _write(row: AskedQuestion, verdict: str, *, answer: str, remark: str, by: User, at: dt.datetime) -> None:
    if verdict != row.verdict or not verdict:
        row.judged_by, row.judged_at = (by, at) if verdict else (None, None)
    row.verdict, row.answer, row.remark = verdict, answer.strip(), remark.strip()[:500]


@transaction.atomic
def take_sheet(*, test: TechnicalTest, said: Mapping[int, tuple[str, str, str]], by: User, at: dt.datetime) -> int:
    """Verdicts of an uploaded sheet by position: (answer, verdict, remark); how many rows changed.

    A row without a verdict leaves the one given before. Raises PermissionDenied,
    ValidationError for positions that the test does not have.
    """
    test, task = _open(test, by)
    rows = list(test.questions.select_for_update().filter(position__in=said).order_by("position"))
    unknown = sorted(set(said) - {row.position for row in rows})
    if unknown:
        raise ValidationError(
            _("The test has no question %(numbers)s."), params={"numbers": ", ".join(map(str, unknown[:10]))}
        )
    changed = []
    for row in rows:
        answer, verdict, remark = said[row.position]
        was = (row.answer, row.verdict, row.remark)
        _write(
            row, verdict or row.verdict, answer=answer or row.answer, remark=remark or row.remark, by=by, at=at
        )  # fmt: skip
        if (row.answer, row.verdict, row.remark) != was:
            changed.append(row)
    fields = ["answer", "remark", "verdict", "judged_by", "judged_at"]
    AskedQuestion.objects.bulk_update(changed, fields, batch_size=BATCH)
    if changed:
        _record(test, task, "test.sheet_taken", by=by, at=at, data={"changed": len(changed)})
    queue.renew_lease(task=task, by=by, at=at)
    return len(changed)


@transaction.atomic
def finish(*, test: TechnicalTest, conclusion: str, by: User, at: dt.datetime) -> TechnicalTest:
    """Freeze the result; from then on the round may be passed up or decided on.

    Raises PermissionDenied, ValidationError while a question is not judged or nothing is concluded.
    """
    test, task = _open(test, by)
    left = test.questions.filter(verdict="").count()
    if left:
        raise ValidationError(_("%(left)s questions have no verdict yet."), params={"left": left})
    if not conclusion.strip():
        raise ValidationError({"conclusion": _("Say in a sentence what the test showed.")})
    test.result = [rates.frozen(line) for line in summary(test)]
    test.finished_by, test.finished_at, test.conclusion = by, at, conclusion.strip()
    test.save(update_fields=["result", "finished_by", "finished_at", "conclusion"])
    _record(test, task, "test.finished", by=by, at=at, data={"result": test.result})
    return test


@transaction.atomic
def reopen(*, test: TechnicalTest, reason: str, by: User, at: dt.datetime) -> TechnicalTest:
    """Go on with a finished test while its task is still in work; the event says why."""
    test, task = _locked(test, by)
    if test.finished_at is None or test.dropped_at is not None:
        raise ValidationError(_("This test is not finished."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the test is taken up again.")})
    before = test.result
    test.finished_by = test.finished_at = None
    test.result = []
    test.save(update_fields=["finished_by", "finished_at", "result"])
    _record(test, task, "test.reopened", by=by, at=at, data={"reason": reason.strip()[:200], "result": before})
    return test


@transaction.atomic
def drop(*, test: TechnicalTest, reason: str, by: User, at: dt.datetime) -> TechnicalTest:
    """Give an unfinished test up, so that another may be drawn; it stays to be read."""
    test, task = _open(test, by)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the sample is given up.")})
    test.dropped_at, test.dropped_reason = at, reason.strip()[:200]
    test.save(update_fields=["dropped_at", "dropped_reason"])
    _record(test, task, "test.dropped", by=by, at=at, data={"reason": test.dropped_reason, "seed": test.seed})
    return test


@transaction.atomic
def draft_finding(*, question: AskedQuestion, by: User, at: dt.datetime) -> Finding:
    """A draft finding from a failure, at the annex it was drawn from; pressed twice it is one.

    A question of our own is never quoted, nor what was answered to it. Raises
    PermissionDenied, ValidationError for a question that passed.
    """
    test, task = _locked(question.test, by)
    row = test.questions.select_related("sample__attachment", "finding").get(pk=question.pk)
    if row.verdict != Verdict.FAILED:
        raise ValidationError(_("Only a question that failed becomes a finding."))
    if row.finding is not None:
        return row.finding
    rule = rates.rules(test.thresholds).get(row.bank)
    finding = findings.draft(
        task=task,
        path=_path(row, task),
        severity=Finding.Severity.MUST,
        text=_said(row),
        legal_basis=rule.cites.partition(" / ")[0] if rule else "",
        by=by,
        at=at,
    )
    row.finding = finding
    row.save(update_fields=["finding"])
    return finding


def _path(row: AskedQuestion, task: ReviewTask) -> str:
    known = {section.code for section in KINDS[task.procedure.filing.kind].sections}
    return OWN_SECTION if row.is_own and OWN_SECTION in known else f"{banks.SECTION}.{row.bank}"


def _said(row: AskedQuestion) -> str:
    """What the provider will read, in the language that letters are written in."""
    with translation.override("zh-hans"):
        about = {"bank": Bank(row.bank).label, "risk": row.risk or gettext("no risk named"), "remark": row.remark}
        if row.is_own:
            return (str(OURS) % about).strip()
        assert row.sample is not None, "what is not our own was drawn"
        about |= {
            "row": row.row,
            "file": row.sample.attachment.name,
            "question": row.text[:300],
            "answer": row.answer[:500] or "–",
        }
        return (str(THEIRS) % about).strip()


def summary(test: TechnicalTest) -> list[rates.Line]:
    """The result so far, or as it was when the test was finished; beside the provider's own."""
    if test.finished_at is not None:
        return rates.thawed(test.thresholds, test.result)
    counted = (
        test.questions.annotate(is_ours=Q(source__isnull=False))
        .values("bank", "is_ours")
        .annotate(
            asked=Count("pk"),
            passed=Count("pk", Q(verdict=Verdict.PASSED)),
            failed=Count("pk", Q(verdict=Verdict.FAILED)),
        )
        .order_by("bank")
    )
    drawn: dict[str, rates.Tally] = {}
    own: dict[str, rates.Tally] = {}
    for row in counted:
        kept = own if row["is_ours"] else drawn
        kept[row["bank"]] = rates.Tally(row["asked"], row["passed"], row["failed"])
    codes = {rate: str(bank) for bank, (_least, rate) in rates.CODES.items()}
    return rates.lines(test.thresholds, drawn, own, banks.rates_told(test.procedure_id, codes))


def of_procedure(procedure_id: int) -> list[dict[str, Any]]:
    """All standing tests of a procedure with their results, newest first, for who reads them."""
    rows = TechnicalTest.objects.filter(procedure=procedure_id, dropped_at__isnull=True)
    rows = rows.select_related("finished_by", "begun_by", "task").order_by("-pk")[:10]
    return [{"test": test, "lines": summary(test) if test.finished_at else []} for test in rows]


def thresholds_of(task: ReviewTask, at: dt.datetime) -> list[dict[str, Any]]:
    """The numbers of the rule set that the procedure began with."""
    rule_set = task.procedure.rule_set or rulesets.current(on=timezone.localdate(at))
    return rates.rules_from(rulesets.thresholds(rule_set))


def _testing(task: ReviewTask, by: User) -> ReviewTask:
    locked = queue.lock(task)
    if not policy.may_test(by, locked):
        raise PermissionDenied
    return locked


def _locked(test: TechnicalTest, by: User) -> tuple[TechnicalTest, ReviewTask]:
    """Task first, then test, as every rule locks them."""
    task = _testing(ReviewTask.objects.get(pk=test.task_id), by)
    return TechnicalTest.objects.select_for_update(of=("self",)).get(pk=test.pk), task


def _open(test: TechnicalTest, by: User) -> tuple[TechnicalTest, ReviewTask]:
    locked, task = _locked(test, by)
    if locked.finished_at is not None or locked.dropped_at is not None:
        raise ValidationError(_("This test is finished; take it up again to change it."))
    return locked, task


def _record(
    test: TechnicalTest, task: ReviewTask, kind: str, *, by: User, at: dt.datetime, data: dict[str, Any]
) -> None:
    """An event for staff alone; it never holds a question."""
    queue.record(task, kind, side=Actor.OFFICER, by=by, at=at, after={"test": test.pk, **data})
