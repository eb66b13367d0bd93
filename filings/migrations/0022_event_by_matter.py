"""The index of a matter's events, made while the largest table goes on being written to."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("filings", "0021_matter_guards")]
    operations = [
        AddIndexConcurrently("event", models.Index(fields=["matter", "-id"], name="event_by_matter")),
    ]
