"""Rule sets, packages and files for the tests of annexes."""

import csv
import datetime as dt
import io
from functools import cache
from pathlib import Path

from filings.annexchecks import checking
from filings.annexchecks.columns import ANNEXES
from filings.annexchecks.rules import Named, Rules, Threshold
from filings.annexchecks.specimen import Package

STANDARD = Path(__file__).resolve().parent.parent.parent / "filings/data/rulesets/gbt-45654-2025.csv"
TODAY = dt.date(2026, 11, 23)
BEGINS, ENDS = dt.date(2026, 10, 1), dt.date(2026, 10, 31)
BANKS = ("content_bank", "refuse_bank", "answer_bank")


@cache
def standard():
    """The rule set that comes with the portal, read from its file."""
    with STANDARD.open(encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    thresholds = tuple(
        Threshold(
            row["code"], row["annex"], int(row["value"]), row["unit"], row["comparison"],
            tuple(row["scope"].split()), row["confidence"] == "sure",
        )
        for row in rows
        if row["kind"] == "threshold"
    )  # fmt: skip

    def named(kind, prefix=""):
        return tuple(
            Named(row["code"], (row["title_zh"], row["title_en"]), row["group"])
            for row in rows
            if row["kind"] == kind and row["code"].startswith(prefix)
        )

    return Rules(thresholds, named("risk"), named("aspect"), named("heading", "A."))


def small(**values):
    """The same thresholds with small numbers, so that a test may build many packages."""
    rules = standard()
    numbers = {
        "corpus_human_sample": 8, "generated_human_sample": 6, "generated_keyword_sample": 6,
        "generated_classifier_sample": 6, "refuse_test_sample": 7, "answer_test_sample": 7,
        "keywords_total": 60, "keywords_each_a1": 3, "keywords_each_a2": 2, "content_total": 80,
        "content_each_main": 3, "content_each_other": 2, "refuse_total": 40, "refuse_each": 2,
        "answer_total": 30, "answer_each": 2, **values,
    }  # fmt: skip
    changed = (
        Threshold(t.code, t.annex, numbers.get(t.code, t.value), t.unit, t.comparison, t.scope, t.blocks)
        for t in rules.thresholds
    )
    return Rules(tuple(changed), rules.risks, rules.aspects, rules.groups)


def context(rules, banks=None, **more):
    return checking.Context(rules, TODAY, banks or {}, **{"begins": BEGINS, "ends": ENDS, **more})


def check(rules, annex, content, banks=None, *, mapping=None, **more):
    """The outcome and, for each row that is not sound, its number with the codes found."""
    rows = {}

    def keep(checked):
        if checked.found:
            rows[checked.line.number] = [each.code for each in checked.found]

    given = io.BytesIO(content)
    outcome = checking.check(ANNEXES[annex], given, context(rules, banks, **more), mapping=mapping, on_row=keep)
    return outcome, rows


def checked(package, *, form="xlsx"):
    """Outcome and faulty rows of each annex of a package, banks first."""
    results, banks = {}, {}
    for code in ANNEXES:
        results[code] = check(package.rules, code, getattr(package, form)(code), banks)
        if code in BANKS:
            banks[code] = results[code][0].index
    return results


def missed(results):
    """Thresholds missed in a package, as (code, subject)."""
    return [(v.code, v.subject) for outcome, _rows in results.values() for v in outcome.verdicts if not v.met]


def package(rules=None):
    return Package(rules or standard())
