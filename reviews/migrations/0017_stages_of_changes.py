"""Seed the stages of changes and transfers: the province concludes; no law sets a limit, so the days are a standard."""

from django.db import migrations

KINDS = ("deep_synthesis", "recommendation", "generative", "generative_registration")
STAGES = {
    "change": ("region", "省级审查（变更）", "Provincial review of the change", 20),
    "transfer": ("region", "省级审查（主体变更）", "Provincial review of the transfer", 20),
}


def seed(apps, schema_editor):
    plans = apps.get_model("reviews", "StagePlan").objects
    for purpose, (code, zh, en, days) in STAGES.items():
        for kind in KINDS:
            plans.create(
                version=1, kind=kind, purpose=purpose, position=1, code=code, name_zh=zh, name_en=en,
                level="provincial", working_days=days, may_conclude=True, test_required=False,
            )  # fmt: skip


def forget(apps, schema_editor):
    apps.get_model("reviews", "StagePlan").objects.filter(purpose__in=STAGES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0016_stages_of_cancellations"),
        ("filings", "0028_changes_and_transfers"),
    ]
    operations = [migrations.RunPython(seed, forget)]
