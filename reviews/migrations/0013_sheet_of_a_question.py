"""A question drawn from a workbook names its sheet; it stands as it was drawn."""

from django.db import migrations, models

from reviews import triggers


class Migration(migrations.Migration):
    dependencies = [("reviews", "0012_text_prints")]
    operations = [
        migrations.AddField("askedquestion", "sheet", models.PositiveSmallIntegerField(default=0, db_default=0)),
        migrations.RunSQL(triggers.QUESTION_STANDS, migrations.RunSQL.noop),
    ]
