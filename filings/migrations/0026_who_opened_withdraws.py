"""A procedure is taken back by the side that opened it."""

from django.db import migrations

from filings import triggers_endings


class Migration(migrations.Migration):
    dependencies = [("filings", "0025_displays_and_feeds")]
    operations = [migrations.RunSQL(triggers_endings.OPENER_WITHDRAWS, triggers_endings.NOT_OPENER_WITHDRAWS)]
