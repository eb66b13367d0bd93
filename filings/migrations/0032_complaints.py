"""Complaints and objections, and what the public told in rows of its own."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from filings import triggers


class Migration(migrations.Migration):
    dependencies = [
        ("filings", "0031_confirmations_and_batches"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="receipt",
                        serialize=False,
                        to="filings.matter",
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
            ],
            options={
                "verbose_name": "receipt",
                "verbose_name_plural": "receipts",
            },
        ),
        migrations.CreateModel(
            name="Identity",
            fields=[
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="identity",
                        serialize=False,
                        to="filings.matter",
                    ),
                ),
                ("ciphertext", models.BinaryField(null=True)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "identity of who complained",
                "verbose_name_plural": "identities of who complained",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ciphertext__isnull", False), ("erased_at__isnull", True)),
                            models.Q(("ciphertext__isnull", True), ("erased_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_erased_identity_is_gone",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("told", "What was told"),
                            ("added", "Added"),
                            ("asked", "Question"),
                            ("outcome", "Outcome"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("provider", "Provider"),
                            ("officer", "Officer"),
                            ("system", "System"),
                            ("public", "Public"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="public_messages", to="filings.matter"
                    ),
                ),
            ],
            options={
                "verbose_name": "message of the public",
                "verbose_name_plural": "messages of the public",
            },
        ),
        migrations.CreateModel(
            name="PublicFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.BinaryField()),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("scan", models.CharField(max_length=10)),
                (
                    "shared_as",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="filings.attachment",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="filings.publicmessage"
                    ),
                ),
            ],
            options={
                "verbose_name": "file of the public",
                "verbose_name_plural": "files of the public",
            },
        ),
        migrations.CreateModel(
            name="Complaint",
            fields=[
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="complaint",
                        serialize=False,
                        to="filings.matter",
                    ),
                ),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("content", "Illegal or harmful content"),
                            ("personal", "Personal information"),
                            ("minors", "Minors"),
                            ("labels", "Missing or wrong labels"),
                            ("rights", "Infringed rights, such as copyright or reputation"),
                            ("unfair", "Discrimination or unfair treatment by an algorithm"),
                            ("unanswered", "The provider does not answer complaints"),
                            ("filing", "What is filed is not true"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                        verbose_name="topic",
                    ),
                ),
                (
                    "reject_ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("out_of_scope", "Outside what this authority deals with"),
                            ("no_facts", "No facts that could be looked into"),
                            ("duplicate", "The same was complained of before"),
                        ],
                        max_length=12,
                        verbose_name="ground",
                    ),
                ),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duplicates",
                        to="filings.complaint",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaints",
                        to="filings.registerentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "complaint",
                "verbose_name_plural": "complaints",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("duplicate_of__isnull", False), ("reject_ground", "duplicate")),
                            models.Q(
                                models.Q(("reject_ground", "duplicate"), _negated=True), ("duplicate_of__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="a_duplicate_names_the_first",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="objection",
                        serialize=False,
                        to="filings.matter",
                    ),
                ),
                (
                    "target",
                    models.CharField(
                        choices=[("decision", "Decision"), ("order", "Order"), ("entry", "Register entry")],
                        max_length=10,
                        verbose_name="what is objected to",
                    ),
                ),
                ("follow_up", models.TextField(blank=True, verbose_name="what follows")),
                ("followed_up_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="filings.registerentry",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken up by",
                    ),
                ),
            ],
            options={
                "verbose_name": "objection",
                "verbose_name_plural": "objections",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entry__isnull", False), ("target", "entry")),
                            models.Q(models.Q(("target", "entry"), _negated=True), ("entry__isnull", True)),
                            _connector="OR",
                        ),
                        name="an_objection_to_an_entry_names_it",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="publicmessage",
            index=models.Index(fields=["matter", "id"], name="message_by_matter"),
        ),
        migrations.RunSQL(
            triggers.append_only("filings_publicmessage"), triggers.not_append_only("filings_publicmessage")
        ),
    ]
