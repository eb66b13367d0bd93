import pytest
from django.urls import reverse


@pytest.fixture
def profile(entity):
    return reverse("filings:profile-section", args=[entity.pk, "basic"])


def test_a_viewer_reads_and_may_not_save(at_desk, viewer, draft, address, stored, profile):
    client = at_desk(viewer)
    before = stored(draft, "introduction")

    page = client.get(address(draft, "introduction")).content.decode()
    refused = client.post(address(draft, "introduction"), {"base_version": "1", "introduction-summary": "改"})

    assert before["main_scene"] in page
    assert "<form id=" not in page
    assert refused.status_code == 403
    assert stored(draft, "introduction") == before
    assert client.post(profile, {"base_version": "1"}).status_code == 403


def test_an_editor_writes(at_desk, colleague, draft, address):
    answer = at_desk(colleague).post(
        address(draft, "complaints"), {"base_version": "1", "complaints-process": "改", "go": "list"}
    )

    assert answer.status_code == 302


@pytest.mark.parametrize("person", ["outsider", "reviewer", "national_reviewer", "administrator"])
def test_others_find_no_working_draft_even_after_submission(request, at_desk, submitted, address, profile, person):
    client = at_desk(request.getfixturevalue(person))

    for where in (address(submitted, "introduction"), profile):
        assert client.get(where).status_code == 404
        assert client.post(where, {"base_version": "1"}).status_code == 404


def test_an_unknown_section_is_not_found(browser_of_provider, draft, address):
    assert browser_of_provider.get(address(draft, "nonsense")).status_code == 404


def test_after_submission_the_page_is_read_only_and_shows_what_was_typed(
    browser_of_provider, submitted, address, stored
):
    before = stored(submitted, "introduction")

    page = browser_of_provider.get(address(submitted, "introduction")).content.decode()
    late = browser_of_provider.post(
        address(submitted, "introduction"), {"base_version": "1", "introduction-summary": "来不及保存的话"}
    )

    assert "<form id=" not in page
    assert late.status_code == 409
    assert "来不及保存的话" in late.content.decode()
    assert stored(submitted, "introduction") == before
