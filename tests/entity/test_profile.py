import pytest
from django.urls import reverse

from filings import drafts, entities
from filings.models import EntityVersion


def address(name, entity):
    return reverse(f"filings:{name}", args=[entity.pk])


def change(entity, provider, now, section="basic", **facts):
    value = {**entity.profile[section], **facts}
    drafts.save_profile_section(entity=entity, section=section, value=value, base_version=1, by=provider, at=now)


@pytest.fixture
def bare(outsider):
    return outsider.memberships.get().entity


def test_the_profile_shows_each_section_with_what_is_left(client, outsider, bare):
    client.force_login(outsider)
    context = client.get(address("profile-list", bare)).context
    shown = {each["code"]: each["progress"].state for group in context["groups"] for each in group["sections"]}
    assert shown.keys() == {section.code for section in entities.KIND.sections}
    assert (shown["basic"], shown["legal_representative"]) == ("started", "none")
    assert context["left"] > 0


def test_an_incomplete_profile_is_not_frozen_and_each_problem_links_to_its_field(client, outsider, bare):
    client.force_login(outsider)
    answer = client.post(address("profile-freeze", bare))
    assert (answer.status_code, bare.versions.count()) == (422, 0)
    assert f"{reverse('filings:profile-section', args=[bare.pk, 'basic'])}#div_id_basic-credit_code" in (
        answer.content.decode()
    )


def test_a_changed_address_needs_no_new_verification(client, entity, provider, now):
    change(entity, provider, now, address="杭州市余杭区文一西路 1818 号")
    client.force_login(provider)
    assert client.get(address("profile-list", entity)).context["needs_verification"] is False
    client.post(address("profile-freeze", entity))
    assert list(entity.versions.order_by("number").values_list("status", flat=True)) == ["verified", "verified"]


def test_another_legal_representative_waits_for_an_officer(client, entity, provider, now):
    change(entity, provider, now, section="legal_representative", name="周远舟")
    client.force_login(provider)
    assert client.get(address("profile-list", entity)).context["needs_verification"] is True
    client.post(address("profile-freeze", entity))
    assert entities.latest_version(entity).status == EntityVersion.Status.PENDING


def test_freezing_twice_makes_one_version(client, entity, provider, now):
    change(entity, provider, now, address="杭州市余杭区文一西路 1818 号")
    client.force_login(provider)
    for _time in range(2):
        client.post(address("profile-freeze", entity))
    assert entity.versions.count() == 2


def test_a_viewer_reads_the_profile_and_freezes_nothing(client, entity, viewer):
    client.force_login(viewer)
    assert client.get(address("profile-list", entity)).context["may_edit"] is False
    assert client.post(address("profile-freeze", entity)).status_code == 403


def test_a_returned_profile_says_why(client, entity, provider, intake, now):
    entity.versions.update(status="pending")
    entities.return_version(
        version=entity.versions.get(), reason="营业执照不清晰", by=intake, posting=intake.postings.get(), at=now
    )
    client.force_login(provider)
    assert "营业执照不清晰" in client.get(address("profile-list", entity)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_profile_costs_the_same_for_any_number_of_versions(
    client, entity, provider, now, count, django_assert_num_queries
):
    for number in range(count - 1):
        entity.refresh_from_db()
        basic = {**entity.profile["basic"], "address": f"杭州市余杭区文一西路 {number} 号"}
        version = entity.section_versions["basic"]
        drafts.save_profile_section(
            entity=entity, section="basic", value=basic, base_version=version, by=provider, at=now
        )
        entities.freeze_version(entity=entity, by=provider, at=now)
    client.force_login(provider)
    client.get(address("profile-list", entity))
    with django_assert_num_queries(6):
        answer = client.get(address("profile-list", entity))
    assert len(answer.context["versions"]) == count
