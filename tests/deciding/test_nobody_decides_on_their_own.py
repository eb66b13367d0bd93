import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from filings import events
from filings.models import Membership
from reviews import decisions, findings, queue, signing
from reviews.models import ReviewTask

pytestmark = pytest.mark.django_db


@pytest.fixture
def joins(entity):
    """Makes an officer a member of the entity that filed."""

    def join(officer):
        Membership.objects.create(entity=entity, user=officer, role="viewer", created_at=timezone.now())

    return join


@pytest.fixture
def free_task(submitted, reviewer, second_reviewer, signatory):
    events.deliver_due(at=timezone.now() + dt.timedelta(minutes=5))
    return ReviewTask.objects.get()


def test_a_reviewer_is_not_given_what_their_own_entity_filed(free_task, joins, reviewer, second_reviewer):
    joins(reviewer)
    now = timezone.now()
    with pytest.raises(PermissionDenied):
        queue.claim(task=free_task, by=reviewer, at=now)

    assert queue.claim_next(by=reviewer, at=now) is None
    assert queue.claim_next(by=second_reviewer, at=now) == free_task


def test_a_signatory_does_not_sign_what_their_own_entity_filed(free_task, joins, reviewer, signatory):
    now = timezone.now()
    task = queue.claim(task=free_task, by=reviewer, at=now)
    findings.draft(task=task, path="algorithm.name", severity="must", text="请核对。", by=reviewer, at=now)
    day = timezone.localdate() + dt.timedelta(days=10)
    proposal = decisions.propose(task=task, kind="return", by=reviewer, at=now, rectify_by=day)
    joins(signatory)

    with pytest.raises(PermissionDenied):
        signing.sign(proposal=proposal, by=signatory, at=now)
    with pytest.raises(PermissionDenied):
        decisions.send_back(proposal=proposal, reason="请补充。", by=signatory, at=now)


def test_the_signatorys_page_of_ones_own_entity_has_no_button_and_says_why(
    client, free_task, joins, reviewer, signatory
):
    now = timezone.now()
    task = queue.claim(task=free_task, by=reviewer, at=now)
    findings.draft(task=task, path="algorithm.name", severity="must", text="请核对。", by=reviewer, at=now)
    day = timezone.localdate() + dt.timedelta(days=10)
    proposal = decisions.propose(task=task, kind="return", by=reviewer, at=now, rectify_by=day)
    address = reverse("admin:reviews_proposal_sign", args=[proposal.pk])
    client.force_login(signatory)
    client.cookies["django_language"] = "en"
    assert 'name="sign"' in client.get(address).text
    assert address in client.get(reverse("admin:index")).text

    joins(signatory)
    page = client.get(address).text
    assert 'name="sign"' not in page
    assert 'name="send_back"' not in page
    assert "Filed by an entity you work for" in page
    assert address not in client.get(reverse("admin:index")).text
    assert client.post(address, {"sign": "1"}).status_code == 403
