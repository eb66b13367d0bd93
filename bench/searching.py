"""The search's time in the database beside the best SQL that we know for the same rows."""

import time
from typing import Any

from django.db import connection

from bench import words
from bench.inside import watching
from filings import names
from portal.register import queries

LISTED = (
    "id, number, kind, algorithm_class, class_label, role, name, entity_name, standing, published_on, filing_id,"
    " number_state"
)
FACETS = "algorithm_class, role, province, year, standing, fields"
TERMS = {
    "rare term of two characters": words.RARE,
    "common term of two characters": words.COMMON,
    "four characters": "",
    "one character": words.RARE[0],
    "no term": None,
}


def compare(times: int) -> dict[str, Any]:
    """For each kind of term: hits, and milliseconds of the page's statements and of the best."""
    told = {}
    for title, term in TERMS.items():
        text = _four_characters() if term == "" else term or ""
        ours = _statements_of_page(text)
        rivals = _best(text)
        measured = in_turns({"page": ours, **rivals}, times)
        best = min(rivals, key=lambda name: measured[name])
        criteria = queries.Criteria(text)
        told[title] = {
            "hits": queries.counts(criteria).total,
            "page": measured["page"],
            "best": measured[best],
            "how": best,
        }
    return told


def _four_characters() -> str:
    """Four neighbouring characters of some name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM filings_registerentry ORDER BY id OFFSET 500 LIMIT 1")
        row = cursor.fetchone()
    assert row is not None
    return str(row[0])[:4]


def _statements_of_page(text: str) -> list[tuple[str, Any]]:
    queries.newest_list_months()  # opens the connection, which asks for its types once
    with watching() as seen:
        criteria = queries.Criteria(text)
        queries.page(criteria)
        queries.counts(criteria)
        queries.newest_list_months()
    return seen.statements


def _best(text: str) -> dict[str, list[tuple[str, Any]]]:
    """Rival ways to the same rows: by n-grams and by a plain scan, the hits counted in one pass or in six."""
    ways: dict[str, tuple[str, list[Any]]] = {"scan": ("true", [])}
    if text:
        term = names.key(text)
        like = f"%{term}%"
        ways = {
            "n-grams": ("grams @> %s::int[] AND haystack LIKE %s", [names.grams(term), like]),
            "scan": ("haystack LIKE %s", [like]),
        }
    found = {}
    for way, (condition, parameters) in ways.items():
        where = f"FROM filings_registerentry WHERE {condition}"
        listed = f"SELECT {LISTED} {where} ORDER BY published_on DESC, id DESC LIMIT {queries.PAGE_SIZE + 1}"
        hits = f"SELECT {FACETS} {where} LIMIT {queries.COUNT_CAP + 1}"
        for name, counted in _counts(hits).items():
            found[f"{way}, {name}"] = [(listed, parameters), (counted, parameters)]
    return found


def _counts(hits: str) -> dict[str, str]:
    columns = FACETS.split(", ")[:-1]
    one_pass = (
        f"WITH hits AS MATERIALIZED ({hits}) SELECT {', '.join(columns)}, NULL, count(*) FROM hits"
        f" GROUP BY GROUPING SETS ({', '.join(f'({c})' for c in columns)}, ())"
        " UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, leaf, count(*) FROM hits, unnest(fields) AS leaf GROUP BY leaf"
    )
    return {"counted in one pass": one_pass}


def in_turns(rivals: dict[str, list[tuple[str, Any]]], times: int) -> dict[str, float]:
    """Milliseconds from sending to the last row, the fastest of the rivals' turns each: a busy machine only adds."""
    taken: dict[str, list[float]] = {name: [] for name in rivals}
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        for turn in range(times + 2):
            for name, statements in rivals.items():
                began = time.perf_counter()
                for sql, parameters in statements:
                    cursor.execute(sql, parameters)
                    cursor.fetchall()
                if turn >= 2:
                    taken[name].append(time.perf_counter() - began)
    return {name: min(each) * 1000 for name, each in taken.items()}
