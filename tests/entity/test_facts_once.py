"""Facts stand where they are true: what the entity said once is asked of no later filing."""

import pytest
from django.urls import reverse

from filings import drafts, entities, sealing, submissions
from filings.dossier import completeness, fields, kinds
from filings.models import Procedure
from tests import factories

ALGORITHMS = ("deep_synthesis", "recommendation")


def start_second(client, entity, provider):
    client.force_login(provider)
    form = client.get(reverse("filings:filing-start")).context["form"]
    answers = {"entity": entity.pk, "algorithm_class": "01", "role": "provider", "token": form["token"].value()}
    client.post(reverse("filings:filing-start"), answers)
    return Procedure.objects.latest("pk")


def test_a_second_filing_asks_for_no_entity_or_product_fact_again(client, entity, provider, submitted):
    second = start_second(client, entity, provider)
    assert second != submitted
    assert second.dossier.entity_version == submitted.submissions.get().entity_version
    profile = {section.code for section in entities.KIND.sections}
    open_sections = {problem.section for problem in sealing.check(second.dossier)}
    assert open_sections
    assert open_sections & profile == set()


@pytest.mark.parametrize("kind", ALGORITHMS)
def test_no_section_of_an_algorithm_stands_in_the_profile_as_well(kind):
    codes = {section.code for section in kinds.KINDS[kind].sections}
    assert codes & {section.code for section in entities.KIND.sections} == set()


def test_products_and_their_functions_are_chosen_and_not_typed(client, entity, provider, submitted, now):
    second = start_second(client, entity, provider)
    value = {"uses": [{"key": "k3f2ab"}]}
    drafts.save_section(dossier=second.dossier, section="usage", value=value, base_version=0, by=provider, at=now)
    uses = kinds.KINDS["deep_synthesis"].section("usage").items["uses"].base_fields
    assert fields.spec_of(uses["product"]).refers == "entity:products.products"
    page = client.get(reverse("filings:dossier-section", args=[second.pk, "usage"])).content.decode()
    for product in entity.products.all():
        assert product.name in page


def test_the_second_filing_is_complete_with_nothing_but_its_own_sections(entity, provider, submitted, now):
    second = factories.complete_draft(entity=entity, by=provider, at=now, name="青岚语音合成算法")
    factories.submit(second, by=provider, at=now)
    first, again = (submissions.document_of(p.submissions.get()) for p in (submitted, second))
    assert again["entity"] == first["entity"]


def test_a_fact_changed_once_is_offered_to_the_open_dossiers(client, entity, provider, now):
    procedure = drafts.start_filing(entity=entity, kind="deep_synthesis", by=provider, at=now)
    basic = {**entity.profile["basic"], "address": "杭州市余杭区文一西路 1818 号"}
    drafts.save_profile_section(entity=entity, section="basic", value=basic, base_version=1, by=provider, at=now)
    version = entities.freeze_version(entity=entity, by=provider, at=now)
    procedure.dossier.refresh_from_db()
    assert procedure.dossier.entity_version.number == version.number - 1
    client.force_login(provider)
    assert client.get(reverse("filings:dossier-list", args=[procedure.pk])).context["newer_version"] == version


def test_the_profile_of_the_cast_is_complete(entity):
    assert [p for p in completeness.problems(entities.KIND, entity.profile) if p.is_blocking] == []
