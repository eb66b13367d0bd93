"""The province decides what a provider cancels; whoever loses a filing against its will is heard first."""

from django.db import migrations

from reviews import triggers_matters

KINDS = ("deep_synthesis", "recommendation", "generative", "generative_registration")


def seed(apps, schema_editor):
    plans = apps.get_model("reviews", "StagePlan").objects
    for kind in KINDS:
        plans.create(
            version=1, kind=kind, purpose="cancellation", position=1, code="region", name_zh="省级审查（注销）",
            name_en="Provincial review of the cancellation", level="provincial", working_days=20, may_conclude=True,
            test_required=False,
        )  # fmt: skip


def forget(apps, schema_editor):
    apps.get_model("reviews", "StagePlan").objects.filter(purpose="cancellation").delete()


class Migration(migrations.Migration):
    dependencies = [("reviews", "0015_matter_guards"), ("filings", "0024_order_guards")]
    operations = [
        migrations.RunPython(seed, forget),
        migrations.RunSQL(triggers_matters.PROVIDER_WAS_HEARD, triggers_matters.NOT_PROVIDER_WAS_HEARD),
    ]
