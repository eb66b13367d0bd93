"""Rule sets of generative services, which nobody changes once they are loaded."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from filings import triggers

TABLES = ("heading", "threshold", "risk", "aspect", "topic")


def install():
    parts = [triggers.stamp_transaction("filings_ruleset"), triggers.append_only("filings_ruleset")]
    for table in TABLES:
        parts.append(triggers.append_only(f"filings_{table}"))
        parts.append(triggers.closed_with(f"filings_{table}", "filings_ruleset", "rule_set_id"))
    return "\n".join(parts)


def remove():
    parts = [triggers.not_stamp_transaction("filings_ruleset"), triggers.not_append_only("filings_ruleset")]
    for table in TABLES:
        parts.append(triggers.not_closed_with(f"filings_{table}"))
        parts.append(triggers.not_append_only(f"filings_{table}"))
    return "\n".join(parts)


class Migration(migrations.Migration):
    dependencies = [
        ("filings", "0007_names_of_fields"),
    ]

    operations = [
        migrations.CreateModel(
            name="RuleSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("edition", models.CharField(max_length=40, verbose_name="edition")),
                ("title_zh", models.CharField(max_length=200, verbose_name="Chinese title")),
                ("title_en", models.CharField(max_length=200, verbose_name="English title")),
                ("source_zh", models.CharField(max_length=300, verbose_name="source (Chinese)")),
                ("source_en", models.CharField(max_length=300, verbose_name="source (English)")),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("sure", "Read in the text"),
                            ("likely", "Reported by several sources"),
                            ("unsure", "Reported by one source"),
                        ],
                        max_length=8,
                        verbose_name="confidence",
                    ),
                ),
                ("in_force_from", models.DateField(verbose_name="in force from")),
                ("created_at", models.DateTimeField(verbose_name="loaded at")),
                ("file_digest", models.CharField(blank=True, max_length=64, verbose_name="digest of the file")),
                ("transaction_id", models.BigIntegerField(editable=False, null=True)),
                (
                    "based_on",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="filings.ruleset",
                        verbose_name="based on",
                    ),
                ),
            ],
            options={
                "verbose_name": "rule set",
                "verbose_name_plural": "rule sets",
            },
        ),
        migrations.CreateModel(
            name="Risk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("title_zh", models.CharField(max_length=200, verbose_name="Chinese title")),
                ("title_en", models.CharField(max_length=300, verbose_name="English title")),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("sure", "Read in the text"),
                            ("likely", "Reported by several sources"),
                            ("unsure", "Reported by one source"),
                        ],
                        max_length=8,
                        verbose_name="confidence",
                    ),
                ),
                ("group", models.CharField(max_length=20, verbose_name="group")),
                (
                    "rule_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="risks", to="filings.ruleset"
                    ),
                ),
            ],
            options={
                "verbose_name": "risk",
                "verbose_name_plural": "risks",
            },
        ),
        migrations.CreateModel(
            name="Heading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("title_zh", models.CharField(max_length=200, verbose_name="Chinese title")),
                ("title_en", models.CharField(max_length=300, verbose_name="English title")),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("sure", "Read in the text"),
                            ("likely", "Reported by several sources"),
                            ("unsure", "Reported by one source"),
                        ],
                        max_length=8,
                        verbose_name="confidence",
                    ),
                ),
                (
                    "rule_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="headings", to="filings.ruleset"
                    ),
                ),
            ],
            options={
                "verbose_name": "heading of a rule set",
                "verbose_name_plural": "headings of rule sets",
            },
        ),
        migrations.CreateModel(
            name="Aspect",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("title_zh", models.CharField(max_length=200, verbose_name="Chinese title")),
                ("title_en", models.CharField(max_length=300, verbose_name="English title")),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("sure", "Read in the text"),
                            ("likely", "Reported by several sources"),
                            ("unsure", "Reported by one source"),
                        ],
                        max_length=8,
                        verbose_name="confidence",
                    ),
                ),
                (
                    "rule_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="aspects", to="filings.ruleset"
                    ),
                ),
            ],
            options={
                "verbose_name": "aspect",
                "verbose_name_plural": "aspects",
            },
        ),
        migrations.AddField(
            model_name="procedure",
            name="rule_set",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="filings.ruleset",
            ),
        ),
        migrations.CreateModel(
            name="Threshold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("title_zh", models.CharField(max_length=200, verbose_name="Chinese title")),
                ("title_en", models.CharField(max_length=300, verbose_name="English title")),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("sure", "Read in the text"),
                            ("likely", "Reported by several sources"),
                            ("unsure", "Reported by one source"),
                        ],
                        max_length=8,
                        verbose_name="confidence",
                    ),
                ),
                ("annex", models.CharField(blank=True, max_length=30, verbose_name="annex")),
                ("value", models.PositiveIntegerField(verbose_name="value")),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("percent", "per cent"),
                            ("items", "items"),
                            ("entries", "entries"),
                            ("questions", "questions"),
                            ("risks", "risks"),
                            ("aspects", "aspects"),
                            ("clicks", "clicks"),
                            ("days", "days"),
                            ("months", "months"),
                            ("people", "people"),
                        ],
                        max_length=12,
                        verbose_name="unit",
                    ),
                ),
                (
                    "comparison",
                    models.CharField(
                        choices=[("at_least", "at least"), ("at_most", "at most")],
                        max_length=10,
                        verbose_name="comparison",
                    ),
                ),
                (
                    "scope",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list
                    ),
                ),
                ("cites", models.CharField(blank=True, max_length=100, verbose_name="articles")),
                (
                    "links",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), blank=True, default=list
                    ),
                ),
                ("source_zh", models.CharField(blank=True, max_length=200, verbose_name="source (Chinese)")),
                ("source_en", models.CharField(blank=True, max_length=200, verbose_name="source (English)")),
                (
                    "rule_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="thresholds", to="filings.ruleset"
                    ),
                ),
            ],
            options={
                "verbose_name": "threshold",
                "verbose_name_plural": "thresholds",
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("title_zh", models.CharField(max_length=200, verbose_name="Chinese title")),
                ("title_en", models.CharField(max_length=300, verbose_name="English title")),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("sure", "Read in the text"),
                            ("likely", "Reported by several sources"),
                            ("unsure", "Reported by one source"),
                        ],
                        max_length=8,
                        verbose_name="confidence",
                    ),
                ),
                ("chapter", models.CharField(max_length=20, verbose_name="chapter")),
                ("clause", models.CharField(blank=True, max_length=40, verbose_name="clause")),
                ("cites", models.CharField(blank=True, max_length=100, verbose_name="articles")),
                ("annex", models.CharField(blank=True, max_length=30, verbose_name="annex")),
                (
                    "scope",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list
                    ),
                ),
                (
                    "links",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), blank=True, default=list
                    ),
                ),
                (
                    "rule_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="topics", to="filings.ruleset"
                    ),
                ),
            ],
            options={
                "verbose_name": "assessment topic",
                "verbose_name_plural": "assessment topics",
            },
        ),
        migrations.AddConstraint(
            model_name="ruleset",
            constraint=models.UniqueConstraint(fields=("code", "edition"), name="one_rule_set_an_edition"),
        ),
        migrations.AddConstraint(
            model_name="risk",
            constraint=models.UniqueConstraint(fields=("rule_set", "code"), name="one_risk_a_code"),
        ),
        migrations.AddConstraint(
            model_name="heading",
            constraint=models.UniqueConstraint(fields=("rule_set", "code"), name="one_heading_a_code"),
        ),
        migrations.AddConstraint(
            model_name="aspect",
            constraint=models.UniqueConstraint(fields=("rule_set", "code"), name="one_aspect_a_code"),
        ),
        migrations.AddConstraint(
            model_name="threshold",
            constraint=models.UniqueConstraint(fields=("rule_set", "code"), name="one_threshold_a_code"),
        ),
        migrations.AddConstraint(
            model_name="topic",
            constraint=models.UniqueConstraint(fields=("rule_set", "code"), name="one_topic_a_code"),
        ),
        migrations.RunSQL(install(), remove()),
    ]
