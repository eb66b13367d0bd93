import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from filings import workingdays
from filings.models import EntityVersion, Event, OfficerRole, RegisterEntry
from filings.transitions import TransitionNotAllowed
from reviews import decisions
from reviews.models import DeclineGround, ReviewTask, Signature
from tests import factories


def in_days(count):
    return workingdays.add(workingdays.today(), count)


@pytest.fixture
def registration(national_task, national_reviewer, now):
    return decisions.propose(task=national_task, kind="register", by=national_reviewer, at=now)


@pytest.fixture
def returning(task, finding, reviewer, now):
    return decisions.propose(task=task, kind="return", rectify_by=in_days(10), by=reviewer, at=now)


def test_a_signed_return_sends_the_findings_and_pauses_the_clock(returning, finding, signatory, queued, now):
    decisions.sign(proposal=returning, by=signatory, at=now)
    queued.refresh_from_db()
    finding.refresh_from_db()
    assert (queued.status, queued.turn, queued.rectify_by) == ("rectifying", "provider", in_days(10))
    assert finding.sent_at == now
    assert queued.clock_runs.get().reason == "rectification"
    assert ReviewTask.objects.get(procedure=queued).outcome == "return"


def test_a_resubmission_goes_to_the_stage_that_returned_it_and_the_same_reviewer(
    returning, signatory, reviewer, queued, resubmit, now
):
    decisions.sign(proposal=returning, by=signatory, at=now)
    second = resubmit(queued)
    assert (second.stage.code, second.round, second.claimed_by, second.status) == (
        "provincial_review",
        2,
        reviewer,
        "claimed",
    )
    assert queued.clock_runs.filter(ends_on__isnull=True).count() == 1


def test_a_resubmission_is_free_to_claim_when_the_reviewer_left(returning, signatory, reviewer, queued, resubmit, now):
    decisions.sign(proposal=returning, by=signatory, at=now)
    reviewer.postings.update(starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2020, 12, 31))
    factories.officer("another@zj.example.cn", factories.authority("33"), OfficerRole.REVIEWER)
    second = resubmit(queued)
    assert (second.status, second.claimed_by, second.authority.region_prefix) == ("open", None, "33")


def test_a_signed_registration_numbers_and_publishes_at_once(registration, national_signatory, queued, now):
    decisions.sign(proposal=registration, by=national_signatory, at=now)
    queued.refresh_from_db()
    queued.filing.refresh_from_db()
    filing = queued.filing
    assert (queued.status, filing.standing, queued.turn) == ("granted", "registered", "nobody")
    assert filing.number.startswith(f"演示算备{filing.region_code}{filing.entity.code}01")
    assert filing.held_name is not None
    assert RegisterEntry.objects.get(filing=filing).number == filing.number
    kinds = set(Event.objects.filter(filing=filing).values_list("kind", flat=True))
    assert {"procedure.sign_grant", "filing.register"} < kinds


def test_an_unverified_entity_cannot_be_registered(registration, national_signatory, queued, now):
    from reviews.signing import EntityNotVerified

    EntityVersion.objects.update(status="pending", checked_by=None, checked_at=None)
    with pytest.raises(EntityNotVerified):
        decisions.sign(proposal=registration, by=national_signatory, at=now)
    queued.refresh_from_db()
    assert queued.status == "awaiting_signature"
    assert not Signature.objects.exists()


def test_nobody_signs_what_they_proposed(returning, reviewer, province, now):
    factories.post(reviewer, province, OfficerRole.SIGNATORY)
    del reviewer._postings
    with pytest.raises(PermissionDenied):
        decisions.sign(proposal=returning, by=reviewer, at=now)
    posting = reviewer.postings.get(role="signatory")
    with pytest.raises(IntegrityError, match="nobody signs what they proposed"), transaction.atomic():
        Signature.objects.create(
            proposal=returning, signed_by=reviewer, posting=posting, signed_at=now, digest=returning.submission_digest
        )


def test_a_signatory_of_another_authority_cannot_sign(returning, national_signatory, now):
    with pytest.raises(PermissionDenied):
        decisions.sign(proposal=returning, by=national_signatory, at=now)


def test_signing_twice_is_refused(returning, signatory, now):
    decisions.sign(proposal=returning, by=signatory, at=now)
    with pytest.raises(TransitionNotAllowed):
        decisions.sign(proposal=returning, by=signatory, at=now)


def test_a_proposal_sent_back_is_the_reviewers_again(returning, signatory, reviewer, queued, now):
    decisions.send_back(proposal=returning, reason="请补充依据。", by=signatory, at=now)
    queued.refresh_from_db()
    task = ReviewTask.objects.get(procedure=queued)
    assert (queued.status, task.status, task.claimed_by) == ("in_review", "claimed", reviewer)
    again = decisions.propose(task=task, kind="return", rectify_by=in_days(10), by=reviewer, at=now)
    decisions.sign(proposal=again, by=signatory, at=now)


def test_a_region_does_not_conclude(task, reviewer, now):
    for kind in ("register", "decline"):
        with pytest.raises(ValidationError):
            decisions.propose(task=task, kind=kind, reasons="x", by=reviewer, at=now)


def test_a_return_needs_a_finding_and_a_day_to_come(task, reviewer, now):
    with pytest.raises(ValidationError, match=r"at least one finding|审核意见"):
        decisions.propose(task=task, kind="return", rectify_by=in_days(10), by=reviewer, at=now)
    with pytest.raises(ValidationError):
        decisions.propose(task=task, kind="return", rectify_by=workingdays.today(), by=reviewer, at=now)


def test_declining_needs_a_ground_and_reasons(national_task, national_reviewer, now):
    ground = DeclineGround.objects.get(code="out_of_scope")
    for given in ({"reasons": "不属于"}, {"grounds": [ground]}):
        with pytest.raises(ValidationError):
            decisions.propose(task=national_task, kind="decline", by=national_reviewer, at=now, **given)


def test_a_signed_decline_frees_the_name(national_task, national_reviewer, national_signatory, queued, now):
    ground = DeclineGround.objects.get(code="out_of_scope")
    proposal = decisions.propose(
        task=national_task, kind="decline", reasons="不在备案范围。", grounds=[ground], by=national_reviewer, at=now
    )
    decisions.sign(proposal=proposal, by=national_signatory, at=now)
    queued.refresh_from_db()
    queued.filing.refresh_from_db()
    assert (queued.status, queued.filing.standing, queued.filing.held_name) == ("declined", "declined", None)
    assert queued.decision_reasons == "不在备案范围。"


def test_only_who_has_the_task_proposes(task, second_reviewer, finding, now):
    with pytest.raises(PermissionDenied):
        decisions.propose(task=task, kind="return", rectify_by=in_days(10), by=second_reviewer, at=now)


def test_passing_up_takes_one_person_and_tells_the_next_stage(national_task, queued, nation, province):
    queued.refresh_from_db()
    assert (queued.status, queued.stage_code, national_task.authority) == ("in_review", "national_review", nation)
    assert Event.objects.get(kind="procedure.pass_up").posting.authority == province


def test_the_preview_names_what_will_happen(national_task, registration):
    topics = [each.topic for each in decisions.preview(task=national_task, kind="register")]
    assert len(topics) == 7
    assert not any(each.is_warning for each in decisions.preview(task=national_task, kind="register"))
