import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from filings.models import Event, RegisterEntry
from tests import factories


def test_the_entry_holds_what_the_official_lists_and_article_16_publish(submitted, document, publish, now):
    entry = publish(submitted)
    content = document["content"]
    assert (entry.name, entry.entity_name) == (
        content["algorithm"]["name"],
        document["entity"]["content"]["basic"]["name"],
    )
    assert (entry.class_label, entry.algorithm_class, entry.role) == ("生成合成类", "01", "provider")
    assert entry.main_use.startswith("应用于")
    assert entry.products
    assert entry.content == {
        "principle": content["publication"]["principle"],
        "mechanism": content["publication"]["mechanism"],
        "scenario": content["publication"]["scene"],
        "intent": content["publication"]["purpose"],
        **({"own_page": content["publication"]["own_page"]} if content["publication"].get("own_page") else {}),
    }
    assert entry.fields == content["algorithm"]["application_fields"]
    assert (entry.number_state, entry.standing, entry.is_from_list) == ("ok", "registered", False)
    assert entry.published_on == entry.issued_on


def test_publishing_is_an_event_of_its_own_beside_the_registration(submitted, publish):
    entry = publish(submitted)
    kinds = Event.objects.filter(filing=entry.filing).order_by("-id").values_list("kind", flat=True)[:2]
    assert list(kinds) == ["register.published", "filing.register"]


def test_the_first_version_cites_the_submission(submitted, publish):
    entry = publish(submitted)
    version = entry.versions.get()
    assert (version.reason, version.submission, version.source_list) == (
        "registered", submitted.submissions.get(), None,
    )  # fmt: skip


def test_a_filing_is_published_once(submitted, publish):
    entry = publish(submitted)
    twin = RegisterEntry.objects.get(pk=entry.pk)
    twin.pk, twin.number, twin.number_key = None, "另", "另"
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_a_technical_supporter_is_published_without_products(entity, provider, publish, now):
    draft = factories.complete_draft(entity=entity, by=provider, at=now, role="supporter", name="青禾企业版生成算法")
    procedure = factories.submit(draft, by=provider, at=now + dt.timedelta(minutes=1))
    entry = publish(procedure)
    assert (entry.role, entry.products) == ("supporter", "")
    assert "企业端客户" in entry.main_use


def test_a_recommendation_algorithm_is_published_without_a_role(entity, provider, publish, now):
    draft = factories.complete_draft(
        entity=entity, by=provider, at=now, kind="recommendation", algorithm_class="02", role="", name="青禾推送算法"
    )
    entry = publish(factories.submit(draft, by=provider, at=now + dt.timedelta(minutes=1)))
    assert (entry.kind, entry.algorithm_class, entry.class_label, entry.role) == (
        "recommendation", "02", "个性化推送类", "",
    )  # fmt: skip


def test_the_published_entry_is_found_read_and_verified(submitted, publish, client):
    entry = publish(submitted)
    assert entry.number in client.get(f"/register/?q={entry.name}").content.decode()
    assert entry.content["principle"] in client.get(f"/register/{entry.number}/").content.decode()
    assert client.get(f"/api/verify/{entry.number}").json()["answer"] == "found"
    assert client.get(f"/api/register?field={entry.fields[0]}").json()["total"] == 1
