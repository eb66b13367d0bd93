"""What every matter shows the provider, whatever its kind."""

import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse

from filings import drafts, matters, workingdays
from filings.lifecycle import Actor
from filings.matter_lifecycle import MatterKind
from filings.models import Attachment, Authority, DataSet, Matter, MatterAuthority, OfficerRole
from tests import factories
from tests.counting import costs


@pytest.fixture
def filing(entity, provider, now):
    procedure = drafts.start_filing(entity=entity, kind="deep_synthesis", algorithm_class="01", by=provider, at=now)
    return procedure.filing


@pytest.fixture
def opened(filing, province, now):
    """Opens a matter of the filing, led by the province, that the provider knows of."""

    def opened(title="核查训练数据来源", kind=MatterKind.DATASET, **facts):
        facts = {"authority": province, "turn": "authority", "told_provider": True, "region_code": "330100", **facts}
        matter = matters.open_matter(kind=kind, title=title, side=Actor.OFFICER, at=now, filing=filing, **facts)
        if kind == MatterKind.DATASET:
            said = dict.fromkeys(("description", "source", "licence", "size", "contact"), "馆藏目录")
            DataSet.objects.create(matter=matter, data_class="text", wished_grade="open", **said)
        return matter

    return opened


@transaction.atomic
def wrote(matter, text, *, files=(), at, **facts):
    return matters.write(
        matter=matter, kind="question", side=Actor.OFFICER, text=text, attachments=files, at=at, **facts
    )


def evidence(entity, by, at, name="evidence.png"):
    return Attachment.objects.get(pk=factories._attachment(entity, {"name": name}, by, at)["attachment"])


def listed(client, entity, **query):
    page = client.get(reverse("filings:matter-list", args=[entity.pk]), query)
    return [row["matter"].title for row in page.context["rows"]]


def test_an_entity_without_matters_is_told_what_will_stand_here(client, entity, provider):
    client.force_login(provider)
    page = client.get(reverse("filings:matter-list", args=[entity.pk])).content.decode()
    assert 'class="empty"' in page
    assert f'href="{reverse("filings:matter-list", args=[entity.pk])}" aria-current="page"' in page


def test_matters_are_listed_newest_first_by_kind_and_page_by_page(client, opened, entity, provider):
    for number in range(21):
        opened(f"第{number}件")
    opened("责令改正", kind=MatterKind.ORDER)
    client.force_login(provider)
    first = client.get(reverse("filings:matter-list", args=[entity.pk]), {"kind": "dataset"})
    assert [row["matter"].title for row in first.context["rows"]] == [f"第{n}件" for n in range(20, 0, -1)]
    following = client.get(first.context["pager"]["next_url"])
    assert [row["matter"].title for row in following.context["rows"]] == ["第0件"]
    assert following.context["pager"]["first_url"].endswith("?kind=dataset")
    assert listed(client, entity, kind="order") == ["责令改正"]
    assert len(listed(client, entity, kind="nonsense", before="x")) == 20


def test_a_matter_that_waits_for_the_provider_stands_on_top_of_its_entity(client, opened, entity, provider):
    day = workingdays.add(workingdays.today(), 3)
    matter = opened(turn="provider", due_on=day, due_basis="GAI 19")
    client.force_login(provider)
    waiting = client.get(reverse("filings:entity-detail", args=[entity.pk])).context["waiting"]
    assert [(each.title, each.url, each.left) for each in waiting] == [
        (matter.title, reverse("filings:matter-detail", args=[matter.pk]), 3)
    ]


def test_what_the_provider_was_not_told_of_is_nowhere(client, opened, entity, provider, now):
    matter = opened(told_provider=False)
    wrote(matter, "内部线索", at=now)
    client.force_login(provider)
    assert listed(client, entity) == []
    assert client.get(reverse("filings:matter-detail", args=[matter.pk])).status_code == 404


def test_a_matter_shows_the_thread_without_what_is_for_staff_alone(client, opened, provider, reviewer, now):
    matter = opened(due_on=workingdays.add(workingdays.today(), 5), due_basis=matters.STANDARD)
    posting = reviewer.postings.get()
    wrote(matter, "请说明语料来源。", posting=posting, by=reviewer, at=now)
    wrote(matter, "怀疑与另一案有关。", staff_only=True, at=now)
    client.force_login(provider)
    page = client.get(reverse("filings:matter-detail", args=[matter.pk]))
    said = page.content.decode()
    assert "请说明语料来源。" in said
    assert posting.authority.name_zh in said
    assert reviewer.email not in said
    assert "怀疑与另一案有关。" not in said
    assert page.context["is_standard"]


@pytest.mark.parametrize(("who", "status"), [("viewer", 200), ("outsider", 404), ("reviewer", 404), ("provider", 200)])
def test_only_the_entitys_own_people_open_it_here(client, opened, request, who, status):
    matter = opened()
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("filings:matter-detail", args=[matter.pk])).status_code == status


def test_files_of_posts_reach_whoever_may_read_the_post(
    client, opened, entity, provider, reviewer, other_reviewer, now
):
    matter = opened()
    shown = evidence(entity, provider, now, "shown.png")
    hidden = evidence(entity, provider, now, "hidden.png")
    wrote(matter, "附截图。", files=[shown], at=now)
    wrote(matter, "内部附件。", files=[hidden], staff_only=True, at=now)
    police = Authority.objects.create(name_zh="浙江省公安厅", ministry="mps", level="provincial", region_prefix="33")
    detective = factories.officer("detective@zj.example.cn", police, OfficerRole.SUPERVISOR)
    seen = {
        person.email: set(Attachment.objects.visible_to(person).filter(name__in=["shown.png", "hidden.png"]))
        for person in (provider, reviewer, other_reviewer, detective)
    }
    assert seen[provider.email] == {shown}
    assert seen[reviewer.email] == {shown, hidden}
    assert seen[other_reviewer.email] == seen[detective.email] == set()
    MatterAuthority.objects.create(matter=matter, authority=police, joined_at=now)
    assert Attachment.objects.visible_to(detective).filter(pk=shown.pk).exists()
    client.force_login(provider)
    assert client.get(reverse("filings:attachment-download", args=[hidden.pk])).status_code == 404
    assert "hidden.png" not in client.get(reverse("filings:attachment-upload", args=[entity.pk])).content.decode()


def test_queries_do_not_grow_with_matters_posts_and_files(client, opened, entity, provider, now):
    def three(matter):
        for number in range(3):
            wrote(matter, "请补充。", files=[evidence(entity, provider, now, f"{number}.png")], at=now)

    day = workingdays.today() + dt.timedelta(days=3)
    one = opened(turn="provider", due_on=day)
    wrote(one, "请补充。", files=[evidence(entity, provider, now)], at=now)
    client.force_login(provider)
    pages = [
        reverse("filings:matter-list", args=[entity.pk]),
        reverse("filings:matter-detail", args=[one.pk]),
        reverse("filings:entity-detail", args=[entity.pk]),
    ]
    before = costs(client, pages)
    for number in range(2):
        opened(f"另一件{number}", turn="provider", due_on=day)
    three(one)
    assert costs(client, pages) == before
    assert before[0] <= 8
    assert before[1] <= 10
    assert Matter.objects.count() == 3
