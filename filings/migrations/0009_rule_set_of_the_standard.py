"""The rule set of GB/T 45654-2025: numbers, risks, aspects and topics, each with how well it is known."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

from django.db import migrations

FILE = Path(__file__).resolve().parent.parent / "data" / "rulesets" / "gbt-45654-2025.csv"
CODE, EDITION = "GB/T 45654-2025", "2025"


def columns(kind, row):
    """What a row of that kind keeps besides code, position, titles and confidence."""
    measured = {"annex": row["annex"], "cites": row["cites"]}
    lists = {"scope": row["scope"].split(), "links": row["links"].split()}
    if kind == "threshold":
        told = {name: row[name] for name in ("unit", "comparison", "source_zh", "source_en")}
        return {**measured, **lists, **told, "value": int(row["value"])}
    if kind == "topic":
        return {**measured, **lists, "chapter": row["group"], "clause": row["clause"]}
    return {"group": row["group"]} if kind == "risk" else {}


def fill(apps, schema_editor):
    rule_sets = apps.get_model("filings", "RuleSet").objects
    if rule_sets.filter(code=CODE, edition=EDITION).exists():
        return
    rule_set = rule_sets.create(
        code=CODE,
        edition=EDITION,
        title_zh="《网络安全技术 生成式人工智能服务安全基本要求》",
        title_en="Cybersecurity technology: Basic security requirements for generative AI services",
        source_zh="标准的公开摘要与对照表；未见正式全文，条款编号未经核实",
        source_en="Public summaries and tables of the standard; its text was not seen, clause numbers are not verified",
        confidence="likely",
        in_force_from=date(2025, 11, 1),
        created_at=datetime(2025, 11, 1, tzinfo=UTC),
    )
    with FILE.open(encoding="utf-8", newline="") as file:
        for position, row in enumerate(csv.DictReader(file), start=1):
            apps.get_model("filings", row["kind"].capitalize()).objects.create(
                rule_set=rule_set,
                position=position,
                **{name: row[name] for name in ("code", "title_zh", "title_en", "confidence")},
                **columns(row["kind"], row),
            )


class Migration(migrations.Migration):
    dependencies = [("filings", "0008_rule_sets")]
    # Rows that nobody may change are left behind on the way back, and found again on the way forth.
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
