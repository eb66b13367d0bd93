"""What PostgreSQL guards of the technical test, and which seeded stages need one."""

from django.db import migrations

from filings.triggers import append_only, not_append_only
from reviews import triggers

INSTALL = triggers.TEST_IS_FINISHED + triggers.QUESTION_STANDS + triggers.TEST_STANDS + append_only("reviews_sample")
REMOVE = not_append_only("reviews_sample") + triggers.REMOVE_TESTS


def mark(apps, schema_editor):
    apps.get_model("reviews", "StagePlan").objects.filter(code="technical_test").update(test_required=True)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0008_technical_test")]
    operations = [
        migrations.RunPython(mark, migrations.RunPython.noop),
        migrations.RunSQL(INSTALL, REMOVE),
    ]
