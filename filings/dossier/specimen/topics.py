"""The topics of the assessment as a specimen answers them, read from the rule set that comes with the portal."""

import csv
from functools import cache
from pathlib import Path
from typing import Any

from filings.dossier.topics import key_of

FILE = Path(__file__).resolve().parents[2] / "data" / "rulesets" / "gbt-45654-2025.csv"
NOT_APPLICABLE = {"corpus_foreign": "未使用境外来源的开源语料，不适用。"}


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(row for row in csv.DictReader(file) if row["kind"] == "topic")


def assessed_topics() -> list[dict[str, Any]]:
    """Every topic with a verdict, and what was looked at."""
    return [_item(row) for row in _rows()]


def _item(row: dict[str, str]) -> dict[str, Any]:
    reason = NOT_APPLICABLE.get(row["code"], "")
    item: dict[str, Any] = {
        "key": key_of(row["code"]),
        "topic": row["code"],
        "name": row["title_zh"],
        "clause_state": "given" if row["clause"] else "unverified",
        "verdict": "not_applicable" if reason else "meets",
        "evidence": reason or f"已对照材料和记录逐项核对，结果见所列部分：{row['title_zh']}。",
    }
    if row["clause"]:
        item["clause"] = row["clause"]
    if sections := [code for code in row["links"].split() if code not in ("assessment", "number")]:
        item["sections"] = sections
    return item
