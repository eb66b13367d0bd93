"""Annexes: a whole package checked against merely reading its files, and 200,000 rows in bounded memory.

Run by itself as `python -m bench.annexes`; told as JSON. The files are made here and checked by
the pure core, without a database: what is measured is reading and judging.
"""

import csv
import datetime as dt
import io
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

CHECKOUT = Path(__file__).resolve().parent.parent
STANDARD = CHECKOUT / "filings/data/rulesets/gbt-45654-2025.csv"
PACKAGE = ("keywords", "content_bank", "refuse_bank", "answer_bank")
SIZES = (50_000, 100_000, 200_000)
TODAY = dt.date(2026, 11, 23)
MOST_RATIO, MOST_GROWTH, MOST_MEBIBYTES = 3.0, 1.35, 400


def rules() -> Any:
    """The rule set of the standard, as a check gets it."""
    from filings.annexchecks.rules import Named, Rules, Threshold  # reason: Django's settings come first

    with STANDARD.open(encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    thresholds = [
        Threshold(r["code"], r["annex"], int(r["value"]), r["unit"], r["comparison"], tuple(r["scope"].split()))
        for r in rows
        if r["kind"] == "threshold"
    ]
    named = {
        kind: tuple(Named(r["code"], (r["title_zh"], r["title_en"]), r["group"]) for r in rows if r["kind"] == kind)
        for kind in ("risk", "aspect")
    }
    return Rules(tuple(thresholds), named["risk"], named["aspect"])


def read_xlsx(content: bytes) -> int:
    """What everybody must do: every row by openpyxl, read-only."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    return sum(1 for sheet in book for _row in sheet.iter_rows(values_only=True))


def read_csv(content: bytes) -> int:
    with io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline="") as text:
        return sum(1 for _row in csv.reader(text))


def fastest(work: Callable[[], Any], times: int) -> float:
    """Seconds of processor time of the quickest run: a busy machine only ever adds."""
    taken = []
    for _time in range(times):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken)


def package(times: int = 5) -> dict[str, Any]:
    """10,000 keywords and banks of 2,000, 500 and 500, in both formats."""
    from filings.annexchecks import checking, specimen  # reason: Django's settings come first
    from filings.annexchecks.columns import ANNEXES

    made, context = specimen.Package(rules()), checking.Context(rules(), TODAY)
    told: dict[str, Any] = {}
    for form, read in (("xlsx", read_xlsx), ("csv", read_csv)):
        files = {annex: getattr(made, form)(annex) for annex in PACKAGE}

        def check_all(files: dict[str, bytes] = files) -> None:
            for annex, content in files.items():
                outcome = checking.check(ANNEXES[annex], io.BytesIO(content), context)
                assert not outcome.stops, f"{annex} falls short"

        def read_all(files: dict[str, bytes] = files, read: Callable[[bytes], int] = read) -> None:
            for content in files.values():
                read(content)

        rows = {annex: len(made.rows[annex]) - 1 for annex in PACKAGE}
        told[form] = {"check": fastest(check_all, times), "read": fastest(read_all, times), "rows": rows}
    return told


def make(form: str, rows: int) -> dict[str, Any]:
    """Write one list of that many keywords."""
    from filings.annexchecks import specimen  # reason: Django's settings come first

    lines = ([specimen.word(number), "A.1", f"A.1.{number % 8 + 1}"] for number in range(rows))
    table = [["关键词", "一级分类", "二级分类"], *lines]
    path = CHECKOUT / "var" / f"bench-annex.{form}"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(specimen.xlsx({"词": table}) if form == "xlsx" else specimen.csv_bytes(table))
    return {"path": str(path)}


def check(form: str, path: str) -> dict[str, Any]:
    """Check one list: processor time, and the resident memory of the process before and at its peak."""
    from filings.annexchecks import checking  # reason: Django's settings come first
    from filings.annexchecks.columns import KEYWORDS

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    with Path(path).open("rb") as content:
        outcome = checking.check(KEYWORDS, content, checking.Context(rules(), TODAY))
    seconds = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"rows": outcome.rows, "seconds": seconds, "before": before // 1024, "peak": peak // 1024, "form": form}


def measure() -> dict[str, Any]:
    """The whole part: the package, then lists of growing length, each made and checked in processes of its own."""
    return {"package": package(), "large": {form: [_grown(form, rows) for rows in SIZES] for form in ("xlsx", "csv")}}


def _grown(form: str, rows: int) -> dict[str, Any]:
    """Made and checked by a process each, so that the peak is that of the check."""
    path = alone("make", form, str(rows))["path"]
    told = alone("check", form, path)
    Path(path).unlink()
    return told


def alone(*arguments: str) -> dict[str, Any]:
    """A part, or without one the whole, in a process of its own; what it told."""
    command = [sys.executable, "-m", "bench.annexes", *arguments]
    told: dict[str, Any] = json.loads(subprocess.run(command, cwd=CHECKOUT, stdout=subprocess.PIPE, check=True).stdout)
    return told


def main() -> dict[str, Any]:
    from django.conf import settings  # reason: the pure core needs no settings but for translation

    settings.configure(USE_I18N=False)
    match sys.argv[1:]:
        case ["make", form, rows]:
            return make(form, int(rows))
        case ["check", form, path]:
            return check(form, path)
    return measure()


if __name__ == "__main__":
    print(json.dumps(main()))
