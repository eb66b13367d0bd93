"""What was measured against what was asked: verdicts, the table on the terminal, docs/performance.md."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bench import annexes
from bench.load import Target

SMALL, LARGE = 1_000, 100_000
MOST_QUERIES = {"review screen": 25}
# Pages whose hits grow with the register: told apart from those of equal hits.
OF_UNEQUAL_HITS = ("search, common term", "search, no term")
PUBLIC_AND_PROVIDER = ("search, rare term", "search, common term", "search, no term", "register entry", "verify")


@dataclass(frozen=True)
class Check:
    """One target with what was measured; `met` is None for what is only told."""

    what: str
    target: str
    measured: str
    ratio: str
    met: bool | None

    @property
    def verdict(self) -> str:
        return "told" if self.met is None else "met" if self.met else "missed"


@dataclass
class Measured:
    """Everything one run found out."""

    looks: dict[int, dict[str, Any]]
    timed: dict[tuple[str, int, int], tuple[Target, Target]]
    search: dict[int, dict[str, Any]]
    trace: dict[str, Any]
    claims: dict[str, Any]
    walk: dict[str, Any]
    memory: dict[int, tuple[list[int], list[int]]]
    annexes: dict[str, Any]
    about: dict[str, str]


def checks(m: Measured) -> list[Check]:
    return [*_costs(m), *_sizes(m), *_baselines(m), *_search(m), *_trace(m), *_claims(m), *_walk(m), *_annexes(m)]


def _pages(m: Measured) -> Iterable[tuple[dict[str, Any], dict[str, Any]]]:
    return zip(m.looks[SMALL]["pages"], m.looks[LARGE]["pages"], strict=True)


def _costs(m: Measured) -> Iterable[Check]:
    for small, large in _pages(m):
        name = small["name"]
        same = small["queries"] == large["queries"]
        if name not in OF_UNEQUAL_HITS:
            same = same and small["rows"] == large["rows"]
        measured = f"{small['queries']} queries, {small['rows']} rows; {large['queries']} queries, {large['rows']} rows"
        target = "as many at both sizes"
        if name in OF_UNEQUAL_HITS:
            target = "as many queries; no more rows at 100,000"
            same = same and large["rows"] <= small["rows"]
        yield Check(f"{name}: queries and rows fetched", target, measured, "", same)
        if name in MOST_QUERIES:
            most = MOST_QUERIES[name]
            yield Check(f"{name}: queries", f"≤ {most}", str(large["queries"]), "", large["queries"] <= most)


def _sizes(m: Measured) -> Iterable[Check]:
    for small, _large in _pages(m):
        name = small["name"]
        for concurrency in _concurrencies(m):
            one, other = m.timed[name, SMALL, concurrency][0], m.timed[name, LARGE, concurrency][0]
            ratio = other.p50 / one.p50
            equal = name not in OF_UNEQUAL_HITS
            yield Check(
                f"{name}: 100,000 against 1,000 filings, concurrency {concurrency}",
                "≤ 1.3 times" if equal else "told apart (unequal hits)",
                f"{other.p50:.1f} ms / {one.p50:.1f} ms",
                f"{ratio:.2f}",
                ratio <= 1.3 if equal else None,
            )


def _baselines(m: Measured) -> Iterable[Check]:
    for small, large in _pages(m):
        name = small["name"]
        most = 3.0 if name == "review screen" else 1.0 if name == "reviewer's queue" else 2.0
        against = "a bare view of the same SQL"
        if large["stock"]:
            against = "the stock change page" if name == "review screen" else "the stock changelist"
        for concurrency in _concurrencies(m):
            page, base = m.timed[name, LARGE, concurrency]
            ratio = page.p50 / base.p50
            sound = large.get("bare_runs_the_same_sql", True)
            yield Check(
                f"{name}: against {against}, concurrency {concurrency}",
                f"≤ {most:g} times" if most > 1 else "no slower",
                f"{page.p50:.1f} ms / {base.p50:.1f} ms{'' if sound else ' (the SQL differs)'}",
                f"{ratio:.2f}",
                ratio <= most,
            )


def _search(m: Measured) -> Iterable[Check]:
    for size, terms in m.search.items():
        for term, found in terms.items():
            ratio = found["page"] / found["best"]
            hits = "10,000+" if found["hits"] > 10_000 else str(found["hits"])
            yield Check(
                f"search in the database: {term}, {hits} hits, {size:,} filings",
                "≤ 2 times the best SQL",
                f"{found['page']:.2f} ms / {found['best']:.2f} ms ({found['how']})",
                f"{ratio:.2f}",
                ratio <= 2.0,
            )


def _trace(m: Measured) -> Iterable[Check]:
    for root, found in m.trace.items():
        ratio = found["desk"] / found["bare"]
        yield Check(
            f"trace in the database: {root}, {found['filings']:,} filings in {found['levels']} levels",
            "≤ 2 times the bare recursion",
            f"{found['desk']:.2f} ms / {found['bare']:.2f} ms",
            f"{ratio:.2f}",
            ratio <= 2.0,
        )


def _claims(m: Measured) -> Iterable[Check]:
    rule, bare = m.claims["rule"], m.claims["bare"]
    yield Check(
        f"claiming: {m.claims['claimers']} at once, {rule['claims']:,} tasks",
        "none given twice, all given",
        f"{rule['twice']} twice, {rule['claims']:,} given",
        "",
        rule["twice"] == 0 and rule["claims"] == m.claims["tasks"],
    )
    yield Check(
        "claiming: rate against the bare statement",
        "told",
        f"{rule['rate']:.0f} / {bare['rate']:.0f} claims a second",
        f"{rule['rate'] / bare['rate']:.2f}",
        None,
    )


def _walk(m: Measured) -> Iterable[Check]:
    total, most = m.walk["queries"], max(m.walk["uploads"])
    yield Check("whole dossier: queries", "≤ 250", str(total), "", total <= 250)
    yield Check("one upload: queries", "≤ 10", f"at most {most} of {len(m.walk['uploads'])}", "", most <= 10)


def _annexes(m: Measured) -> Iterable[Check]:
    for form, told in m.annexes["package"].items():
        rows = " + ".join(f"{count:,}" for count in told["rows"].values())
        ratio = told["check"] / told["read"]
        yield Check(
            f"annexes, {form}: {rows} rows checked against merely read",
            f"≤ {annexes.MOST_RATIO:g} times",
            f"{told['check'] * 1000:.0f} ms / {told['read'] * 1000:.0f} ms of processor time",
            f"{ratio:.2f}",
            ratio <= annexes.MOST_RATIO,
        )
    for form, runs in m.annexes["large"].items():
        last, first = runs[-1], runs[0]
        growth = last["seconds"] / last["rows"] / (first["seconds"] / first["rows"])
        yield Check(
            f"annexes, {form}: time a row, {last['rows']:,} against {first['rows']:,} rows",
            f"≤ {annexes.MOST_GROWTH:g} times (linear)",
            f"{last['seconds']:.1f} s / {first['seconds']:.1f} s",
            f"{growth:.2f}",
            growth <= annexes.MOST_GROWTH,
        )
        yield Check(
            f"annexes, {form}: peak memory at {last['rows']:,} rows",
            f"≤ {annexes.MOST_MEBIBYTES} MiB",
            f"{last['peak']} MiB, {last['before']} MiB before it began",
            "",
            last["peak"] <= annexes.MOST_MEBIBYTES,
        )


def _concurrencies(m: Measured) -> list[int]:
    return sorted({concurrency for _name, _size, concurrency in m.timed})


def page(m: Measured) -> str:
    """docs/performance.md, whole."""
    found = checks(m)
    missed = [check for check in found if check.met is False]
    lines = [
        "# Speed",
        "",
        "Measured, not claimed: every number below comes from one run of one command, which also writes this page.",
        "",
        f"    {m.about['command']}",
        "",
        f"- Machine: {m.about['machine']}; load average when it began {m.about['load before']}, when it ended"
        f" {m.about['load after']}. Load generator, server and database share the machine.",
        f"- {m.about['software']}. The server is the one that `make run` starts: gunicorn with `portal.gunicorn`.",
        "- Filings: 60 % registered, 30 % with an open task, 10 % drafts. The review that is measured has 3 rounds,"
        " 30 findings, 40 repeated rows and 15 attachments. Profiles of entities are complete documents; other"
        " dossiers are short, since no measured page reads them.",
        "- Pages and their baselines take turns in short blocks, so that a busy machine slows both alike. Every"
        " answer must be 200.",
        "",
        "## Verdicts",
        "",
        f"{sum(check.met is True for check in found)} met, {len(missed)} missed.",
        "",
        "| Target | Asked | Measured | Ratio | Verdict |",
        "| --- | --- | --- | --- | --- |",
        *(f"| {c.what} | {c.target} | {c.measured} | {c.ratio} | {c.verdict} |" for c in found),
        "",
        "## Pages",
        "",
        "Requests a second, and milliseconds of the middle and of the slowest twentieth.",
        "",
        "| Page | Filings | At once | Requests/s | p50 | p95 | Baseline p50 | KiB |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        *_page_lines(m),
        "",
        "## Queries and rows fetched",
        "",
        "| Page | Queries | Rows at 1,000 | Rows at 100,000 | Baseline |",
        "| --- | --- | --- | --- | --- |",
        *_cost_lines(m),
        "",
        "## A whole dossier",
        "",
        "Every request of a deep-synthesis dossier through Django's test client, from the first section to the"
        " receipt. What the background worker does afterwards is no request and is not counted.",
        "",
        "| Step | Requests | Queries |",
        "| --- | --- | --- |",
        *(f"| {step} | {n['requests']} | {n['queries']} |" for step, n in m.walk["steps"].items()),
        f"| together | | {m.walk['queries']} |",
        "",
        "## Memory",
        "",
        "Resident memory of each web worker in MiB, memory shared between them counted in each.",
        "",
        "| Filings | Before the first request | After all of them |",
        "| --- | --- | --- |",
        *(f"| {size:,} | {_plus(before)} | {_plus(after)} |" for size, (before, after) in m.memory.items()),
        "",
        "## How to read it",
        "",
        "- *Bare view*: a Django view in the same server and behind the same middleware that runs the page's SQL,"
        " statement for statement (compared by text), and prints the same rows in one plain table.",
        "- *Stock*: Django's own admin of the same model, with the queue's columns, page length and joins, and raw"
        " identifiers instead of drop-down lists of 100,000 choices. Its change page shows one row of one table.",
        "- *Best SQL*: rival statements for the same rows and counts, by n-grams and by a plain scan; the fastest"
        " counts. Each is the fastest of its repetitions, from sending to the last row.",
        "- *Bare recursion*: one recursive statement that finds who stands on the thing and at which level, and counts"
        " them. Against it stands the desk's statement, as `filings.tracing` sends it: the same with the standing and"
        " the region of each filing, counts by level of what the reader sees and does not, and one page of rows. The"
        " lodged filings of 100,000 stand on one another in six layers, each on two of the layer below. Fastest of the"
        " repetitions, in turns.",
        "- *Rows fetched*: rows that PostgreSQL sent for one request.",
        "- *Annexes*: files made by the bench, read and judged without a database. Merely reading is every row by"
        " openpyxl (read-only) or by csv, in memory; the fastest of five runs each, in processor time. Long lists are"
        " made and checked by processes of their own; peak memory is resident memory of the whole process. Splitting a"
        " CSV takes C half a microsecond a row, so that no count of rows in Python is within three times of it.",
        "- *Claiming*: processes with a connection each; the rule also reads the task and writes its event, in one"
        " transaction with the claim.",
        "",
    ]
    return "\n".join(lines)


def _plus(workers: list[int]) -> str:
    return " + ".join(map(str, workers))


def _page_lines(m: Measured) -> Iterable[str]:
    for (name, size, concurrency), (target, base) in sorted(m.timed.items(), key=_order(m)):
        yield (
            f"| {name} | {size:,} | {concurrency} | {target.rate:.0f} | {target.p50:.1f} | {target.p95:.1f}"
            f" | {base.p50:.1f} | {target.bytes / 1024:.0f} |"
        )


def _order(m: Measured) -> Any:
    names = [row["name"] for row in m.looks[SMALL]["pages"]]
    return lambda item: (names.index(item[0][0]), item[0][1], item[0][2])


def _cost_lines(m: Measured) -> Iterable[str]:
    for small, large in _pages(m):
        base = "the same SQL" if large.get("bare_runs_the_same_sql") else "other SQL"
        if large["stock"]:
            base = f"stock: {large['stock_queries']} queries, {large['stock_rows']} rows"
        yield f"| {small['name']} | {large['queries']} | {small['rows']} | {large['rows']} | {base} |"
