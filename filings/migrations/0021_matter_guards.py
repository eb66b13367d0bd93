"""What PostgreSQL guards of matters: their moves, an event with each, and posts that stay as written."""

from django.db import migrations

from filings import triggers

INSTALL = (
    triggers.transition_functions()
    + triggers.matter_functions()
    + triggers.GUARD_MATTERS
    + triggers.append_only("filings_matterpost")
)
REMOVE = triggers.not_append_only("filings_matterpost") + triggers.UNGUARD_MATTERS


class Migration(migrations.Migration):
    dependencies = [("filings", "0020_matters")]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
