import datetime as dt

import pytest
from django.utils import timezone

from filings import events, workingdays
from filings.models import Delivery, Event, Filing, Finding
from reviews import handlers, intake
from reviews.models import IntakeResult, IntakeRun, ReviewTask, Waiver


def deliver():
    events.deliver_due(at=timezone.now() + dt.timedelta(minutes=5))


@pytest.fixture
def delivered(submitted, reviewer):
    deliver()
    submitted.refresh_from_db()
    return submitted


def blocking(procedure):
    results = IntakeResult.objects.filter(run__submission__procedure=procedure, outcome="blocked")
    return sorted(results.values_list("rule", "path", "message_en"))


def test_a_complete_dossier_passes_and_goes_to_its_region(delivered, province):
    assert blocking(delivered) == []
    task = ReviewTask.objects.get(procedure=delivered)
    assert (delivered.status, delivered.turn, delivered.stage_code) == ("in_review", "authority", "provincial_review")
    assert (task.status, task.authority, task.round) == ("open", province, 1)


def test_the_clock_counts_from_the_working_day_after_the_submission(delivered):
    day = workingdays.today()
    run = delivered.clock_runs.get()
    assert run.starts_on == workingdays.add(day, 1)
    assert delivered.due_on == workingdays.add(day, 30)


def test_the_national_authority_takes_a_region_without_reviewers(submitted, nation):
    deliver()
    assert ReviewTask.objects.get(procedure=submitted).authority == nation


def test_intake_runs_once_however_often_it_is_delivered(delivered, now):
    event = Event.objects.get(kind="procedure.submit")
    handlers.check_submission(event, at=now)
    intake.run(submission=delivered.submissions.get(), at=now)
    assert IntakeRun.objects.count() == 1
    assert ReviewTask.objects.count() == 1
    assert Event.objects.filter(kind="procedure.pass_intake").count() == 1


def test_a_submission_withdrawn_before_intake_is_left_alone(submitted, provider, reviewer, now):
    from filings import submissions

    submissions.withdraw(procedure=submitted, by=provider, at=now)
    deliver()
    assert not Delivery.objects.filter(handler__startswith="reviews.", done_at__isnull=True).exists()
    assert ReviewTask.objects.count() == 0


@pytest.fixture
def name_on_a_list(submitted):
    from filings import names
    from filings.models import RegisterEntry

    return RegisterEntry.objects.create(
        number="网信算备330110507206401230035号",
        number_key="网信算备330110507206401230035号",
        number_state="ok",
        kind="deep_synthesis",
        name=submitted.filing.name,
        name_key=names.key(submitted.filing.name),
        entity_name="某某公司",
        entity_key="某某公司",
        published_on=dt.date(2024, 1, 1),
        haystack="",
    )


def test_a_name_in_the_register_goes_back_at_once_in_one_notice(submitted, reviewer, name_on_a_list):
    deliver()
    submitted.refresh_from_db()
    finding = Finding.objects.get(procedure=submitted)
    event = Event.objects.get(kind="procedure.fail_intake")
    assert (submitted.status, submitted.turn) == ("rectifying", "provider")
    assert submitted.rectify_by == workingdays.add(workingdays.today(), 20)
    assert (finding.source, finding.rule, finding.path) == ("intake", "algorithm.name_is_unique", "algorithm.name")
    assert finding.sent_at is not None
    assert name_on_a_list.number in finding.text
    assert event.data["rules"] == ["algorithm.name_is_unique"]
    assert not submitted.clock_runs.exists()
    assert not ReviewTask.objects.exists()


def test_a_waived_rule_lets_the_filing_pass(submitted, reviewer, intake, name_on_a_list, now):
    Waiver.objects.create(
        filing=submitted.filing,
        rule="algorithm.name_is_unique",
        reason="同一算法更名前的旧记录",
        expires_on=workingdays.today(),
        granted_by=intake,
        granted_at=now,
    )
    deliver()
    submitted.refresh_from_db()
    assert submitted.status == "in_review"
    assert IntakeResult.objects.get(rule="algorithm.name_is_unique").outcome == "waived"


def test_an_expired_waiver_does_not_help(submitted, reviewer, intake, name_on_a_list, now):
    Waiver.objects.create(
        filing=submitted.filing,
        rule="algorithm.name_is_unique",
        reason="旧",
        expires_on=workingdays.today() - dt.timedelta(days=1),
        granted_by=intake,
        granted_at=now,
    )
    deliver()
    submitted.refresh_from_db()
    assert submitted.status == "rectifying"


def test_a_dossier_that_is_not_complete_is_blocked_by_the_dossiers_own_checks(submitted, now):
    submission = submitted.submissions.get()
    from reviews.intake import running
    from reviews.intake.rules import completeness

    reading = running.read(submission, today=workingdays.today())
    reading.document["content"] = {"algorithm": {"name": ""}}
    found = list(completeness.check(reading))
    assert any(each.is_blocking and each.path == "algorithm.name" for each in found)
    assert Filing.objects.get().standing == "pending"
