"""From what is unlawful to inspections of all that stand on it, in one act that says what became of each."""

import pytest
from django.urls import reverse

from filings.models import Filing, Inspection, Matter, OfficerRole, Reliance, Resource
from reviews import marks
from tests import factories
from tests.behind import unguarded
from tests.counting import costs
from tests.registering import registered


@pytest.fixture
def chip(now):
    return Resource.objects.create(kind="chip", key="昇腾910b", name="昇腾 910B", first_cited_at=now)


@pytest.fixture
def lower(entity, provider, reviewer, national_reviewer, national_signatory, chip, now):
    """A registered filing that stands on the chip."""
    filing = registered(
        entity, by=provider, at=now, reviewer=reviewer, national_reviewer=national_reviewer,
        national_signatory=national_signatory,
    ).filing  # fmt: skip
    Reliance.objects.create(filing=filing, submission=_submission(filing), path="compute", resource=chip)
    return filing


def _submission(filing):
    return filing.procedures.get().submissions.get()


@pytest.fixture
def upper(lower):
    """One that is built on it and came from an older list: nothing of it was submitted here."""
    return _copy(lower, "旧目录算法")


def _copy(lower, name):
    like = Filing.objects.get(pk=lower.pk)
    like.pk, like.held_name, like.name, like.number = None, name, name, f"{lower.number}{name}"
    with unguarded("filings_filing"):
        like.save(force_insert=True)
    Reliance.objects.create(filing=like, submission=_submission(lower), path="base_model", on_filing=lower)
    return like


@pytest.fixture
def at_desk(client):
    def sign_in(user):
        client.force_login(user)
        client.cookies["django_language"] = "en"
        return client

    return sign_in


def address(subject):
    kind = "resource" if isinstance(subject, Resource) else "filing"
    return reverse("admin:filings_resource_inspect", args=[kind, subject.pk])


def chosen(province, *filings, **more):
    given = {"authority": province.pk, "reason": "所用芯片被标记。", "filings": [each.pk for each in filings]}
    return given | more


def test_a_supervisor_opens_them_in_one_act_and_reads_what_became_of_each(
    at_desk, supervisor, province, chip, lower, upper, now
):
    marks.mark(subject=chip, word="unlawful", reason="来源不合法", legal_basis="GAI 7(1)", by=supervisor, at=now)
    client = at_desk(supervisor)
    trace = reverse("admin:filings_resource_trace", args=["resource", chip.pk])
    assert address(chip) in client.get(trace).content.decode()
    asked = client.get(address(chip))
    assert [row.filing for row in asked.context["listed"].rows] == [lower, upper]
    assert asked.context["ticked"] == {lower.pk, upper.pk}
    assert "来源不合法" in asked.context["form"].initial["reason"]

    shown = client.post(address(chip), chosen(province, lower, upper))
    assert [(line.filing, line.outcome) for line in shown.context["lines"]] == [(lower, "opened"), (upper, "refused")]
    inspection = Inspection.objects.select_related("matter").get()
    assert (inspection.cause, inspection.matter.filing) == ("trace", lower)
    page = shown.content.decode()
    assert reverse("admin:filings_matter_change", args=[inspection.matter_id]) in page
    assert "Nothing that was submitted here stands behind it." in page

    again = client.get(address(chip))
    assert [row.matter for row in again.context["listed"].rows] == [inspection.matter, None]
    shown = client.post(address(chip), chosen(province, lower))
    assert [(line.outcome, line.matter) for line in shown.context["lines"]] == [("already_open", inspection.matter)]


def test_what_was_not_offered_or_says_nothing_opens_nothing(at_desk, supervisor, province, chip, lower, draft):
    client = at_desk(supervisor)
    wrong = [
        chosen(province, draft.filing), chosen(province), chosen(province, lower, reason=" "),
        chosen(province, lower, due_on="2020-01-01"), chosen(province, lower, filings=["9" * 40, "x", "-1"]),
        {**chosen(province, lower), "authority": "0"}, chosen(province, lower, due_on="x"),
    ]  # fmt: skip
    for given in wrong:
        answer = client.post(address(chip), given)
        assert answer.status_code == 200
        assert answer.context["form"].errors
    # What no text of the database can hold is refused at the door of the desk, before any form reads it.
    assert client.post(address(chip), chosen(province, lower, filings=["x\x00"])).status_code == 400
    assert not Matter.objects.filter(kind="inspection").exists()


def test_a_supervisor_of_another_region_is_offered_nothing_and_opens_nothing(at_desk, other_province, chip, lower):
    far = factories.officer("supervisor@gd.example.cn", other_province, OfficerRole.SUPERVISOR)
    client = at_desk(far)
    assert client.get(address(lower)).status_code == 404
    assert client.get(address(chip)).context["listed"].rows == ()
    assert client.post(address(chip), chosen(other_province, lower)).context["form"].errors
    assert not Matter.objects.filter(kind="inspection").exists()


def test_a_reviewer_opens_none_from_a_trace(at_desk, reviewer, province, chip, lower):
    client = at_desk(reviewer)
    assert client.get(address(chip)).status_code == 403
    assert client.post(address(chip), chosen(province, lower)).status_code == 403


def test_a_page_of_them_costs_the_same_for_one_and_three(at_desk, supervisor, chip, lower, upper):
    client = at_desk(supervisor)
    one = costs(client, [address(chip), address(lower)])
    for name in ("甲算法", "乙算法"):
        _copy(lower, name)
    assert costs(client, [address(chip), address(lower)]) == one == [11, 11]


def test_many_are_paged_by_key(at_desk, supervisor, province, chip, lower, upper, monkeypatch):
    monkeypatch.setattr("reviews.candidates.PAGE", 1)
    client = at_desk(supervisor)
    first = client.get(address(chip))
    assert [row.filing for row in first.context["listed"].rows] == [lower]
    rest = client.get(first.context["more"])
    assert ([row.filing for row in rest.context["listed"].rows], rest.context["more"]) == ([upper], "")
    opened = client.post(address(chip), chosen(province, lower))
    assert first.context["more"] in opened.content.decode()
