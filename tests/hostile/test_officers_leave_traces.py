"""Every opening, download, reveal and export by an officer is recorded; an auditor only reads."""

import pytest
from django.urls import reverse

from filings.models import AccessRecord, Attachment, Event, Paper, SealedValue
from tests.access import asking
from tests.desk.conftest import queued as queued
from tests.desk.conftest import task as task


@pytest.fixture
def traces(client):
    """What a request leaves: (action, who)."""

    def traces(person, method, path, data=None):
        AccessRecord.objects.all()
        before = set(AccessRecord.objects.values_list("pk", flat=True))
        client.force_login(person)
        answer = getattr(client, method)(path, data or {})
        assert answer.status_code == 200, path
        left = AccessRecord.objects.exclude(pk__in=before)
        return [(record.action, record.actor_id, bool(record.posting_id)) for record in left]

    return traces


def test_opening_a_dossier_is_recorded_for_every_officer_who_may(
    traces, task, reviewer, signatory, supervisor, auditor
):
    path = reverse("admin:reviews_reviewtask_review", args=[task.pk])
    for person in (reviewer, signatory, supervisor, auditor):
        assert traces(person, "get", path) == [("open", person.pk, True)]


def test_opening_an_entity_is_recorded(traces, task, intake):
    path = reverse("admin:filings_entityversion_change", args=[task.submission.entity_version_id])
    assert traces(intake, "get", path) == [("open", intake.pk, True)]


def test_a_download_is_recorded_wherever_it_is_taken(traces, task, reviewer):
    file = Attachment.objects.filter(submissions=task.submission).first()
    paper = Paper.objects.filter(procedure=task.procedure).first()
    for path in (
        reverse("filings:attachment-download", args=[file.pk]),
        reverse("filings:paper-download", args=[paper.pk]),
    ):
        assert traces(reviewer, "get", path) == [("download", reviewer.pk, True)], path


def test_a_reveal_is_recorded(traces, task, reviewer):
    value = SealedValue.objects.filter(entity=task.procedure.filing.entity_id).first()
    path = reverse("filings:sealed-reveal", args=[value.pk])
    assert traces(reviewer, "post", path, {"reason": "核对"}) == [("reveal", reviewer.pk, True)]


@pytest.mark.parametrize("model", ["event", "accessrecord"])
def test_an_export_is_recorded_and_told_as_an_event(traces, task, auditor, model):
    path = reverse(f"admin:filings_{model}_export")
    assert traces(auditor, "post", path) == [("export", auditor.pk, True)]
    assert Event.objects.filter(kind="audit.exported", actor=auditor).count() == 1


def test_nothing_an_auditor_posts_changes_anything(client, task, auditor):
    """Every address of the desk that acts on rows refuses the auditor; exports alone are theirs."""
    from tests.hostile.acting import acting_addresses

    client.force_login(auditor)
    before = Event.objects.count()
    for name, path in acting_addresses(task):
        assert client.post(path, {"text": "x", "reason": "x"}).status_code in (403, 404, 405), name
    assert Event.objects.count() == before


def test_a_records_table_refuses_to_be_changed(task, reviewer, traces):
    from django.db import DatabaseError, transaction

    traces(reviewer, "get", reverse("admin:reviews_reviewtask_review", args=[task.pk]))
    for change in (lambda: AccessRecord.objects.update(subject="x"), lambda: AccessRecord.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_every_view_of_the_desk_is_guarded_by_the_desk():
    """A view that a desk adds without the site's guard would open it to everybody."""
    unguarded = [
        name
        for name, pattern in asking.routes()
        if name.startswith("admin:") and not hasattr(pattern.callback, "__wrapped__")
    ]
    assert unguarded in ([], ["admin:login"])
