import pytest
from django.urls import reverse

from filings import drafts
from filings.dossier import completeness
from filings.models import Dossier, SectionEdit
from tests import factories
from tests.dossier import samples


def test_a_section_is_saved_and_found_again(browser_of_provider, begun, address, stored):
    answer = browser_of_provider.post(
        address(begun, "data"), {"base_version": "0", "data-input_description": "用户输入的文字", "go": "continue"}
    )

    assert (answer.status_code, answer.url) == (302, address(begun, "training"))
    assert stored(begun, "data") == {"input_description": "用户输入的文字"}
    page = browser_of_provider.get(address(begun, "data")).content.decode()
    assert "用户输入的文字" in page
    assert 'name="base_version" value="1"' in page


def test_saving_may_lead_back_to_the_list(browser_of_provider, begun, address):
    answer = browser_of_provider.post(
        address(begun, "data"), {"base_version": "0", "data-input_description": "文字", "go": "list"}
    )

    assert answer.url == reverse("filings:dossier-list", args=[begun.pk])


def test_sections_that_do_not_apply_are_passed_over(browser_of_provider, begun, address):
    answer = browser_of_provider.post(address(begun, "usage"), {"base_version": "0", "go": "continue"})

    assert answer.url == address(begun, "user_rights")


def test_a_section_that_does_not_apply_says_why_and_takes_nothing(browser_of_provider, begun, address, stored):
    page = browser_of_provider.get(address(begun, "technical_service"), headers={"Accept-Language": "en"})
    refused = browser_of_provider.post(address(begun, "technical_service"), {"base_version": "0"})

    assert "section-form" not in page.content.decode()
    assert refused.status_code == 409
    assert stored(begun, "technical_service") is None


def test_wrong_answers_are_kept_and_shown_with_their_errors(browser_of_provider, begun, address, stored):
    answer = browser_of_provider.post(
        address(begun, "introduction"), {"base_version": "0", "introduction-user_count": "许多", "go": "continue"}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert stored(begun, "introduction") == {"user_count": "许多"}
    assert 'href="#id_introduction-user_count"' in page
    assert 'name="base_version" value="1"' in page
    assert 'aria-invalid="true"' in browser_of_provider.get(address(begun, "introduction")).content.decode()


def test_posting_twice_saves_once(browser_of_provider, begun, address):
    data = {"base_version": "0", "data-input_description": "文字", "go": "continue"}
    first = browser_of_provider.post(address(begun, "data"), data)
    second = browser_of_provider.post(address(begun, "data"), data)

    assert (first.url, second.url) == (address(begun, "training"),) * 2
    assert SectionEdit.objects.filter(dossier__procedure=begun, section="data").count() == 1


def test_what_is_missing_is_shown_when_the_check_page_led_here(browser_of_provider, begun, address):
    plain = browser_of_provider.get(address(begun, "data")).content.decode()
    checked = browser_of_provider.get(address(begun, "data") + "?check=1").content.decode()

    assert "error-summary" not in plain
    assert 'href="#id_data-input_description"' in checked


@pytest.mark.parametrize("variant", [samples.VARIANTS[0], samples.VARIANTS[1], samples.VARIANTS[2]])
def test_the_specimen_written_page_by_page_is_complete(browser_of_provider, provider, entity, now, address, variant):
    kind, algorithm_class, role = variant
    profile = entity.versions.get().content
    specimen = factories.real(samples.complete_dossier(*variant), entity, by=provider, at=now)
    procedure = drafts.start_filing(
        entity=entity, kind=kind, by=provider, at=now, algorithm_class=algorithm_class, role=role
    )
    for section in specimen:
        data = samples.post_data(kind, section, specimen, profile)
        browser_of_provider.post(address(procedure, section), {**data, "base_version": "0", "go": "continue"})

    written = Dossier.objects.get(procedure=procedure).content
    assert written == specimen
    assert [p for p in completeness.problems(kind, written, profile) if p.is_blocking] == []
