import pytest
from django.urls import reverse

from filings import attachments
from filings.models import AccessRecord, Event
from reviews import accesses
from tests import factories

EVENTS = "admin:filings_event_changelist"
ACCESSES = "admin:filings_accessrecord_changelist"


def test_the_auditor_searches_events_by_person_and_action(at_desk, auditor, task, reviewer):
    client = at_desk(auditor)
    found = client.get(reverse(EVENTS), {"action": "task.claimed", "person": reviewer.email}).context["lines"]
    assert {kind for _at, _who, _posting, kind, *_rest in found} == {"task.claimed"}


def test_the_auditor_sees_who_opened_what(at_desk, auditor, task, reviewer, now):
    accesses.record("open", by=reviewer, at=now, filing=task.procedure.filing, subject="S1")
    assert task.procedure.filing.name in at_desk(auditor).get(reverse(ACCESSES)).content.decode()


def test_an_opening_is_recorded_under_the_posting_nearest_to_the_filing(task, province, nation, now):
    by = factories.officer("two.posts@example.cn", nation, "signatory")
    nearest = factories.post(by, province, "reviewer")
    filing = task.procedure.filing

    opened = accesses.record("open", by=by, at=now, filing=filing)
    taken = attachments.note_download(subject="a.pdf", entity=filing.entity, filing=filing, by=by, at=now)

    assert (opened.posting, taken.posting) == (nearest, nearest)


def test_an_opening_from_afar_is_recorded_under_the_posting_that_reaches_so_far(task, other_reviewer, nation, now):
    national = factories.post(other_reviewer, nation, "reviewer")
    opened = accesses.record("open", by=other_reviewer, at=now, filing=task.procedure.filing)
    assert opened.posting == national


def test_an_export_is_recorded(at_desk, auditor, task):
    response = at_desk(auditor).post(reverse("admin:filings_event_export"), {"action": "task."})
    assert response["Content-Type"].startswith("text/csv")
    assert "task.claimed" in response.content.decode()
    assert AccessRecord.objects.get().action == "export"
    assert Event.objects.get(kind="audit.exported").data["query"] == {"action": "task."}


@pytest.mark.parametrize("name", [EVENTS, ACCESSES])
def test_nobody_else_reads_the_audit(name, at_desk, reviewer, supervisor, administrator, province):
    for person in (reviewer, supervisor, administrator):
        assert at_desk(person).get(reverse(name)).status_code == 403


def test_the_auditor_changes_nothing(at_desk, auditor, task, reviewer):
    client = at_desk(auditor)
    assert client.get(reverse("admin:reviews_reviewtask_review", args=[task.pk])).status_code == 200
    for name, given in (
        ("finding", {"path": "algorithm.name", "severity": "must", "text": "x"}),
        ("note", {"text": "x"}),
        ("release", {}),
        ("propose", {"kind": "return"}),
        ("pass-up", {}),
    ):
        address = reverse(f"admin:reviews_reviewtask_{name}", args=[task.pk])
        assert client.post(address, given).status_code == 403, name


def test_another_regions_auditor_sees_nothing_of_it(at_desk, task, other_province):
    from filings.models import OfficerRole
    from tests import factories

    stranger = factories.officer("audit@gd.example.cn", other_province, OfficerRole.AUDITOR)
    page = at_desk(stranger).get(reverse(EVENTS)).content.decode()
    assert task.procedure.filing.name not in page


@pytest.mark.parametrize(
    "name",
    [
        "filings_authority", "filings_posting", "reviews_stageplan", "reviews_findingtemplate",
        "reviews_declineground", "filings_calendarday", "filings_delivery", "reviews_proposal",
        "filings_entityversion", "reviews_waiver",
    ],
)  # fmt: skip
def test_every_list_of_the_desk_opens(name, at_desk, auditor, administrator, task):
    opened = {p: at_desk(p).get(reverse(f"admin:{name}_changelist")).status_code for p in (auditor, administrator)}
    assert 200 in opened.values()


def test_events_are_told_as_sentences_beside_their_raw_data(at_desk, auditor, task):
    page = at_desk(auditor).get(reverse(EVENTS), {"action": "procedure.pass_intake"}).content.decode()
    assert "The automatic checks were passed and the review began" in page
    assert "due_on: " in page
    assert "In review" in page


def test_the_auditor_narrows_by_filing_and_period(at_desk, auditor, task, now):
    client, name = at_desk(auditor), task.procedure.filing.name
    today = now.date().isoformat()
    assert name in client.get(reverse(EVENTS), {"filing": name, "since": today}).content.decode()
    assert name not in client.get(reverse(EVENTS), {"until": "2020-01-01"}).content.decode()
