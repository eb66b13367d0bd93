"""A registered filing goes to another entity with the consent of both, under its number."""

import datetime as dt
import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from filings import changes, confirmations, matters, objections, transfers
from filings.dossier import difference
from filings.dossier.kinds import KINDS
from filings.models import Attachment, Event, Filing, Matter, Membership, Procedure, RegisterEntry, Transfer
from filings.transitions import move_procedure
from reviews import orders, policy, queue
from reviews.models import ReviewTask
from tests import factories
from tests.changing.conftest import CODE, check
from tests.changing.test_a_change import state

pytestmark = pytest.mark.django_db


def consent_to(transfer, client, owner):
    client.force_login(owner)
    page = client.get(f"/transfers/{transfer.pk}/")
    form = page.context["form"]
    answers = {name: field.initial or field.choices[1][0] for name, field in form.fields.items() if name != "agrees"}
    return client.post(f"/transfers/{transfer.pk}/", {**answers, "agrees": "on"})


def test_both_owners_consent_and_the_filing_changes_hands_under_its_number(
    registered, viewer, receiver, receiving_owner, provider, desk, edit, client, now
):
    agent = factories.agent(registered.entity, "agent@example.cn", registered, by=provider, at=now)
    before, number, first = state(registered), registered.number, registered.procedures.get()
    client.force_login(provider)
    facts = {"name": receiver.name, "credit_code": CODE, "reason": "业务整体转让。"}
    assert client.post(f"/filings/{registered.pk}/transfer/", {**facts, "name": "不存在"}).status_code == 422
    client.post(f"/filings/{registered.pk}/transfer/", facts)
    transfer = Transfer.objects.get()
    assert client.post(f"/transfers/{transfer.pk}/", {"agrees": "on"}).status_code == 403
    client.force_login(receiving_owner)
    assert f"/transfers/{transfer.pk}/" in client.get(f"/entities/{receiver.pk}/").text
    assert client.get(f"/procedures/{transfer.procedure_id}/").status_code == 404
    assert consent_to(transfer, client, receiving_owner).status_code == 302
    assert state(registered) == before
    desk.grant(transfer.procedure, now)

    filing, entry = Filing.objects.get(pk=registered.pk), RegisterEntry.objects.get(filing=registered)
    assert (filing.entity, filing.number, entry.number) == (receiver, number, number)
    assert (entry.entity, entry.entity_name) == (receiver, receiver.name)
    assert [version.content["entity_name"] for version in entry.versions.order_by("pk")][1] == receiver.name
    assert {product.entity_id for product in filing.products.all()} <= {receiver.pk}
    for person in (provider, viewer, agent):
        client.force_login(person)
        assert client.get(f"/procedures/{first.pk}/").status_code == 404
    client.force_login(receiving_owner)
    assert client.get(f"/procedures/{first.pk}/").status_code == 200
    change = changes.begin(filing=filing, changed_on=now.date(), by=receiving_owner, at=now)
    cited = changes.entities.attachment_ids(change.dossier.content)
    assert set(Attachment.objects.filter(pk__in=cited).values_list("entity", flat=True)) == {receiver.pk}


def test_the_officer_reads_what_a_transfer_changes_and_not_that_its_files_are_copies(
    registered, receiver, receiving_owner, provider, client, now
):
    facts = {"name": receiver.name, "credit_code": CODE, "reason": "转让。", "by": provider, "at": now}
    transfer = transfers.offer(filing=registered, **facts)
    consent_to(transfer, client, receiving_owner)
    before, after = (
        json.loads(bytes(each.document))["content"] for each in (transfer.base, transfer.procedure.submissions.get())
    )
    found = difference.changes(registered.kind, before, after)
    section = KINDS[registered.kind].products_path.partition(".")[0]
    assert {each.path.partition(".")[0] for each in found} > {section}
    assert {each.path.partition(".")[0] for each in difference.visible(found)} <= {section}


def test_what_the_authority_waits_for_goes_along_and_the_givers_own_drafts_stay(
    registered, receiver, receiving_owner, provider, desk, client, now
):
    RegisterEntry.objects.filter(filing=registered).update(issued_on=now.date() - dt.timedelta(days=367))
    assert confirmations.ask_due(at=now) == 1
    asked = Matter.objects.get(kind="confirmation")
    facts = {"side": "provider", "at": now, "filing": registered, "turn": "provider", "told_provider": True}
    draft = matters.open_matter(kind="incident", title="草稿", by=provider, **facts)
    transfer = transfers.offer(
        filing=registered, name=receiver.name, credit_code=CODE, reason="转让。", by=provider, at=now
    )
    consent_to(transfer, client, receiving_owner)
    desk.grant(transfer.procedure, now)

    for matter in (asked, draft):
        matter.refresh_from_db()
    assert (asked.entity, draft.entity_id) == (receiver, transfer.giver_id)
    client.force_login(receiving_owner)
    answer = client.post(f"/matters/{asked.pk}/confirm/", {"outcome": "stands", "declared": "on"})
    asked.refresh_from_db()
    assert (answer.status_code, asked.status) == (302, "declared")
    assert Event.objects.get(kind="matter.confirmation.declare").entity == receiver
    assert client.get(f"/matters/{draft.pk}/").status_code == 404


def test_a_declined_transfer_leaves_everything_with_the_giver(
    registered, receiver, receiving_owner, provider, desk, client, now
):
    before = state(registered)
    transfer = transfers.offer(
        filing=registered, name=receiver.name, credit_code=CODE, reason="转让。", by=provider, at=now
    )
    consent_to(transfer, client, receiving_owner)
    desk.decline(transfer.procedure, now)
    assert state(registered) == before
    again = transfers.offer(
        filing=registered, name=receiver.name, credit_code=CODE, reason="转让。", by=provider, at=now
    )
    client.force_login(receiving_owner)
    client.post(f"/transfers/{again.pk}/refuse/")
    again.procedure.refresh_from_db()
    assert again.procedure.status == "withdrawn"
    assert state(registered) == before


def test_a_warning_stays_with_whom_it_was_given(
    registered, receiver, receiving_owner, provider, province, cast, desk, client, now
):
    (reviewer, signatory), terms = cast["33"], orders.Terms("warning", ("ARP 31",), "未按要求公示。")
    warning = orders.draft(terms=terms, filing=registered, authority=province, by=reviewer, at=now)
    orders.sign(proposal=orders.propose(order=warning, reasons="属实。", by=reviewer, at=now), by=signatory, at=now)
    transfer = transfers.offer(
        filing=registered, name=receiver.name, credit_code=CODE, reason="转让。", by=provider, at=now
    )
    consent_to(transfer, client, receiving_owner)
    desk.grant(transfer.procedure, now)
    assert Matter.objects.get(pk=warning.matter_id).entity_id == transfer.giver_id
    assert f"order-{warning.matter_id}" not in objections.contestable(receiver)


def test_people_of_the_receiver_neither_work_on_a_transfer_nor_sign_it(
    registered, receiver, receiving_owner, provider, cast, client, now
):
    transfer = transfers.offer(
        filing=registered, name=receiver.name, credit_code=CODE, reason="转让。", by=provider, at=now
    )
    consent_to(transfer, client, receiving_owner)
    check(transfer.procedure, now)
    task = ReviewTask.objects.unfinished().select_related("procedure__filing").get(procedure=transfer.procedure)
    of_authority, _signatory = cast[task.authority.region_prefix]
    own = Membership.objects.create(entity=receiver, user=of_authority, role="viewer", created_at=now)
    assert not policy.may_claim(of_authority, task)
    with pytest.raises(PermissionDenied):
        queue.claim(task=task, by=of_authority, at=now)
    assert queue.claim_next(by=of_authority, at=now) is None
    own.delete()
    assert queue.claim(task=task, by=of_authority, at=now).claimed_by == of_authority


def test_the_database_grants_no_transfer_without_both_consents(registered, receiver, provider, now):
    transfer = transfers.offer(
        filing=registered, name=receiver.name, credit_code=CODE, reason="转让。", by=provider, at=now
    )
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Transfer.objects.filter(pk=transfer.pk).update(taken_by=provider, taken_at=now)
    assert refused.value.__cause__.diag.constraint_name == "an_owner_consents"
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Transfer.objects.filter(pk=transfer.pk).update(given_at=now + dt.timedelta(days=1))
    assert refused.value.__cause__.diag.constraint_name == "a_consent_stands"
    procedure = Procedure.objects.get(pk=transfer.procedure_id)
    for move, side in (("submit", "provider"), ("pass_intake", "system"), ("propose", "officer")):
        move_procedure(procedure, move, side=side, at=now)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        move_procedure(procedure, "sign_grant", side="officer", at=now)
    assert refused.value.__cause__.diag.constraint_name == "a_transfer_has_two_consents"
