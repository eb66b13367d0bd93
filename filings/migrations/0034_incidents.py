"""Tables of incident reports, and a forwarded misuse that is asked about stays forwarded."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from filings import triggers


class Migration(migrations.Migration):
    dependencies = [
        ("filings", "0033_inspections"),
    ]

    operations = [
        migrations.AlterField(
            model_name="sealedvalue",
            name="kind",
            field=models.CharField(
                choices=[
                    ("identity_number", "Identity number"),
                    ("phone", "Phone"),
                    ("scan", "Scan of an identity paper"),
                    ("test_access", "Access for the technical test"),
                    ("account", "Reference of a user's account"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("found_at", models.DateTimeField(blank=True, null=True, verbose_name="found at")),
                ("records", models.TextField(blank=True, verbose_name="what records are kept")),
                ("records_until", models.DateField(blank=True, null=True, verbose_name="kept until")),
                ("told", models.TextField(blank=True, verbose_name="whom you told already")),
                ("report_by", models.DateField(blank=True, null=True)),
                ("reported_at", models.DateTimeField(blank=True, null=True, verbose_name="reported at")),
                (
                    "categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, verbose_name="risks"
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="what was found")),
                ("place", models.CharField(blank=True, max_length=300, verbose_name="where")),
                (
                    "how_found",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("monitoring", "By our own monitoring"),
                            ("user", "A user's report"),
                            ("authority", "A notice of an authority"),
                            ("other", "In another way"),
                        ],
                        max_length=12,
                        verbose_name="how it was found",
                    ),
                ),
                ("extent", models.TextField(blank=True, verbose_name="extent")),
                (
                    "generation_stopped_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="generation stopped at"),
                ),
                (
                    "transmission_stopped_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="transmission stopped at"),
                ),
                ("removed", models.TextField(blank=True, verbose_name="what was removed")),
                (
                    "correction",
                    models.CharField(
                        blank=True,
                        choices=[("training", "Optimisation training of the model"), ("other", "Other measures")],
                        max_length=12,
                        verbose_name="kind of correction",
                    ),
                ),
                ("correction_text", models.TextField(blank=True, verbose_name="how the model is corrected")),
                ("correct_by", models.DateField(blank=True, null=True, verbose_name="corrected by")),
                ("corrected_at", models.DateTimeField(blank=True, null=True)),
                ("files", models.ManyToManyField(blank=True, related_name="incidents", to="filings.attachment")),
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="incident", to="filings.matter"
                    ),
                ),
            ],
            options={
                "verbose_name": "incident report",
                "verbose_name_plural": "incident reports",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("generation_stopped_at__isnull", True),
                            ("found_at__lte", models.F("generation_stopped_at")),
                            _connector="OR",
                        ),
                        name="generation_stops_once_found",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("transmission_stopped_at__isnull", True),
                            ("found_at__lte", models.F("transmission_stopped_at")),
                            _connector="OR",
                        ),
                        name="transmission_stops_once_found",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reported_at__isnull", True),
                            models.Q(
                                ("generation_stopped_at__lte", models.F("reported_at")),
                                ("transmission_stopped_at__lte", models.F("reported_at")),
                                ("found_at__isnull", False),
                                ("generation_stopped_at__isnull", False),
                                ("correct_by__isnull", False),
                                ("records_until__isnull", False),
                                ("transmission_stopped_at__isnull", False),
                                models.Q(("description", ""), _negated=True),
                                models.Q(("removed", ""), _negated=True),
                                models.Q(("correction", ""), _negated=True),
                                models.Q(("records", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_sent_incident_is_complete",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("corrected_at__isnull", True),
                            models.Q(("reported_at__isnull", False), ("reported_at__lte", models.F("corrected_at"))),
                            _connector="OR",
                        ),
                        name="what_is_corrected_was_reported",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Misuse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("found_at", models.DateTimeField(blank=True, null=True, verbose_name="found at")),
                ("records", models.TextField(blank=True, verbose_name="what records are kept")),
                ("records_until", models.DateField(blank=True, null=True, verbose_name="kept until")),
                ("told", models.TextField(blank=True, verbose_name="whom you told already")),
                ("report_by", models.DateField(blank=True, null=True)),
                ("reported_at", models.DateTimeField(blank=True, null=True, verbose_name="reported at")),
                ("act", models.TextField(blank=True, verbose_name="what the user did")),
                (
                    "measure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("warn", "The user was warned"),
                            ("limit", "Functions were limited"),
                            ("suspend", "The service was suspended for the account"),
                            ("close", "The account was closed"),
                        ],
                        max_length=12,
                        verbose_name="measure on the account",
                    ),
                ),
                ("acted_at", models.DateTimeField(blank=True, null=True, verbose_name="measure taken at")),
                ("clause", models.CharField(blank=True, max_length=300, verbose_name="clause of the agreement")),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="filings.sealedvalue",
                        verbose_name="account",
                    ),
                ),
                ("files", models.ManyToManyField(blank=True, related_name="misuses", to="filings.attachment")),
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="misuse", to="filings.matter"
                    ),
                ),
            ],
            options={
                "verbose_name": "report of a misuse",
                "verbose_name_plural": "reports of misuse",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("acted_at__isnull", True), ("found_at__lte", models.F("acted_at")), _connector="OR"
                        ),
                        name="the_measure_follows_the_finding",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reported_at__isnull", True),
                            models.Q(
                                ("acted_at__isnull", False),
                                ("acted_at__lte", models.F("reported_at")),
                                ("found_at__isnull", False),
                                ("records_until__isnull", False),
                                models.Q(("act", ""), _negated=True),
                                models.Q(("measure", ""), _negated=True),
                                models.Q(("clause", ""), _negated=True),
                                models.Q(("records", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_sent_misuse_is_complete",
                    ),
                ],
            },
        ),
        migrations.RunSQL(triggers.matter_functions(), migrations.RunSQL.noop),
    ]
