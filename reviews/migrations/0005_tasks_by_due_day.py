"""The national level reads the queue of every authority in due order."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reviews", "0004_finding_templates")]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX task_unfinished_by_due ON reviews_reviewtask (due_on, id)"
            " WHERE status IN ('open', 'claimed', 'proposed')",
            "DROP INDEX task_unfinished_by_due",
        )
    ]
