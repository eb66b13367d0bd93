import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from filings import events
from filings.models import Membership, OfficerRole
from reviews import queue
from reviews.models import ReviewTask
from tests import factories


@pytest.fixture
def task(submitted, reviewer, signatory, now):
    events.deliver_due(at=now + dt.timedelta(minutes=5))
    return ReviewTask.objects.get()


@pytest.fixture
def own(task, reviewer, now):
    """The reviewer turns out to work for the entity that filed."""
    filing = task.procedure.filing
    return Membership.objects.create(entity=filing.entity, user=reviewer, role="viewer", created_at=now)


def pages(client, reviewer, task):
    client.force_login(reviewer)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    names = ("admin:index", "admin:reviews_reviewtask_changelist")
    addresses = [*map(reverse, names), reverse("admin:reviews_reviewtask_review", args=[task.pk])]
    return [client.get(address).content.decode() for address in addresses]


def test_a_free_task_has_a_claim_button_on_every_page(client, task, reviewer):
    address = reverse("admin:reviews_reviewtask_claim", args=[task.pk])
    assert [address in page for page in pages(client, reviewer, task)] == [True] * 3


def test_what_ones_own_entity_filed_has_none_and_says_why(client, task, reviewer, own):
    address = reverse("admin:reviews_reviewtask_claim", args=[task.pk])
    found = pages(client, reviewer, task)
    assert [address in page for page in found] == [False] * 3
    assert ["Filed by an entity you work for" in page for page in found] == [True] * 3


def test_the_rule_refuses_it_as_forbidden_not_as_taken(task, reviewer, own, now):
    with pytest.raises(PermissionDenied):
        queue.claim(task=task, by=reviewer, at=now)
    assert ReviewTask.objects.get().status == "open"


def test_nobody_hands_it_to_them_either(task, reviewer, province, own, now):
    colleague = factories.officer("colleague@zj.example.cn", province, OfficerRole.REVIEWER)
    head = factories.officer("head@zj.example.cn", province, OfficerRole.SUPERVISOR)
    task = queue.claim(task=task, by=colleague, at=now)
    with pytest.raises(PermissionDenied):
        queue.reassign(task=task, to=reviewer, by=head, at=now)
    assert queue.hand_over(officer=colleague, authority=province, to=reviewer, by=head, at=now) == 1
    assert ReviewTask.objects.get().status == "open"
