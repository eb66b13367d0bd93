"""Seed the stages and decline grounds of generative-AI services; say which article limits a stage."""

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

ALGORITHMS = ["deep_synthesis", "recommendation"]
SERVICES = ["generative", "generative_registration"]
# No statutory limit is known for these kinds: the days are the authority's service standard.
REGION = ("region", "省级审查", "Provincial review", "provincial", 20, False, False)
TEST = ("technical_test", "技术测试", "Technical test", "provincial", 20, False, True)
NATION = ("nation", "国家审查", "National review", "national", 20, True, False)
LAST_TEST = ("technical_test", "技术测试与审定", "Technical test and decision", "provincial", 15, True, True)
PLANS = {"generative": (REGION, TEST, NATION), "generative_registration": (REGION, LAST_TEST)}
SINCE = "2023-08-15"
GROUNDS = (
    ("service_incomplete", "补正后材料仍不齐全", "Material still incomplete after rectification", "GAI 17"),
    ("service_false", "隐瞒有关情况或者提供虚假材料", "Facts concealed or false material given", "GAI 19"),
    (
        "service_out_of_scope",
        "不属于应当备案或者登记的生成式人工智能服务",
        "Not a generative-AI service that has to be filed or registered",
        "GAI 2",
    ),
    ("service_not_provider", "申报主体不是该服务的提供者", "The entity does not provide the service", "GAI 22"),
    ("service_duplicate", "同一服务已经备案或者登记", "The same service is already filed or registered", "GAI 17"),
    ("service_base_model", "使用的基础模型来源不合法", "The base model has no lawful source", "GAI 7(1)"),
    (
        "service_assessment",
        "补正后安全评估仍不符合要求",
        "The security assessment still falls short after rectification",
        "GAI 17",
    ),
)


def seed(apps, schema_editor):
    plans = apps.get_model("reviews", "StagePlan").objects
    plans.filter(kind__in=ALGORITHMS).update(basis="ARP 25")
    for kind, stages in PLANS.items():
        for position, (code, zh, en, level, days, concludes, test) in enumerate(stages, 1):
            plans.create(
                version=1, kind=kind, purpose="first", position=position, code=code, name_zh=zh, name_en=en,
                level=level, working_days=days, may_conclude=concludes, test_required=test,
            )  # fmt: skip
    grounds = apps.get_model("reviews", "DeclineGround").objects
    grounds.update(kinds=ALGORITHMS)
    for code, zh, en, article in GROUNDS:
        grounds.create(
            code=code, text_zh=zh, text_en=en, article=article, kinds=SERVICES,
            in_force_from=dt.date.fromisoformat(SINCE),
        )  # fmt: skip


def forget(apps, schema_editor):
    apps.get_model("reviews", "StagePlan").objects.filter(kind__in=SERVICES).delete()
    apps.get_model("reviews", "DeclineGround").objects.filter(code__in=[code for code, *_ in GROUNDS]).delete()
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks pending cannot lose its column
    schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


class Migration(migrations.Migration):
    dependencies = [("reviews", "0010_generative_tracks")]
    operations = [
        migrations.AddField(
            model_name="stageplan",
            name="basis",
            field=models.CharField(blank=True, max_length=40, verbose_name="article that sets the limit"),
        ),
        migrations.AddField(
            model_name="declineground",
            name="kinds",
            field=ArrayField(
                base_field=models.CharField(max_length=30), default=list, size=None, verbose_name="kinds of filing"
            ),
        ),
        migrations.RunPython(seed, forget),
    ]
