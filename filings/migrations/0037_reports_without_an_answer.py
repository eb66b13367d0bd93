from django.db import migrations

from filings import triggers


class Migration(migrations.Migration):
    """A report that the provider leaves unanswered is closed by an officer once its day has passed."""

    dependencies = [("filings", "0036_misuse_forwarded_on")]

    operations = [migrations.RunSQL(triggers.matter_functions(), migrations.RunSQL.noop)]
