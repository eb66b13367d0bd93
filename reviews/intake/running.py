"""Run all rules over one submission, once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone, translation

from reviews.intake import rules  # noqa: F401 - importing registers them
from reviews.intake.registry import RULES, Found, Reading, Rule
from reviews.models import IntakeResult, IntakeRun, Waiver

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from filings.models import Submission

RULE_SET_VERSION = "1"
Outcome = IntakeResult.Outcome


@transaction.atomic
def run(*, submission: Submission, at: dt.datetime) -> IntakeRun:
    """The one run over a submission, made now or found as it was made before.

    Its unique row makes it once: a second worker waits for the first and finds the row.
    """
    known = IntakeRun.objects.filter(submission=submission).first()
    if known is not None:
        return known
    reading = read(submission, today=timezone.localdate(at))
    waived = waived_rules(reading)
    results = [result for rule in RULES.values() for result in _results(rule, reading, waived)]
    passed = all(result.outcome != Outcome.BLOCKED for result in results)
    made = IntakeRun.objects.create(
        submission=submission, rule_set_version=RULE_SET_VERSION, finished_at=at, passed=passed
    )
    for result in results:
        result.run = made
    IntakeResult.objects.bulk_create(results)
    return made


def read(submission: Submission, *, today: dt.date) -> Reading:
    """What the rules look at, from the stored bytes and not from any working copy."""
    procedure = submission.procedure
    document = json.loads(bytes(submission.document))
    return Reading(submission, procedure, procedure.filing, document, today)


def waived_rules(reading: Reading) -> set[str]:
    """Rules that an intake officer lets this filing pass today."""
    waivers = Waiver.objects.filter(filing=reading.filing, expires_on__gte=reading.today)
    return {code for code in waivers.values_list("rule", flat=True) if code in RULES and RULES[code].is_waivable}


def _results(rule: Rule, reading: Reading, waived: Iterable[str]) -> Iterator[IntakeResult]:
    found, basis = list(rule.check(reading)), rule.basis(reading.filing.kind)
    if not found:
        yield IntakeResult(rule=rule.code, outcome=Outcome.PASSED, legal_basis=basis)
    for each in found:
        outcome = Outcome.BLOCKED if each.is_blocking else Outcome.WARNED
        if each.is_blocking and rule.code in waived:
            outcome = Outcome.WAIVED
        yield IntakeResult(
            rule=rule.code,
            outcome=outcome,
            legal_basis=each.legal_basis or basis,
            path=each.path,
            message_zh=each.zh or _said(each, "zh-hans"),
            message_en=each.en or _said(each, "en"),
        )


def _said(found: Found, language: str) -> str:
    with translation.override(language):
        return str(found.message) % found.values if found.values else str(found.message)
