"""Who decides an objection took no part before."""

from django.db import migrations

from reviews import triggers_objections


class Migration(migrations.Migration):
    dependencies = [("reviews", "0017_stages_of_changes"), ("filings", "0032_complaints")]
    operations = [migrations.RunSQL(triggers_objections.INSTALL, triggers_objections.REMOVE)]
