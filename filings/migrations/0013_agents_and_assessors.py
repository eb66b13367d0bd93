"""Agents of providers with their powers of attorney, and third-party assessors with their mandates."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from filings import triggers

AGENCY = ("entity_id", "organisation", "power_of_attorney_id", "covers_all", "ends_on", "granted_by_id", "granted_at")
MANDATE = ("procedure_id", "email", "organisation", "token_digest", "invited_by_id", "invited_at", "expires_at")


def install():
    return "\n".join(
        (
            triggers.AGENTS_KEEP_TO_THEIR_POWER,
            triggers.frozen_columns("filings_agency", AGENCY),
            triggers.frozen_columns("filings_mandate", MANDATE),
            triggers.append_only("filings_assessmentsignature"),
        )
    )


def remove():
    return "\n".join(
        (
            triggers.not_append_only("filings_assessmentsignature"),
            triggers.not_frozen_columns("filings_mandate"),
            triggers.not_frozen_columns("filings_agency"),
            triggers.NOT_AGENTS_KEEP_TO_THEIR_POWER,
        )
    )


class Migration(migrations.Migration):
    dependencies = [
        ("filings", "0012_generative_tracks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AssessmentSignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64)),
                ("signatory", models.CharField(max_length=100)),
                ("signed_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "signature of an assessor",
                "verbose_name_plural": "signatures of assessors",
            },
        ),
        migrations.CreateModel(
            name="Assessor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("credit_code", models.CharField(max_length=18, unique=True)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "assessor",
                "verbose_name_plural": "assessors",
            },
        ),
        migrations.CreateModel(
            name="AssessorMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "person of an assessor",
                "verbose_name_plural": "people of assessors",
            },
        ),
        migrations.CreateModel(
            name="Mandate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254)),
                ("organisation", models.CharField(max_length=200)),
                ("token_digest", models.CharField(max_length=64, unique=True)),
                ("invited_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "mandate to assess",
                "verbose_name_plural": "mandates to assess",
            },
        ),
        migrations.AlterField(
            model_name="invitation",
            name="role",
            field=models.CharField(
                choices=[("owner", "Owner"), ("editor", "Editor"), ("viewer", "Viewer"), ("agent", "Agent")],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="membership",
            name="role",
            field=models.CharField(
                choices=[("owner", "Owner"), ("editor", "Editor"), ("viewer", "Viewer"), ("agent", "Agent")],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="Agency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organisation", models.CharField(max_length=200)),
                ("covers_all", models.BooleanField(default=False)),
                ("ends_on", models.DateField()),
                ("granted_at", models.DateTimeField()),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="agencies", to="filings.entity"
                    ),
                ),
                ("filings", models.ManyToManyField(blank=True, related_name="agencies", to="filings.filing")),
                (
                    "granted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "power_of_attorney",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="filings.attachment"
                    ),
                ),
            ],
            options={
                "verbose_name": "power of an agent",
                "verbose_name_plural": "powers of agents",
            },
        ),
        migrations.AddField(
            model_name="invitation",
            name="agency",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invitations",
                to="filings.agency",
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="agency",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="membership",
                to="filings.agency",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agency__isnull", False), ("role", "agent")),
                    models.Q(models.Q(("role", "agent"), _negated=True), ("agency__isnull", True)),
                    _connector="OR",
                ),
                name="an_agent_is_invited_with_a_power",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agency__isnull", False), ("role", "agent")),
                    models.Q(models.Q(("role", "agent"), _negated=True), ("agency__isnull", True)),
                    _connector="OR",
                ),
                name="an_agent_has_a_power_of_attorney",
            ),
        ),
        migrations.AddField(
            model_name="assessmentsignature",
            name="signed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="assessor",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="assessormember",
            name="assessor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="people", to="filings.assessor"
            ),
        ),
        migrations.AddField(
            model_name="assessormember",
            name="user",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="assessor_member", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="mandate",
            name="accepted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="mandate",
            name="assessor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mandates",
                to="filings.assessor",
            ),
        ),
        migrations.AddField(
            model_name="mandate",
            name="invited_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="mandate",
            name="procedure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="mandates", to="filings.procedure"
            ),
        ),
        migrations.AddField(
            model_name="assessmentsignature",
            name="mandate",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="filings.mandate"
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at__isnull", True)),
                fields=("procedure",),
                name="one_standing_mandate_a_procedure",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("invited_at"))), name="a_mandate_expires_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accepted_at__isnull", True), ("accepted_by__isnull", True), ("assessor__isnull", True)),
                    models.Q(
                        ("accepted_at__isnull", False), ("accepted_by__isnull", False), ("assessor__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="an_accepted_mandate_names_its_assessor",
            ),
        ),
        migrations.RunSQL(install(), remove()),
    ]
