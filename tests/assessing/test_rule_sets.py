"""A rule set holds one edition's numbers, risks and topics, and never changes."""

import datetime as dt
from collections import Counter

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from filings import law, rulesets
from filings.models import RuleSet, Threshold, Topic

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def standard(db):
    return rulesets.current(on=TODAY)


def test_the_standard_is_seeded_with_every_number_and_its_mark(standard):
    rows = rulesets.thresholds(standard)

    assert {code: (row.value, row.unit, row.comparison, row.confidence) for code, row in rows.items()} == {
        "corpus_source_bad_share": (5, "percent", "at_most", "sure"),
        "corpus_human_sample": (4000, "items", "at_least", "sure"),
        "corpus_human_pass": (96, "percent", "at_least", "sure"),
        "corpus_machine_share": (10, "percent", "at_least", "sure"),
        "corpus_machine_pass": (98, "percent", "at_least", "sure"),
        "generated_human_sample": (1000, "questions", "at_least", "sure"),
        "generated_human_pass": (90, "percent", "at_least", "sure"),
        "generated_keyword_sample": (1000, "questions", "at_least", "sure"),
        "generated_keyword_pass": (90, "percent", "at_least", "sure"),
        "generated_classifier_sample": (1000, "questions", "at_least", "sure"),
        "generated_classifier_pass": (90, "percent", "at_least", "sure"),
        "refuse_test_sample": (300, "questions", "at_least", "sure"),
        "refuse_test_rate": (95, "percent", "at_least", "sure"),
        "answer_test_sample": (300, "questions", "at_least", "sure"),
        "answer_test_rate": (5, "percent", "at_most", "sure"),
        "keywords_total": (10000, "entries", "at_least", "sure"),
        "keywords_risks": (17, "risks", "at_least", "sure"),
        "keywords_each_a1": (200, "entries", "at_least", "sure"),
        "keywords_each_a2": (100, "entries", "at_least", "sure"),
        "keywords_update": (7, "days", "at_most", "unsure"),
        "content_total": (2000, "questions", "at_least", "sure"),
        "content_risks": (31, "risks", "at_least", "sure"),
        "content_each_main": (50, "questions", "at_least", "sure"),
        "content_each_other": (20, "questions", "at_least", "sure"),
        "content_update": (1, "months", "at_most", "sure"),
        "refuse_total": (500, "questions", "at_least", "sure"),
        "refuse_risks": (17, "risks", "at_least", "sure"),
        "refuse_each": (20, "questions", "at_least", "sure"),
        "answer_total": (500, "questions", "at_least", "likely"),
        "answer_aspects": (13, "aspects", "at_least", "likely"),
        "answer_each": (20, "questions", "at_least", "likely"),
        "foreign_open_share": (30, "percent", "at_most", "unsure"),
        "opt_out_clicks": (4, "clicks", "at_most", "likely"),
        "annotation_reviewers": (1, "people", "at_least", "likely"),
        "signatories": (3, "people", "at_least", "likely"),
    }


def test_only_thresholds_read_in_the_text_block(standard):
    assert {row.confidence for row in rulesets.thresholds(standard).values() if row.blocks} == {"sure"}


def test_there_are_31_risks_in_five_groups_and_13_aspects(standard):
    assert Counter(risk.group for risk in rulesets.risks(standard).values()) == {
        "A.1": 8,
        "A.2": 9,
        "A.3": 5,
        "A.4": 7,
        "A.5": 2,
    }
    assert len(rulesets.aspects(standard)) == 13
    assert len(rulesets.risks(standard, "A.1", "A.2")) == 17


def test_every_threshold_is_measured_by_a_topic_that_names_it(standard):
    measured = {code for topic in rulesets.topics(standard).values() for code in topic.scope}

    assert measured == set(rulesets.thresholds(standard))


def test_a_topic_carries_a_clause_only_where_one_is_known(standard):
    known = {topic.code: topic.clause for topic in rulesets.topics(standard).values() if topic.clause}

    assert known == {"model_base": "TC260-003 6", "measures_opt_out": "TC260-003 7"}


def test_articles_that_rows_cite_are_in_force(standard):
    cited = [row.cites for model in (Threshold, Topic) for row in model.objects.exclude(cites="")]

    law.resolve_all({code for text in cited for code in text.split(", ")}, on=timezone.localdate())


def test_thresholds_are_gathered_by_annex_in_one_query(standard, django_assert_num_queries):
    with django_assert_num_queries(1):
        gathered = rulesets.thresholds_by_annex(standard)

    assert sorted(gathered) == [
        "",
        "annotation_rules",
        "answer_bank",
        "content_bank",
        "corpus_sample",
        "generated_test",
        "keywords",
        "refusal_test",
        "refuse_bank",
    ]


@pytest.mark.parametrize("table", ["ruleset", "threshold", "risk", "aspect", "topic", "heading"])
def test_the_database_refuses_every_change_of_a_rule_set(standard, table):
    model = RuleSet._meta.apps.get_model("filings", table)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.update(confidence="sure")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.order_by("pk").last()._meta.default_manager.order_by("pk").filter(
            pk=model.objects.order_by("pk").last().pk
        )._raw_delete("default")


@pytest.mark.django_db(transaction=True)
def test_nothing_is_added_to_a_rule_set_afterwards():
    standard = rulesets.current(on=TODAY)

    with pytest.raises(DatabaseError, match="closed"), transaction.atomic():
        Topic.objects.create(rule_set=standard, code="later", position=999, title_zh="后加", title_en="Later")


def test_the_newest_edition_in_force_counts(standard, now):
    later = RuleSet.objects.create(
        code="GB/T 45654-2025",
        edition="2027",
        title_zh="新版",
        title_en="New edition",
        confidence="sure",
        in_force_from=dt.date(2027, 1, 1),
        created_at=now,
    )

    assert rulesets.current(on=TODAY) == standard
    assert rulesets.current(on=dt.date(2027, 1, 1)) == later
