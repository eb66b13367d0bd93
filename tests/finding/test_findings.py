import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from filings import events
from filings.models import Event, Finding
from reviews import findings, queue


@pytest.fixture
def task(submitted, reviewer, now):
    events.deliver_due(at=now + dt.timedelta(minutes=5))
    return queue.claim_next(by=reviewer, at=now)


@pytest.fixture
def finding(task, reviewer, now):
    return findings.draft(
        task=task, path="data.sources[k3f7ab].licence", severity="must", text="缺少授权。", by=reviewer, at=now
    )


def test_a_drafted_finding_is_seen_by_officers_alone(finding, reviewer, provider):
    assert list(Finding.objects.visible_to(reviewer)) == [finding]
    assert not Finding.objects.visible_to(provider).exists()


def test_drafting_is_an_event_for_staff_with_what_was_written(finding, reviewer):
    event = Event.objects.get(kind="finding.drafted")
    assert (event.audience, event.actor, event.data["after"]["text"]) == ("staff", reviewer, "缺少授权。")


def test_a_change_keeps_what_was_there_before(finding, task, reviewer, now):
    findings.edit(finding=finding, task=task, severity="should", text="请补充授权。", by=reviewer, at=now)
    event = Event.objects.get(kind="finding.edited")
    assert (event.data["before"]["text"], event.data["after"]["text"]) == ("缺少授权。", "请补充授权。")


def test_a_removed_draft_is_gone_but_its_event_stays(finding, task, reviewer, now):
    findings.remove(finding=finding, task=task, by=reviewer, at=now)
    assert not Finding.objects.exists()
    assert Event.objects.get(kind="finding.removed").data["before"]["text"] == "缺少授权。"


def test_a_sent_finding_stands_as_it_was_sent(finding, task, reviewer, now):
    Finding.objects.update(sent_at=now)
    for rule in (
        lambda: findings.remove(finding=finding, task=task, by=reviewer, at=now),
        lambda: findings.edit(finding=finding, task=task, severity="must", text="x", by=reviewer, at=now),
    ):
        with pytest.raises(PermissionDenied):
            rule()


def test_only_a_sent_finding_is_settled(finding, task, reviewer, now):
    with pytest.raises(PermissionDenied):
        findings.settle(finding=finding, task=task, by=reviewer, at=now)
    Finding.objects.update(sent_at=now)
    assert findings.settle(finding=finding, task=task, by=reviewer, at=now).settled_by == reviewer


def test_a_citation_must_resolve(task, reviewer, now):
    with pytest.raises(ValidationError):
        findings.draft(
            task=task, path="algorithm.name", severity="must", text="x", legal_basis="ARP 999", by=reviewer, at=now
        )


def test_who_has_not_the_task_drafts_nothing(task, second_reviewer, now):
    with pytest.raises(PermissionDenied):
        findings.draft(task=task, path="algorithm.name", severity="must", text="x", by=second_reviewer, at=now)
