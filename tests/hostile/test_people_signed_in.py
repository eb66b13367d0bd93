"""What people with an account may try: bad bodies, other people's things, forms posted twice."""

import uuid

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from filings import sealed
from filings.models import Attachment, Dossier, Entity, Finding, Procedure, Product, SealedValue
from tests import factories
from tests.hostile.test_public_addresses_take_anything import TEXT

quietly = settings(
    max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def browser(client, provider, entity):
    client.force_login(provider)
    client.raise_request_exception = False
    return client


def tried(browser, path, data, **extra):
    """The status of a POST whose writes are undone."""
    with transaction.atomic():
        status = browser.post(path, data, **extra).status_code
        transaction.set_rollback(True)
    return status


FIELDS = {
    "algorithm": ["name", "algorithm_class", "role", "item-action", "base_version", "kept", "new-key", "go", "find"],
    "usage": ["uses-keys", "uses-abcdef-product", "item-action", "base_version", "fields_of_use"],
    "basic": ["name", "credit_code", "region", "region-find", "find", "registered_capital", "base_version"],
    "legal_representative": ["name", "document_number", "document_type", "mobile", "scan", "base_version"],
    "products": ["products-keys", "products-abcdef-name", "products-abcdef-forms_of_service", "item-action"],
}


def named(section, field):
    plain = ("item-action", "base_version", "kept", "new-key", "go", "find")
    return field if field in plain else f"{section}-{field}"


@quietly
@given(data=st.data())
@pytest.mark.parametrize("section", FIELDS)
@pytest.mark.parametrize("autosave", [False, True], ids=["saved", "autosaved"])
def test_no_body_breaks_a_section(section, autosave, data, browser, draft):
    body = data.draw(
        st.dictionaries(
            st.sampled_from([named(section, field) for field in FIELDS[section]]) | TEXT,
            st.lists(
                TEXT | st.sampled_from(["abcdef", "add:uses", "remove:uses:abcdef", "01", "provider"]), max_size=2
            ),
            max_size=6,
        )
    )
    is_profile = section in ("basic", "legal_representative", "products")
    name, key = ("profile", draft.filing.entity_id) if is_profile else ("dossier", draft.pk)
    extra = {"headers": {"X-Autosave": "1"}} if autosave else {}
    assert tried(browser, reverse(f"filings:{name}-section", args=[key, section]), body, **extra) < 500


def test_a_null_character_in_what_is_kept_as_typed_is_dropped(browser, draft):
    entity = draft.filing.entity
    address = reverse("filings:profile-section", args=[entity.pk, "products"])
    body = {"products-products-keys": "abcdef", "products-products-abcdef-name": "图\x00文"}
    body["base_version"] = str(entity.section_versions["products"])

    assert browser.post(address, body).status_code < 500

    entity.refresh_from_db()
    assert [row["name"] for row in entity.profile["products"]["products"]] == ["图文"]


@quietly
@given(query=st.dictionaries(st.sampled_from(["before", "item", "check", "q", "copy", "entity", "filing"]), TEXT))
def test_no_query_breaks_a_providers_page(query, browser, draft):
    entity = draft.filing.entity_id
    for path in (
        reverse("filings:entity-detail", args=[entity]),
        reverse("filings:notice-list"),
        reverse("filings:region-search"),
        reverse("filings:filing-start"),
        reverse("filings:attachment-upload", args=[entity]),
        reverse("filings:dossier-section", args=[draft.pk, "algorithm"]),
    ):
        assert browser.get(path, query).status_code < 500, path


@quietly
@given(
    body=st.dictionaries(st.sampled_from(["name", "email", "role", "entity", "copy", "algorithm_class", "token"]), TEXT)
)
def test_no_body_breaks_a_providers_form(body, browser, draft):
    entity = draft.filing.entity_id
    for path in (
        reverse("filings:entity-create"),
        reverse("filings:member-invite", args=[entity]),
        reverse("filings:filing-start"),
        reverse("account_profile"),
    ):
        assert tried(browser, path, body) < 500, path


@quietly
@given(reason=TEXT, date=TEXT | st.dates().map(str))
def test_no_request_for_a_later_date_breaks(reason, date, browser, draft, now):
    Procedure.objects.filter(pk=draft.pk).update(rectify_by=now.date())
    path = reverse("filings:later-date", args=[draft.pk])
    assert tried(browser, path, {"date": date, "reason": reason}) < 500


def saved(browser, section, procedure, **fields):
    dossier = Dossier.objects.get(procedure=procedure)
    path = reverse("filings:dossier-section", args=[procedure.pk, section])
    data = {f"{section}-{name}": value for name, value in fields.items()}
    browser.post(path, data | {"base_version": dossier.section_versions.get(section, 0)})
    dossier.refresh_from_db()
    return dossier.content


@pytest.fixture
def theirs(outsider, now):
    """Another entity with a file, a personal value and a product of its own."""
    other = Entity.objects.get(memberships__user=outsider)
    reference = factories._attachment(other, {"name": "秘密.png"}, outsider, now)
    value = sealed.seal(
        entity=other, kind=SealedValue.Kind.IDENTITY_NUMBER, value="110101199003070011", by=outsider, at=now
    )
    Product.objects.create(entity=other, key="theirs", name="别家产品", form="app")
    return {"file": reference["attachment"], "sealed": str(value.pk), "product": "theirs", "entity": other}


def test_another_entitys_file_named_in_a_section_is_not_taken(browser, draft, theirs):
    from filings.dossier.fields import spec_of
    from filings.dossier.kinds import KINDS

    for section in KINDS["deep_synthesis"].sections:
        for name, field in section.base_fields.items():
            if spec_of(field).attachment:
                content = saved(browser, section.code, draft, **{name: [theirs["file"], theirs["sealed"]]})
                assert theirs["file"] not in str(content), section.code
                assert theirs["sealed"] not in str(content), section.code


def test_another_entitys_personal_value_typed_as_an_answer_is_only_text(browser, entity, theirs):
    path = reverse("filings:profile-section", args=[entity.pk, "legal_representative"])
    version = entity.section_versions["legal_representative"]
    data = {"legal_representative-document_number": theirs["sealed"], "base_version": version}
    browser.post(path, data)
    entity.refresh_from_db()
    stored = entity.profile["legal_representative"].get("document_number") or {}
    assert stored.get("sealed") != theirs["sealed"]
    assert not SealedValue.objects.filter(entity=entity, pk=theirs["sealed"]).exists()


def test_another_entitys_product_is_not_linked_to_a_filing(browser, draft, theirs):
    saved(browser, "usage", draft, **{"uses-keys": ["abcdef"], "uses-abcdef-product": "theirs"})
    assert draft.filing.products.filter(entity=theirs["entity"]).count() == 0


def test_sections_and_fields_that_do_not_exist_are_not_stored(browser, draft):
    before = Dossier.objects.get(procedure=draft).content
    assert browser.post(reverse("filings:dossier-section", args=[draft.pk, "secret"]), {"x": "y"}).status_code == 404
    content = saved(browser, "algorithm", draft, is_registered="yes", standing="registered", number="1")
    assert set(content) == set(before)
    assert {"is_registered", "standing", "number"} & set(content["algorithm"]) == set()
    draft.filing.refresh_from_db()
    assert (draft.filing.standing, draft.filing.number) == ("draft", None)


@pytest.mark.parametrize("field", ["entity", "copy"])
def test_a_draft_cannot_begin_from_another_entity(field, browser, theirs, outsider, entity, now):
    other = factories.drafts.start_filing(
        entity=theirs["entity"], kind="deep_synthesis", by=outsider, at=now, algorithm_class="01", role="provider"
    )
    given = {"entity": entity.pk, "algorithm_class": "01", "role": "provider", "token": "t"}
    wrong = theirs["entity"].pk if field == "entity" else other.filing_id
    assert browser.post(reverse("filings:filing-start"), given | {field: wrong}).status_code == 422
    assert Procedure.objects.filter(filing__entity=entity).count() == 0


def test_a_draft_form_posted_twice_makes_one_draft(browser, entity):
    given = {"entity": entity.pk, "algorithm_class": "01", "role": "provider", "token": "same"}
    first, second = (browser.post(reverse("filings:filing-start"), given) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Procedure.objects.count() == 1


def test_a_stale_withdraw_form_changes_nothing_twice(browser, submitted):
    path = reverse("filings:procedure-withdraw", args=[submitted.pk])
    assert [browser.post(path).status_code for _ in range(2)] == [302, 302]
    submitted.refresh_from_db()
    assert submitted.status == "withdrawn"


def test_stale_pages_of_a_submitted_dossier_are_refused_and_lose_nothing(browser, submitted):
    path = reverse("filings:dossier-section", args=[submitted.pk, "algorithm"])
    answer = browser.post(path, {"algorithm-name": "迟到的改动", "base_version": 1})
    assert answer.status_code == 409
    assert "迟到的改动" in answer.content.decode()
    for name in ("dossier-lock", "dossier-use-version", "section-reread"):
        extra = ["algorithm"] if name == "section-reread" else []
        assert browser.post(reverse(f"filings:{name}", args=[submitted.pk, *extra])).status_code == 403, name


def test_what_does_not_exist_and_what_is_not_ours_look_the_same(draft, outsider, client):
    client.force_login(outsider)
    for name, theirs in (("entity-detail", draft.filing.entity_id), ("procedure-detail", draft.pk)):
        existing = client.get(reverse(f"filings:{name}", args=[theirs]))
        missing = client.get(reverse(f"filings:{name}", args=[99_999_999]))
        assert (existing.status_code, missing.status_code) == (404, 404), name
        assert existing.content.replace(str(theirs).encode(), b"") == missing.content.replace(b"99999999", b""), name
    for name, theirs in (
        ("attachment-download", Attachment.objects.first().pk),
        ("sealed-reveal", SealedValue.objects.first().pk),
    ):
        existing = client.get(reverse(f"filings:{name}", args=[theirs]))
        missing = client.get(reverse(f"filings:{name}", args=[uuid.uuid4()]))
        assert (existing.status_code, missing.status_code) == (404, 404), name


def test_methods_cannot_be_disguised(browser, draft):
    path = reverse("filings:dossier-lock", args=[draft.pk])
    assert browser.get(path, {"_method": "POST"}).status_code == 405
    assert browser.get(path, headers={"X-HTTP-Method-Override": "POST"}).status_code == 405
    for method in ("put", "patch", "delete", "options", "trace"):
        assert getattr(browser, method)(path).status_code == 405, method


def test_a_form_without_its_token_is_refused(provider, draft):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(provider)
    for name in ("dossier-lock", "dossier-submit", "procedure-withdraw"):
        assert strict.post(reverse(f"filings:{name}", args=[draft.pk])).status_code == 403, name
    upload = reverse("filings:attachment-upload", args=[draft.filing.entity_id])
    assert strict.post(upload).status_code == 403
    assert Finding.objects.count() == 0
