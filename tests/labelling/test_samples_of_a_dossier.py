import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from filings import attachments, drafts, labels, sealing, submissions
from filings.dossier.kinds import KINDS
from filings.models import LabelReading
from reviews import intake as checks
from reviews.models import IntakeResult, ReviewTask
from tests import factories
from tests.labelreading import files

PATH = "labels.labels[{}].implicit_sample"


def sample(content, name="样例.png", declared="image/png"):
    return SimpleUploadedFile(name, content, declared)


@pytest.fixture
def attach(draft, entity, provider, now):
    """Uploads files as the samples of the first label and saves the section."""

    def attach(*contents):
        section = KINDS["deep_synthesis"].section("labels")
        kept = [
            attachments.accept_for(
                section,
                "labels-0-implicit_sample",
                entity=entity,
                filing=draft.filing,
                upload=sample(content, f"样例{number}.png"),
                by=provider,
                at=now,
            )
            for number, content in enumerate(contents)
        ]
        draft.dossier.refresh_from_db()
        value = json.loads(json.dumps(draft.dossier.content["labels"]))
        value["labels"][0]["implicit_sample"] = [attachments.reference(each) for each in kept]
        version = draft.dossier.section_versions["labels"]
        drafts.save_section(
            dossier=draft.dossier, section="labels", value=value, base_version=version, by=provider, at=now
        )
        draft.dossier.refresh_from_db()
        return PATH.format(value["labels"][0]["key"])

    return attach


def looks(procedure, path):
    with translation.override("en"):
        return [str(each.message) for each in sealing.check(procedure.dossier) if each.path == path]


def test_a_sample_is_read_when_it_is_attached(attach):
    attach(files.png(files.label()))
    reading = LabelReading.objects.get()
    assert (reading.state, reading.verdict["place"]) == ("present", "png.text")


def test_a_sound_sample_of_the_entity_gives_nothing_to_look_at(attach, draft):
    path = attach(files.png(files.label()))
    assert looks(draft, path) == []


def test_the_provider_is_told_what_is_malformed_before_submitting(attach, draft, client, provider):
    path = attach(files.png(files.label(Label="9", without=["ProduceID"])))
    client.force_login(provider)
    page = client.get(reverse("filings:dossier-check", args=[draft.pk]), headers={"accept-language": "en"})
    assert looks(draft, path) == [
        "“样例0.png”: Implicit label malformed. The key ProduceID is missing. "
        "Label is not 1 (is generated), 2 (may be) or 3 (suspected)."
    ]
    assert "样例0.png" in page.content.decode()


def test_a_label_is_a_reason_to_look_and_never_to_stop(attach, draft):
    path = attach(files.png())
    found = [each for each in sealing.check(draft.dossier) if each.path == path]
    assert [(each.rule, each.is_blocking, each.cites) for each in found] == [
        ("label.absent", False, ("LBL 5", "LBL 12"))
    ]


def test_another_entitys_code_is_told(attach, draft):
    other = "91330106MA2CFLDG4R"
    path = attach(files.png(files.label(ContentProducer=f"0011{other}10000")))
    assert other in looks(draft, path)[0]
    assert files.CREDIT_CODE in looks(draft, path)[0]


def test_the_section_page_shows_the_verdict_beside_the_file(attach, draft, client, provider):
    attach(files.png(files.label()), files.png())
    client.force_login(provider)
    page = client.get(reverse("filings:dossier-section", args=[draft.pk, "labels"])).content.decode()
    assert page.count("label-verdict is-done") == 1
    assert page.count("label-verdict is-attention") >= 1


def test_a_section_page_with_more_samples_asks_no_more(
    attach, draft, client, provider, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(provider)
    address = reverse("filings:dossier-section", args=[draft.pk, "labels"])
    attach(files.png(files.label()))
    client.get(address)
    with django_assert_max_num_queries(30) as one:
        client.get(address)
    attach(*(files.png(files.label(ProduceID=str(number))) for number in range(3)))
    with django_assert_num_queries(len(one)):
        client.get(address)


def test_the_check_reads_what_was_never_read_and_writes_nothing(attach, draft):
    path = attach(files.png())
    LabelReading.objects.all().delete()
    assert len(looks(draft, path)) == 1
    assert not LabelReading.objects.exists()


@pytest.mark.parametrize("kind", ["generative", "generative_registration"])
def test_samples_of_a_generative_service_are_read_too(kind, entity, provider, now):
    procedure = factories.complete_draft(entity=entity, by=provider, at=now, kind=kind)
    content = json.loads(json.dumps(procedure.dossier.content))
    found = labels.keep_all(content, at=now)
    assert {each.state for each in found.values()} == {"present"}
    assert list(labels.looks(content, entity.profile, found)) == []
    content["output_labels"]["samples"][0]["file"][0]["sha256"] = factories.hashlib.sha256(factories.PNG).hexdigest()
    (problem,) = labels.problems(procedure, content, entity.profile)
    assert problem.path.startswith("output_labels.samples[")


def test_the_reviewer_sees_the_verdict_at_the_file(
    attach, draft, provider, reviewer, client, now, django_capture_on_commit_callbacks
):
    attach(files.png(files.label(ProduceID="")))
    factories.submit(draft, by=provider, at=now)
    checks.run(submission=draft.submissions.get(), at=now)
    results = IntakeResult.objects.filter(path__startswith="labels.labels[")
    assert {each.outcome for each in results} == {"warned"}
    assert any("ProduceID" in each.message_zh for each in results)
    page = _review(draft, reviewer, client, now)
    assert 'class="said is-attention"' in page
    assert "png.text" in page


def _review(procedure, reviewer, client, now):
    from filings import events

    events.deliver_due(at=now.replace(year=now.year + 1), only=("reviews.intake", "filings.sample_labels"))
    task = ReviewTask.objects.get(procedure=procedure)
    client.force_login(reviewer)
    return client.get(reverse("admin:reviews_reviewtask_review", args=[task.pk])).content.decode()


def test_a_content_that_the_storage_lost_is_passed_over(draft, entity):
    content = {
        "labels": {"labels": [{"key": "abcdef", "implicit_sample": [{"sha256": "0" * 64, "type": "image/png"}]}]}
    }
    assert labels.problems(draft, content, entity.profile) == []
    assert submissions.draft_of(draft).pk == draft.dossier.pk


def test_what_is_no_sample_is_no_sample():
    assert labels.is_sample("output_labels.samples[abcdef].file")
    assert not labels.is_sample("output_labels.labels[abcdef].screenshot")
    assert list(labels.samples({"output_labels": {"samples": "?"}, "labels": 7})) == []
