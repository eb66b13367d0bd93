import json

import pytest
from django.utils import translation

from filings import consistency
from filings.models import AnnexCheck, Attachment, RuleSet
from tests import factories


@pytest.fixture
def service(entity, provider, now):
    return factories.complete_draft(entity=entity, by=provider, at=now, kind="generative")


@pytest.fixture
def counted(service, provider, now):
    """Keeps a finished check of an annex that counted so many entries."""

    def counted(annex, total):
        return AnnexCheck.objects.create(
            procedure=service,
            annex=annex,
            attachment=Attachment.objects.first(),
            sha256="0" * 64,
            rule_set=RuleSet.objects.first(),
            digest="0" * 64,
            status="done",
            result={"counts": {"total": total}},
            asked_by=provider,
            asked_at=now,
        )

    return counted


def told(procedure, text):
    content = json.loads(json.dumps(procedure.dossier.content))
    content["content_safety"]["rules"] = text
    with translation.override("en"):
        found = consistency.counted_otherwise(procedure, content)
        return [(each.path, each.other_path, each.is_blocking, str(each.message)) for each in found]


def test_a_size_told_in_words_that_the_annex_does_not_hold_is_told(service, counted):
    counted("keywords", 10_200)
    assert told(service, "拦截关键词库共 12,000 条，按周更新。") == [
        (
            "content_safety.rules",
            "annexes.keywords",
            False,
            "This text speaks of 12,000 entries, and 10,200 were counted in the annex. Correct one.",
        )
    ]


@pytest.mark.parametrize(
    ("text", "annex", "size"),
    [
        ("关键词1.2万余条", "keywords", 12_000),
        ("内容测试题库 2000 题", "content_bank", 2_000),
        ("拒答测试题库不少于500道", "refuse_bank", 500),
        ("非拒答测试题库共计 620 题", "answer_bank", 620),
    ],
)
def test_sizes_are_read_as_texts_write_them(text, annex, size):
    assert list(consistency._sizes_told({"s": {"a": text}})) == [("s.a", annex, size)]


def test_the_newest_check_counts_and_a_larger_annex_is_right(service, counted):
    counted("keywords", 9_000)
    counted("keywords", 12_500)
    assert told(service, "关键词库 1.2 万条。") == []


def test_without_a_finished_check_nothing_is_said(service):
    assert told(service, "关键词库 12000 条。") == []


def test_the_sizes_take_one_query_and_none_where_none_is_told(service, counted, django_assert_num_queries):
    counted("keywords", 1)
    content = service.dossier.content
    with django_assert_num_queries(0):
        list(consistency.counted_otherwise(service, content))
    counted("content_bank", 1)
    with django_assert_num_queries(1):
        list(consistency.counted_otherwise(service, {"s": {"a": "关键词 12000 条，内容测试题库 3000 题"}}))
