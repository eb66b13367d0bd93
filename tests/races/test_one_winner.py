"""Two at once, over two connections: one wins, the other is told, nobody meets a failure."""

import pytest
from django.urls import reverse

from filings import drafts, members, sealing, submissions, workingdays
from filings.models import Confirmation, Entity, Event, Finding, Membership, Procedure, Sealing, Submission
from filings.transitions import TransitionNotAllowed
from reviews import decisions, findings
from reviews.models import Proposal, Signature
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def statuses(answers):
    return sorted(status for status, _address in answers)


def failures(results):
    return [each for each in results if isinstance(each, Exception)]


def test_two_owners_who_step_down_at_once_leave_one(entity, provider, at_once, posting):
    second = factories.member(entity, "second@example.cn", "owner")
    answers = at_once(
        *(
            posting(person, reverse("filings:member-remove", args=[entity.pk, mine.pk]))
            for person in (provider, second)
            for mine in [Membership.objects.get(entity=entity, user=person)]
        )
    )
    assert statuses(answers) == [302, 302]
    assert Membership.objects.filter(entity=entity, role="owner").count() == 1


def test_two_owners_who_demote_each_other_at_once_leave_one(entity, provider, at_once, posting):
    second = factories.member(entity, "second@example.cn", "owner")
    pairs = ((provider, second), (second, provider))
    answers = at_once(
        *(
            posting(by, reverse("filings:member-role", args=[entity.pk, other.pk]), {"role": "viewer"})
            for by, whom in pairs
            for other in [Membership.objects.get(entity=entity, user=whom)]
        )
    )
    assert set(statuses(answers)) <= {302, 403}
    assert Membership.objects.filter(entity=entity, role="owner").count() == 1


def test_two_reviewers_who_claim_at_once_are_told_who_was_first(free, reviewer, second_reviewer, at_once, posting):
    path = reverse("admin:reviews_reviewtask_claim", args=[free.pk])
    assert statuses(at_once(posting(reviewer, path), posting(second_reviewer, path))) == [302, 302]
    assert Event.objects.filter(kind="task.claimed").count() == 1


def test_two_claims_of_the_next_task_give_it_once(free, reviewer, second_reviewer, at_once, posting):
    path = reverse("admin:reviews_reviewtask_claim-next")
    answers = at_once(posting(reviewer, path), posting(second_reviewer, path))
    assert sorted(address for _status, address in answers) == [
        reverse("admin:reviews_reviewtask_changelist"),
        reverse("admin:reviews_reviewtask_review", args=[free.pk]),
    ]


@pytest.fixture
def proposal(claimed, reviewer, now):
    findings.draft(
        task=claimed, path="algorithm.name", severity="must", text="请核对。", legal_basis="", by=reviewer, at=now
    )
    by = workingdays.add(workingdays.today(), 10)
    return decisions.propose(task=claimed, kind="return", rectify_by=by, by=reviewer, at=now)


def test_two_signatories_at_once_sign_once(proposal, signatory, province, at_once, posting):
    second = factories.officer("second@zj.example.cn", province, "signatory")
    path = reverse("admin:reviews_proposal_sign", args=[proposal.pk])
    assert statuses(at_once(posting(signatory, path), posting(second, path))) == [302, 302]
    assert Signature.objects.filter(proposal=proposal).count() == 1


def test_a_signature_and_a_sending_back_at_once_decide_once(proposal, signatory, province, at_once, posting):
    second = factories.officer("second@zj.example.cn", province, "signatory")
    path = reverse("admin:reviews_proposal_sign", args=[proposal.pk])
    back = posting(second, path, {"send_back": "1", "reason": "再看一遍"})
    assert statuses(at_once(posting(signatory, path), back)) == [302, 302]
    proposal.refresh_from_db()
    is_signed = Signature.objects.filter(proposal=proposal).exists()
    assert (proposal.status, is_signed) in [("signed", True), ("sent_back", False)]


def test_a_signature_and_a_withdrawal_at_once_end_in_one_of_both(proposal, signatory, provider, at_once, posting):
    sign = posting(signatory, reverse("admin:reviews_proposal_sign", args=[proposal.pk]))
    withdraw = posting(provider, reverse("filings:procedure-withdraw", args=[proposal.procedure_id]))
    assert statuses(at_once(sign, withdraw)) == [302, 302]
    assert Procedure.objects.get(pk=proposal.procedure_id).status in ("rectifying", "withdrawn")


@pytest.fixture
def locked(draft, provider, now):
    return factories.locked(draft, by=provider, at=now)


def test_a_dossier_submitted_twice_at_once_is_one_submission(locked, provider, at_once, posting):
    path = reverse("filings:dossier-submit", args=[locked.pk])
    answers = at_once(posting(provider, path), posting(provider, path))
    assert answers == [(302, reverse("filings:receipt", args=[locked.pk, 1]))] * 2
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("_again", range(3))
def test_submitting_and_withdrawing_at_once_leaves_one_story(locked, provider, at_once, posting, _again):
    submit = posting(provider, reverse("filings:dossier-submit", args=[locked.pk]))
    withdraw = posting(provider, reverse("filings:procedure-withdraw", args=[locked.pk]))
    assert statuses(at_once(submit, withdraw)) == [302, 302]
    locked.refresh_from_db()
    assert locked.status == "withdrawn"  # either never submitted, or withdrawn after it was
    assert Submission.objects.count() == Event.objects.filter(kind="procedure.submit").count()


def name(dossier, text):
    return {**dossier.content["algorithm"], "name": text}


@pytest.mark.parametrize("_again", range(3))
def test_an_edit_during_submission_is_kept_before_or_refused(locked, provider, colleague, at_once, now, _again):
    dossier = locked.dossier
    version = dossier.section_versions["algorithm"]

    def edit():
        value = name(dossier, "改名之后")
        return drafts.save_section(
            dossier=dossier, section="algorithm", value=value, base_version=version, by=colleague, at=now
        )

    results = at_once(edit, lambda: submissions.submit(procedure=locked, by=provider, at=now))
    dossier.refresh_from_db()
    if isinstance(results[0], drafts.NotEditable):
        assert dossier.content["algorithm"]["name"] != "改名之后"
        assert Submission.objects.count() == 1
    else:
        assert isinstance(results[1], submissions.NotLocked)
        assert Submission.objects.count() == 0


@pytest.mark.parametrize("_again", range(3))
def test_a_lock_during_an_edit_fixes_what_stands_or_is_voided(draft, provider, colleague, at_once, now, _again):
    dossier = draft.dossier
    version = dossier.section_versions["algorithm"]

    def edit():
        value = name(dossier, "改名之后")
        return drafts.save_section(
            dossier=dossier, section="algorithm", value=value, base_version=version, by=colleague, at=now
        )

    assert failures(at_once(edit, lambda: sealing.lock(procedure=draft, by=provider, at=now))) == []
    lock = Sealing.objects.get()
    assert lock.voided_at or submissions.document_of(lock)["content"]["algorithm"]["name"] == "改名之后"


def test_two_locks_at_once_leave_one_that_stands(draft, provider, colleague, at_once, now):
    results = at_once(*(lambda by=by: sealing.lock(procedure=draft, by=by, at=now) for by in (provider, colleague)))
    assert failures(results) == []
    assert Sealing.objects.filter(voided_at__isnull=True).count() == 1


def test_a_lock_during_submission_waits_and_is_refused(locked, provider, at_once, now):
    results = at_once(
        lambda: sealing.lock(procedure=locked, by=provider, at=now),
        lambda: submissions.submit(procedure=locked, by=provider, at=now),
    )
    (failure,) = failures(results)
    # Which one depends on who came first: a new lock asks for new confirmations.
    assert isinstance(failure, (TransitionNotAllowed, submissions.NotLocked, submissions.NotConfirmed))


def test_guesses_sent_at_once_do_not_exceed_the_tries_of_a_link(draft, provider, at_once, now):
    lock = sealing.lock(procedure=draft, by=provider, at=now)
    (confirmation, *_more) = sealing.invite(
        sealing=lock, emails={"legal_representative": "legal@example.cn"}, by=provider, at=now
    )
    token = sealing.token_of(confirmation)
    guesses = [
        lambda n=n: sealing.confirm(token=token, name=confirmation.person_name, last_four=f"{n:04}", at=now)
        for n in range(12)
    ]
    results = at_once(*guesses)
    tried = [each for each in results if isinstance(each, sealing.WrongPerson)]
    assert len(tried) == sealing.MOST_ATTEMPTS
    assert Confirmation.objects.get(pk=confirmation.pk).attempts == sealing.MOST_ATTEMPTS


def test_one_invitation_accepted_by_two_at_once_makes_one_member(entity, provider, at_once, now):
    invitation = members.invite(entity=entity, email="new@example.cn", role="editor", by=provider, at=now)
    token = members.token_of(invitation)
    people = [factories.user(f"p{n}@example.cn") for n in range(2)]
    results = at_once(*(lambda by=by: members.accept(token=token, by=by, at=now) for by in people))
    assert [type(each) for each in failures(results)] == [members.InvitationRefused]
    assert Membership.objects.filter(entity=entity, user__in=people).count() == 1


def test_two_invitations_accepted_by_one_at_once_make_one_member(entity, provider, at_once, now):
    tokens = [
        members.token_of(members.invite(entity=entity, email=f"n{n}@example.cn", role=role, by=provider, at=now))
        for n, role in enumerate(("editor", "viewer"))
    ]
    person = factories.user("new@example.cn")
    assert failures(at_once(*(lambda t=t: members.accept(token=t, by=person, at=now) for t in tokens))) == []
    assert Membership.objects.filter(entity=entity, user=person).count() == 1


def test_a_draft_begun_twice_at_once_is_one_draft(entity, provider, at_once, posting):
    data = {"entity": entity.pk, "algorithm_class": "01", "role": "provider", "token": "same"}
    answers = at_once(*[posting(provider, reverse("filings:filing-start"), data) for _ in range(2)])
    assert len({address for _status, address in answers}) == 1
    assert Procedure.objects.count() == 1


def test_an_entity_opened_twice_at_once_is_one_entity(installation, provider, at_once, posting):
    answers = at_once(*[posting(provider, reverse("filings:entity-create"), {"name": "同名公司"}) for _ in range(2)])
    assert len({address for _status, address in answers}) == 1
    assert Entity.objects.count() == 1


def test_a_finding_posted_twice_at_once_is_one_finding(claimed, reviewer, at_once, posting):
    path = reverse("admin:reviews_reviewtask_finding", args=[claimed.pk])
    data = {"path": "algorithm.name", "severity": "must", "text": "请核对算法名称。", "legal_basis": "ARP 24"}
    assert statuses(at_once(posting(reviewer, path, data), posting(reviewer, path, data))) == [302, 302]
    assert Finding.objects.count() == 1


def test_a_proposal_posted_twice_at_once_is_one_proposal(claimed, reviewer, at_once, posting, now):
    findings.draft(
        task=claimed, path="algorithm.name", severity="must", text="请核对。", legal_basis="", by=reviewer, at=now
    )
    path = reverse("admin:reviews_reviewtask_propose", args=[claimed.pk])
    by = workingdays.add(workingdays.today(), 10)
    data = {"kind": "return", "rectify_by": by.isoformat(), "confirm": "1"}
    answers = at_once(posting(reviewer, path, data), posting(reviewer, path, data))
    assert set(statuses(answers)) <= {302, 403}
    assert Proposal.objects.count() == 1
