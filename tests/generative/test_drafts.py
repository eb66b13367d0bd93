import pytest
from django.utils import timezone

from filings import gates, sealing, submissions
from filings.dossier.problems import Problem, Severity
from tests import factories


@pytest.fixture
def draft(provider, entity):
    return factories.complete_draft(entity=entity, by=provider, at=timezone.now(), kind="generative")


def test_a_complete_service_is_locked_with_its_papers_and_submitted(draft, provider):
    at = timezone.now()

    factories.submit(draft, by=provider, at=at)

    assert draft.status == "submitted"
    assert draft.filing.name == "青岚文思大模型"
    assert draft.filing.held_name == "33|qinglanwensi"
    assert draft.filing.products.count() == 1


def test_a_gate_stops_the_lock_and_the_submission(draft, provider, monkeypatch):
    at = timezone.now()
    closed = Problem("annexes.keywords", "Count the list first.", section="annexes")
    factories.locked(draft, by=provider, at=at)

    monkeypatch.setitem(gates.GATES, "test", gates.Gate("test", ("generative",), lambda *_about: [closed]))

    with pytest.raises(sealing.NotReady) as refused:
        submissions.submit(procedure=draft, by=provider, at=at)
    assert refused.value.problems == [closed]
    with pytest.raises(sealing.NotReady):
        sealing.lock(procedure=draft, by=provider, at=at)


def test_a_gate_that_only_warns_lets_pass(draft, provider, monkeypatch):
    warning = Problem("annexes.keywords", "Look.", section="annexes", severity=Severity.LOOK)
    monkeypatch.setitem(gates.GATES, "test", gates.Gate("test", ("generative",), lambda *_about: [warning]))

    assert warning in sealing.check(draft.dossier)
    assert factories.submit(draft, by=provider, at=timezone.now()).status == "submitted"
