import datetime as dt
import json

import pytest
from django.urls import reverse
from django.utils import translation

from filings import consistency, drafts, entities, names, sealing
from filings.models import RegisterEntry
from reviews import intake as checks
from reviews.models import IntakeResult
from tests import factories


@pytest.fixture
def later(submitted, provider, now):
    """A second draft of the same entity, told alike under another name."""
    content = json.loads(json.dumps(submitted.dossier.content))
    return factories.twin(submitted, content, name="青岚图文创作算法-2", by=provider, at=now)


def change(procedure, section, by, at, edit):
    procedure.dossier.refresh_from_db()
    value = json.loads(json.dumps(procedure.dossier.content[section]))
    edit(value)
    version = procedure.dossier.section_versions[section]
    drafts.save_section(dossier=procedure.dossier, section=section, value=value, base_version=version, by=by, at=at)
    procedure.dossier.refresh_from_db()


def told(procedure):
    with translation.override("en"):
        found = consistency.problems(procedure, procedure.dossier.content, procedure.filing.entity.profile)
        return [(each.path, str(each.message)) for each in found]


def test_dossiers_told_alike_give_nothing_to_look_at(later):
    assert told(later) == []


def test_a_fact_told_otherwise_before_is_shown_to_the_provider_before_submitting(
    later, submitted, provider, client, now
):
    change(later, "complaints", provider, now, lambda value: value.update(feedback_days=29))
    paths = [path for path, _message in told(later)]
    client.force_login(provider)
    page = client.get(reverse("filings:dossier-check", args=[later.pk])).content.decode()
    assert paths == ["complaints.feedback_days"]
    assert submitted.filing.name in told(later)[0][1]
    assert "“29”" in page


def test_it_is_a_reason_to_look_and_never_to_stop(later, provider, now):
    change(later, "complaints", provider, now, lambda value: value.update(feedback_days=29))
    found = [each for each in sealing.check(later.dossier) if each.rule == "consistency.earlier"]
    assert [each.is_blocking for each in found] == [False]


def test_the_reviewer_is_shown_it_after(later, provider, now):
    change(later, "complaints", provider, now, lambda value: value.update(feedback_days=29))
    factories.submit(later, by=provider, at=now + dt.timedelta(hours=1))
    checks.run(submission=later.submissions.get(), at=now)
    result = IntakeResult.objects.get(run__submission__procedure=later, path="complaints.feedback_days")
    assert result.outcome == "warned"
    assert "29" in result.message_zh


def test_drafts_and_other_entities_are_not_compared(later, submitted, outsider, installation, now, provider):
    change(later, "complaints", provider, now, lambda value: value.update(feedback_days=28))
    stranger = factories.verified_entity(owner=outsider, at=now)
    theirs = factories.complete_draft(entity=stranger, by=outsider, at=now, name="晴川图文创作算法")
    assert told(theirs) == []


def test_a_number_of_another_firm_quoted_as_ones_own_is_told(later):
    RegisterEntry.objects.create(
        number="网信算备330110507206401230035号",
        number_key="网信算备330110507206401230035号",
        number_state="ok",
        kind="deep_synthesis",
        name="别家算法",
        name_key=names.key("别家算法"),
        entity_name="别家公司",
        entity_key=names.key("别家公司"),
        published_on=dt.date(2024, 1, 1),
        haystack="",
    )
    content = {"service": {"algorithm_numbers": "网信算备330110507206401230035号、"}}
    with translation.override("en"):
        found = consistency.problems(later, content, later.filing.entity.profile)
    assert [each.path for each in found] == ["service.algorithm_numbers"]
    assert "别家公司" in str(found[0].message)


def test_the_comparison_takes_one_query_however_many_filings_there_are(
    later, submitted, provider, now, django_assert_num_queries
):
    content, profile = later.dossier.content, later.filing.entity.profile

    def compare():
        return consistency.problems(later, content, profile)

    with django_assert_num_queries(1):
        compare()
    for number in (3, 4):
        third = factories.twin(submitted, content, name=f"青岚图文创作算法-{number}", by=provider, at=now)
        factories.submit(third, by=provider, at=now + dt.timedelta(hours=number))
    with django_assert_num_queries(1):
        compare()


def test_profiles_frozen_later_do_not_matter(later, entity, provider, now):
    entities.freeze_version(entity=entity, by=provider, at=now)
    assert told(later) == []
