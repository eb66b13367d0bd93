import datetime as dt
import re

import pytest
from django.urls import reverse

from filings import workingdays
from filings.models import AccessRecord, Finding
from reviews.models import Note, Proposal, ReviewTask


def review(task):
    return reverse("admin:reviews_reviewtask_review", args=[task.pk])


def test_home_shows_what_waits_for_the_officer(at_desk, reviewer, task):
    page = at_desk(reviewer).get("/admin/").content.decode()
    assert task.procedure.filing.name in page
    assert "Claim the next task" in page


def test_somebody_without_a_posting_does_not_enter(at_desk, provider, queued):
    for address in ("/admin/", reverse("admin:reviews_reviewtask_changelist")):
        response = at_desk(provider).get(address)
        assert response.status_code == 403
        assert queued.filing.name not in response.content.decode()


def test_claiming_the_next_task_opens_it(at_desk, reviewer, queued):
    response = at_desk(reviewer).post(reverse("admin:reviews_reviewtask_claim-next"))
    task = ReviewTask.objects.get()
    assert (response.status_code, response["Location"]) == (302, review(task))
    assert task.claimed_by == reviewer


def test_a_claim_that_another_made_first_says_so(at_desk, second_reviewer, task):
    response = at_desk(second_reviewer).post(reverse("admin:reviews_reviewtask_claim", args=[task.pk]), follow=True)
    assert "Another officer took this task first" in response.content.decode()


def test_another_regions_officer_finds_no_task(at_desk, other_reviewer, task):
    client = at_desk(other_reviewer)
    assert client.get(review(task)).status_code == 404
    assert client.post(reverse("admin:reviews_reviewtask_claim", args=[task.pk])).status_code == 404
    assert task.procedure.filing.name not in client.get(reverse("admin:reviews_reviewtask_changelist")).content.decode()


def test_opening_a_dossier_leaves_a_record(at_desk, reviewer, task):
    at_desk(reviewer).get(review(task))
    record = AccessRecord.objects.get()
    assert (record.actor, record.action, record.filing) == (reviewer, "open", task.procedure.filing)


def test_a_finding_is_drafted_at_its_field(at_desk, reviewer, task):
    client = at_desk(reviewer)
    client.post(
        reverse("admin:reviews_reviewtask_finding", args=[task.pk]),
        {"path": "algorithm.name", "severity": "must", "legal_basis": "ARP 24", "text": "请核对算法名称。"},
    )
    finding = Finding.objects.get()
    assert (finding.section, finding.sent_at, finding.raised_by) == ("algorithm", None, reviewer)
    assert "请核对算法名称。" in client.get(review(task)).content.decode()


def test_an_unknown_article_is_refused_and_the_text_kept(at_desk, reviewer, task):
    page = (
        at_desk(reviewer)
        .post(
            reverse("admin:reviews_reviewtask_finding", args=[task.pk]),
            {"path": "algorithm.name", "severity": "must", "legal_basis": "XYZ 999", "text": "请核对算法名称。"},
        )
        .content.decode()
    )
    assert "No article in force is cited like this." in page
    assert "请核对算法名称。" in page
    assert not Finding.objects.exists()


def test_an_internal_note_is_kept_and_marked(at_desk, reviewer, task):
    client = at_desk(reviewer)
    client.post(reverse("admin:reviews_reviewtask_note", args=[task.pk]), {"text": "内部讨论"})
    assert Note.objects.get().text == "内部讨论"
    assert "is-internal" in client.get(review(task)).content.decode()


def test_a_proposal_is_confirmed_only_after_its_consequences_were_shown(at_desk, reviewer, task):
    client = at_desk(reviewer)
    finding = {"path": "algorithm.name", "severity": "must", "text": "请核对。"}
    client.post(reverse("admin:reviews_reviewtask_finding", args=[task.pk]), finding)
    given = {"kind": "return", "rectify_by": workingdays.add(workingdays.today(), 10).isoformat()}
    address = reverse("admin:reviews_reviewtask_propose", args=[task.pk])
    shown = client.post(address, given).content.decode()
    assert "Exactly this will happen" in shown
    assert not Proposal.objects.exists()
    client.post(address, {**given, "confirm": "1"})
    assert Proposal.objects.get().kind == "return"


@pytest.fixture
def proposal(at_desk, reviewer, task):
    client = at_desk(reviewer)
    finding = {"path": "algorithm.name", "severity": "must", "text": "请核对。"}
    client.post(reverse("admin:reviews_reviewtask_finding", args=[task.pk]), finding)
    day = workingdays.add(workingdays.today(), 10).isoformat()
    given = {"kind": "return", "rectify_by": day, "confirm": "1"}
    client.post(reverse("admin:reviews_reviewtask_propose", args=[task.pk]), given)
    return Proposal.objects.get()


def test_a_signatory_signs_on_the_page_that_shows_all(at_desk, signatory, proposal):
    client = at_desk(signatory)
    address = reverse("admin:reviews_proposal_sign", args=[proposal.pk])
    assert "Exactly this will happen" in client.get(address).content.decode()
    client.post(address, {"sign": "1"})
    proposal.procedure.refresh_from_db()
    assert proposal.procedure.status == "rectifying"


def test_who_proposed_is_not_offered_to_sign(at_desk, reviewer, proposal):
    address = reverse("admin:reviews_proposal_sign", args=[proposal.pk])
    client = at_desk(reviewer)
    assert 'name="sign"' not in client.get(address).content.decode()
    assert client.post(address, {"sign": "1"}).status_code == 403


def test_a_signatory_sends_back_with_a_reason(at_desk, signatory, proposal):
    address = reverse("admin:reviews_proposal_sign", args=[proposal.pk])
    at_desk(signatory).post(address, {"send_back": "1", "reason": "依据不足"})
    proposal.refresh_from_db()
    assert (proposal.status, proposal.sent_back_reason) == ("sent_back", "依据不足")


def test_an_intake_officer_verifies_an_entity_version(at_desk, intake, entity):
    version = entity.versions.get()
    type(version).objects.update(status="pending", checked_by=None, checked_at=None)
    client = at_desk(intake)
    address = reverse("admin:filings_entityversion_change", args=[version.pk])
    assert "Verify the entity" in client.get(address).content.decode()
    client.post(address, {"verify": "1"})
    version.refresh_from_db()
    assert (version.status, version.checked_by) == ("verified", intake)


def test_a_masked_value_is_revealed_only_for_a_reason_and_with_a_record(at_desk, reviewer, task):
    client = at_desk(reviewer)
    page = client.get(review(task)).content.decode()
    address = re.search(r'href="(/sealed/[^"]+/reveal/\?filing=\d+)"', page)[1]
    assert "330106199003077814" not in client.get(address).content.decode()
    assert not AccessRecord.objects.filter(action="reveal").exists()
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "核对身份"}).status_code == 200
    record = AccessRecord.objects.get(action="reveal")
    assert (record.actor, record.filing) == (reviewer, task.procedure.filing)
    assert record.subject.endswith("核对身份")


def test_who_may_not_reveal_is_offered_no_reveal(at_desk, auditor, task):
    assert "/reveal/" not in at_desk(auditor).get(review(task)).content.decode()


def test_files_beside_the_dossier_are_served_in_a_closed_box(at_desk, reviewer, task):
    client = at_desk(reviewer)
    address = re.search(r'href="(/files/[^"]+)"[^>]* data-preview', client.get(review(task)).content.decode())[1]
    answer = client.get(address)
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert AccessRecord.objects.filter(action="download", actor=reviewer).exists()


def test_the_signatory_reads_the_papers_that_were_signed(at_desk, signatory, proposal):
    papers = list(proposal.procedure.papers.filter(sealing__used_at__isnull=False, format="pdf"))
    page = at_desk(signatory).get(reverse("admin:reviews_proposal_sign", args=[proposal.pk])).content.decode()
    assert len(papers) == 4
    assert all(reverse("filings:paper-download", args=[paper.pk]) in page for paper in papers)


def test_the_version_of_the_entity_that_the_round_cites_is_one_click_away(at_desk, reviewer, task):
    client = at_desk(reviewer)
    address = reverse("admin:filings_entityversion_change", args=[task.submission.entity_version_id])
    assert address in client.get(review(task)).content.decode()
    page = client.get(address).content.decode()
    assert all(product["name"] in page for product in task.submission.entity_version.content["products"]["products"])


@pytest.mark.parametrize("part", ["name", "entity"])
def test_a_filing_is_found_by_part_of_its_name_or_entity(part, at_desk, reviewer, queued):
    text = queued.filing.name[1:4] if part == "name" else queued.filing.entity.name[2:6]
    page = at_desk(reviewer).get(reverse("admin:desk-find"), {"q": text}).content.decode()
    assert queued.filing.name in page
    assert review(queued.tasks.get()) in page


def test_another_regions_officer_finds_nothing(at_desk, other_reviewer, queued):
    page = at_desk(other_reviewer).get(reverse("admin:desk-find"), {"q": queued.filing.name}).content.decode()
    assert "No filing of your region is like this" in page


def test_a_supervisor_sees_who_has_how_much(at_desk, supervisor, second_reviewer, reviewer, task, now):
    type(task).objects.filter(pk=task.pk).update(
        due_on=workingdays.today() - dt.timedelta(days=1), created_at=now - dt.timedelta(days=9)
    )
    loads = at_desk(supervisor).get(reverse("admin:desk-workload")).context["lines"]
    seen = {load.name: (load.held, load.overdue, load.median_age) for load, _held, _overdue in loads}
    assert seen == {"": (0, 0, None), str(reviewer): (1, 1, 9), str(second_reviewer): (0, 0, None)}


def test_a_reviewer_does_not_see_the_workload_of_others(at_desk, reviewer, task):
    assert at_desk(reviewer).get(reverse("admin:desk-workload")).status_code == 403
