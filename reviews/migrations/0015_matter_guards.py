"""Two people decide matters too; functions that know procedures alone are replaced."""

from django.db import migrations

from reviews import triggers_matters


class Migration(migrations.Migration):
    dependencies = [("reviews", "0014_matters"), ("filings", "0021_matter_guards")]
    operations = [migrations.RunSQL(triggers_matters.INSTALL, triggers_matters.REMOVE)]
