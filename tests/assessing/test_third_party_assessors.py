"""An organisation from outside is invited to one assessment, fills it in, signs it, and sees nothing else."""

import datetime as dt

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from filings import assessing, events, mandates
from filings.models import AssessmentSignature, Assessor, Event, Mandate, MemberRole, Membership, Notice
from tests import factories


@pytest.fixture
def browser(client, assessor):
    client.force_login(assessor)
    return client


def test_an_owner_invites_an_assessor_and_the_link_arrives_by_mail(client, service, provider, now):
    client.force_login(provider)

    client.post(
        reverse("filings:assessor-invite", args=[service.pk]),
        {"organisation": "杭州安评实验室", "email": "lab@example.cn"},
    )
    events.deliver_due(at=now + dt.timedelta(minutes=1))

    mandate = Mandate.objects.get()
    assert [m.to for m in mail.outbox] == [["lab@example.cn"]]
    assert reverse("filings:assessment-accept", args=[mandates.token_of(mandate)]) in mail.outbox[0].body
    assert mandates.token_of(mandate) not in [str(value) for value in Mandate.objects.values_list()[0]]


def test_only_an_owner_invites(client, service, colleague):
    client.force_login(colleague)
    answer = client.post(
        reverse("filings:assessor-invite", args=[service.pk]), {"organisation": "甲", "email": "lab@example.cn"}
    )
    assert (answer.status_code, Mandate.objects.count()) == (403, 0)


def test_the_first_person_of_an_organisation_names_it_and_takes_the_assessment_on(client, mandate, service):
    person = factories.user("lab@example.cn", "评估员")
    client.force_login(person)
    address = reverse("filings:assessment-accept", args=[mandates.token_of(mandate)])

    refused = client.post(address, {"name": "杭州安评实验室有限公司", "credit_code": "91330106MA2CFRGM45"})
    answer = client.post(address, {"name": "杭州安评实验室有限公司", "credit_code": "91330106MA2CFRGM44"})

    assert (refused.status_code, answer.status_code) == (422, 302)
    assert Assessor.objects.get().people.get().user == person
    assert [e.kind for e in Event.objects.filter(procedure=service, kind__startswith="assessment.")] == [
        "assessment.invited",
        "assessment.accepted",
    ]


def test_a_link_is_good_for_one_organisation(assessor, mandate, now):
    other = factories.user("other@example.cn")
    with pytest.raises(mandates.MandateRefused):
        mandates.accept(
            token=mandates.token_of(mandate), by=other, at=now, name="另一家", credit_code="91440300708461136T"
        )


def test_nobody_joins_an_organisation_that_is_here_by_knowing_its_code(assessor, service, provider, now):
    again = mandates.invite(
        procedure=service, email="x@example.cn", organisation="甲", by=provider, at=now + dt.timedelta(seconds=1)
    )
    with pytest.raises(mandates.MandateRefused):
        mandates.accept(
            token=mandates.token_of(again),
            by=factories.user("x@example.cn"),
            at=now,
            name="冒名",
            credit_code="91330106MA2CFRGM44",
        )


def test_the_providers_own_people_are_no_third_party(mandate, colleague, now):
    with pytest.raises(mandates.MandateRefused):
        mandates.accept(
            token=mandates.token_of(mandate), by=colleague, at=now, name="甲", credit_code="91440300708461136T"
        )


@pytest.mark.parametrize("days", [15, 400])
def test_a_link_lapses(mandate, now, days):
    with pytest.raises(mandates.MandateRefused):
        mandates.open_link(mandates.token_of(mandate), at=now + dt.timedelta(days=days))


def test_an_assessor_sees_this_one_assessment_and_nothing_else(browser, mandate, service, entity, provider, now):
    other = factories.complete_draft(entity=entity, by=provider, at=now, kind="generative", name="另一大模型")
    closed = [
        reverse("filings:procedure-detail", args=[service.pk]),
        reverse("filings:dossier-list", args=[service.pk]),
        reverse("filings:dossier-section", args=[service.pk, "corpora"]),
        reverse("filings:assessment", args=[service.pk]),
        reverse("filings:assessment", args=[other.pk]),
        reverse("filings:entity-detail", args=[entity.pk]),
    ]
    assert [browser.get(address).status_code for address in closed] == [404] * len(closed)
    assert browser.get(reverse("filings:assessment-fill", args=[mandate.pk])).status_code == 200
    assert list(browser.get(reverse("filings:assessment-list")).context["mandates"]) == [mandate]


def test_an_assessor_writes_topics_and_days_but_no_signatory(browser, mandate, service, stored, key):
    page = reverse("filings:assessment-fill", args=[mandate.pk])
    one, version = key("corpus_ip"), browser.get(page).context["sheet"].version

    browser.post(
        page,
        {
            "shown": [one],
            "base_version": version,
            f"verdict-{one}": "fails",
            f"evidence-{one}": "抽查发现侵权语料。",
            "assessment-ended_on": "2026-09-30",
            "assessment-legal_head": "冒名者",
        },
    )

    now_stored = stored(service)
    assert next(i for i in now_stored["topics"] if i["key"] == one)["verdict"] == "fails"
    assert (now_stored["ended_on"], now_stored["legal_head"]) == ("2026-09-30", "周文")


def test_an_assessor_starts_at_the_list_of_assessments(browser):
    answer = browser.get(reverse("filings:home"))

    assert (answer.status_code, answer["Location"]) == (302, reverse("filings:assessment-list"))


def sign(browser, mandate):
    return browser.post(reverse("filings:assessment-sign", args=[mandate.pk]), {"signatory": "钱评", "agrees": "on"})


def test_a_signature_stands_under_exactly_the_saved_state(browser, mandate, service, stored):
    sign(browser, mandate)

    signature = AssessmentSignature.objects.get()
    section = stored(service)
    assert (section["assessor"], section["organisation"]) == ("third_party", "杭州安评实验室有限公司")
    assert section["signed_by"] == "钱评"
    assert section["signed_digest"] == signature.digest == assessing.digest(section)
    service.dossier.refresh_from_db()
    assert assessing.problems(service, service.dossier.content, {}) == []


def test_any_later_change_needs_a_new_signature(browser, mandate, service, stored, key):
    sign(browser, mandate)
    page = reverse("filings:assessment-fill", args=[mandate.pk])
    one, version = key("corpus_ip"), browser.get(page).context["sheet"].version

    browser.post(page, {"shown": [one], "base_version": version, f"verdict-{one}": "meets", f"evidence-{one}": "改"})

    service.dossier.refresh_from_db()
    assert "signed_digest" not in stored(service)
    rules = [problem.rule for problem in assessing.problems(service, service.dossier.content, {})]
    assert rules == ["assessment.unsigned"]
    sign(browser, mandate)
    service.dossier.refresh_from_db()
    assert assessing.problems(service, service.dossier.content, {}) == []


def test_nothing_open_is_signed(browser, mandate, service, stored):
    dossier = service.dossier
    dossier.content["assessment"]["topics"][0].pop("verdict")
    dossier.save(update_fields=["content"])

    answer = sign(browser, mandate)

    assert answer.status_code == 422
    assert not AssessmentSignature.objects.exists()


def test_a_signed_assessment_is_submitted_with_its_signature(browser, mandate, service, provider, now):
    sign(browser, mandate)
    service.refresh_from_db()

    submitted = factories.submit(service, by=provider, at=now)

    assert submitted.status == "submitted"
    page = browser.get(reverse("filings:assessment-fill", args=[mandate.pk]))
    assert page.status_code == 200
    assert "钱评" in page.content.decode()
    assert sign(browser, mandate).status_code == 302
    assert AssessmentSignature.objects.count() == 1


def test_access_ends_when_the_provider_takes_the_mandate_back(browser, client, mandate, service, provider, now):
    sign(browser, mandate)
    mandates.revoke(procedure=service, by=provider, at=now)

    assert browser.get(reverse("filings:assessment-fill", args=[mandate.pk])).status_code == 404
    service.dossier.refresh_from_db()
    rules = [problem.rule for problem in assessing.problems(service, service.dossier.content, {})]
    assert rules == ["assessment.unsigned"]


def test_the_provider_hears_of_the_signature(browser, mandate, provider, now):
    sign(browser, mandate)
    events.deliver_due(at=timezone.now())

    assert Notice.objects.filter(user=provider, event__kind="assessment.signed").count() == 1


def test_the_database_keeps_a_signature_as_it_was_given(browser, mandate):
    sign(browser, mandate)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AssessmentSignature.objects.update(signatory="别人")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_assessments_asks_the_database_as_often_for_three(
    browser, assessor, entity, provider, now, count, django_assert_num_queries
):
    for number in range(count - 1):
        draft = factories.complete_draft(entity=entity, by=provider, at=now, kind="generative", name=f"模型{number}")
        one = mandates.invite(procedure=draft, email="lab@example.cn", organisation="甲", by=provider, at=now)
        mandates.accept(token=mandates.token_of(one), by=assessor, at=now)
    browser.get(reverse("filings:assessment-list"))  # what a process reads once
    with django_assert_num_queries(5):
        assert len(browser.get(reverse("filings:assessment-list")).context["mandates"]) == count


def test_the_provider_itself_is_no_third_party_under_its_own_credit_code(mandate, service, now):
    person = factories.user("second@example.cn")
    entity = service.filing.entity
    assert entity.credit_code
    with pytest.raises(mandates.MandateRefused):
        mandates.accept(
            token=mandates.token_of(mandate), by=person, at=now, name="自评", credit_code=entity.credit_code
        )
    assert not Assessor.objects.exists()


def test_an_assessor_who_joins_the_provider_sees_and_signs_the_assessment_no_more(browser, assessor, mandate, service):
    address = reverse("filings:assessment-fill", args=[mandate.pk])
    assert browser.get(address).status_code == 200
    Membership.objects.create(
        entity=service.filing.entity, user=assessor, role=MemberRole.VIEWER, created_at=timezone.now()
    )
    assert browser.get(address).status_code == 404
    assert browser.post(reverse("filings:assessment-sign", args=[mandate.pk]), {}).status_code == 404


def test_the_list_says_what_is_still_to_be_assessed(browser):
    browser.cookies["django_language"] = "en"
    assert "To be assessed and signed" in browser.get(reverse("filings:assessment-list")).text
