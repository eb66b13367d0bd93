"""Numbers of the standard that are answers of the dossier, and answers that cannot both be true."""

from copy import deepcopy

import pytest
from django.utils import timezone

from filings import drafts, field_thresholds, sealing
from filings.dossier import specimen
from filings.dossier.completeness import problems
from tests import factories


@pytest.fixture
def filed(provider, entity):
    return factories.complete_draft(entity=entity, by=provider, at=timezone.now(), kind="generative")


def changed(content, path, value):
    """A copy with the answer at `section.field`, or in every item at `section.items.field`."""
    content = deepcopy(content)
    section, name, *field = path.split(".")
    if field:
        for row in content[section][name]:
            row[field[0]] = value
    else:
        content[section][name] = value
    return content


def found(procedure, content):
    return {(problem.rule, str(problem.severity)) for problem in field_thresholds.check(procedure, content, {})}


EXACT_AND_OVER = [
    ("corpora.corpora.share_before", "5", "5.01", ("threshold.corpus_source_bad_share", "blocking")),
    ("corpora.corpora.share_after", "5.00", "5.01", ("threshold.corpus_source_bad_share", "blocking")),
    ("content_safety.bank_days", 31, 32, ("threshold.content_update", "blocking")),
    ("content_safety.keyword_days", 7, 8, ("threshold.keywords_update", "look")),
    ("user_input.opt_out_clicks", 4, 5, ("threshold.opt_out_clicks", "look")),
    ("labelling.safety_reviewers", 1, 0, ("threshold.annotation_reviewers", "look")),
]


@pytest.mark.parametrize(("path", "exact", "over", "verdict"), EXACT_AND_OVER)
def test_a_number_is_taken_at_its_bound_and_not_beyond_it(filed, path, exact, over, verdict):
    content = specimen.service("generative")

    assert found(filed, changed(content, path, exact)) == set()
    assert found(filed, changed(content, path, over)) == {verdict}


def test_foreign_open_corpora_are_weighed_against_all_by_storage(filed):
    content = specimen.service("generative")
    rows = content["corpora"]["corpora"]
    for row in rows:
        row["storage"] = "14"
    rows[2]["storage"] = "30"
    assert found(filed, content) == set()

    rows[2]["storage"] = "30.01"
    assert found(filed, content) == {("threshold.foreign_open_share", "look")}


def test_two_signatories_are_one_too_few(filed):
    content = specimen.service("generative")
    content["assessment"]["legal_head"] = content["assessment"]["security_head"]

    assert found(filed, content) == {("threshold.signatories", "look")}


def test_clicks_count_only_where_input_is_used_for_training(filed):
    content = changed(specimen.service("generative"), "user_input.opt_out_clicks", 9)
    content["user_input"]["trains_on_input"] = "no"

    assert found(filed, content) == set()


def test_a_sure_number_stops_the_lock(filed, provider):
    value = {**filed.dossier.content["content_safety"], "bank_days": 60}
    drafts.save_section(
        dossier=filed.dossier, section="content_safety", value=value, base_version=1, by=provider, at=timezone.now()
    )

    with pytest.raises(sealing.NotReady) as refused:
        sealing.lock(procedure=filed, by=provider, at=timezone.now())

    assert [problem.path for problem in refused.value.problems] == ["content_safety.bank_days"]


CLASHES = [
    ("generative", "output_labels.exports_labelled", "no", "service.label_export"),
    ("generative", "output_labels.labels.text", "好作品", "service.label_words"),
    ("generative", "output_labels.labels.modality", "text", "service.label_missing"),
    ("generative", "output_labels.samples.modality", "text", "service.label_missing"),
    ("generative", "labelling.roles_apart", "no", "service.roles_apart"),
    ("generative", "labelling.passed", 26001, "service.annotation_sample"),
    ("generative", "base_model.models.access", "call", "service.only_called"),
    ("generative", "base_model.origin", "own", "service.own_untrained"),
    ("generative", "corpora.corpora.stages", ["fine_tuning"], "service.stage_corpus"),
    ("generative", "corpora.corpora.source_kind", "user_input", "service.input_persons"),
    ("generative", "service.user_groups", "中小学学生", "service.minors"),
    ("generative", "publication.purpose", "便于创作。", "service.publication_name"),
    ("generative", "conclusion.conclusion", "not_fit", "service.not_fit"),
    ("generative", "output_labels.producer_code", "0011", "service.own_code"),
    ("generative_registration", "base_model.changes_nothing", "no", "service.registered_changes"),
    ("generative_registration", "base_model.models.access", "weights", "service.registered_changes"),
    ("generative_registration", "base_model.models.proof", [], "service.called_proof"),
]


@pytest.mark.parametrize(("kind", "path", "value", "rule"), CLASHES)
def test_answers_that_cannot_both_be_true_are_named(kind, path, value, rule):
    content = changed(specimen.service(kind), path, value)

    rules = {problem.rule for problem in problems(kind, content, specimen.entity())}

    assert rule in rules


def test_logs_of_unlabelled_results_are_kept_for_six_months():
    content = specimen.service("generative")
    content["output_labels"] |= {"gives_unlabelled": "yes", "unlabelled_terms": "合同约定", "log_months": 6}
    assert problems("generative", content, specimen.entity()) == []

    content["output_labels"]["log_months"] = 5
    assert [p.rule for p in problems("generative", content, specimen.entity())] == ["service.label_logs"]


@pytest.mark.parametrize(
    ("modality", "field", "exact", "under"), [("image", "height", "5", "4.9"), ("video", "seconds", "2", "1.9")]
)
def test_labels_are_large_and_long_enough(modality, field, exact, under):
    content = specimen.service("generative")
    content["service"] |= {"modalities": [modality], "functions": [modality]}
    label, sample = content["output_labels"]["labels"][1], content["output_labels"]["samples"][1]
    label |= {"modality": modality, field: exact}
    content["output_labels"] |= {"labels": [label], "samples": [sample | {"modality": modality}]}
    assert problems("generative", content, specimen.entity()) == []

    label[field] = under
    assert [p.rule for p in problems("generative", content, specimen.entity())] == ["service.label_size"]


SOURCES = [
    ("open", {"url", "licence"}),
    ("public_data", {"url", "grade", "opened_by"}),
    ("self_collected", {"collection", "collection_record"}),
    ("commercial", {"supplier", "contract"}),
    ("user_input", {"authorisation"}),
    ("synthetic", {"generating_model"}),
]
EVERY_SOURCE = set().union(*(names for _kind, names in SOURCES))


@pytest.mark.parametrize(("source_kind", "asked"), SOURCES)
def test_each_kind_of_source_is_asked_for_its_own_proof(source_kind, asked):
    content = specimen.service("generative")
    row = {k: v for k, v in content["corpora"]["corpora"][0].items() if k not in EVERY_SOURCE}
    content["corpora"]["corpora"] = [row | {"source_kind": source_kind, "stages": ["fine_tuning", "alignment"]}]

    missing = {p.path.rpartition(".")[2] for p in problems("generative", content, specimen.entity()) if p.is_blocking}

    assert missing - {"trains_on_input"} == asked


def test_personal_information_needs_a_ground_and_sensitive_information_separate_consent():
    content = specimen.service("generative")
    row = content["corpora"]["corpora"][0]
    row["has_personal_information"] = "yes"
    asked = {p.path.rpartition(".")[2] for p in problems("generative", content, specimen.entity())}
    assert asked == {"legal_grounds", "consent", "is_sensitive"}

    row |= {"legal_grounds": ["consent"], "consent": "书面同意", "is_sensitive": "yes"}
    asked = {p.path.rpartition(".")[2] for p in problems("generative", content, specimen.entity())}
    assert asked == {"separate_consent"}
