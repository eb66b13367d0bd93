import pytest
from django.urls import reverse
from django.utils import timezone

from filings import drafts, gates, sealing, submissions
from filings.dossier.problems import Problem, Severity
from filings.models import Filing
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


@pytest.mark.parametrize("kind", ["generative", "generative_registration"])
def test_a_service_is_started_without_class_and_role(client, provider, entity, kind):
    client.force_login(provider)
    page = client.get(reverse("filings:filing-start"), {"kind": kind})
    assert page.context["form"]["algorithm_class"].value() == kind

    answers = {"entity": entity.pk, "algorithm_class": kind, "role": "provider", "token": "t"}
    begun = client.post(reverse("filings:filing-start"), answers)

    assert begun.status_code == 302
    assert list(Filing.objects.values_list("kind", "algorithm_class", "role")) == [(kind, "", "")]


def test_a_copy_takes_over_what_both_tracks_ask_but_no_name(draft, provider, entity):
    copy = drafts.start_filing(
        entity=entity, kind="generative_registration", by=provider, at=timezone.now(), copy_from=draft.filing
    )

    content = copy.dossier.content
    assert content["complaints"] == draft.dossier.content["complaints"]
    assert "corpora" not in content
    assert not {"name", "number_name"} & set(content["service"])
    assert "service" in copy.dossier.to_reread
