"""Public bodies offer data, the authority grades it, others apply, and dossiers cite it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import translation

from filings import cited_datasets, datasets, events
from filings.models import DataRequest, DataSet, Matter, Notice
from filings.transitions import TransitionNotAllowed
from reviews import datasets as desk
from tests import factories
from tests.counting import costs

pytestmark = pytest.mark.django_db


def told(person, now):
    events.deliver_due(at=now + dt.timedelta(minutes=5))
    return set(Notice.objects.filter(user=person).values_list("event__kind", flat=True))


def test_only_a_public_body_offers(entity, provider, terms, now):
    with pytest.raises(PermissionDenied):
        datasets.draft(entity=entity, terms=terms(), by=provider, at=now)


def test_a_returned_offer_is_put_right_and_published(body, giver, terms, reviewer, now, client):
    made = datasets.draft(entity=body, terms=terms(), by=giver, at=now)
    assert not Matter.objects.visible_to(reviewer).filter(pk=made.matter_id)
    datasets.offer(dataset=made, by=giver, at=now)
    with pytest.raises(ValidationError):
        desk.return_offer(dataset=made, reasons=" ", by=reviewer, at=now)
    desk.return_offer(dataset=made, reasons="请写明授权依据。", by=reviewer, at=now)
    assert list(datasets.published()) == []
    datasets.edit(dataset=made, terms=terms(source="依法采集"), by=giver, at=now)
    datasets.offer(dataset=made, by=giver, at=now)
    with pytest.raises(TransitionNotAllowed):
        datasets.edit(dataset=made, terms=terms(), by=giver, at=now)
    with pytest.raises(ValidationError):
        desk.confirm(dataset=made, grade="open", by=reviewer, at=now)
    desk.confirm(dataset=made, grade="open", reasons="可无条件开放。", by=reviewer, at=now)
    assert [each.source for each in datasets.published()] == ["依法采集"]
    assert {"matter.dataset.return_offer", "matter.dataset.grade"} <= told(giver, now)


def test_the_database_keeps_what_was_graded(publish):
    made = publish()
    for changes in ({"grade": "open"}, {"source": "另一来源"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            DataSet.objects.filter(pk=made.pk).update(**changes)


def test_nobody_else_grades(body, giver, terms, other_reviewer, signatory, now):
    made = datasets.draft(entity=body, terms=terms(), by=giver, at=now)
    datasets.offer(dataset=made, by=giver, at=now)
    for person in (other_reviewer, signatory, giver):
        with pytest.raises(PermissionDenied):
            desk.confirm(dataset=made, grade="application", by=person, at=now)


def test_a_body_consents_and_takes_it_back(publish, apply, giver, provider, now):
    request = apply(publish())
    with pytest.raises(ValidationError):
        apply(request.dataset)
    with pytest.raises(PermissionDenied):
        datasets.consent(request=request, text="", by=provider, at=now)
    datasets.consent(request=request, text="仅限本模型。", by=giver, at=now)
    with pytest.raises(ValidationError):
        datasets.revoke_consent(request=request, text="", by=giver, at=now)
    datasets.revoke_consent(request=request, text="超出约定范围。", by=giver, at=now)
    assert {"matter.data_request.consent", "matter.data_request.revoke_consent"} <= told(provider, now)
    assert "matter.dataset.applied_for" in told(giver, now)
    assert apply(request.dataset).pk != request.pk


def test_a_withdrawn_data_set_refuses_who_waits_and_leaves_consents(publish, apply, giver, now):
    waiting = apply(publish())
    datasets.withdraw(dataset=waiting.dataset, by=giver, at=now)
    assert Matter.objects.get(pk=waiting.matter_id).status == "refused"
    with pytest.raises(ValidationError):
        apply(waiting.dataset)


@pytest.fixture
def service(provider, entity, now):
    return factories.complete_draft(entity=entity, by=provider, at=now, kind="generative")


def problems(service, entry, consent=""):
    content = service.dossier.content
    row = next(each for each in content["corpora"]["corpora"] if each["source_kind"] == "public_data")
    row |= {"catalogue_entry": entry, "catalogue_consent": consent}
    return [(each.rule, str(each.severity)) for each in cited_datasets.check(service, content, {})]


def test_a_dossier_cites_entry_and_consent(service, publish, apply, giver, now):
    request = apply(publish())
    entry, number = request.dataset.matter.reference, request.matter.reference
    assert problems(service, "SL1") == [("catalogue.unknown", "blocking")]
    assert problems(service, entry) == [("catalogue.no_consent", "blocking")]
    assert problems(service, entry, number) == [("catalogue.not_consented", "blocking")]
    datasets.consent(request=request, text="", by=giver, at=now)
    assert problems(service, entry.lower(), number) == []
    datasets.withdraw(dataset=request.dataset, by=giver, at=now)
    assert problems(service, entry, number) == [("catalogue.withdrawn", "look")]
    datasets.revoke_consent(request=request, text="停止使用。", by=giver, at=now)
    assert ("catalogue.revoked", "blocking") in problems(service, entry, number)


@pytest.mark.parametrize(("grade", "found"), [("open", []), ("closed", [("catalogue.closed", "blocking")])])
def test_an_open_one_needs_no_consent_and_a_closed_one_is_no_source(service, publish, grade, found):
    assert problems(service, publish(wished_grade=grade).matter.reference) == found


def test_another_entitys_consent_is_none(service, publish, giver, outsider, now):
    other = outsider.memberships.get().entity
    request = datasets.apply(dataset=publish(), entity=other, purpose="训练", handling="内部", by=outsider, at=now)
    datasets.consent(request=request, text="", by=giver, at=now)
    found = problems(service, request.dataset.matter.reference, request.matter.reference)
    assert found == [("catalogue.no_consent", "blocking")]


def test_the_public_searches_the_catalogue(client, publish):
    assert client.get(reverse("datasets:list")).status_code == 200
    for number in range(3):
        publish(title=f"数据集 {number}", wished_grade="open" if number else "closed")
    listed = reverse("datasets:list")
    assert "数据集 2" in client.get(listed, {"q": "数据集 青岚"}).text
    assert "数据集 0" not in client.get(listed, {"grade": "open"}).text
    for bad in ({"q": "\x00没有"}, {"before": "x"}, {"grade": "?", "class": "?"}, {"before": "9" * 40}):
        assert client.get(listed, bad).status_code == 200
    first = client.get(reverse("api:dataset-list"), {"limit": 2}).json()
    second = client.get(first["next"].removeprefix("http://testserver")).json() if first["next"] else {}
    assert [each["title"] for each in first["datasets"]] == ["数据集 2", "数据集 1"]
    assert [each["title"] for each in second["datasets"]] == ["数据集 0"]
    assert client.get(reverse("api:dataset-detail", args=["SL9"])).status_code == 404


def test_offer_application_and_consent_by_forms_alone(client, body, giver, provider, entity, reviewer, terms):
    client.force_login(giver)
    with translation.override("en"):
        given = {name: getattr(terms(), name) for name in datasets.Terms.__slots__}
    start = reverse("filings:dataset-start", args=[body.pk])
    assert start in client.get(reverse("filings:matter-list", args=[body.pk])).text
    assert client.post(start, {"title": "x"}).status_code == 422
    page = client.post(start, given).url
    made = DataSet.objects.get()
    assert client.get(page).status_code == 200
    save = reverse("filings:dataset-save", args=[made.matter_id])
    assert client.post(save, {}).status_code == 422
    assert client.post(save, given | {"offer": "1"}).status_code == 302
    client.force_login(reviewer)
    shown = reverse("admin:filings_matter_change", args=[made.matter_id])
    assert made.contact in client.get(shown).text
    client.post(
        reverse("admin:filings_matter_dataset", args=[made.matter_id]), {"do": "confirm", "grade": "application"}
    )
    client.force_login(provider)
    reference = Matter.objects.get(pk=made.matter_id).reference
    start = reverse("filings:data-request-start", args=[reference])
    assert start in client.get(reverse("datasets:detail", args=[reference])).text
    assert client.post(start, {}).status_code == 422
    own = client.post(start, {"entity": entity.pk, "purpose": "训练", "handling": "内部"}).url
    applied = DataRequest.objects.get()
    assert made.matter.title in client.get(own).text
    answer = reverse("filings:application-detail", args=[applied.pk])
    assert client.get(answer).status_code == 404
    client.force_login(giver)
    assert answer in client.get(reverse("filings:application-list", args=[made.matter_id])).text
    assert client.post(answer, {"do": "refuse", "text": ""}).status_code == 422
    assert client.post(answer, {"do": "consent", "text": "仅限训练"}).status_code == 302
    assert client.get(answer).status_code == 200
    client.force_login(reviewer)
    assert "仅限训练" in client.get(reverse("admin:filings_matter_change", args=[applied.matter_id])).text


def test_an_application_for_no_data_set_is_not_found(client, provider):
    client.force_login(provider)
    for reference in ("\x00", "SL20260101-000001", "x" * 500):
        assert client.get(reverse("filings:data-request-start", args=[reference])).status_code == 404


def test_lists_cost_the_same_for_one_and_three(client, publish, apply, giver, entity, provider, outsider, now):
    made = publish()
    apply(made)
    client.force_login(giver)
    pages = [
        reverse("datasets:list"), reverse("filings:application-list", args=[made.matter_id]),
        reverse("api:dataset-list"), reverse("datasets:detail", args=[made.matter.reference]),
    ]  # fmt: skip
    one = costs(client, pages)
    publish(title="第二个")
    publish(title="第三个")
    other = outsider.memberships.get().entity
    datasets.apply(dataset=made, entity=other, purpose="训练", handling="内部", by=outsider, at=now)
    assert costs(client, pages) == one
