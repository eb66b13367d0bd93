"""Fill administrative divisions, legal instruments and articles from filings/data."""

import csv
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"
DATES = ("in_force_from", "in_force_to", "valid_from", "valid_to")


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {k: _day(v) if k in DATES else v for k, v in row.items()}


def _day(text):
    return date.fromisoformat(text) if text else None


def position(number):
    """Order of an article: 24(1) follows 24 and comes before 25, 5.10 after 5.9."""
    main, _, paragraph = number.rstrip(")").partition("(")
    whole, _, clause = re.sub(r"[^0-9.]", "", main).partition(".")
    return Decimal(whole) + Decimal(int(clause or 0) + int(paragraph or 0)) / 100


def fill_regions(apps, schema_editor):
    Region = apps.get_model("filings", "Region")
    by_level = {"province": [], "prefecture": [], "county": []}
    for row in rows("regions.csv"):
        row["parent_id"] = row.pop("parent") or None
        by_level[row["level"]].append(Region(**row))
    for regions in by_level.values():
        Region.objects.bulk_create(regions, ignore_conflicts=True, batch_size=1000)


def fill_law(apps, schema_editor):
    Instrument = apps.get_model("filings", "Instrument")
    Article = apps.get_model("filings", "Article")
    for place, row in enumerate(rows("instruments.csv")):
        key = row.pop("key")
        Instrument.objects.update_or_create(key=key, defaults={**row, "position": place})
    for row in rows("articles.csv"):
        Article.objects.update_or_create(
            code=row.pop("code"),
            in_force_from=row.pop("in_force_from"),
            defaults={
                **{k: v for k, v in row.items() if k != "instrument"},
                "instrument_id": row["instrument"],
                "position": position(row["number"]),
            },
        )


def empty(apps, schema_editor):
    for model in ("Article", "Instrument", "Region"):
        apps.get_model("filings", model).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("filings", "0003_calendar")]
    operations = [
        migrations.RunPython(fill_regions, migrations.RunPython.noop),
        migrations.RunPython(fill_law, empty),
    ]
