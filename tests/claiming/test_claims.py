import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections

from filings import events, workingdays
from filings.models import Event, OfficerRole
from reviews import postings, queue
from reviews.models import ReviewTask
from tests import factories


@pytest.fixture
def free(submitted, reviewer, now):
    """One task that waits in the region's queue."""
    events.deliver_due(at=now + dt.timedelta(minutes=5))
    return ReviewTask.objects.get()


def test_the_task_that_is_due_first_is_claimed_with_a_lease(free, reviewer, now):
    task = queue.claim_next(by=reviewer, at=now)
    assert (task, task.claimed_by, task.lease_until) == (free, reviewer, now + queue.LEASE)
    assert queue.claim_next(by=reviewer, at=now) is None


def test_a_claimed_task_is_refused_to_the_next(free, reviewer, second_reviewer, now):
    queue.claim(task=free, by=reviewer, at=now)
    with pytest.raises(queue.AlreadyClaimed):
        queue.claim(task=free, by=second_reviewer, at=now)


def test_another_region_claims_nothing(free, other_reviewer, now):
    assert queue.claim_next(by=other_reviewer, at=now) is None
    with pytest.raises(PermissionDenied):
        queue.claim(task=free, by=other_reviewer, at=now)


def test_who_reviews_nowhere_claims_nothing(free, signatory, now):
    with pytest.raises(PermissionDenied):
        queue.claim_next(by=signatory, at=now)


def test_a_claim_is_one_statement(free, reviewer, now, django_assert_num_queries):
    reviewer.postings.all()
    from filings.access import postings as held

    held(reviewer)
    with django_assert_num_queries(5):  # savepoint, claim, the task's row, its event, release
        queue.claim_next(by=reviewer, at=now)


def test_an_abandoned_claim_comes_back_with_an_event(free, reviewer, now):
    queue.claim_next(by=reviewer, at=now)
    assert queue.sweep_leases(at=now + queue.LEASE - dt.timedelta(minutes=1)) == 0
    assert queue.sweep_leases(at=now + queue.LEASE + dt.timedelta(minutes=1)) == 1
    assert queue.sweep_leases(at=now + queue.LEASE + dt.timedelta(minutes=1)) == 0
    free.refresh_from_db()
    assert (free.status, free.claimed_by) == ("open", None)
    assert Event.objects.get(kind="task.lease_lapsed").data["before"] == {"to": reviewer.pk}


def test_activity_renews_the_lease(free, reviewer, now):
    task = queue.claim_next(by=reviewer, at=now)
    queue.renew_lease(task=task, by=reviewer, at=now + dt.timedelta(hours=2))
    assert queue.sweep_leases(at=now + queue.LEASE + dt.timedelta(minutes=1)) == 0


def test_a_released_task_is_free_again(free, reviewer, second_reviewer, now):
    task = queue.claim_next(by=reviewer, at=now)
    with pytest.raises(PermissionDenied):
        queue.release(task=task, by=second_reviewer, at=now)
    queue.release(task=task, by=reviewer, at=now)
    assert queue.claim_next(by=second_reviewer, at=now) == free


def test_a_supervisor_hands_a_task_to_a_reviewer_of_the_authority(
    free, reviewer, second_reviewer, supervisor, other_reviewer, now
):
    task = queue.claim_next(by=reviewer, at=now)
    with pytest.raises(PermissionDenied):
        queue.reassign(task=task, to=other_reviewer, by=supervisor, at=now)
    queue.reassign(task=task, to=second_reviewer, by=supervisor, at=now)
    task.refresh_from_db()
    assert (task.claimed_by, task.lease_until) == (second_reviewer, None)


def test_who_leaves_hands_over_all_open_tasks(free, reviewer, second_reviewer, supervisor, now):
    queue.claim_next(by=reviewer, at=now)
    posting = reviewer.postings.get()
    done = postings.end(posting=posting, ends_on=workingdays.today(), to=second_reviewer, by=supervisor, at=now)
    free.refresh_from_db()
    assert (done, free.claimed_by) == (1, second_reviewer)


def test_a_supervisor_posts_a_new_officer_by_mail_but_no_administrator(province, supervisor, now):
    given = {"name": "周行", "authority": province, "starts_on": workingdays.today(), "by": supervisor, "at": now}
    made = postings.post(email="zhou@zj.example.cn", role=OfficerRole.REVIEWER, **given)
    assert (made.user.email, made.user.is_staff) == ("zhou@zj.example.cn", True)
    with pytest.raises(PermissionDenied):
        postings.post(email="wu@zj.example.cn", role=OfficerRole.ADMINISTRATOR, **given)


def test_a_supervisor_posts_nobody_elsewhere(other_province, supervisor, now):
    with pytest.raises(PermissionDenied):
        postings.post(
            email="zhou@gd.example.cn", name="", authority=other_province, role=OfficerRole.REVIEWER,
            starts_on=workingdays.today(), by=supervisor, at=now,
        )  # fmt: skip


@pytest.fixture
def crowd(province):
    return [factories.officer(f"r{n}@zj.example.cn", province, OfficerRole.REVIEWER) for n in range(8)]


@pytest.mark.django_db(transaction=True)
def test_eight_officers_at_once_never_get_the_same_task(submitted, province, crowd, now):
    events.deliver_due(at=now + dt.timedelta(minutes=5))
    for n in range(5):
        another = factories.complete_draft(
            entity=submitted.filing.entity, by=submitted.filing.created_by, at=now, name=f"并发认领算法{n}"
        )
        factories.submit(another, by=submitted.filing.created_by, at=now)
    events.deliver_due()

    def work(person):
        taken = []
        while (task := queue.claim_next(by=person, at=now)) is not None:
            taken.append(task.pk)
        connections.close_all()
        return taken

    with ThreadPoolExecutor(8) as pool:
        taken = [key for keys in pool.map(work, crowd) for key in keys]
    assert len(taken) == len(set(taken)) == ReviewTask.objects.count()
