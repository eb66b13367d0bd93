"""Fields get names that people read on the desk; the tables stay as they are."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("filings", "0006_size_of_sealed_values"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="accessrecord",
            name="action",
            field=models.CharField(
                choices=[
                    ("open", "Opened a dossier"),
                    ("download", "Downloaded a file"),
                    ("reveal", "Revealed a masked value"),
                    ("export", "Exported records"),
                ],
                max_length=10,
                verbose_name="action",
            ),
        ),
        migrations.AlterField(
            model_name="accessrecord",
            name="actor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="actor",
            ),
        ),
        migrations.AlterField(
            model_name="accessrecord",
            name="at",
            field=models.DateTimeField(verbose_name="when"),
        ),
        migrations.AlterField(
            model_name="accessrecord",
            name="entity",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="filings.entity",
                verbose_name="entity",
            ),
        ),
        migrations.AlterField(
            model_name="accessrecord",
            name="filing",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="filings.filing",
                verbose_name="filing",
            ),
        ),
        migrations.AlterField(
            model_name="accessrecord",
            name="posting",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="filings.posting",
                verbose_name="posting",
            ),
        ),
        migrations.AlterField(
            model_name="accessrecord",
            name="subject",
            field=models.CharField(blank=True, max_length=200, verbose_name="what"),
        ),
        migrations.AlterField(
            model_name="authority",
            name="is_active",
            field=models.BooleanField(default=True, verbose_name="active"),
        ),
        migrations.AlterField(
            model_name="authority",
            name="level",
            field=models.CharField(
                choices=[("provincial", "Provincial"), ("national", "National")], max_length=12, verbose_name="level"
            ),
        ),
        migrations.AlterField(
            model_name="authority",
            name="name_en",
            field=models.CharField(max_length=100, verbose_name="English name"),
        ),
        migrations.AlterField(
            model_name="authority",
            name="name_zh",
            field=models.CharField(max_length=100, unique=True, verbose_name="Chinese name"),
        ),
        migrations.AlterField(
            model_name="authority",
            name="region_prefix",
            field=models.CharField(blank=True, max_length=2, verbose_name="first two digits of its regions"),
        ),
        migrations.AlterField(
            model_name="calendarday",
            name="day",
            field=models.DateField(primary_key=True, serialize=False, verbose_name="day"),
        ),
        migrations.AlterField(
            model_name="calendarday",
            name="is_provisional",
            field=models.BooleanField(default=False, verbose_name="provisional"),
        ),
        migrations.AlterField(
            model_name="calendarday",
            name="is_workday",
            field=models.BooleanField(verbose_name="working day"),
        ),
        migrations.AlterField(
            model_name="calendarday",
            name="note",
            field=models.CharField(blank=True, max_length=60, verbose_name="note"),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="attempts"),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="done_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="done at"),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="due_at",
            field=models.DateTimeField(verbose_name="due at"),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="error",
            field=models.TextField(blank=True, verbose_name="error"),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deliveries",
                to="filings.event",
                verbose_name="event",
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="handler",
            field=models.CharField(max_length=80, verbose_name="duty"),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="parked_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="parked at"),
        ),
        migrations.AlterField(
            model_name="entityversion",
            name="carried_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="filings.entityversion",
                verbose_name="carried on from",
            ),
        ),
        migrations.AlterField(
            model_name="entityversion",
            name="checked_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="checked at"),
        ),
        migrations.AlterField(
            model_name="entityversion",
            name="checked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="checked by",
            ),
        ),
        migrations.AlterField(
            model_name="entityversion",
            name="credit_code",
            field=models.CharField(max_length=18, verbose_name="unified social credit code"),
        ),
        migrations.AlterField(
            model_name="entityversion",
            name="digest",
            field=models.CharField(max_length=64, verbose_name="digest"),
        ),
        migrations.AlterField(
            model_name="entityversion",
            name="entity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versions",
                to="filings.entity",
                verbose_name="entity",
            ),
        ),
        migrations.AlterField(
            model_name="entityversion",
            name="name",
            field=models.CharField(max_length=200, verbose_name="name of the entity"),
        ),
        migrations.AlterField(
            model_name="entityversion",
            name="number",
            field=models.PositiveIntegerField(verbose_name="version"),
        ),
        migrations.AlterField(
            model_name="entityversion",
            name="region_code",
            field=models.CharField(max_length=6, verbose_name="code of the region"),
        ),
        migrations.AlterField(
            model_name="entityversion",
            name="return_reason",
            field=models.TextField(blank=True, verbose_name="why it was returned"),
        ),
        migrations.AlterField(
            model_name="entityversion",
            name="schema_version",
            field=models.CharField(max_length=20, verbose_name="version of the form"),
        ),
        migrations.AlterField(
            model_name="entityversion",
            name="status",
            field=models.CharField(
                choices=[
                    ("pending", "Awaiting verification"),
                    ("verified", "Verified"),
                    ("returned", "Returned"),
                    ("superseded", "Superseded before verification"),
                ],
                default="pending",
                max_length=20,
                verbose_name="status",
            ),
        ),
        migrations.AlterField(
            model_name="entityversion",
            name="submitted_at",
            field=models.DateTimeField(verbose_name="submitted at"),
        ),
        migrations.AlterField(
            model_name="entityversion",
            name="submitted_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="submitted by",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="actor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="actor",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="at",
            field=models.DateTimeField(verbose_name="when"),
        ),
        migrations.AlterField(
            model_name="event",
            name="audience",
            field=models.CharField(
                choices=[("both", "Provider and staff"), ("staff", "Staff only")],
                default="both",
                max_length=10,
                verbose_name="for whose eyes",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="data",
            field=models.JSONField(default=dict, verbose_name="data"),
        ),
        migrations.AlterField(
            model_name="event",
            name="entity",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="filings.entity",
                verbose_name="entity",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="filing",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="filings.filing",
                verbose_name="filing",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="from_status",
            field=models.CharField(blank=True, max_length=20, verbose_name="status before"),
        ),
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(max_length=60, verbose_name="kind of event"),
        ),
        migrations.AlterField(
            model_name="event",
            name="posting",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="filings.posting",
                verbose_name="posting",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="procedure",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="filings.procedure",
                verbose_name="procedure",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="side",
            field=models.CharField(
                choices=[("provider", "Provider"), ("officer", "Officer"), ("system", "System")],
                max_length=10,
                verbose_name="side",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="submission_digest",
            field=models.CharField(blank=True, max_length=64, verbose_name="digest"),
        ),
        migrations.AlterField(
            model_name="event",
            name="to_status",
            field=models.CharField(blank=True, max_length=20, verbose_name="status after"),
        ),
        migrations.AlterField(
            model_name="posting",
            name="authority",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="postings",
                to="filings.authority",
                verbose_name="authority",
            ),
        ),
        migrations.AlterField(
            model_name="posting",
            name="created_at",
            field=models.DateTimeField(verbose_name="posted at"),
        ),
        migrations.AlterField(
            model_name="posting",
            name="created_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="posted by",
            ),
        ),
        migrations.AlterField(
            model_name="posting",
            name="ends_on",
            field=models.DateField(blank=True, null=True, verbose_name="last day"),
        ),
        migrations.AlterField(
            model_name="posting",
            name="role",
            field=models.CharField(
                choices=[
                    ("intake", "Intake"),
                    ("reviewer", "Reviewer"),
                    ("signatory", "Signatory"),
                    ("supervisor", "Supervisor"),
                    ("auditor", "Auditor"),
                    ("administrator", "System administrator"),
                ],
                max_length=15,
                verbose_name="role",
            ),
        ),
        migrations.AlterField(
            model_name="posting",
            name="starts_on",
            field=models.DateField(verbose_name="first day"),
        ),
        migrations.AlterField(
            model_name="posting",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="postings",
                to=settings.AUTH_USER_MODEL,
                verbose_name="officer",
            ),
        ),
    ]
