import pytest
from django.db import transaction
from django.urls import reverse

from filings import drafts, sealing
from filings.lifecycle import Actor
from filings.models import Dossier, Finding, Procedure
from filings.transitions import move_procedure
from tests.dossier import samples

ENGLISH = {"Accept-Language": "en"}


def test_a_copied_section_is_marked_until_it_is_read_again(browser_of_provider, draft, entity, provider, now, address):
    copy = drafts.start_filing(entity=entity, kind="deep_synthesis", by=provider, at=now, copy_from=draft.filing)
    page = browser_of_provider.get(address(copy, "complaints"), headers=ENGLISH).content.decode()
    content = Dossier.objects.get(procedure=copy).content
    data = samples.post_data("deep_synthesis", "complaints", content, entity.versions.get().content)
    browser_of_provider.post(address(copy, "complaints"), {**data, "base_version": "0", "go": "stay"})

    assert 'value="stay"' in page
    assert "complaints" not in Dossier.objects.get(procedure=copy).to_reread
    assert 'value="stay"' not in browser_of_provider.get(address(copy, "complaints")).content.decode()


def test_a_locked_dossier_warns_and_a_save_voids_the_lock(browser_of_provider, draft, provider, now, address):
    sealing.lock(procedure=draft, by=provider, at=now)

    page = browser_of_provider.get(address(draft, "complaints")).content.decode()
    opened = sealing.standing(draft)
    browser_of_provider.post(address(draft, "complaints"), {"base_version": "1", "go": "list"})

    assert f"/procedures/{draft.pk}/sign/" in page
    assert "data-autosave" not in page
    assert opened is not None
    assert sealing.standing(draft) is None


@pytest.fixture
def returned(submitted, now):
    """Back for rectification with a finding at a field, one at the section, and a draft of an officer."""
    submission = submitted.submissions.get()
    for path, sent in (("introduction.summary", now), ("introduction", now), ("introduction.main_scene", None)):
        Finding.objects.create(
            procedure=submitted,
            submission=submission,
            path=path,
            section="introduction",
            source=Finding.Source.INTAKE,
            text=f"意见:{path}",
            raised_at=now,
            sent_at=sent,
        )
    return_for_rectification(submitted, now)
    return Procedure.objects.get(pk=submitted.pk)


def return_for_rectification(procedure, now):
    with transaction.atomic():
        move_procedure(procedure=procedure, name="fail_intake", side=Actor.SYSTEM, at=now)


def test_findings_stand_at_their_fields_and_are_answered_with_the_section(
    browser_of_provider, returned, address, stored
):
    before = stored(returned, "introduction")
    page = browser_of_provider.get(address(returned, "introduction"), headers=ENGLISH).content.decode()
    finding = Finding.objects.get(path="introduction.summary")
    top, at_field = page.index("意见:introduction<"), page.index("意见:introduction.summary")

    browser_of_provider.post(
        address(returned, "introduction"),
        {"base_version": "1", "introduction-summary": "改过", f"finding-{finding.pk}": "已改", "go": "list"},
    )

    finding.refresh_from_db()
    again = browser_of_provider.get(address(returned, "introduction"), headers=ENGLISH).content.decode()
    assert top < at_field < page.index('id="id_introduction-summary"')
    assert "意见:introduction.main_scene" not in page
    assert finding.answer == "已改"
    assert before["summary"][:20] in again


@pytest.fixture
def profile_finding(returned):
    return Finding.objects.create(
        procedure=returned,
        submission=returned.submissions.get(),
        path="basic.address",
        section="basic",
        source=Finding.Source.INTAKE,
        text="请核对住所",
        raised_at=returned.submissions.get().submitted_at,
        sent_at=returned.submissions.get().submitted_at,
    )


def test_a_finding_at_the_profile_stands_there_and_leads_to_its_answer(
    browser_of_provider, returned, entity, profile_finding
):
    profile = reverse("filings:profile-section", args=[entity.pk, "basic"])
    findings = reverse("filings:finding-list", args=[returned.pk])

    at_profile = browser_of_provider.get(profile, headers=ENGLISH).content.decode()
    in_list = browser_of_provider.get(findings, headers=ENGLISH)

    assert at_profile.index("请核对住所") < at_profile.index('id="id_basic-address"')
    assert f'href="{findings}#finding-{profile_finding.pk}"' in at_profile
    assert f'name="finding-{profile_finding.pk}"' not in at_profile
    assert f'href="{profile}#div_id_basic-address"' in in_list.content.decode()
    (row,) = [row for row in in_list.context["rows"] if row["finding"] == profile_finding]
    assert (row["label"] != "basic.address", row["state"]) == (True, "open")
    assert row["old"] == row["new"] == entity.profile["basic"]["address"]


def test_a_finding_at_the_profile_counts_as_changed_with_the_cited_version(
    browser_of_provider, returned, entity, profile_finding
):
    version = returned.dossier.entity_version
    version.pk, version.number = None, version.number + 1
    version.content = {**version.content, "basic": {**version.content["basic"], "address": "杭州市西湖区新址1号"}}
    version.save(force_insert=True)
    Dossier.objects.filter(procedure=returned).update(entity_version=version)

    page = browser_of_provider.get(reverse("filings:finding-list", args=[returned.pk]))

    (row,) = [row for row in page.context["rows"] if row["finding"] == profile_finding]
    assert (row["state"], row["new"]) == ("changed", "杭州市西湖区新址1号")


@pytest.mark.parametrize("count", [1, 3])
def test_findings_cost_the_same_queries_however_many(
    browser_of_provider, returned, address, now, django_assert_num_queries, count
):
    Finding.objects.filter(sent_at=None).delete()
    first = Finding.objects.order_by("pk").first()
    for _more in range(count):
        Finding.objects.create(
            **{
                name: getattr(first, name)
                for name in ("procedure", "submission", "path", "section", "source", "text", "raised_at", "sent_at")
            }
        )
    browser_of_provider.get(address(returned, "introduction"))  # what a process reads once
    with django_assert_num_queries(5):
        browser_of_provider.get(address(returned, "introduction"))
