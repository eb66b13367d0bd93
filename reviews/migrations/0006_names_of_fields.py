"""Fields get names that people read on the desk; the tables stay as they are."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("filings", "0007_names_of_fields"),
        ("reviews", "0005_tasks_by_due_day"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="declineground",
            name="article",
            field=models.CharField(max_length=40, verbose_name="article"),
        ),
        migrations.AlterField(
            model_name="declineground",
            name="code",
            field=models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="code"),
        ),
        migrations.AlterField(
            model_name="declineground",
            name="in_force_from",
            field=models.DateField(verbose_name="in force from"),
        ),
        migrations.AlterField(
            model_name="declineground",
            name="in_force_to",
            field=models.DateField(blank=True, null=True, verbose_name="in force to"),
        ),
        migrations.AlterField(
            model_name="declineground",
            name="text_en",
            field=models.CharField(max_length=200, verbose_name="English text"),
        ),
        migrations.AlterField(
            model_name="declineground",
            name="text_zh",
            field=models.CharField(max_length=200, verbose_name="Chinese text"),
        ),
        migrations.AlterField(
            model_name="findingtemplate",
            name="is_active",
            field=models.BooleanField(default=True, verbose_name="in use"),
        ),
        migrations.AlterField(
            model_name="findingtemplate",
            name="legal_basis",
            field=models.CharField(blank=True, max_length=40, verbose_name="article"),
        ),
        migrations.AlterField(
            model_name="findingtemplate",
            name="path_prefix",
            field=models.CharField(blank=True, max_length=100, verbose_name="place it is meant for"),
        ),
        migrations.AlterField(
            model_name="findingtemplate",
            name="section",
            field=models.CharField(blank=True, max_length=40, verbose_name="section"),
        ),
        migrations.AlterField(
            model_name="findingtemplate",
            name="severity",
            field=models.CharField(
                choices=[("must", "Must be put right"), ("should", "Please look")], max_length=10, verbose_name="weight"
            ),
        ),
        migrations.AlterField(
            model_name="findingtemplate",
            name="text",
            field=models.TextField(verbose_name="text"),
        ),
        migrations.AlterField(
            model_name="findingtemplate",
            name="title",
            field=models.CharField(max_length=80, verbose_name="title"),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="authority",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="filings.authority",
                verbose_name="authority",
            ),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="grounds",
            field=models.ManyToManyField(
                blank=True, related_name="+", to="reviews.declineground", verbose_name="grounds for declining"
            ),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="kind",
            field=models.CharField(
                choices=[
                    ("register", "Register the filing"),
                    ("return", "Return for rectification"),
                    ("decline", "Decline the filing"),
                    ("lapse", "Close as lapsed"),
                ],
                max_length=10,
                verbose_name="what is proposed",
            ),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="procedure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proposals",
                to="filings.procedure",
                verbose_name="procedure",
            ),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="proposed_at",
            field=models.DateTimeField(verbose_name="proposed at"),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="proposed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="proposed by",
            ),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="reasons",
            field=models.TextField(blank=True, verbose_name="reasons"),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="rectify_by",
            field=models.DateField(blank=True, null=True, verbose_name="rectify by"),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="sent_back_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="sent back at"),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="sent_back_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="sent back by",
            ),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="sent_back_reason",
            field=models.TextField(blank=True, verbose_name="why it was sent back"),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="status",
            field=models.CharField(
                choices=[
                    ("pending", "Awaiting signature"),
                    ("signed", "Signed"),
                    ("sent_back", "Sent back"),
                    ("dropped", "Dropped"),
                ],
                default="pending",
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="submission_digest",
            field=models.CharField(max_length=64, verbose_name="digest"),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="task",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proposals",
                to="reviews.reviewtask",
                verbose_name="review task",
            ),
        ),
        migrations.AlterField(
            model_name="reviewtask",
            name="authority",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tasks",
                to="filings.authority",
                verbose_name="authority",
            ),
        ),
        migrations.AlterField(
            model_name="reviewtask",
            name="claimed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="claimed at"),
        ),
        migrations.AlterField(
            model_name="reviewtask",
            name="claimed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tasks",
                to=settings.AUTH_USER_MODEL,
                verbose_name="claimed by",
            ),
        ),
        migrations.AlterField(
            model_name="reviewtask",
            name="created_at",
            field=models.DateTimeField(verbose_name="opened at"),
        ),
        migrations.AlterField(
            model_name="reviewtask",
            name="due_on",
            field=models.DateField(verbose_name="due on"),
        ),
        migrations.AlterField(
            model_name="reviewtask",
            name="finished_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="finished at"),
        ),
        migrations.AlterField(
            model_name="reviewtask",
            name="kind",
            field=models.CharField(
                choices=[("review", "Review"), ("overdue", "Missed rectification date")],
                default="review",
                max_length=10,
                verbose_name="kind of task",
            ),
        ),
        migrations.AlterField(
            model_name="reviewtask",
            name="lease_until",
            field=models.DateTimeField(blank=True, null=True, verbose_name="claimed until"),
        ),
        migrations.AlterField(
            model_name="reviewtask",
            name="outcome",
            field=models.CharField(blank=True, max_length=20, verbose_name="outcome"),
        ),
        migrations.AlterField(
            model_name="reviewtask",
            name="procedure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tasks",
                to="filings.procedure",
                verbose_name="procedure",
            ),
        ),
        migrations.AlterField(
            model_name="reviewtask",
            name="round",
            field=models.PositiveSmallIntegerField(verbose_name="round"),
        ),
        migrations.AlterField(
            model_name="reviewtask",
            name="stage",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reviews.stageplan",
                verbose_name="stage",
            ),
        ),
        migrations.AlterField(
            model_name="reviewtask",
            name="status",
            field=models.CharField(
                choices=[
                    ("open", "Free to claim"),
                    ("claimed", "In work"),
                    ("proposed", "Awaiting signature"),
                    ("done", "Done"),
                    ("dropped", "Dropped"),
                ],
                default="open",
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.AlterField(
            model_name="reviewtask",
            name="submission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tasks",
                to="filings.submission",
                verbose_name="submission",
            ),
        ),
        migrations.AlterField(
            model_name="stageplan",
            name="code",
            field=models.CharField(max_length=40, verbose_name="code"),
        ),
        migrations.AlterField(
            model_name="stageplan",
            name="kind",
            field=models.CharField(
                choices=[("deep_synthesis", "Deep synthesis"), ("recommendation", "Algorithm recommendation")],
                max_length=30,
                verbose_name="kind of filing",
            ),
        ),
        migrations.AlterField(
            model_name="stageplan",
            name="level",
            field=models.CharField(
                choices=[("provincial", "Provincial"), ("national", "National")], max_length=12, verbose_name="level"
            ),
        ),
        migrations.AlterField(
            model_name="stageplan",
            name="may_conclude",
            field=models.BooleanField(default=False, verbose_name="may conclude"),
        ),
        migrations.AlterField(
            model_name="stageplan",
            name="name_en",
            field=models.CharField(max_length=80, verbose_name="English name"),
        ),
        migrations.AlterField(
            model_name="stageplan",
            name="name_zh",
            field=models.CharField(max_length=80, verbose_name="Chinese name"),
        ),
        migrations.AlterField(
            model_name="stageplan",
            name="position",
            field=models.PositiveSmallIntegerField(verbose_name="position"),
        ),
        migrations.AlterField(
            model_name="stageplan",
            name="purpose",
            field=models.CharField(choices=[("first", "First filing")], max_length=20, verbose_name="purpose"),
        ),
        migrations.AlterField(
            model_name="stageplan",
            name="version",
            field=models.PositiveIntegerField(verbose_name="version"),
        ),
        migrations.AlterField(
            model_name="stageplan",
            name="working_days",
            field=models.PositiveSmallIntegerField(verbose_name="length in working days"),
        ),
        migrations.AlterField(
            model_name="waiver",
            name="expires_on",
            field=models.DateField(verbose_name="valid until"),
        ),
        migrations.AlterField(
            model_name="waiver",
            name="filing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="waivers",
                to="filings.filing",
                verbose_name="filing",
            ),
        ),
        migrations.AlterField(
            model_name="waiver",
            name="granted_at",
            field=models.DateTimeField(verbose_name="granted at"),
        ),
        migrations.AlterField(
            model_name="waiver",
            name="granted_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="granted by",
            ),
        ),
        migrations.AlterField(
            model_name="waiver",
            name="reason",
            field=models.TextField(verbose_name="reason"),
        ),
        migrations.AlterField(
            model_name="waiver",
            name="rule",
            field=models.CharField(max_length=60, verbose_name="rule"),
        ),
    ]
