"""No query and no body makes a page of the desk fail."""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from filings.models import Finding
from tests.desk.conftest import queued as queued
from tests.desk.conftest import task as task
from tests.hostile.test_people_signed_in import tried
from tests.hostile.test_public_addresses_take_anything import TEXT

quietly = settings(
    max_examples=15, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
DAYS = st.sampled_from(["0001-01-01", "9999-12-31", "2026-02-30", "1900-01-01"]) | st.dates().map(str)
KEYS = (
    "q",
    "show",
    "kind",
    "stage",
    "after",
    "at",
    "template",
    "p",
    "o",
    "e",
    "filing",
    "status__exact",
    "person",
    "action",
)


@quietly
@given(query=st.dictionaries(st.sampled_from(KEYS), TEXT, max_size=4), since=DAYS, until=DAYS)
def test_no_query_breaks_a_page_of_the_desk(query, since, until, client, task, reviewer, auditor):
    client.raise_request_exception = False
    for person, paths in (
        (
            reviewer,
            ["reviews_reviewtask_changelist", "reviews_proposal_changelist", "filings_entityversion_changelist"],
        ),
        (auditor, ["filings_event_changelist", "filings_accessrecord_changelist", "filings_posting_changelist"]),
    ):
        client.force_login(person)
        for name in paths:
            asked = query | {"since": since, "until": until} if person == auditor and "posting" not in name else query
            assert client.get(reverse(f"admin:{name}"), asked).status_code < 500, name
    client.force_login(reviewer)
    assert client.get(reverse("admin:reviews_reviewtask_review", args=[task.pk]), query).status_code < 500


FIELDS = (
    "path",
    "severity",
    "legal_basis",
    "text",
    "kind",
    "reasons",
    "grounds",
    "rectify_by",
    "confirm",
    "to",
    "reason",
)


@quietly
@given(body=st.dictionaries(st.sampled_from(FIELDS), TEXT | DAYS, max_size=6), day=DAYS)
def test_no_body_breaks_an_action_of_the_desk(body, day, client, task, reviewer):
    client.raise_request_exception = False
    client.force_login(reviewer)
    for verb in ("finding", "note", "propose", "reassign", "claim", "release"):
        path = reverse(f"admin:reviews_reviewtask_{verb}", args=[task.pk])
        assert tried(client, path, body) < 500, verb
    finding = {"path": "algorithm.name", "severity": "must", "text": "请核对。"}
    client.post(reverse("admin:reviews_reviewtask_finding", args=[task.pk]), finding)
    proposal = {"kind": "return", "rectify_by": day}
    for more in ({}, {"confirm": "1"}):
        path = reverse("admin:reviews_reviewtask_propose", args=[task.pk])
        assert tried(client, path, proposal | more) < 500, day


def test_a_finding_posted_twice_is_one_finding(client, task, reviewer):
    client.force_login(reviewer)
    given = {"path": "algorithm.name", "severity": "must", "text": "请核对。", "legal_basis": "ARP 24"}
    for _again in range(2):
        client.post(reverse("admin:reviews_reviewtask_finding", args=[task.pk]), given)
    assert Finding.objects.count() == 1


@pytest.mark.parametrize("path", ["", "???", "algorithm.", "..", "algorithm.name[zzz]", "x" * 200])
def test_a_finding_at_no_place_is_refused(path, client, task, reviewer):
    client.force_login(reviewer)
    given = {"path": path, "severity": "must", "text": "请核对。"}
    client.post(reverse("admin:reviews_reviewtask_finding", args=[task.pk]), given)
    assert Finding.objects.filter(path__in=["", "???", "algorithm.", "..", "algorithm.name[zzz]"]).count() == 0


def test_a_version_verified_twice_is_verified_once_and_said_so(client, task, intake):
    client.force_login(intake)
    path = reverse("admin:filings_entityversion_change", args=[task.submission.entity_version_id])
    answer = client.post(path, follow=True)
    assert answer.status_code == 200
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
