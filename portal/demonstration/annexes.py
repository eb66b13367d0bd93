"""Annexes of the invented services: tables that meet every number, and a draft of one bank that does not."""

from __future__ import annotations

import datetime as dt
from functools import cache

from filings import annexworking, rulesets
from filings.annexchecks.columns import ANNEXES
from filings.annexchecks.specimen import Package

# Long tables are CSV, which is written and read in a tenth of the time.
AS_CSV = ("keywords", "corpus_sample", "generated_test", "refusal_test")
FIRST_DRAFT = "初稿"
REPEATED = 6


def is_annex(field: str) -> bool:
    return field in ANNEXES


def name(annex: str, *, draft: bool = False) -> str:
    """What the provider calls the file of an annex; a first draft says so."""
    return f"{ANNEXES[annex].sheet}{FIRST_DRAFT if draft else ''}.{'csv' if annex in AS_CSV else 'xlsx'}"


def content(annex: str, file_name: str, *, today: dt.date) -> bytes:
    """The rows of an annex whose tests were made three weeks before `today`."""
    package = _package(today)
    if FIRST_DRAFT in file_name:
        package = _unfinished(Package(package.rules, day=package.day))
    return package.csv(annex) if annex in AS_CSV else package.xlsx(annex)


@cache
def _package(today: dt.date) -> Package:
    return Package(annexworking.rules_of(rulesets.current(on=today)), day=today - dt.timedelta(days=21))


def _unfinished(package: Package) -> Package:
    """A bank of questions of which some are asked twice, one is empty and one names no risk that exists."""
    rows = package.rows["content_bank"]
    for at in range(1, REPEATED + 1):
        rows[-at][1] = f" {rows[at * 40][1]}？"
    rows[1500][1] = ""
    rows[1700][3] = "A.9.9"
    return package
