"""A filing ends by cancellation or revocation: asked for or after a hearing, always by two people."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from filings import base_models, changes, events, submissions, transfers, workingdays
from filings import endings as provider_endings
from filings.models import Event, Filing, Hearing, Notice, Paper, Procedure, RegisterEntry
from filings.transitions import TransitionNotAllowed, move_procedure
from reviews import consequences, endings, signing
from reviews.models import Proposal

pytestmark = pytest.mark.django_db


def test_a_cancellation_is_reviewed_and_signed_and_its_number_stays(proposed, entry, provider, signatory, now):
    signing.sign(proposal=proposed, by=signatory, at=now)
    events.deliver_due(at=now + dt.timedelta(minutes=5))
    entry.refresh_from_db()
    filing = Filing.objects.get(pk=entry.filing_id)
    assert (filing.standing, filing.number, entry.standing) == ("cancelled", entry.number, "cancelled")
    assert entry.ended_on == timezone.localdate(now)
    newest = entry.versions.latest("pk")
    assert (newest.reason, newest.content["remark"], newest.submission.procedure.purpose) == (
        "cancelled", "已注销", "cancellation",
    )  # fmt: skip
    assert Notice.objects.filter(user=provider, event__kind="filing.cancel").exists()
    assert Paper.objects.filter(procedure=proposed.procedure, kind="decision").exists()
    assert base_models.entries([entry.number])[entry.number_key].standing != "registered"


def test_a_late_cancellation_is_marked_and_not_refused(filing, notice, provider, now):
    last = timezone.localdate(now) - dt.timedelta(days=60)
    procedure = provider_endings.cancel(filing=filing, notice=replace(notice, ended_on=last), by=provider, at=now)
    due = workingdays.add(last, 20)
    assert procedure.ending.late_by == workingdays.between(due + dt.timedelta(days=1), timezone.localdate(now)) > 0
    with translation.override("en"), pytest.raises(ValidationError, match="still open"):
        provider_endings.cancel(filing=filing, notice=notice, by=provider, at=now)
    submissions.withdraw(procedure=procedure, by=provider, at=now)
    tomorrow = replace(notice, ended_on=timezone.localdate(now) + dt.timedelta(days=1))
    with translation.override("en"), pytest.raises(ValidationError, match="still to come"):
        provider_endings.cancel(filing=filing, notice=tomorrow, by=provider, at=now)


def test_a_revocation_is_heard_first_then_signed_by_another(
    filing, entry, charge, province, provider, reviewer, signatory, now
):
    procedure = endings.open_hearing(filing=filing, charge=charge, authority=province, by=reviewer, at=now)
    hearing = procedure.hearing
    assert Event.objects.visible_to(provider).filter(kind="procedure.open_ex_officio").exists()
    with translation.override("en"), pytest.raises(ValidationError, match="not been heard"):
        endings.propose(procedure=procedure, reasons="证据确凿。", by=reviewer, at=now)
    with pytest.raises(IntegrityError, match="was not heard"), transaction.atomic():
        Proposal.objects.create(
            procedure=procedure, authority=province, kind="register", reasons="证据确凿。", proposed_by=reviewer,
            submission_digest=endings.digest(hearing), proposed_at=now,
        )  # fmt: skip
    provider_endings.answer(hearing=hearing, text="报告由第三方代写，我方不知情。", in_person=True, by=provider, at=now)
    with translation.override("en"), pytest.raises(ValidationError, match="not been heard"):
        endings.propose(procedure=procedure, reasons="证据确凿。", by=reviewer, at=now)
    later = now + dt.timedelta(hours=2)
    endings.invite(hearing=hearing, oral_at=now + dt.timedelta(hours=1), place="一楼会议室", by=reviewer, at=now)
    endings.minute(hearing=hearing, minutes="提供者陈述意见，未提出新证据。", by=reviewer, at=later)
    proposal = endings.propose(procedure=procedure, reasons="证据确凿。", by=reviewer, at=later)
    with pytest.raises(PermissionDenied):
        signing.sign(proposal=proposal, by=reviewer, at=later)
    endings.send_back(proposal=proposal, reason="请写明依据。", by=signatory, at=later)
    proposal = endings.propose(procedure=procedure, reasons="证据确凿，依据第三十三条。", by=reviewer, at=later)
    signing.sign(proposal=proposal, by=signatory, at=later)
    entry.refresh_from_db()
    procedure.refresh_from_db()
    assert (entry.standing, procedure.status) == ("revoked", "granted")
    assert Filing.objects.get(pk=filing.pk).standing == "revoked"
    events.deliver_due(at=later + dt.timedelta(minutes=5))
    with pytest.raises(IntegrityError), transaction.atomic():
        Hearing.objects.filter(pk=hearing.pk).update(answer="别的说法")


def test_who_says_nothing_is_heard_when_its_day_has_passed(filing, charge, province, reviewer, signatory, entry, now):
    charge = replace(charge, purpose="cancellation")
    procedure = endings.open_hearing(filing=filing, charge=charge, authority=province, by=reviewer, at=now)
    after = now + (charge.answer_by - timezone.localdate(now)) + dt.timedelta(days=1)
    proposal = endings.propose(procedure=procedure, reasons="逾期未办理注销。", by=reviewer, at=after)
    signing.sign(proposal=proposal, by=signatory, at=after)
    entry.refresh_from_db()
    assert entry.standing == "cancelled"


def test_a_granted_ending_closes_what_the_other_side_has_open(
    filing, proposed, charge, province, provider, reviewer, signatory, now
):
    opened = endings.open_hearing(filing=filing, charge=charge, authority=province, by=reviewer, at=now)
    assert any(each.is_warning for each in consequences.of_ending(proposed.procedure))
    signing.sign(proposal=proposed, by=signatory, at=now)
    opened.refresh_from_db()
    assert (opened.status, opened.turn) == ("lapsed", "nobody")
    event = Event.objects.get(procedure=opened, kind="procedure.overtake")
    assert event.data["overtaken_by"] == proposed.procedure_id
    with pytest.raises(TransitionNotAllowed):
        endings.open_hearing(filing=filing, charge=charge, authority=province, by=reviewer, at=now)


def test_a_revocation_closes_a_cancellation_that_awaits_its_signature(
    filing, proposed, charge, province, provider, reviewer, signatory, now
):
    opened = endings.open_hearing(filing=filing, charge=charge, authority=province, by=reviewer, at=now)
    provider_endings.answer(hearing=opened.hearing, text="无异议。", in_person=False, by=provider, at=now)
    signing.sign(
        proposal=endings.propose(procedure=opened, reasons="证据确凿。", by=reviewer, at=now), by=signatory, at=now
    )  # fmt: skip
    proposed.refresh_from_db()
    assert (proposed.status, proposed.procedure.status, proposed.task.status) == ("dropped", "lapsed", "dropped")
    assert RegisterEntry.objects.get(filing=filing).standing == "revoked"


def test_only_who_opened_a_procedure_takes_it_back(filing, charge, province, provider, reviewer, now):
    procedure = endings.open_hearing(filing=filing, charge=charge, authority=province, by=reviewer, at=now)
    with pytest.raises(PermissionDenied):
        submissions.withdraw(procedure=procedure, by=provider, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        move_procedure(procedure, "withdraw", side="provider", by=provider, at=now)
    endings.abandon(procedure=procedure, reasons="查明报告属实。", by=reviewer, at=now)
    procedure = Procedure.objects.get(pk=procedure.pk)
    assert (procedure.status, procedure.filing.standing) == ("withdrawn", "registered")


def test_a_filing_whose_owner_is_being_heard_is_not_handed_on(filing, charge, province, provider, reviewer, now):
    opened = endings.open_hearing(filing=filing, charge=charge, authority=province, by=reviewer, at=now)
    with pytest.raises(changes.AnotherIsOpen) as found:
        transfers.offer(filing=filing, name="甲", credit_code="91", reason="整体转让。", by=provider, at=now)
    assert found.value.procedure == opened


def test_officers_of_elsewhere_open_nothing_and_days_to_answer_are_left(
    filing, charge, province, other_province, other_reviewer, signatory, reviewer, now
):
    for authority, by in ((province, other_reviewer), (other_province, other_reviewer), (province, signatory)):
        with pytest.raises(PermissionDenied):
            endings.open_hearing(filing=filing, charge=charge, authority=authority, by=by, at=now)
    soon = replace(charge, answer_by=timezone.localdate(now) + dt.timedelta(days=1))
    for bad in (soon, replace(charge, facts=" "), replace(charge, purpose="change")):
        with pytest.raises(ValidationError):
            endings.open_hearing(filing=filing, charge=bad, authority=province, by=reviewer, at=now)
