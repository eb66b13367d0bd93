import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from filings import events, submissions, workingdays
from filings.models import Event, Procedure
from reviews import deadlines, decisions, queue
from reviews.models import Proposal, ReviewTask


@pytest.fixture
def returned(task, finding, reviewer, signatory, queued, now):
    day = workingdays.add(workingdays.today(), 10)
    proposal = decisions.propose(task=task, kind="return", rectify_by=day, by=reviewer, at=now)
    decisions.sign(proposal=proposal, by=signatory, at=now)
    queued.refresh_from_db()
    return queued


@pytest.fixture
def missed(returned, now):
    """The date passed yesterday, and beat has looked."""
    Procedure.objects.filter(pk=returned.pk).update(rectify_by=workingdays.today() - dt.timedelta(days=1))
    deadlines.bring_back_missed(at=now)
    returned.refresh_from_db()
    return returned


def test_the_provider_is_reminded_once_five_working_days_before(returned, now):
    assert deadlines.remind(at=now) == 0
    Procedure.objects.filter(pk=returned.pk).update(rectify_by=workingdays.add(workingdays.today(), 5))
    assert deadlines.remind(at=now) == 1
    assert deadlines.remind(at=now) == 0
    assert Event.objects.filter(kind="rectification.reminded").count() == 1


def test_a_missed_date_comes_back_to_the_reviewer_and_closes_nothing(missed, reviewer, now):
    assert deadlines.bring_back_missed(at=now) == 0
    task = ReviewTask.objects.latest("pk")
    assert (task.kind, task.claimed_by, missed.status) == ("overdue", reviewer, "rectifying")


def test_the_reviewer_extends_alone(missed, reviewer, now):
    later = workingdays.add(workingdays.today(), 15)
    decisions.extend_date(procedure=missed, date=later, by=reviewer, at=now)
    missed.refresh_from_db()
    assert missed.rectify_by == later
    assert ReviewTask.objects.latest("pk").outcome == "extended"


def test_lapsing_takes_two_people(missed, reviewer, signatory, now):
    task = ReviewTask.objects.latest("pk")
    proposal = decisions.propose(task=task, kind="lapse", reasons="逾期未补正。", by=reviewer, at=now)
    missed.refresh_from_db()
    assert missed.status == "rectifying"
    decisions.sign(proposal=proposal, by=signatory, at=now)
    missed.refresh_from_db()
    missed.filing.refresh_from_db()
    assert (missed.status, missed.filing.standing, missed.filing.held_name) == ("lapsed", "lapsed", None)


def test_a_lapse_sent_back_leaves_the_provider_its_turn(missed, reviewer, signatory, now):
    task = ReviewTask.objects.latest("pk")
    proposal = decisions.propose(task=task, kind="lapse", reasons="逾期未补正。", by=reviewer, at=now)
    decisions.send_back(proposal=proposal, reason="先联系提供者。", by=signatory, at=now)
    task.refresh_from_db()
    assert (task.status, task.claimed_by) == ("claimed", reviewer)


def test_a_resubmission_overtakes_the_proposal_to_lapse(missed, reviewer, resubmit, now):
    task = ReviewTask.objects.latest("pk")
    proposal = decisions.propose(task=task, kind="lapse", reasons="逾期未补正。", by=reviewer, at=now)
    again = resubmit(missed)
    proposal.refresh_from_db()
    task.refresh_from_db()
    assert (proposal.status, task.status, again.round) == (Proposal.Status.DROPPED, "dropped", 2)


def test_a_later_date_is_granted_in_one_click(returned, provider, reviewer, now):
    later = workingdays.add(workingdays.today(), 25)
    submissions.request_later_date(procedure=returned, date=later, reason="等待检测报告", by=provider, at=now)
    decisions.extend_date(procedure=returned, date=later, by=reviewer, at=now)
    returned.refresh_from_db()
    assert (returned.rectify_by, returned.later_date_asked) == (later, None)


def test_a_later_date_is_refused_in_one_click(returned, provider, reviewer, now):
    before = returned.rectify_by
    later = workingdays.add(workingdays.today(), 25)
    submissions.request_later_date(procedure=returned, date=later, reason="等待检测报告", by=provider, at=now)
    decisions.refuse_later_date(procedure=returned, by=reviewer, at=now)
    returned.refresh_from_db()
    assert (returned.rectify_by, returned.later_date_asked) == (before, None)


def test_an_earlier_date_is_no_extension(returned, reviewer, now):
    with pytest.raises(ValidationError):
        decisions.extend_date(procedure=returned, date=returned.rectify_by, by=reviewer, at=now)


def test_another_region_moves_no_date(returned, other_reviewer, now):
    with pytest.raises(PermissionDenied):
        decisions.extend_date(
            procedure=returned, date=workingdays.add(workingdays.today(), 40), by=other_reviewer, at=now
        )


def test_a_withdrawal_takes_the_task_out_of_the_queue(queued, provider, reviewer, now):
    submissions.withdraw(procedure=queued, by=provider, at=now)
    events.deliver_due()
    assert ReviewTask.objects.get().status == "dropped"
    assert queue.claim_next(by=reviewer, at=now) is None
    assert not queued.clock_runs.filter(ends_on__isnull=True).exists()
