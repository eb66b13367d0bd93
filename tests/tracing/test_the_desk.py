"""The desk of traces: search, picture, marks, and who may do what."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from filings.models import Event, Reliance, Resource, ResourceMark
from reviews import marks
from tests.counting import costs


@pytest.fixture
def at_desk(client):
    def sign_in(user):
        client.force_login(user)
        client.cookies["django_language"] = "en"
        return client

    return sign_in


def address(name, kind, subject):
    return reverse(f"admin:filings_resource_{name}", args=[kind, subject.pk])


def test_an_officer_finds_a_chip_and_sees_what_stands_on_it(at_desk, reviewer, built):
    known = built("*a", "ab")
    client = at_desk(reviewer)

    listed = client.get(reverse("admin:filings_resource_changelist"), {"q": "昇腾 910"})
    assert address("trace", "resource", built.chip) in listed.content.decode()

    shown = client.get(address("trace", "resource", built.chip)).content.decode()
    assert [shown.count(f"<title>{name}</title>") for name in ("昇腾 910B", "算法a", "算法b")] == [1, 1, 1]
    assert shown.count('class="edge"') == 2
    above = client.get(address("trace", "filing", known["a"])).content.decode()
    assert "算法b" in above
    assert "What it stands on itself" in above


def test_a_name_that_nothing_has_leaves_an_empty_list(at_desk, reviewer, built):
    page = at_desk(reviewer).get(reverse("admin:filings_resource_changelist"), {"q": "没有"})
    assert "Nothing that a submission cites" in page.content.decode()


@pytest.mark.parametrize("after", ["x", "1", "1.", "999999999999999999999.1", "-1.5", "9.999999999999999999999"])
def test_a_page_key_that_is_none_shows_the_first_page(at_desk, reviewer, built, after):
    built("*a")
    answer = at_desk(reviewer).get(address("trace", "resource", built.chip), {"after": after})
    assert answer.status_code == 200


def test_an_officer_elsewhere_learns_only_how_many(at_desk, other_reviewer, built):
    known = built("*a")
    client = at_desk(other_reviewer)
    page = client.get(address("trace", "resource", built.chip)).content.decode()
    assert "算法a" not in page
    assert "more in other regions" in page
    assert client.get(address("trace", "filing", known["a"])).status_code == 404
    assert client.get(reverse("admin:filings_resource_trace", args=["person", 1])).status_code == 404


def test_only_a_supervisor_marks_and_says_article_and_reason(at_desk, reviewer, supervisor, built):
    given = {"word": "unlawful", "legal_basis": "GAI 7(1)", "reason": "来源不合法"}
    path = address("mark", "resource", built.chip)
    assert at_desk(reviewer).post(path, given).status_code == 403

    client = at_desk(supervisor)
    assert client.post(path, {**given, "legal_basis": "GAI 777"}).status_code == 200
    assert client.post(path, {**given, "reason": " "}).status_code == 200
    assert not ResourceMark.objects.exists()
    assert client.post(path, given).status_code == 302
    assert "来源不合法" in client.get(address("trace", "resource", built.chip)).content.decode()
    assert client.post(path, given).status_code == 200
    assert client.post(address("lift", "resource", built.chip), {"reason": "已更正"}).status_code == 302
    assert client.post(address("lift", "resource", built.chip), {"reason": "已更正"}).status_code == 404
    kinds = Event.objects.filter(kind__startswith="resource.").order_by("pk").values_list("kind", "audience")
    assert list(kinds) == [("resource.marked", "staff"), ("resource.mark_lifted", "staff")]


def test_a_second_mark_is_refused(supervisor, built, now):
    given = {"word": "withdrawn", "legal_basis": "GAI 7(1)", "reason": "下架", "by": supervisor, "at": now}
    filing = built.filing("a")
    marks.mark(subject=filing, **given)
    with pytest.raises(ValidationError):
        marks.mark(subject=filing, **given)


def test_a_trace_costs_the_same_for_one_filing_and_thirty(at_desk, reviewer, built, submitted):
    built("*a", "ab")
    client = at_desk(reviewer)
    pages = [reverse("admin:filings_resource_changelist"), address("trace", "resource", built.chip)]
    pages.append(address("trace", "filing", built.filing("a")))
    before = costs(client, pages)
    built(*(f"{lower}{upper}" for lower, upper in zip("bcdefghijklmnop", "cdefghijklmnopq", strict=True)))
    for name in ("甲芯片", "乙芯片"):
        chip = Resource.objects.create(kind="chip", key=name, name=name, first_cited_at=submitted.created_at)
        row = {"filing": built.filing("a"), "submission": submitted.submissions.get(), "path": "x"}
        Reliance.objects.create(resource=chip, **row)
    assert costs(client, pages) == before == [4, 9, 10]
