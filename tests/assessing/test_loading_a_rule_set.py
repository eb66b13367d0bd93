"""An administrator loads an official clause list as a new rule set; what is wrong is told row by row."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Count
from django.urls import reverse

from filings import drafts, rulesetfiles, rulesets
from filings.models import Event, OfficerRole, RuleSet
from tests import factories

TODAY = dt.date(2026, 11, 23)
ABOUT = {
    "code": "GB/T 45654-2025",
    "edition": "2025 正式条款",
    "title_zh": "《网络安全技术 生成式人工智能服务安全基本要求》",
    "title_en": "Basic security requirements for generative AI services",
    "source_zh": "正式发布文本",
    "source_en": "The published text",
    "confidence": "sure",
    "in_force_from": "2026-01-01",
}
CLAUSES = """code,group,title_zh,title_en,clause,cites,links
c51a,corpus,语料来源有合法授权,Corpora are licensed,5.1 a),GAI 7(1),corpora
c61,model,使用已备案的基础模型,A filed base model,6.1,GAI 7(1),base_model
"""


@pytest.fixture
def head(nation):
    """Administers the whole installation."""
    return factories.officer("admin@cac.example.cn", nation, OfficerRole.ADMINISTRATOR)


@pytest.fixture
def load(client, head):
    client.force_login(head)

    def posted(text, **changed):
        content = text if isinstance(text, bytes) else text.encode()
        file = SimpleUploadedFile("clauses.csv", content, "text/csv")
        return client.post(reverse("admin:filings_ruleset_load"), ABOUT | changed | {"file": file})

    return posted


def test_a_clause_list_becomes_a_new_set_and_the_rest_is_carried_over(load):
    before = rulesets.current(on=TODAY)

    answer = load(CLAUSES)

    loaded = rulesets.current(on=TODAY)
    assert (answer.status_code, loaded.based_on) == (302, before)
    assert {topic.code: topic.clause for topic in rulesets.topics(loaded).values()} == {"c51a": "5.1 a)", "c61": "6.1"}
    assert set(rulesets.thresholds(loaded)) == set(rulesets.thresholds(before))
    assert len(rulesets.risks(loaded)) == 31
    assert Event.objects.get(kind="ruleset.loaded").data["rows"]["topic"] == 2


def test_the_set_that_was_there_is_not_touched(load):
    def rows():
        counted = RuleSet.objects.filter(edition="2025").annotate(n=Count("topics"))
        return list(counted.values("pk", "n", "transaction_id"))

    before = rows()
    load(CLAUSES)
    assert rows() == before


def test_drafts_begun_earlier_keep_their_set_and_later_ones_take_the_new(load, entity, provider, now):
    earlier = drafts.start_filing(entity=entity, kind="generative", by=provider, at=now)

    load(CLAUSES)

    later = drafts.start_filing(entity=entity, kind="generative", by=provider, at=now)
    earlier.refresh_from_db()
    assert (earlier.rule_set.edition, later.rule_set.edition) == ("2025", "2025 正式条款")


def test_a_set_may_be_loaded_again_from_its_own_file(load):
    standard = rulesets.current(on=TODAY)

    assert load(rulesetfiles.export(standard)).status_code == 302

    loaded = rulesets.current(on=TODAY)
    for read in (rulesets.topics, rulesets.thresholds, rulesets.risks, rulesets.aspects, rulesets.headings):
        assert list(read(loaded)) == list(read(standard))


def test_a_list_in_gb18030_is_read(load):
    assert load(CLAUSES.encode("gb18030")).status_code == 302


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("title\n甲\n", 1),
        ("code,title_zh,colour\na1,甲,红\n", 1),
        ("code,group,title_zh\na1,corpus,\n", 2),
        ("code,group,title_zh\n有空格 a,corpus,甲\n", 2),
        ("code,group,title_zh\na1,corpus,甲\na1,corpus,乙\n", 3),
        ("code,group,title_zh\na1,nowhere,甲\n", 2),
        ("code,group,title_zh,cites\na1,corpus,甲,GAI 99\n", 2),
        ("code,group,title_zh,scope\na1,corpus,甲,invented\n", 2),
        ("code,group,title_zh,annex\na1,corpus,甲,appendix\n", 2),
        ("code,group,title_zh,confidence\na1,corpus,甲,maybe\n", 2),
        ("code,group,title_zh\na1,corpus," + "长" * 201 + "\n", 2),
        ("kind,code,group,title_zh\nrule,a1,corpus,甲\n", 2),
        ("kind,code,title_zh,value,unit,comparison\nthreshold,t1,甲,多,items,at_least\n", 2),
        ("kind,code,title_zh,value,unit,comparison\nthreshold,t1,甲,5,stones,at_least\n", 2),
        ("kind,code,title_zh,value,unit,comparison\nthreshold,t1,甲,5,items,about\n", 2),
        ('code,group,title_zh\na1,corpus,"甲\n', 2),
        ("", 1),
        ("code,group,title_zh\n", 0),
        (b"\xff\xfe\x00\x81", 0),
        (b"x" * (2 * 1024 * 1024 + 1), 0),
    ],
)
def test_what_is_wrong_is_told_with_its_row_and_nothing_is_kept(load, text, row):
    answer = load(text)

    assert answer.status_code == 422
    assert RuleSet.objects.count() == 1
    if answer.context["problems"]:
        assert answer.context["problems"][0][0] == row
    else:
        assert "file" in answer.context["form"].errors


def test_an_edition_is_loaded_once(load):
    load(CLAUSES)

    assert load(CLAUSES).status_code == 422
    assert RuleSet.objects.count() == 2


def test_every_officer_reads_a_set_and_only_national_administrators_load(client, reviewer, administrator, provider):
    standard = rulesets.current(on=TODAY)
    for person in (reviewer, administrator):
        client.force_login(person)
        page = client.get(reverse("admin:filings_ruleset_change", args=[standard.pk]))
        assert (page.status_code, len(page.context["topics"])) == (200, 49)
        assert client.get(reverse("admin:filings_ruleset_load")).status_code == 403
    client.force_login(provider)
    assert client.get(reverse("admin:filings_ruleset_changelist")).status_code == 403


def test_reading_a_set_costs_a_fixed_number_of_queries(client, reviewer, django_assert_num_queries):
    client.force_login(reviewer)
    address = reverse("admin:filings_ruleset_change", args=[rulesets.current(on=TODAY).pk])
    with django_assert_num_queries(9):
        client.get(address)
