"""The index of public notices, made while the register goes on being written to."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("filings", "0029_reliances")]
    operations = [
        AddIndexConcurrently(
            "registerversion",
            models.Index(
                fields=["-valid_from", "reason"],
                condition=models.Q(reason__in=("cancelled", "revoked"), source_list__isnull=True),
                name="version_that_ended",
            ),
        ),
    ]
