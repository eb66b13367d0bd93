"""Reliances are read out of submissions, traced through others, and never circular."""

import io

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from filings import reliances, tracing
from filings.models import Event, Reliance, Resource, ResourceMark
from filings.submissions import document_of
from filings.tracing import Root

BASE = "YanShi-ZheJiang-ShiLiTongYong-202504280099"


def stands_on(root):
    found = tracing.trace(root, regions=None)
    return [(level, filing) for level, filing in found.rows]


def test_a_submission_is_read_into_shared_resources(service, deliver):
    filing = service("甲服务").filing
    deliver()

    there = {(r.kind, r.name, r.entity_id is not None) for r in Resource.objects.filter(reliances__filing=filing)}
    assert Resource.objects.get(reliances__filing=filing, kind="model").number == BASE
    assert ("chip", "国产加速卡 A 型", False) in there
    assert ("framework", "PyTorch", False) in there
    assert {kind for kind, _name, is_own in there if is_own} == {"dataset", "product"}


def test_two_services_meet_at_one_chip_and_not_at_their_own_corpora(service, deliver, outsider):
    one, other = (service(name).filing.pk for name in ("甲服务", "乙服务"))
    deliver()

    chip = Resource.objects.get(kind="chip", name="国产加速卡 A 型")
    assert stands_on(Root(resource=chip.pk)) == [(1, one), (1, other)]


def test_a_service_built_on_another_filing_stands_on_what_that_one_stands_on(service, deliver, numbered):
    lower = service("甲模型").filing
    deliver()
    upper = service("乙服务", numbered(lower)).filing
    deliver()

    base = Resource.objects.get(kind="model", number=BASE)
    assert stands_on(Root(filing=lower.pk)) == [(1, upper.pk)]
    assert stands_on(Root(resource=base.pk)) == [(1, lower.pk), (2, upper.pk)]


def test_the_next_round_replaces_what_the_last_one_cited(service, deliver, now):
    procedure = service("甲服务")
    deliver()
    submission = procedure.submissions.get()
    document = document_of(submission)
    document["content"]["compute"]["units"] = [{"key": "aaaaaa", "hosting": "own", "chip": "另一种芯片"}]

    reliances.project(submission=submission, document=document, at=now)

    chips = Reliance.objects.filter(filing=procedure.filing, resource__kind="chip")
    assert [row.resource.name for row in chips] == ["另一种芯片"]


def test_levels_are_the_shortest_way_and_pages_go_by_key(built):
    known = built("*a", "ab", "bc", "*c", "cd")
    root = Root(resource=built.chip.pk)

    whole = tracing.trace(root, regions=None)
    levels = {letter: level for level, pk in whole.rows for letter, filing in known.items() if filing.pk == pk}
    assert levels == {"a": 1, "c": 1, "b": 2, "d": 2}
    assert [(step.level, step.seen) for step in whole.steps] == [(1, 2), (2, 2)]

    first = tracing.trace(root, regions=None, size=3)
    rest = tracing.trace(root, regions=None, size=3, after=first.after)
    assert first.rows + rest.rows == whole.rows
    assert rest.after is None
    assert rest.steps == whole.steps


def test_filings_of_other_regions_are_counted_and_not_told(built):
    built("*a", "ab")

    elsewhere = tracing.trace(Root(resource=built.chip.pk), regions=["44"])

    assert (elsewhere.rows, elsewhere.seen, elsewhere.unseen) == ((), 0, 2)
    assert len(tracing.trace(Root(resource=built.chip.pk), regions=["33", "44"]).rows) == 2


@pytest.mark.parametrize("closing", ["aa", "ba", "ca", "da"])
def test_no_circle_is_stored(built, closing):
    known = built("ab", "bc", "cd")

    with pytest.raises(IntegrityError), transaction.atomic():
        built(closing[::-1] if closing == "aa" else (closing[0], closing[1]))
    assert Reliance.objects.filter(on_filing=known["a"]).count() == 1


def test_no_circle_is_stored_by_one_statement(built, submitted):
    a, b = built.filing("a"), built.filing("b")
    rows = [
        Reliance(filing=upper, on_filing=lower, submission=submitted.submissions.get(), path="x")
        for upper, lower in ((a, b), (b, a))
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        Reliance.objects.bulk_create(rows)


def test_a_draft_that_would_stand_on_itself_is_told(service, deliver, numbered, entity, provider, now):
    lower = service("甲模型")
    deliver()
    number = numbered(lower.filing)
    upper = service("乙服务", number)
    deliver()
    content = lower.dossier.content
    content["base_model"]["models"][0]["number"] = numbered(upper.filing, 2)

    found = reliances.check(lower, content, entity.profile)

    assert [(p.rule, p.is_blocking) for p in found] == [("reliance.circle", True)]


def test_two_that_quote_one_another_are_stored_as_far_as_they_are_no_circle(service, deliver, numbered, now):
    one, other = service("甲模型"), service("乙模型")
    deliver()
    numbers = {one: numbered(one.filing), other: numbered(other.filing, 2)}
    for procedure, quoted in ((one, other), (other, one)):
        submission = procedure.submissions.get()
        document = document_of(submission)
        document["content"]["base_model"]["models"][0]["number"] = numbers[quoted]
        refused = reliances.project(submission=submission, document=document, at=now)
    assert len(refused) == 1
    assert Reliance.objects.filter(on_filing__isnull=False).count() == 1


def test_what_is_marked_unlawful_stops_a_draft_and_what_was_withdrawn_only_warns(
    service, deliver, draft, supervisor, now
):
    service("甲服务")
    deliver()
    content = service("乙服务").dossier.content
    chip = Resource.objects.get(kind="chip", name="国产加速卡 A 型")
    mark = ResourceMark.objects.create(
        resource=chip, word="unlawful", reason="已被责令停用", legal_basis="GAI 7(1)",
        posting=supervisor.postings.get(), marked_by=supervisor, marked_at=now,
    )  # fmt: skip

    def told():
        return [(p.path.partition("[")[0], p.is_blocking) for p in reliances.check(draft, content, {})]

    assert told() == [("compute.units", True)]
    ResourceMark.objects.filter(pk=mark.pk).update(word="withdrawn")
    assert told() == [("compute.units", False)]
    ResourceMark.objects.filter(pk=mark.pk).update(lifted_at=now)
    assert told() == []


def test_what_was_submitted_before_this_was_kept_is_read_later_and_once(service, deliver, numbered):
    lower = service("甲模型").filing
    service("乙服务", numbered(lower))
    deliver()

    def kept():
        return set(Reliance.objects.values_list("filing", "submission", "resource__key", "on_filing", "path"))

    before = kept()
    assert len(before) > 3
    Reliance.objects.all().delete()
    told = [io.StringIO(), io.StringIO()]
    for out in told:
        call_command("project_reliances", stdout=out)
        assert kept() == before
    assert [out.getvalue().partition(" ")[0] for out in told] == ["2", "0"]


def test_only_what_was_granted_counts_after_a_decision(built, submitted, now):
    built("*a")
    row = Reliance.objects.get(filing=built.filing("a"))
    assert row.submission.procedure.status == "submitted"
    reliances.settle(submitted)
    assert Reliance.objects.filter(pk=row.pk).exists()


def test_the_recursion_is_one_statement(built, django_assert_num_queries):
    built("*a", "ab", "bc")
    with django_assert_num_queries(1):
        tracing.trace(Root(resource=built.chip.pk), regions=["33"])
    assert connection.vendor == "postgresql"
    assert not Event.objects.filter(kind="reliance.refused")
