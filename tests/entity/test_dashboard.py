import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from filings import dashboard, drafts, entities, sealing, workingdays
from filings.lifecycle import Actor
from filings.models import Filing, Finding
from filings.transitions import move_procedure
from tests import factories


def waiting(client, entity):
    return client.get(reverse("filings:entity-detail", args=[entity.pk])).context["waiting"]


def rows_of(client, entity):
    page = client.get(reverse("filings:entity-detail", args=[entity.pk])).context["page"]
    return list({row.filing.pk: row for card in page.cards for row in card.rows}.values()) + page.rest


@transaction.atomic
def returned(procedure, *, on):
    """Returned by intake with two findings, one of them answered."""
    for answer in ("", "已核对"):
        Finding.objects.create(
            procedure=procedure,
            submission=procedure.submissions.get(),
            path="algorithm.name",
            section="algorithm",
            source="intake",
            text="请核对名称",
            answer=answer,
            raised_at=timezone.now(),
            sent_at=timezone.now(),
        )
    changes = {"turn": "provider", "rectify_by": on}
    move_procedure(procedure, "fail_intake", side=Actor.SYSTEM, at=timezone.now(), changes=changes)
    return procedure


def test_somebody_without_an_entity_is_told_what_a_first_filing_needs(client, db):
    client.force_login(factories.user("new@example.cn"))
    page = client.get(reverse("filings:home"))
    assert page.status_code == 200
    assert reverse("filings:entity-create") in page.content.decode()
    assert reverse("portal:guide") in page.content.decode()


def test_somebody_with_one_entity_goes_straight_there(client, entity, provider):
    client.force_login(provider)
    assert client.get(reverse("filings:home"))["Location"] == reverse("filings:entity-detail", args=[entity.pk])


def test_somebody_with_two_entities_chooses(client, entity, provider, now):
    other = factories.bare_entity(owner=provider, name="杭州远山科技有限公司", at=now)
    client.force_login(provider)
    own = client.get(reverse("filings:home")).context["own"]
    assert {each for each, _waiting in own} == {entity, other}


def test_each_of_several_entities_shows_what_waits_in_it(client, entity, provider, draft, now):
    other = factories.bare_entity(owner=provider, name="杭州远山科技有限公司", at=now)
    sealing.lock(procedure=draft, by=provider, at=now)
    client.force_login(provider)
    answer = client.get(reverse("filings:home"))
    urls = {each: [row.url for row in open_] for each, open_ in answer.context["own"]}
    assert urls == {
        entity: [reverse("filings:dossier-sign", args=[draft.pk])],
        other: [reverse("filings:profile-list", args=[other.pk])],
    }
    assert all(url in answer.content.decode() for found in urls.values() for url in found)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_entities_costs_the_same_for_any_number(
    client, entity, provider, draft, now, count, django_assert_num_queries
):
    sealing.lock(procedure=draft, by=provider, at=now)
    for number in range(count):
        factories.bare_entity(owner=provider, name=f"杭州远山科技有限公司-{number}", at=now)
    client.force_login(provider)
    client.get(reverse("filings:home"))
    with django_assert_num_queries(12):
        client.get(reverse("filings:home"))


def test_an_entity_is_created_with_its_name_only_and_once(client, db):
    person = factories.user("new@example.cn")
    client.force_login(person)
    answers = [
        client.post(reverse("filings:entity-create"), {"name": " 杭州  远山科技有限公司 "}) for _time in range(2)
    ]
    entity = person.memberships.get().entity
    assert (entity.name, person.memberships.get().role) == ("杭州 远山科技有限公司", "owner")
    assert [a["Location"] for a in answers] == [reverse("filings:profile-list", args=[entity.pk])] * 2


@pytest.mark.parametrize(("person", "status"), [("viewer", 200), ("outsider", 404), ("reviewer", 403)])
def test_the_dashboard_is_for_members(client, entity, person, status, request):
    client.force_login(request.getfixturevalue(person))
    assert client.get(reverse("filings:entity-detail", args=[entity.pk])).status_code == status


def test_a_filing_stands_in_the_card_of_its_product(client, entity, provider, draft):
    client.force_login(provider)
    page = client.get(reverse("filings:entity-detail", args=[entity.pk])).context["page"]
    products = set(draft.filing.products.all())
    assert products
    assert {card.product for card in page.cards if card.rows} == products


def test_a_filing_without_a_product_stands_below(client, entity, provider, now):
    procedure = drafts.start_filing(entity=entity, kind="deep_synthesis", by=provider, at=now)
    client.force_login(provider)
    page = client.get(reverse("filings:entity-detail", args=[entity.pk])).context["page"]
    assert [row.procedure for row in page.rest] == [procedure]
    assert page.rest[0].url == reverse("filings:dossier-list", args=[procedure.pk])


def test_a_viewer_is_led_to_the_timeline_and_starts_nothing(client, entity, viewer, draft):
    client.force_login(viewer)
    answer = client.get(reverse("filings:entity-detail", args=[entity.pk]))
    rows = [row for card in answer.context["page"].cards for row in card.rows]
    assert {row.url for row in rows} == {reverse("filings:procedure-detail", args=[draft.pk])}
    assert reverse("filings:filing-start") not in answer.content.decode()


def test_a_lock_that_waits_for_confirmations_waits_for_you(client, entity, provider, draft, now):
    sealing.lock(procedure=draft, by=provider, at=now)
    client.force_login(provider)
    assert [each.url for each in waiting(client, entity)] == [reverse("filings:dossier-sign", args=[draft.pk])]


def test_a_locked_draft_says_who_has_still_to_confirm(client, entity, provider, draft, now):
    client.force_login(provider)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    lock = sealing.lock(procedure=draft, by=provider, at=now)
    (row,) = rows_of(client, entity)
    assert (row.state.text, row.action) == ("Awaiting confirmation", "See who has confirmed")
    assert row.state.note == "Legal representative, Algorithm-safety officer"
    assert row.url == reverse("filings:dossier-sign", args=[draft.pk])

    mails = {"legal_representative": "legal@example.cn", "safety_officer": "safety@example.cn"}
    for each in sealing.invite(sealing=lock, emails=mails, by=provider, at=now):
        last_four = factories.IDENTITY_NUMBER[-4:]
        sealing.confirm(token=sealing.token_of(each), name=each.person_name, last_four=last_four, at=now)
    (row,) = rows_of(client, entity)
    page = client.get(reverse("filings:procedure-detail", args=[draft.pk]))
    assert (row.state.text, page.context["state"].text) == ("Ready to submit", "Ready to submit")
    assert page.context["next_step"] == "Everybody has confirmed. An owner can submit now."


def test_a_draft_whose_lock_was_voided_is_being_filled_in_again(client, entity, provider, draft, now):
    sealing.lock(procedure=draft, by=provider, at=now)
    sealing.void(procedure=draft, by=provider, at=now, reason="edited")
    client.force_login(provider)
    (row,) = rows_of(client, entity)
    assert (row.state.text, row.url) == ("填写中", reverse("filings:dossier-list", args=[draft.pk]))


def test_a_profile_that_was_never_submitted_waits_for_you(client, outsider):
    entity = outsider.memberships.get().entity
    client.force_login(outsider)
    assert [each.url for each in waiting(client, entity)] == [reverse("filings:profile-list", args=[entity.pk])]


def test_a_returned_profile_waits_with_its_reason(client, entity, provider, intake, now):
    entity.versions.update(status="pending")
    entities.return_version(
        version=entity.versions.get(), reason="营业执照不清晰", by=intake, posting=intake.postings.get(), at=now
    )
    client.force_login(provider)
    assert [each.text for each in waiting(client, entity)] == ["营业执照不清晰"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_dashboard_costs_the_same_for_any_number_of_filings(
    client, entity, provider, now, count, django_assert_num_queries
):
    for number in range(count):
        procedure = factories.complete_draft(entity=entity, by=provider, at=now, name=f"青岚图文生成合成算法-{number}")
        sealing.lock(procedure=procedure, by=provider, at=now)
    client.force_login(provider)
    client.get(reverse("filings:entity-detail", args=[entity.pk]))
    with django_assert_num_queries(19):
        answer = client.get(reverse("filings:entity-detail", args=[entity.pk]))
    assert sum(len(card.rows) for card in answer.context["page"].cards) == count


def test_more_than_twenty_filings_are_paged_by_key(client, entity, provider, now):
    for _number in range(21):
        drafts.start_filing(entity=entity, kind="recommendation", by=provider, at=now)
    client.force_login(provider)
    first = client.get(reverse("filings:entity-detail", args=[entity.pk]))
    second = client.get(first.context["pager"]["next_url"])
    pages = [[row.filing.pk for row in answer.context["page"].rest] for answer in (first, second)]
    assert [len(page) for page in pages] == [20, 1]
    assert sorted(pages[0] + pages[1]) == sorted(Filing.objects.values_list("pk", flat=True))
    assert second.context["pager"] == {"first_url": reverse("filings:entity-detail", args=[entity.pk])}


@pytest.mark.parametrize("offset", range(-12, 13, 3))
def test_the_countdown_agrees_with_the_calendar(db, offset):
    today = dt.date(2026, 10, 5)
    day = today + dt.timedelta(days=offset)
    assert workingdays.Countdown([day, None], today=today).left(day) == workingdays.left(day, today=today)


def test_what_is_to_be_rectified_says_how_many_findings_and_how_many_days(client, entity, provider, submitted):
    day = workingdays.add(timezone.localdate(), 3)
    returned(submitted, on=day)
    client.force_login(provider)
    (found,) = waiting(client, entity)
    with translation.override("en"):
        (row,) = dashboard._rectifications([entity], provider, timezone.localdate())
    assert (found.url, found.day, found.left) == (reverse("filings:finding-list", args=[submitted.pk]), day, 3)
    assert row.text == "To be rectified: 1 finding without an answer."


def test_what_waits_stands_in_the_order_of_its_dates(client, entity, provider, intake, submitted, now):
    returned(submitted, on=timezone.localdate(now) + dt.timedelta(days=30))
    entity.versions.update(status="pending")
    entities.return_version(
        version=entity.versions.get(), reason="营业执照不清晰", by=intake, posting=intake.postings.get(), at=now
    )
    client.force_login(provider)
    urls = [each.url for each in waiting(client, entity)]
    assert urls == [
        reverse("filings:profile-list", args=[entity.pk]),
        reverse("filings:finding-list", args=[submitted.pk]),
    ]
