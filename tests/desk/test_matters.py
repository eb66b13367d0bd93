"""Matters on the desk: who sees them, in which order, and what their pages cost."""

import datetime as dt

import pytest
from django.urls import reverse

from filings import matters
from filings.lifecycle import Actor
from filings.models import Authority, DataSet, EntityVersion, Matter, MatterAuthority, OfficerRole
from tests import factories
from tests.counting import costs

LIST = "admin:filings_matter_changelist"


@pytest.fixture
def opened(entity, province, now):
    """Opens a matter of the entity at its region's authority."""

    def open_one(title="监督检查", *, days=None, **facts):
        facts = {"authority": province, "turn": Matter.Turn.AUTHORITY, "entity": entity, **facts}
        due = now.date() + dt.timedelta(days=days) if days is not None else None
        facts = {"kind": "dataset", "region_code": entity.region_code, "due_on": due, **facts}
        matter = matters.open_matter(title=title, side=Actor.OFFICER, at=now, **facts)
        if matter.kind == "dataset":
            said = dict.fromkeys(("description", "source", "licence", "size", "contact"), "馆藏目录")
            DataSet.objects.create(matter=matter, data_class="text", wished_grade="open", **said)
        return matter

    return open_one


@pytest.fixture
def industry(installation):
    """A reviewer of another ministry, whose authority answers for the whole country."""
    office = Authority.objects.create(name_zh="工业和信息化部", name_en="MIIT", ministry="miit", level="national")
    return factories.officer("reviewer@miit.example.cn", office, OfficerRole.REVIEWER)


def page_of(matter):
    return reverse("admin:filings_matter_change", args=[matter.pk])


def test_matters_and_their_pages_cost_the_same_for_one_and_for_three(at_desk, reviewer, province, opened, now):
    matter = opened(days=5)
    client, pages = at_desk(reviewer), [reverse(LIST), page_of(matter), reverse("admin:index")]
    _write(matter, now)
    expected = costs(client, pages)
    assert expected == [5, 13, 14]
    for n in (1, 2):
        opened(f"监督检查{n}", parent=matter, days=n)
        _write(matter, now)
    MatterAuthority.objects.create(matter=matter, authority=province, joined_at=now)
    assert costs(client, pages) == expected


def _write(matter, now):
    matters.write(matter=matter, kind="question", side=Actor.OFFICER, text="请说明。", at=now, by=matter.opened_by)


def test_what_is_due_first_stands_first_and_pages_go_on_by_key(at_desk, reviewer, opened, monkeypatch):
    monkeypatch.setattr("reviews.admin.matter.PAGE", 2)
    for title, days in (("无期限甲", None), ("后到期", 9), ("先到期", 2), ("无期限乙", None)):
        opened(title, days=days)
    client, address, seen = at_desk(reviewer), reverse(LIST), []
    while address:
        answer = client.get(address)
        seen.append([matter.title for matter, _left in answer.context["lines"]])
        more = answer.context["next_page"]
        address = f"{reverse(LIST)}?{more}" if more else ""
    assert seen == [["先到期", "后到期"], ["无期限甲", "无期限乙"]]


def test_filters_find_by_kind_turn_and_words(at_desk, reviewer, opened, entity):
    waiting, other = opened("算法抽查"), opened("事件", kind="incident", turn=Matter.Turn.PROVIDER)

    def found(query):
        return [matter for matter, _left in at_desk(reviewer).get(f"{reverse(LIST)}?{query}").context["lines"]]

    assert found("kind=incident") == [other]
    assert found("show=waiting") == [waiting]
    assert found(f"q={waiting.reference}") == [waiting]
    assert found(f"q={entity.name}") == [waiting, other]
    assert found("q=%25&after=x.y&show=nonsense&kind=nonsense") == []


def test_another_ministry_sees_only_what_it_leads_or_joined(at_desk, industry, opened, now):
    office = industry.postings.get().authority
    led, joined, left, foreign = opened("主办", authority=office), opened("参与"), opened("退出"), opened("他处")
    MatterAuthority.objects.create(matter=joined, authority=office, joined_at=now)
    MatterAuthority.objects.create(matter=left, authority=office, joined_at=now, left_at=now)
    client = at_desk(industry)
    lines = client.get(f"{reverse(LIST)}?show=open").context["lines"]
    assert [matter for matter, _left in lines] == [led, joined]
    assert [client.get(page_of(each)).status_code for each in (led, joined, left, foreign)] == [200, 200, 404, 404]


def test_another_ministry_reads_no_filing_of_the_whole_country(at_desk, industry, entity, submitted):
    client = at_desk(industry)
    assert client.get(reverse("admin:reviews_reviewtask_changelist") + "?show=everywhere").context["tasks"] == []
    assert client.get(reverse("admin:filings_entityversion_changelist")).context["cl"].result_list.count() == 0
    version = EntityVersion.objects.get(entity=entity)
    assert client.get(reverse("admin:filings_entityversion_change", args=[version.pk])).status_code == 404
