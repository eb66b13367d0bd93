from urllib.parse import urlencode

import pytest
from django.urls import reverse

from filings.models import Filing, Procedure
from tests import factories

START = "/filings/start/"


def answers(entity, **changes):
    known = {"entity": entity.pk, "algorithm_class": "01", "role": "provider", "copy": "", "token": "a-token"}
    return {**known, **changes}


def test_the_guides_answers_fill_the_form(client, entity, provider):
    client.force_login(provider)
    form = client.get(START, {"kind": "deep_synthesis", "algorithm_class": "01", "role": "supporter"}).context["form"]
    assert (form["algorithm_class"].value(), form["role"].value(), form["entity"].value()) == (
        "01",
        "supporter",
        entity.pk,
    )


@pytest.mark.parametrize(
    ("algorithm_class", "role", "kind", "kept"),
    [
        ("01", "provider", "deep_synthesis", "provider"),
        ("01", "supporter", "deep_synthesis", "supporter"),
        ("02", "", "recommendation", ""),
        ("06", "supporter", "recommendation", ""),
    ],
)
def test_a_filing_begins_with_its_class_and_role(client, entity, provider, algorithm_class, role, kind, kept):
    client.force_login(provider)
    answer = client.post(START, answers(entity, algorithm_class=algorithm_class, role=role))
    filing = Filing.objects.get()
    assert (filing.kind, filing.algorithm_class, filing.role) == (kind, algorithm_class, kept)
    assert answer["Location"] == reverse("filings:dossier-list", args=[filing.procedures.get().pk])


def test_a_form_posted_twice_makes_one_draft(client, entity, provider):
    client.force_login(provider)
    places = [client.post(START, answers(entity))["Location"] for _time in range(2)]
    assert (places[0], Procedure.objects.count()) == (places[1], 1)


def test_two_forms_make_two_drafts(client, entity, provider):
    client.force_login(provider)
    tokens = [client.get(START).context["form"]["token"].value() for _time in range(2)]
    for token in tokens:
        client.post(START, answers(entity, token=token))
    assert Procedure.objects.count() == 2


def test_an_earlier_filing_is_copied_and_marked_to_be_read_again(client, entity, provider, draft):
    client.force_login(provider)
    client.post(START, answers(entity, copy=draft.filing_id))
    made = Procedure.objects.latest("pk")
    assert made.dossier.content["risk"] == draft.dossier.content["risk"] if "risk" in draft.dossier.content else True
    assert "name" not in made.dossier.content["algorithm"]
    assert set(made.dossier.to_reread) <= set(made.dossier.content)
    assert made.dossier.to_reread
    assert set(made.filing.products.all()) == set(draft.filing.products.all())


def test_synthesis_without_a_role_is_asked_for_one(client, entity, provider):
    client.force_login(provider)
    answer = client.post(START, answers(entity, role=""))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["role"])


def test_somebody_elses_entity_or_filing_cannot_be_used(client, entity, outsider, draft):
    own = outsider.memberships.get().entity
    client.force_login(outsider)
    stolen = client.post(START, answers(entity))
    copied = client.post(START, answers(own, copy=draft.filing_id))
    assert [list(a.context["form"].errors) for a in (stolen, copied)] == [["entity"], ["copy"]]
    assert Filing.objects.count() == 1


def test_a_viewer_starts_nothing(client, entity, viewer):
    client.force_login(viewer)
    client.post(START, answers(entity))
    assert Filing.objects.count() == 0


def test_somebody_without_an_entity_is_shown_how_to_make_one(client, db):
    client.force_login(factories.user("new@example.cn"))
    assert reverse("filings:entity-create") in client.get(START).content.decode()


def test_what_the_guide_chose_outlives_the_creation_of_the_entity(client, db):
    person = factories.user("new@example.cn")
    client.force_login(person)
    asked = f"{START}?{urlencode({'algorithm_class': '01', 'role': 'supporter'})}"
    create_url = client.get(asked).context["create_url"]
    assert create_url in client.get(asked).content.decode()

    answer = client.post(create_url, {"name": "杭州远山科技有限公司"})

    assert answer["Location"] == asked
    form = client.get(answer["Location"]).context["form"]
    assert (form["algorithm_class"].value(), form["role"].value()) == ("01", "supporter")


@pytest.mark.parametrize("place", ["https://evil.example/filings/start/", "//evil.example/filings/start/", "/admin/"])
def test_a_new_entity_leads_to_no_other_address(client, db, place):
    person = factories.user("new@example.cn")
    client.force_login(person)
    answer = client.post(f"{reverse('filings:entity-create')}?{urlencode({'next': place})}", {"name": "远山"})
    entity = person.memberships.get().entity
    assert answer["Location"] == reverse("filings:profile-list", args=[entity.pk])


def test_the_guides_name_for_the_page_leads_to_the_same_place():
    assert reverse("filings:procedure-start") == reverse("filings:filing-start") == START
