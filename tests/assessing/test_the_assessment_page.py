"""A provider fills the assessment in, topic by topic, without JavaScript."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from filings import assessing, drafts, rulesets, sealing, submissions
from filings.lifecycle import Actor
from filings.models import Dossier, Finding, Procedure
from filings.transitions import move_procedure
from tests import factories

TOPICS = 49


@pytest.fixture
def begun(entity, provider, now):
    """A generative draft in which no topic has a verdict."""
    return drafts.start_filing(entity=entity, kind="generative", by=provider, at=now)


@pytest.fixture
def page(begun):
    return reverse("filings:assessment", args=[begun.pk])


@pytest.fixture
def browser(client, provider):
    client.force_login(provider)
    return client


def keys(answer):
    return [line.key for chapter in answer.context["sheet"].chapters for line in chapter.lines]


def typed(shown, version=0, **more):
    return {"shown": shown, "base_version": version, "go": "stay", **more}


def test_every_topic_of_the_rule_set_stands_there_by_chapter(browser, page, begun):
    answer = browser.get(page)

    assert [(c.heading.code, c.standing.total) for c in answer.context["sheet"].chapters] == [
        ("corpus", 14),
        ("model", 8),
        ("measures", 15),
        ("tests", 9),
        ("conclusion", 3),
    ]
    assert len(keys(answer)) == TOPICS


def test_a_clause_number_appears_only_where_the_rule_set_gives_one(browser, page):
    text = browser.get(page).content.decode()

    assert (text.count("TC260-003 6"), text.count("TC260-003 7")) == (1, 1)
    assert text.count("编号未经核实") >= TOPICS - 2


def test_verdict_and_evidence_are_saved_with_the_topic_as_it_was_asked(browser, page, begun, stored, key):
    one = key("corpus_scale")

    answer = browser.post(page, typed([one], **{f"verdict-{one}": "meets", f"evidence-{one}": "见语料清单。"}))

    items = {item["topic"]: item for item in stored(begun)["topics"]}
    assert answer.status_code == 302
    assert items["corpus_scale"] == {
        "key": one,
        "topic": "corpus_scale",
        "name": "语料规模与构成如实说明",
        "clause_state": "unverified",
        "verdict": "meets",
        "evidence": "见语料清单。",
        "sections": ["corpora"],
    }
    assert len(items) == TOPICS


def test_topics_that_were_not_shown_keep_their_answers(browser, service, provider, stored, key):
    page = reverse("filings:assessment", args=[service.pk])
    before = {item["topic"]: item for item in stored(service)["topics"]}
    one, version = key("corpus_scale"), browser.get(page).context["sheet"].version

    browser.post(page, typed([one], version, **{f"verdict-{one}": "fails", f"evidence-{one}": "整改中。"}))

    after = {item["topic"]: item for item in stored(service)["topics"]}
    assert after.pop("corpus_scale")["verdict"] == "fails"
    before.pop("corpus_scale")
    assert after == before


def test_only_open_topics_are_shown_on_demand(browser, page, key):
    one = key("corpus_scale")
    browser.post(page, typed([one], **{f"verdict-{one}": "meets", f"evidence-{one}": "见语料清单。"}))

    assert len(keys(browser.get(page, {"show": "open"}))) == TOPICS - 1
    assert len(keys(browser.get(page, {"chapter": "model"}))) == 8
    assert browser.get(page).context["sheet"].standing == assessing.Standing(1, TOPICS)


def test_several_ticked_topics_get_one_verdict_and_reason(browser, page, begun, stored, key):
    shown = [key(code) for code in ("corpus_scale", "corpus_source", "corpus_ip")]

    browser.post(
        page,
        typed(shown, go="bulk", pick=shown[:2], **{"bulk-verdict": "not_applicable", "bulk-evidence": "不涉及训练。"}),
    )

    told = {item["topic"]: item.get("evidence") for item in stored(begun)["topics"] if item.get("verdict")}
    assert told == {"corpus_scale": "不涉及训练。", "corpus_source": "不涉及训练。"}


def test_a_verdict_without_evidence_is_still_open(browser, page, begun, key):
    one = key("corpus_scale")
    browser.post(page, typed([one], **{f"verdict-{one}": "meets"}))

    begun.dossier.refresh_from_db()
    problems = {p.path: p.rule for p in sealing.check(begun.dossier) if p.section == "assessment" and p.is_blocking}
    assert problems[f"assessment.topics[{one}].evidence"] == "answer.missing"
    assert problems[f"assessment.topics[{key('corpus_ip')}].verdict"] == "answer.missing"


def test_an_assessment_never_begun_blocks_with_the_number_of_open_topics(begun):
    with translation.override("en"):
        (problem,) = assessing.problems(begun, begun.dossier.content, {})

    assert problem.message.startswith(f"{TOPICS} topics")
    assert problem.is_blocking


def test_places_are_named_by_title_or_exact_path_and_rows_by_number(browser, service, stored, key):
    page = reverse("filings:assessment", args=[service.pk])
    one, version = key("tests_keywords"), browser.get(page).context["sheet"].version
    typed_in = {f"places-{one}": "annexes；service.name", f"rows-{one}": "2-40, 77"}

    answer = browser.post(
        page, typed([one], version, **{f"verdict-{one}": "meets", f"evidence-{one}": "达标。"}, **typed_in)
    )

    item = next(item for item in stored(service)["topics"] if item["key"] == one)
    assert answer.status_code == 302
    assert (item["sections"], item["paths"], item["rows"]) == (["annexes"], "service.name", "2-40, 77")


@pytest.mark.parametrize(
    ("field", "text"),
    [("places", "没有这一节"), ("places", "service.nothing"), ("rows", "第二行"), ("evidence", "长" * 1001)],
)
def test_what_cannot_be_is_refused_at_its_topic(browser, page, key, field, text):
    one = key("tests_keywords")

    answer = browser.post(page, typed([one], **{f"{field}-{one}": text}))

    assert answer.status_code == 422
    assert list(answer.context["sheet"].errors) == [one]


def test_two_people_at_different_topics_are_joined(browser, page, begun, stored, key, colleague, client):
    one, two = key("corpus_scale"), key("corpus_ip")
    browser.post(page, typed([one, two], **{f"verdict-{one}": "meets", f"evidence-{one}": "甲"}))

    browser.post(page, typed([one, two], **{f"verdict-{two}": "meets", f"evidence-{two}": "乙"}))

    told = {item["topic"]: item.get("evidence") for item in stored(begun)["topics"] if item.get("verdict")}
    assert told == {"corpus_scale": "甲", "corpus_ip": "乙"}


def test_two_people_at_one_topic_see_both_and_nothing_is_lost(browser, page, begun, stored, key):
    one = key("corpus_scale")
    browser.post(page, typed([one], **{f"verdict-{one}": "meets", f"evidence-{one}": "甲"}))

    answer = browser.post(page, typed([one], **{f"verdict-{one}": "meets", f"evidence-{one}": "乙"}))

    sheet = answer.context["sheet"]
    line = next(line for chapter in sheet.chapters for line in chapter.lines if line.key == one)
    assert (answer.status_code, line.item["evidence"]) == (409, "乙")
    assert "甲" in line.theirs
    browser.post(page, typed([one], sheet.version, **{f"verdict-{one}": "meets", f"evidence-{one}": "乙"}))
    assert next(i for i in stored(begun)["topics"] if i["key"] == one)["evidence"] == "乙"


def test_the_section_of_the_dossier_leads_to_the_page(browser, begun, page):
    answer = browser.get(reverse("filings:dossier-section", args=[begun.pk, "assessment"]))

    assert (answer.status_code, answer["Location"]) == (302, page)


def test_a_signature_is_not_typed(browser, begun, page, stored):
    browser.post(page, typed([], **{"assessment-assessor": "third_party", "assessment-signed_digest": "f" * 64}))

    assert "signed_digest" not in stored(begun)


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"ended_on": "2020-01-01"}, "assessment.dates"),
        ({"assessor": "third_party", "organisation": "某实验室"}, "assessment.unsigned"),
    ],
)
def test_the_gate_names_what_only_it_knows(service, changed, rule):
    content = service.dossier.content
    content["assessment"] |= changed

    assert rule in {problem.rule for problem in assessing.problems(service, content, {})}


def test_a_complete_assessment_passes_the_gate(service):
    assert assessing.problems(service, service.dossier.content, {}) == []


def test_topics_of_another_rule_set_block(service):
    content = service.dossier.content
    content["assessment"]["topics"][0] |= {"topic": "invented"}

    rules = [problem.rule for problem in assessing.problems(service, content, {})]
    assert rules == ["assessment.open", "assessment.foreign"]


def test_the_assessment_is_frozen_with_the_submission(service, provider, now):
    submitted = factories.submit(service, by=provider, at=now)

    document = submissions.document_of(submitted.submissions.get())
    assert len(document["content"]["assessment"]["topics"]) == TOPICS


def test_a_draft_keeps_the_rule_set_it_began_with(begun, service):
    assert begun.rule_set == rulesets.current(on=begun.created_at.date())
    assert Procedure.objects.filter(rule_set=None).count() == 0


def test_algorithms_are_measured_by_no_rule_set(draft, browser):
    assert draft.rule_set is None
    assert browser.get(reverse("filings:assessment", args=[draft.pk])).status_code == 404


def test_a_finding_at_a_topic_stands_there_and_is_answered_there(browser, service, provider, now, key):
    submitted = factories.submit(service, by=provider, at=now)
    one = key("corpus_ip")
    finding = Finding.objects.create(
        procedure=submitted,
        submission=submitted.submissions.get(),
        path=f"assessment.topics[{one}].verdict",
        section="assessment",
        text="证据不足。",
        source="intake",
        raised_at=now,
        sent_at=now,
    )
    changes = {"turn": "provider", "rectify_by": timezone.localdate()}
    move_procedure(submitted, "fail_intake", side=Actor.SYSTEM, at=now, changes=changes)
    page = reverse("filings:assessment", args=[submitted.pk])
    sheet = browser.get(page).context["sheet"]
    line = next(line for chapter in sheet.chapters for line in chapter.lines if line.key == one)
    assert line.findings == [finding]

    browser.post(page, typed([], sheet.version, **{f"finding-{finding.pk}": "已补充。"}))

    finding.refresh_from_db()
    assert finding.answer == "已补充。"


@pytest.mark.parametrize("answered", [1, 3])
def test_the_page_asks_the_database_as_often_for_one_answer_as_for_three(
    browser, page, key, answered, django_assert_num_queries
):
    shown = [key(code) for code in ("corpus_scale", "corpus_source", "corpus_ip")][:answered]
    more = {f"{name}-{each}": value for each in shown for name, value in (("verdict", "meets"), ("evidence", "见"))}
    browser.post(page, typed(shown, **more))
    browser.get(page)  # what a process reads once
    with django_assert_num_queries(11):
        browser.get(page)


def test_an_viewer_reads_and_does_not_write(client, viewer, page):
    client.force_login(viewer)

    assert client.get(page).status_code == 200
    assert client.post(page, {}).status_code == 403


def test_after_submission_the_page_is_read_only(browser, service, provider, now, key, stored):
    factories.submit(service, by=provider, at=now)
    one = key("corpus_ip")

    page = reverse("filings:assessment", args=[service.pk])
    answer = browser.post(page, typed([one], 1, **{f"verdict-{one}": "fails", f"evidence-{one}": "x"}))

    assert answer.status_code == 409
    assert next(i for i in stored(service)["topics"] if i["key"] == one)["verdict"] == "meets"
    assert Dossier.objects.get(procedure=service).content
