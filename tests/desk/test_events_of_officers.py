"""What officers do among themselves has no trace in what a provider sees."""

import pytest
from django.urls import reverse

from filings.models import Event
from reviews import decisions, findings
from reviews.models import Proposal

AMONG_OFFICERS = ("procedure.propose", "procedure.send_back")


@pytest.fixture
def sent_back(task, reviewer, signatory, now):
    """Proposed, and sent back by the signatory."""
    findings.draft(task=task, path="algorithm.name", severity="must", text="请核对。", by=reviewer, at=now)
    kind, date = Proposal.Kind.RETURN, now.date().replace(year=now.year + 1)
    proposal = decisions.propose(task=task, kind=kind, reasons="", grounds=[], rectify_by=date, by=reviewer, at=now)
    decisions.send_back(proposal=proposal, reason="依据不足", by=signatory, at=now)
    return task.procedure


def test_proposing_and_sending_back_are_events_for_staff(sent_back):
    recorded = Event.objects.filter(procedure=sent_back, kind__in=AMONG_OFFICERS).order_by("pk")
    assert [(e.kind, e.audience) for e in recorded] == [(kind, "staff") for kind in AMONG_OFFICERS]


def test_the_provider_sees_neither(sent_back, provider, client):
    visible = Event.objects.visible_to(provider).filter(procedure=sent_back)
    assert visible.exists()
    assert not visible.filter(kind__in=AMONG_OFFICERS).exists()
    client.force_login(provider)
    client.cookies["django_language"] = "en"
    page = client.get(reverse("filings:procedure-detail", args=[sent_back.pk])).content.decode()
    assert "proposed for signature" not in page
    assert "sent the proposal back" not in page


def test_officers_see_both(sent_back, reviewer, auditor, at_desk):
    seen = Event.objects.visible_to(reviewer).filter(procedure=sent_back, kind__in=AMONG_OFFICERS)
    assert seen.count() == 2
    exported = at_desk(auditor).post(reverse("admin:filings_event_export")).content.decode()
    assert all(kind in exported for kind in AMONG_OFFICERS)
