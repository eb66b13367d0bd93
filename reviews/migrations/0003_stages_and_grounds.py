"""Seed the stage plan (province, then national) and the closed list of decline grounds."""

import datetime as dt

from django.db import migrations

STAGES = (
    (1, "provincial_review", "省级审查", "Provincial review", "provincial", 15, False),
    (2, "national_review", "国家审查", "National review", "national", 15, True),
)
GROUNDS = (
    ("incomplete", "补正后材料仍不齐全", "Material still incomplete after rectification", "ARP 25", "2022-03-01"),
    ("false", "隐瞒有关情况或者提供虚假材料", "Facts concealed or false material given", "ARP 33", "2022-03-01"),
    ("out_of_scope", "不属于应当备案的算法推荐服务", "Not a service that has to be filed", "ARP 24", "2022-03-01"),
    (
        "not_provider",
        "备案主体不是该算法的服务提供者或者技术支持者",
        "The entity neither provides nor supports the algorithm",
        "DSP 19",
        "2023-01-10",
    ),
    ("duplicate", "同一算法已经备案", "The same algorithm is already filed", "ARP 24", "2022-03-01"),
)


def seed(apps, schema_editor):
    StagePlan = apps.get_model("reviews", "StagePlan")
    DeclineGround = apps.get_model("reviews", "DeclineGround")
    for kind in ("deep_synthesis", "recommendation"):
        for position, code, zh, en, level, days, concludes in STAGES:
            StagePlan.objects.create(
                version=1,
                kind=kind,
                purpose="first",
                position=position,
                code=code,
                name_zh=zh,
                name_en=en,
                level=level,
                working_days=days,
                may_conclude=concludes,
            )
    for code, zh, en, article, since in GROUNDS:
        DeclineGround.objects.create(
            code=code,
            text_zh=zh,
            text_en=en,
            article=article,
            in_force_from=dt.date.fromisoformat(since),
        )


class Migration(migrations.Migration):
    dependencies = [("reviews", "0002_guards")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
