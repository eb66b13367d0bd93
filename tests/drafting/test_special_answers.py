import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from filings import sealed
from filings.models import Attachment, SealedValue
from tests import factories
from tests.dossier import samples

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def profile(entity):
    def address(section):
        return reverse("filings:profile-section", args=[entity.pk, section])

    return address


def test_a_typed_identity_number_is_sealed_and_shown_masked(browser_of_provider, entity, profile):
    data = {"base_version": "1", "legal_representative-document_type": "identity_card"}
    number = "110101199003078558"

    answer = browser_of_provider.post(
        profile("legal_representative"), {**data, "legal_representative-document_number": number, "go": "continue"}
    )

    entity.refresh_from_db()
    kept = entity.profile["legal_representative"]["document_number"]
    row = SealedValue.objects.get(pk=kept["sealed"])
    page = browser_of_provider.get(profile("legal_representative")).content.decode()
    assert answer.status_code == 302
    assert (row.kind, sealed.reveal(row)) == (SealedValue.Kind.IDENTITY_NUMBER, number.encode())
    assert "1101**********8558" in page
    assert number not in page


def test_the_same_number_typed_again_is_not_sealed_anew(browser_of_provider, entity, profile):
    kept = entity.profile["legal_representative"]["document_number"]
    data = samples_of(entity, "legal_representative")

    browser_of_provider.post(
        profile("legal_representative"),
        {
            **data,
            "base_version": "1",
            "legal_representative-document_number": factories.IDENTITY_NUMBER,
            "go": "continue",
        },
    )

    entity.refresh_from_db()
    assert entity.profile["legal_representative"]["document_number"] == kept


def samples_of(entity, section):
    return samples.post_data("entity", section, entity.profile)


def test_a_file_comes_with_the_form_and_goes_when_its_box_is_cleared(browser_of_provider, begun, address, stored):
    upload = SimpleUploadedFile("流程图.png", factories.PNG, content_type="image/png")
    browser_of_provider.post(address(begun, "flow"), {"base_version": "0", "flow-chart-new": upload, "go": "continue"})
    attachment = Attachment.objects.get(filing=begun.filing)
    assert stored(begun, "flow")["chart"][0]["attachment"] == str(attachment.pk)
    assert "流程图.png" in browser_of_provider.get(address(begun, "flow")).content.decode()

    browser_of_provider.post(
        address(begun, "flow"), {"base_version": "1", "flow-chart": str(attachment.pk), "go": "continue"}
    )
    assert len(stored(begun, "flow")["chart"]) == 1
    browser_of_provider.post(address(begun, "flow"), {"base_version": "1", "go": "continue"})
    assert "chart" not in stored(begun, "flow")


def test_a_refused_file_says_why_and_the_text_beside_it_is_saved(browser_of_provider, begun, address, stored):
    upload = SimpleUploadedFile("程序.png", b"MZ\x90\x00" + b"\0" * 200, content_type="image/png")

    answer = browser_of_provider.post(
        address(begun, "introduction"),
        {"base_version": "0", "introduction-main_scene": "创作", "introduction-proof-new": upload, "go": "continue"},
        follow=True,
    )

    assert answer.status_code == 200
    assert stored(begun, "introduction") == {"main_scene": "创作"}
    assert not Attachment.objects.filter(filing=begun.filing).exists()


def test_somebody_elses_file_cannot_be_named(browser_of_provider, begun, address, stored, outsider, now):
    other = outsider.memberships.get().entity
    foreign = factories._attachment(other, {"name": "秘密.png"}, outsider, now)

    answer = browser_of_provider.post(
        address(begun, "flow"), {"base_version": "0", "flow-chart": foreign["attachment"], "go": "continue"}
    )

    assert answer.status_code == 422
    assert not (stored(begun, "flow") or {}).get("chart")
    assert "秘密" not in answer.content.decode()


def test_a_place_is_found_by_part_of_its_name_without_script(browser_of_provider, entity, profile):
    data = {**samples_of(entity, "basic"), "base_version": "1"}

    page = browser_of_provider.post(
        profile("basic"), {**data, "basic-region-find": "余杭", "find": "basic-region"}, headers=ENGLISH
    ).content.decode()

    assert 'value="330110"' in page
    assert "浙江省杭州市余杭区" in page


def test_places_are_found_as_data_and_only_those_of_today(browser_of_provider):
    found = browser_of_provider.get(reverse("filings:region-search"), {"q": "杭州 上城"}).json()["regions"]
    city = browser_of_provider.get(reverse("filings:region-search"), {"q": "东莞"}).json()["regions"]

    assert [each["code"] for each in found] == ["330102"]
    assert [each["code"] for each in city] == ["441900"]
    assert browser_of_provider.get(reverse("filings:region-search"), {"q": " "}).json() == {"regions": []}


@pytest.mark.parametrize("code", ["330000", "330103", "999999"])
def test_a_place_that_cannot_be_chosen_today_is_refused(browser_of_provider, entity, profile, code):
    data = {**samples_of(entity, "basic"), "base_version": "1", "basic-region": code, "go": "continue"}

    answer = browser_of_provider.post(profile("basic"), data)

    assert answer.status_code == 422
    assert [t.path for t in answer.context["troubles"]] == ["basic.region"]
