import pytest
from django.urls import reverse

from filings import events, papers, scans
from filings.models import SignedScan
from tests.scanning import paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(lock):
    return reverse("filings:scan-list", args=[lock.procedure_id])


def test_an_editor_uploads_and_sees_page_by_page_what_was_read(client, colleague, lock, address, names, pages, now):
    client.force_login(colleague)
    answer = client.post(address, {**names, "declares": "on", "files": [paper.as_pdf(pages[:2])]})
    scan = SignedScan.objects.get(sealing=lock)
    assert answer.url == reverse("filings:scan-detail", args=[lock.procedure_id, scan.pk])
    assert scan.uploaded_by == colleague
    assert "<progress" in client.get(answer.url).text

    events.deliver_due(only=["filings.read_scan"])

    shown = client.get(answer.url).text
    assert "<progress" not in shown
    scan.refresh_from_db()
    assert all(line.text in shown for line in scans.lines(scan))
    assert "scan.pdf" in shown


def test_a_viewer_reads_but_uploads_nothing(client, viewer, address, names):
    client.force_login(viewer)
    assert client.get(address).status_code == 200
    assert client.post(address, names).status_code == 403


def test_a_refused_file_and_a_wrong_name_are_told_beside_the_form(client, colleague, address, names):
    client.force_login(colleague)
    for data, said in (
        ({**names, "declares": "on"}, str(scans.MOST_FILES)),
        ({**names, "safety_officer": "别人", "declares": "on", "files": [paper.as_pdf([paper.blank()])]}, "周明澈"),
        (names, 'aria-invalid="true"'),
    ):
        answer = client.post(address, data)
        assert answer.status_code == 422
        assert said in answer.text


def test_without_a_standing_lock_the_page_leads_back(client, provider, draft):
    client.force_login(provider)
    answer = client.get(reverse("filings:scan-list", args=[draft.pk]))
    assert answer.url == reverse("filings:dossier-sign", args=[draft.pk])


def test_lists_ask_the_same_number_of_questions_for_one_and_three_scans(
    client, colleague, lock, address, names, provider, now, django_assert_max_num_queries
):
    client.force_login(colleague)
    for count in (1, 3):
        while SignedScan.objects.count() < count:
            SignedScan.objects.create(
                sealing=lock, names=names, uploaded_by=provider, uploaded_at=now, total_pages=1, status="refused",
                finished_at=now,
            )  # fmt: skip
        with django_assert_max_num_queries(14):
            assert client.get(address).status_code == 200


def test_the_sign_page_offers_both_forms_of_a_paper_and_the_scan(client, provider, lock):
    papers.make_to_edit(lock)
    client.force_login(provider)

    page = client.get(reverse("filings:dossier-sign", args=[lock.procedure_id])).text

    assert page.count(">DOCX</a>") == 3
    assert reverse("filings:scan-list", args=[lock.procedure_id]) in page
