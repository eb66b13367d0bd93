from django.db import migrations

from filings import triggers


class Migration(migrations.Migration):
    """Whom a user's misuse was forwarded to forwards it on, or hands it back."""

    dependencies = [("filings", "0035_catalogue_of_data_sets")]

    operations = [migrations.RunSQL(triggers.matter_functions(), migrations.RunSQL.noop)]
