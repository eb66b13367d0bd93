"""Guards of orders and hearings, and the article that summonses rest on."""

import datetime as dt
from decimal import Decimal

from django.db import migrations

from filings import triggers_endings

SUMMONS = {
    "instrument_id": "AIM",
    "number": "29",
    "position": Decimal(29),
    "edition": "2026",
    "confidence": "likely",
    "gist_zh": "网信部门发现存在较大安全风险的，可以约谈提供者的法定代表人或者主要负责人，提供者应当按照要求整改。",
    "gist_en": "Where the risk is large the authority may summon the legal representative or the person in charge to "
    "talk, and the provider puts things right as asked.",
}


def add(apps, schema_editor):
    """A new installation has the row from filings/data already."""
    apps.get_model("filings", "Article").objects.get_or_create(
        code="AIM 29", in_force_from=dt.date(2026, 7, 15), defaults=SUMMONS
    )


class Migration(migrations.Migration):
    dependencies = [("filings", "0023_orders_and_endings")]
    operations = [
        migrations.RunPython(add, migrations.RunPython.noop),
        migrations.RunSQL(triggers_endings.INSTALL, triggers_endings.REMOVE),
    ]
