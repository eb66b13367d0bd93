"""What each page of the desk asks the database: the same for one row and for three."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from filings import events
from filings.models import EntityVersion, Finding
from reviews import accesses, decisions, findings, queue, waivers
from tests import factories

LISTS = {
    "reviewer": {
        "index": 14,
        "reviews_reviewtask_changelist": 12,
        "reviews_proposal_changelist": 5,
        "reviews_waiver_changelist": 6,
        "reviews_findingtemplate_changelist": 6,
        "reviews_declineground_changelist": 5,
        "filings_entityversion_changelist": 5,
        "desk-find": 5,
    },
    "auditor": {
        "filings_event_changelist": 4,
        "filings_accessrecord_changelist": 4,
        "filings_posting_changelist": 6,
        "filings_delivery_changelist": 6,
        "desk-workload": 5,
    },
    "administrator": {
        "filings_authority_changelist": 5,
        "reviews_stageplan_changelist": 6,
        "filings_calendarday_changelist": 7,
    },
}


@pytest.fixture
def one(task, reviewer, intake, supervisor, now):
    """One row of everything that lists show."""
    _leave(task, reviewer, intake, now)
    return task


@pytest.fixture
def three(one, request, provider, reviewer, second_reviewer, intake, now):
    """Two more of each."""

    def add():
        for name in ("云栖文生图算法", "小溪对话生成算法"):
            entity = one.procedure.filing.entity
            draft = factories.complete_draft(entity=entity, by=provider, at=now, name=name)
            factories.submit(draft, by=provider, at=now)
            events.deliver_due(at=now + dt.timedelta(minutes=5))
            _leave(queue.claim_next(by=second_reviewer, at=now), second_reviewer, intake, now)
        version = EntityVersion.objects.get()
        for number in (2, 3):
            version.pk, version.number, version.status = None, number, "verified"
            version.save(force_insert=True)

    return add


def _leave(task, reviewer, intake, now):
    filing = task.procedure.filing
    until = now.date() + dt.timedelta(days=60)
    waivers.grant(filing=filing, rule="entity.same_product", reason="不同功能", expires_on=until, by=intake, at=now)
    accesses.record("open", by=reviewer, at=now, filing=filing, subject="S1")
    findings.draft(task=task, path="algorithm.name", severity="must", text="请核对。", by=reviewer, at=now)
    decisions.propose(task=task, kind="return", rectify_by=until, by=reviewer, at=now)


def costs(at_desk, people):
    found = {}
    for role, pages in LISTS.items():
        client = at_desk(people[role])
        for name in pages:
            address = reverse(f"admin:{name}") + ("?q=算法" if name == "desk-find" else "")
            client.get(address)
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert client.get(address).status_code == 200
            found[name] = len(asked)
    return found


def test_a_list_costs_the_same_for_one_row_and_three(at_desk, reviewer, auditor, administrator, one, three):
    people = {"reviewer": reviewer, "auditor": auditor, "administrator": administrator}
    expected = {name: queries for pages in LISTS.values() for name, queries in pages.items()}
    assert costs(at_desk, people) == expected
    three()
    assert costs(at_desk, people) == expected


@pytest.fixture
def crowded(task, reviewer, now):
    """Thirty findings in a task."""

    def crowd():
        Finding.objects.bulk_create(
            Finding(
                procedure=task.procedure, submission=task.submission, path="algorithm.name", section="algorithm",
                text=f"意见{n}", raised_by=reviewer, raised_at=now,
            )
            for n in range(30)
        )  # fmt: skip

    return crowd


def test_the_review_screen_costs_the_same_for_no_finding_and_thirty(at_desk, reviewer, task, crowded):
    client, address = at_desk(reviewer), reverse("admin:reviews_reviewtask_review", args=[task.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as before:
        client.get(address)
    crowded()
    with CaptureQueriesContext(connection) as after:
        client.get(address)
    assert (len(before), len(after)) == (16, 16)


def test_the_signatorys_page_costs_the_same_for_one_finding_and_thirty(at_desk, signatory, one, crowded):
    client = at_desk(signatory)
    address = reverse("admin:reviews_proposal_sign", args=[one.proposals.get().pk])
    client.get(address)
    with CaptureQueriesContext(connection) as before:
        client.get(address)
    crowded()
    with CaptureQueriesContext(connection) as after:
        client.get(address)
    assert (len(before), len(after)) == (19, 19)
