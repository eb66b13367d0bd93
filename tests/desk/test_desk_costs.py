import pytest
from django.urls import reverse

from filings import events
from reviews import queue
from reviews.models import ReviewTask
from tests import factories


@pytest.fixture
def more(queued, provider, now):
    """Two more tasks in the queue."""
    for name in ("云栖文生图算法", "小溪对话生成算法"):
        draft = factories.complete_draft(entity=queued.filing.entity, by=provider, at=now, name=name)
        factories.submit(draft, by=provider, at=now)
    events.deliver_due()
    return ReviewTask.objects.all()


@pytest.mark.parametrize(("name", "queries"), [("admin:reviews_reviewtask_changelist", 11), ("admin:index", 11)])
def test_a_list_costs_the_same_for_one_row_and_three(
    name, queries, at_desk, reviewer, queued, request, django_assert_num_queries
):
    client = at_desk(reviewer)
    address = reverse(name)
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address)
    request.getfixturevalue("more")
    with django_assert_num_queries(queries):
        client.get(address)


def test_the_review_screen_stays_within_25_queries(at_desk, reviewer, task, now, django_assert_max_num_queries):
    from filings.models import Finding

    client = at_desk(reviewer)
    address = reverse("admin:reviews_reviewtask_review", args=[task.pk])
    Finding.objects.bulk_create(
        Finding(
            procedure=task.procedure,
            submission=task.submission,
            path="algorithm.name",
            section="algorithm",
            text=f"意见{n}",
            raised_by=reviewer,
            raised_at=now,
        )
        for n in range(30)
    )
    queue.renew_lease(task=task, by=reviewer, at=now)
    with django_assert_max_num_queries(25):
        client.get(address)
