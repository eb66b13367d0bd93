"""SQL that goes behind the rules' back is refused by PostgreSQL itself."""

import datetime as dt
import hashlib

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from filings import events, workingdays
from filings.lifecycle import (
    FILING_TRANSITIONS,
    PROCEDURE_TRANSITIONS,
    Actor,
    FilingStanding,
    ProcedureStatus,
    pairs,
)
from filings.models import AccessRecord, Event, Membership, Posting, Procedure, Submission
from reviews import queue
from reviews.models import Proposal, ReviewTask, Signature
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def sql(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def refused(constraint):
    return pytest.raises(IntegrityError, match=constraint)


def put_at(procedure, status):
    """Set a status with the guards off, so that each pair can be tried from its start."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE filings_procedure DISABLE TRIGGER USER")
        cursor.execute("UPDATE filings_procedure SET status = %s WHERE id = %s", [status, procedure.pk])
        cursor.execute("ALTER TABLE filings_procedure ENABLE TRIGGER USER")


ALLOWED = pairs(PROCEDURE_TRANSITIONS)
FORBIDDEN = [(s, t) for s in ProcedureStatus.values for t in ProcedureStatus.values if s != t and (s, t) not in ALLOWED]


def test_every_move_that_the_table_does_not_list_is_refused(draft):
    for source, target in FORBIDDEN:
        put_at(draft, source)
        with pytest.raises(IntegrityError, match=f"may not move from {source} to {target}"):
            sql("UPDATE filings_procedure SET status = %s WHERE id = %s", target, draft.pk)


def test_every_listed_move_without_its_event_is_refused_at_commit(draft):
    for source, target in ALLOWED:
        put_at(draft, source)
        with pytest.raises(IntegrityError, match=r"has no event|needs a proposal and a signature"):
            sql("UPDATE filings_procedure SET status = %s WHERE id = %s", target, draft.pk)
        draft.refresh_from_db()
        assert draft.status == source


def test_an_event_of_an_earlier_transaction_does_not_excuse_a_move(draft, provider, now):
    with transaction.atomic():
        events.record(
            "procedure.submit", side=Actor.PROVIDER, by=provider, at=now, procedure=draft, moved=("draft", "submitted")
        )
    with refused("has no event"):
        sql("UPDATE filings_procedure SET status = 'submitted' WHERE id = %s", draft.pk)


def test_the_writer_cannot_choose_the_transaction_of_an_event(draft, provider, now):
    with transaction.atomic():
        event = Event.objects.create(
            at=now, kind="procedure.submit", side="provider", procedure=draft, filing=draft.filing, transaction_id=7
        )
    event.refresh_from_db()
    assert event.transaction_id != 7


@pytest.mark.parametrize(
    "standing", [s for s in FilingStanding.values if ("draft", s) not in pairs(FILING_TRANSITIONS) and s != "draft"]
)
def test_a_filing_cannot_jump(draft, standing):
    number = "'演示算备330106100000001260011号'" if standing in FilingStanding.numbered else "NULL"
    with refused(f"may not move from draft to {standing}"):
        sql(f"UPDATE filings_filing SET standing = %s, number = {number} WHERE id = %s", standing, draft.filing_id)


def test_nothing_begins_in_the_middle(draft, entity, provider, now):
    with refused("begins as draft"):
        Procedure.objects.create(filing=draft.filing, status="granted", created_at=now)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("filings_submission", "digest = repeat('0', 64)"),
        ("filings_submission", "document = 'x'"),
        ("filings_event", "kind = 'x'"),
        ("filings_accessrecord", "subject = 'x'"),
        ("filings_sealing", "digest = repeat('0', 64)"),
        ("filings_entityversion", "content = '{}'"),
        ("filings_confirmation", "confirmed_at = NULL, confirmed_digest = ''"),
    ],
)
def test_frozen_rows_cannot_be_edited(submitted, provider, now, table, change):
    AccessRecord.objects.create(at=now, actor=provider, action="open", subject="dossier")
    with refused(r"is append-only: UPDATE refused|is frozen: UPDATE refused"):
        sql(f"UPDATE {table} SET {change}")


@pytest.mark.parametrize("table", ["filings_submission", "filings_event", "filings_accessrecord", "filings_sealing"])
def test_frozen_rows_cannot_be_deleted(submitted, provider, now, table):
    AccessRecord.objects.create(at=now, actor=provider, action="open", subject="dossier")
    with refused("DELETE refused"):
        sql(f"DELETE FROM {table}")


@pytest.mark.parametrize(
    "table",
    [
        "filings_submission",
        "filings_event",
        "filings_accessrecord",
        "filings_sealing",
        "filings_confirmation",
        "filings_entityversion",
        "reviews_signature",
    ],
)
def test_frozen_tables_cannot_be_truncated(table):
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_untruncated")
        with refused("TRUNCATE refused"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table} CASCADE")
        transaction.set_rollback(True)


def test_an_entity_cannot_lose_its_last_owner(entity, provider):
    with refused("left without an owner"):
        sql("UPDATE filings_membership SET role = 'viewer' WHERE user_id = %s", provider.pk)
    with refused("left without an owner"):
        sql("DELETE FROM filings_membership WHERE user_id = %s", provider.pk)
    assert Membership.objects.filter(user=provider, role="owner").count() == 1


@pytest.fixture
def in_review(submitted, reviewer, national_reviewer, now):
    """A claimed task on a procedure in review, by the reviewer's rules."""
    events.deliver_due(at=now + dt.timedelta(days=1))
    submitted.refresh_from_db()
    assert submitted.status == "in_review"
    return queue.claim_next(by=reviewer, at=timezone.now())


def propose(task, by, **fields):
    with transaction.atomic():
        return Proposal.objects.create(
            procedure=task.procedure,
            task=task,
            authority=task.authority,
            submission_digest=task.submission.digest,
            proposed_by=by,
            proposed_at=timezone.now(),
            **fields,
        )


def sign(proposal, by, authority):
    posting = Posting.objects.filter(user=by, authority=authority).first()
    with transaction.atomic():
        return Signature.objects.create(
            proposal=proposal,
            signed_by=by,
            posting=posting,
            signed_at=timezone.now(),
            digest=proposal.submission_digest,
        )


def test_declining_without_a_ground_is_refused(in_review, reviewer):
    with refused("needs a ground"):
        propose(in_review, reviewer, kind="decline", reasons="材料不齐")


def test_somebody_who_is_not_posted_there_cannot_propose(in_review, other_reviewer, signatory):
    for person in (other_reviewer, signatory):
        with refused("must be posted for it"):
            propose(in_review, person, kind="register")


def test_nobody_signs_their_own_proposal(in_review, reviewer, province):
    factories.post(reviewer, province, "signatory")
    proposal = propose(in_review, reviewer, kind="register")
    with refused("nobody signs what they proposed"):
        sign(proposal, reviewer, province)


def test_only_a_signatory_of_that_authority_signs(
    in_review, reviewer, second_reviewer, national_signatory, province, nation
):
    proposal = propose(in_review, reviewer, kind="register")
    for person, authority in ((second_reviewer, province), (national_signatory, nation)):
        with refused("must be a signatory posted"):
            sign(proposal, person, authority)


def test_a_signature_cannot_be_edited_or_deleted(in_review, reviewer, signatory, province):
    sign(propose(in_review, reviewer, kind="register"), signatory, province)
    with refused("UPDATE refused"):
        sql("UPDATE reviews_signature SET signed_at = now()")
    with refused("DELETE refused"):
        sql("DELETE FROM reviews_signature")


def test_a_grant_with_its_event_but_without_two_people_is_refused(in_review, now):
    procedure = in_review.procedure
    put_at(procedure, "awaiting_signature")
    with refused("needs a proposal and a signature"), transaction.atomic():
        events.record(
            "procedure.sign_grant",
            side=Actor.OFFICER,
            at=now,
            procedure=procedure,
            moved=("awaiting_signature", "granted"),
        )
        Procedure.objects.filter(pk=procedure.pk).update(status="granted")


def test_a_filing_cannot_be_registered_behind_its_procedure(submitted, now):
    filing = submitted.filing
    with refused("only by a procedure that decides it"), transaction.atomic():
        events.record("filing.register", side=Actor.OFFICER, at=now, filing=filing, moved=("pending", "registered"))
        type(filing).objects.filter(pk=filing.pk).update(
            standing="registered", number="演示算备330106100000001260011号"
        )


def test_a_numberless_filing_cannot_be_registered(submitted):
    with refused("a_number_exactly_when_registered"):
        sql("UPDATE filings_filing SET standing = 'registered' WHERE id = %s", submitted.filing_id)


def test_two_filings_cannot_hold_one_name(submitted, provider, entity, now):
    other = factories.complete_draft(entity=entity, by=provider, at=now, name="另一个名称算法")
    with refused("one_filing_holds_a_name"):
        sql("UPDATE filings_filing SET held_name = %s WHERE id = %s", submitted.filing.held_name, other.filing_id)


def test_one_procedure_is_open_at_a_time(draft, now):
    with refused("one_open_procedure_per_side"):
        Procedure.objects.create(filing=draft.filing, created_at=now)


def test_a_task_is_claimed_by_somebody(in_review):
    with refused("a_claimed_task_names_who"):
        ReviewTask.objects.filter(pk=in_review.pk).update(claimed_by=None)


def test_working_days_follow_the_announced_calendar(db):
    assert workingdays.add(dt.date(2026, 1, 20), 30) == dt.date(2026, 3, 9)
    assert workingdays.add(dt.date(2026, 9, 15), 30) == dt.date(2026, 11, 2)
    assert workingdays.left(dt.date(2026, 11, 30), today=dt.date(2026, 11, 23)) == 5
    assert workingdays.left(dt.date(2026, 11, 20), today=dt.date(2026, 11, 23)) == -1
    assert workingdays.next_workday(dt.date(2026, 10, 3)) == dt.date(2026, 10, 8)


def test_the_document_of_a_submission_has_the_digest_that_it_says(submitted):
    submission = Submission.objects.get(procedure=submitted)
    assert hashlib.sha256(bytes(submission.document)).hexdigest() == submission.digest
