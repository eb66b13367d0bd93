"""The model a service is built on or calls: found in the register, ended, or not there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from filings import base_models, sealing
from filings.dossier import specimen
from filings.dossier.bound import bind
from filings.models import EntryStanding, FilingKind, NumberState, RegisterEntry
from tests import factories

NUMBER = specimen.services.BASE_MODEL


@pytest.fixture
def filed(provider, entity):
    return factories.complete_draft(entity=entity, by=provider, at=timezone.now(), kind="generative")


def entry(number=NUMBER, name="示例通用大模型", **changes):
    facts = {
        "number": number,
        "number_key": number.casefold(),
        "number_state": NumberState.OK,
        "kind": FilingKind.GENERATIVE,
        "name": name,
        "name_key": name.casefold(),
        "entity_name": "示例云计算有限公司",
        "entity_key": "示例云计算有限公司",
        "published_on": timezone.localdate(),
        "haystack": name,
    }
    return RegisterEntry.objects.create(**facts | changes)


def rules(procedure, content=None):
    content = content or procedure.dossier.content
    return [(p.rule, str(p.severity)) for p in base_models.check(procedure, content, {})]


def test_a_filed_model_stands(filed):
    entry()

    assert rules(filed) == []


@pytest.mark.parametrize("standing", [EntryStanding.CANCELLED, EntryStanding.REVOKED])
def test_an_ended_model_is_refused_with_its_reason(filed, provider, standing):
    entry(standing=standing, remarks="主体申请注销")

    assert rules(filed) == [("base_model.ended", "blocking")]
    assert "主体申请注销" in base_models.check(filed, filed.dossier.content, {})[0].message
    with pytest.raises(sealing.NotReady):
        sealing.lock(procedure=filed, by=provider, at=timezone.now())


def test_an_unknown_number_with_proof_stands_as_not_verified_here(filed):
    assert rules(filed) == [("base_model.unverified", "look")]


def test_an_unknown_number_without_proof_asks_for_it(filed):
    content = filed.dossier.content
    content["base_model"]["models"][0].pop("proof")

    assert rules(filed, content) == [("base_model.proof", "blocking")]


def test_a_number_of_no_published_form_is_looked_at(filed):
    content = filed.dossier.content
    content["base_model"]["models"][0]["number"] = "模型 12"

    assert rules(filed, content) == [("base_model.number_form", "look"), ("base_model.unverified", "look")]


@pytest.mark.parametrize("kind", [FilingKind.DEEP_SYNTHESIS, FilingKind.GENERATIVE_REGISTRATION])
def test_the_number_of_something_else_is_no_model(filed, kind):
    entry(kind=kind)

    assert rules(filed) == [("base_model.wrong_kind", "blocking")]


def test_models_are_found_by_name_provider_or_number(filed):
    entry()
    entry("Beijing-YiShiLi-202404280001", "乙示例模型", entity_key="乙公司")
    entry("Beijing-DengJi-20240521S0001", "示例助手", kind=FilingKind.GENERATIVE_REGISTRATION)

    assert [each.name for each in base_models.search("通用大")] == ["示例通用大模型"]
    assert [each.name for each in base_models.search("乙公司")] == ["乙示例模型"]
    assert [each.name for each in base_models.search("yishili")] == ["乙示例模型"]
    assert base_models.search("助手") == []
    assert base_models.search("  ") == []


def page(client, provider, filed):
    client.force_login(provider)
    return reverse("filings:dossier-section", args=[filed.pk, "base_model"])


def posted(client, url, filed, **changes):
    bound = bind("generative", "base_model", filed.dossier.content)
    data = {name: list(values) for name, values in bound.as_data().lists()}
    return client.post(url, data | {"base_version": "1"} | changes)


def test_the_button_shows_what_matches_without_a_script(client, provider, filed):
    entry()
    key = filed.dossier.content["base_model"]["models"][0]["key"]
    field = f"base_model-models-{key}-number"

    shown = posted(client, page(client, provider, filed), filed, **{"find": field, f"{field}-find": "通用大"})

    assert shown.status_code == 200
    assert f'name="{field}-match" value="{NUMBER}"' in shown.content.decode()


def test_choosing_a_match_fills_number_name_and_provider(client, provider, filed):
    other = "Beijing-YiShiLi-202404280001"
    entry(other, "乙示例模型", entity_name="乙公司")
    key = filed.dossier.content["base_model"]["models"][0]["key"]
    prefix = f"base_model-models-{key}"

    posted(
        client, page(client, provider, filed), filed,
        **{f"{prefix}-number-match": other, f"{prefix}-name": "", f"{prefix}-supplier": ""},
    )  # fmt: skip

    filed.dossier.refresh_from_db()
    row = filed.dossier.content["base_model"]["models"][0]
    assert (row["number"], row["name"], row["supplier"]) == (other, "乙示例模型", "乙公司")


def test_the_search_answers_as_json(client, provider, filed):
    entry()
    client.force_login(provider)

    answer = client.get(reverse("filings:model-search"), {"q": "示例"}).json()

    assert [each["number"] for each in answer["models"]] == [NUMBER]


def test_the_page_costs_the_same_for_one_model_and_three(client, provider, filed):
    url = page(client, provider, filed)
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(url)
    content = filed.dossier.content
    row = content["base_model"]["models"][0]
    content["base_model"]["models"] += [row | {"key": "aaaaaa", "number": "A-B-20240101"}, row | {"key": "bbbbbb"}]
    type(filed.dossier).objects.filter(pk=filed.dossier.pk).update(content=content)
    with CaptureQueriesContext(connection) as three:
        client.get(url)

    assert len(three) == len(one)
