"""A change is worked beside the registered filing and takes effect only when it is granted."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from filings import changes, drafts, events, submissions, workingdays
from filings.models import Filing, Purpose, RegisterEntry, RegisterVersion
from reviews.models import ReviewTask
from tests import factories
from tests.changing.conftest import check

pytestmark = pytest.mark.django_db

RENAMED = "换了名字的算法"


def state(filing):
    """Everything by which a filing is known, and its entry."""
    columns = Filing.objects.filter(pk=filing.pk).values().get()
    entry = RegisterEntry.objects.filter(filing=filing).values().get()
    products = sorted(filing.products.values_list("pk", flat=True))
    return columns, entry, products, RegisterVersion.objects.filter(entry=entry["id"]).count()


def test_a_granted_change_gives_the_entry_a_new_version_under_the_same_number(
    change, registered, entry, edit, desk, provider, now
):
    before = state(registered)
    edit(change, "algorithm", name=RENAMED)
    factories.submit(change, by=provider, at=now)
    assert state(registered) == before
    desk.grant(change, now)
    events.deliver_due(at=now + dt.timedelta(minutes=5))
    filing = Filing.objects.get(pk=registered.pk)
    entry.refresh_from_db()
    assert (filing.name, filing.number, filing.standing) == (RENAMED, registered.number, "registered")
    assert (entry.name, entry.number) == (RENAMED, registered.number)
    versions = entry.versions.order_by("pk")
    assert [version.reason for version in versions] == ["registered", "changed"]
    assert change.papers.filter(kind="certificate").count() == 1


@pytest.mark.parametrize("ending", ["decline", "withdraw"])
def test_a_change_that_is_not_granted_leaves_the_filing_as_it_was_and_frees_the_name(
    ending, change, registered, edit, desk, provider, entity, now
):
    before = state(registered)
    edit(change, "algorithm", name=RENAMED)
    factories.submit(change, by=provider, at=now)
    if ending == "decline":
        desk.decline(change, now)
    else:
        submissions.withdraw(procedure=change, by=provider, at=now)
    assert state(registered) == before
    again = changes.begin(filing=registered, changed_on=now.date(), by=provider, at=now)
    assert again.pk != change.pk
    other = factories.complete_draft(entity=entity, by=provider, at=now, name=RENAMED)
    factories.submit(other, by=provider, at=now)


def test_a_new_name_is_held_from_submission_and_the_old_one_for_good(
    change, registered, edit, desk, provider, entity, now
):
    former = registered.name
    edit(change, "algorithm", name=RENAMED)
    factories.submit(change, by=provider, at=now)
    other = factories.locked(
        factories.complete_draft(entity=entity, by=provider, at=now, name=RENAMED), by=provider, at=now
    )
    with pytest.raises(submissions.NameTaken):
        submissions.submit(procedure=other, by=provider, at=now)
    desk.grant(change, now)
    third = factories.locked(
        factories.complete_draft(entity=entity, by=provider, at=now, name=former), by=provider, at=now
    )
    with pytest.raises(submissions.NameTaken):
        submissions.submit(procedure=third, by=provider, at=now)
    back = changes.begin(filing=Filing.objects.get(pk=registered.pk), changed_on=now.date(), by=provider, at=now)
    edit(back, "algorithm", name=former)
    factories.submit(back, by=provider, at=now)
    desk.grant(back, now)
    assert Filing.objects.get(pk=registered.pk).name == former


def test_only_a_change_of_the_model_or_its_data_passes_the_stages_of_a_first_filing(
    change, registered, edit, desk, provider, now
):
    edit(change, "algorithm", name=RENAMED)
    factories.submit(change, by=provider, at=now)
    desk.grant(change, now)
    assert change.change.weight == "editorial"
    assert [task.stage.purpose for task in ReviewTask.objects.filter(procedure=change)] == ["change"]

    heavy = changes.begin(filing=registered, changed_on=now.date(), by=provider, at=now)
    edit(heavy, "model", robustness="每季度用对抗样本和历史投诉复测一次，失效时人工接管并回滚到上一版。" * 3)
    factories.submit(heavy, by=provider, at=now)
    desk.grant(heavy, now)
    assert heavy.change.weight == "substance"
    assert [task.stage.purpose for task in ReviewTask.objects.filter(procedure=heavy)] == ["first", "first"]


def test_a_change_that_grows_heavy_while_it_is_rectified_passes_the_full_plan(
    change, registered, edit, desk, provider, reviewer, now
):
    from reviews import findings, queue

    edit(change, "algorithm", name=RENAMED)
    factories.submit(change, by=provider, at=now)
    check(change, now)
    task = queue.claim(task=ReviewTask.objects.unfinished().get(procedure=change), by=reviewer, at=now)
    findings.draft(
        task=task,
        path="model.robustness",
        severity="must",
        text="请说明模型。",
        legal_basis="ARP 24",
        by=reviewer,
        at=now,
    )
    queue.release(task=task, by=reviewer, at=now)
    desk.decide(change, "return", now, rectify_by=workingdays.add(now.date(), 10))
    change.findings.update(answer="已改。", answered_at=now)
    edit(change, "model", robustness="每季度用对抗样本和历史投诉复测一次，失效时人工接管并回滚到上一版。" * 3)
    factories.submit(change, by=provider, at=now)
    desk.grant(change, now)
    purposes = ReviewTask.objects.filter(procedure=change).order_by("pk").values_list("stage__purpose", flat=True)
    assert list(purposes) == ["change", "first", "first"]


def test_what_nobody_changed_cannot_be_submitted_and_a_late_day_is_marked(registered, edit, provider, now):
    long_ago = now.date() - dt.timedelta(days=60)
    change = changes.begin(filing=registered, changed_on=None, by=provider, at=now)
    from filings import sealing

    rules = {problem.message for problem in sealing.check(change.dossier) if problem.rule == "change"}
    assert len(rules) == 2
    changes.date(procedure=change, changed_on=long_ago, by=provider, at=now)
    edit(change, "algorithm", name=RENAMED)
    factories.submit(change, by=provider, at=now)
    change.change.refresh_from_db()
    assert change.change.is_late


def test_class_and_role_stay_since_they_make_another_filing(change, edit):
    from filings import sealing

    edit(change, "algorithm", role="supporter")
    change.dossier.refresh_from_db()
    assert "algorithm.role" in {p.path for p in sealing.check(change.dossier) if p.rule == "change.stays"}


def test_one_change_is_open_at_a_time_and_a_second_press_finds_it(change, registered, provider, now):
    assert changes.begin(filing=registered, changed_on=None, by=provider, at=now).pk == change.pk
    factories_draft = Filing.objects.filter(pk=registered.pk).get().procedures.open().filter(purpose=Purpose.CHANGE)
    assert factories_draft.count() == 1


@pytest.mark.parametrize(
    ("statement", "guard"),
    [
        ("UPDATE filings_filing SET number = 'x' WHERE id = %s", "a_number_never_changes"),
        ("UPDATE filings_registerentry SET number = 'x' WHERE filing_id = %s", "a_number_never_changes"),
        ("UPDATE filings_filing SET name = 'x' WHERE id = %s", "what_is_registered_stays"),
        ("UPDATE filings_filing SET held_name = 'x' WHERE id = %s", "what_is_registered_stays"),
        (
            "INSERT INTO filings_registerversion (entry_id, reason, valid_from, content, digest, submission_id,"
            " recorded_at) SELECT v.entry_id, 'changed', v.valid_from, v.content, v.digest, v.submission_id,"
            " v.recorded_at FROM filings_registerversion v JOIN filings_registerentry e ON e.id = v.entry_id"
            " WHERE e.filing_id = %s",
            "what_is_registered_stays",
        ),
    ],
)
def test_the_database_keeps_what_is_registered(statement, guard, registered):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            cursor.execute(statement, [registered.pk])
    assert refused.value.__cause__.diag.constraint_name == guard


def test_a_declined_filing_is_filed_again_with_its_answers_and_its_name(submitted, desk, provider, now):
    desk.decline(submitted, now)
    old = submitted.filing
    again = drafts.file_again(filing=old, by=provider, at=now)
    assert drafts.file_again(filing=old, by=provider, at=now).pk == again.pk
    assert (again.filing.predecessor, again.filing.name) == (old, old.name)
    assert "algorithm" in again.dossier.to_reread
    for section in list(again.dossier.to_reread):
        again.dossier.refresh_from_db()
        drafts.save_section(
            dossier=again.dossier, section=section, value=again.dossier.content[section],
            base_version=int(again.dossier.section_versions.get(section, 0)), by=provider, at=now,
        )  # fmt: skip
    factories.submit(again, by=provider, at=now)
    desk.grant(again, now)
    assert again.filing.number
