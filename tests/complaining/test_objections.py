"""An objection is decided by two people who took no part before; the database refuses everybody else."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from filings import objections, receipts
from filings.models import Objection, OfficerRole
from reviews import objections as desk
from reviews import policy
from reviews.models import Proposal, Signature
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def others(province):
    """A reviewer and a signatory who come to it afresh."""
    return [factories.officer(f"fresh-{role}@zj.example.cn", province, role) for role in ("reviewer", "signatory")]


def test_anybodys_objection_to_an_entry_is_decided_by_others(entry, reviewer, signatory, others, now):
    matter, code = objections.lodge(entry=entry, text="公示用途不实。", at=now)
    assert reviewer.pk in policy.took_part(matter)
    with pytest.raises(PermissionDenied):
        desk.take_up(matter=matter, by=reviewer, at=now)
    desk.take_up(matter=matter, by=others[0], at=now)
    matter.refresh_from_db()
    proposal = desk.propose(
        matter=matter, kind="uphold", reasons="查证属实。", follow_up="通知备案人办理变更。", by=others[0], at=now
    )
    desk.sign(proposal=proposal, by=others[1], at=now)
    matter.refresh_from_db()
    assert matter.status == "upheld"
    assert receipts.find(code).public_messages.latest("pk").text == "查证属实。\n\n通知备案人办理变更。"
    desk.note_follow_up(matter=matter, by=others[0], at=now)
    assert Objection.objects.get(matter=matter).followed_up_at == now


def test_a_provider_objects_once_to_a_decision_and_may_take_it_back(entry, provider, viewer, now):
    procedure = entry.filing.procedures.get()
    with pytest.raises(PermissionDenied):
        objections.raise_own(contested=procedure, text="不服。", by=viewer, at=now)
    matter = objections.raise_own(contested=procedure, text="编号所附名称有误。", by=provider, at=now)
    with pytest.raises(ValidationError):
        objections.raise_own(contested=procedure, text="再次。", by=provider, at=now)
    objections.withdraw(matter=matter, by=provider, at=now)
    matter.refresh_from_db()
    assert matter.status == "withdrawn"


def test_the_database_refuses_who_took_part_as_taker_proposer_and_signer(entry, reviewer, others, province, now):
    matter, _code = objections.lodge(entry=entry, text="公示用途不实。", at=now)
    factories.post(reviewer, province, OfficerRole.SIGNATORY)

    def refused(act):
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            act()
        assert error.value.__cause__.diag.constraint_name == "an_objection_is_decided_by_others"

    refused(lambda: Objection.objects.filter(matter=matter).update(taken_by=reviewer))
    facts = {"matter": matter, "authority": province, "kind": "reject", "reasons": "理由", "proposed_at": now}
    refused(lambda: Proposal.objects.create(proposed_by=reviewer, submission_digest="0" * 64, **facts))
    desk.take_up(matter=matter, by=others[0], at=now)
    proposal = desk.propose(matter=matter, kind="reject", reasons="查无实据。", by=others[0], at=now)
    with pytest.raises(PermissionDenied):
        desk.sign(proposal=proposal, by=reviewer, at=now)
    posting = reviewer.postings.get(role="signatory")
    refused(
        lambda: Signature.objects.create(
            proposal=proposal, signed_by=reviewer, posting=posting, signed_at=now, digest=proposal.submission_digest
        )
    )
