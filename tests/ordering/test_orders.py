"""Orders: drafted by one, issued and lifted by two, answered by the provider, told by the register."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from filings import orders as told
from filings.models import Event, Matter, Membership, Order
from filings.transitions import TransitionNotAllowed, move_matter
from reviews import orders
from tests import factories

pytestmark = pytest.mark.django_db


def test_an_order_to_correct_is_issued_reported_on_and_found_fulfilled(issue, provider, reviewer, now):
    order = issue("correct")
    matter = order.matter
    assert (matter.status, matter.turn, matter.due_on) == ("in_force", "provider", order.due_on)
    assert Matter.objects.visible_to(provider).get() == matter
    told.report(order=order, text="已改正并附截图。", by=provider, at=now)
    orders.not_met(order=order, reasons="截图看不出改正。", by=reviewer, at=now)
    told.report(order=order, text="已补充说明。", by=provider, at=now)
    orders.fulfil(order=order, reasons="已核实。", by=reviewer, at=now)
    matter.refresh_from_db()
    assert (matter.status, matter.turn, matter.closed_at) == ("fulfilled", "nobody", now)
    assert [post.kind for post in matter.posts.order_by("pk")] == ["report", "not_met", "report", "fulfilled"]


def test_a_draft_is_the_authoritys_own(filing, terms, province, provider, reviewer, signatory, now):
    order = orders.draft(terms=terms("warning"), filing=filing, authority=province, by=reviewer, at=now)
    orders.propose(order=order, reasons="情节属实。", by=reviewer, at=now)
    assert not Matter.objects.visible_to(provider).exists()
    assert not Event.objects.visible_to(provider).filter(matter=order.matter).exists()
    assert Matter.objects.visible_to(signatory).get() == order.matter


def test_nobody_issues_or_lifts_alone(filing, terms, province, reviewer, signatory, issue, now):
    order = orders.draft(terms=terms("warning"), filing=filing, authority=province, by=reviewer, at=now)
    proposal = orders.propose(order=order, reasons="情节属实。", by=reviewer, at=now)
    with pytest.raises(PermissionDenied):
        orders.sign(proposal=proposal, by=reviewer, at=now)
    with pytest.raises(IntegrityError, match="needs a proposal and a signature"):
        _move_alone(order.matter, reviewer, now)


@transaction.atomic
def _move_alone(matter, by, at):
    move_matter(matter, "sign_issue", side="officer", by=by, at=at)
    transaction.get_connection().check_constraints()


def test_what_is_suspended_stands_in_the_register_until_two_people_lift_it(issue, entry, reviewer, signatory, now):
    order = issue("suspend_updates")
    service = issue("suspend_service")
    entry.refresh_from_db()
    assert (entry.suspended, entry.standing) == ("service", "registered")
    with pytest.raises(TransitionNotAllowed):
        orders.fulfil(order=service, reasons="已整改。", by=reviewer, at=now)
    lift = orders.propose_lift(order=service, reasons="风险已消除。", by=reviewer, at=now)
    entry.refresh_from_db()
    assert entry.suspended == "service"
    orders.send_back(proposal=lift, reason="请附核查记录。", by=signatory, at=now)
    lift = orders.propose_lift(order=service, reasons="风险已消除，附核查记录。", by=reviewer, at=now)
    orders.sign(proposal=lift, by=signatory, at=now)
    entry.refresh_from_db()
    assert entry.suspended == "updates"
    service.refresh_from_db()
    assert (service.matter.status, service.lifted_at) == ("lifted", now)
    assert set(told.suspensions(entry.filing)) == {order, service}


def test_the_database_keeps_what_was_issued_and_lets_no_one_person_end_a_suspension(issue, now, reviewer):
    order = issue("suspend_service")
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(facts="别的事实")
    with pytest.raises(IntegrityError), transaction.atomic():
        Matter.objects.filter(pk=order.matter_id).update(status="fulfilled")


@pytest.mark.parametrize(
    ("kind", "changes", "field"),
    [
        ("warning", {"articles": ("GAI 5",)}, "articles"),
        ("suspend_service", {"articles": ("ARP 31",)}, "articles"),
        ("warning", {"articles": ()}, "articles"),
        ("correct", {"due_on": None}, "due_on"),
        ("summons", {"place": " "}, "place"),
        ("warning", {"facts": " "}, "facts"),
        ("banish", {}, "articles"),
    ],
)
def test_an_order_rests_on_what_fits_its_kind(kind, changes, field, filing, terms, province, reviewer, now):
    with pytest.raises(ValidationError) as refused:
        orders.draft(terms=terms(kind, **changes), filing=filing, authority=province, by=reviewer, at=now)
    assert list(refused.value.message_dict) == [field]


def test_officers_of_elsewhere_and_of_the_entity_order_nothing(
    filing, terms, province, other_province, other_reviewer, signatory, now
):
    for authority, by in ((province, other_reviewer), (other_province, other_reviewer), (province, signatory)):
        with pytest.raises(PermissionDenied):
            orders.draft(terms=terms("warning"), filing=filing, authority=authority, by=by, at=now)


def test_what_no_database_holds_is_refused_as_a_bad_request(filing, terms, province, reviewer, client, now):
    order = orders.draft(terms=terms("warning"), filing=filing, authority=province, by=reviewer, at=now)
    client.force_login(reviewer)
    answer = client.post(
        reverse("admin:desk-order", args=[order.matter_id]), {"do": "propose", "text": "情节\x00属实。"}
    )
    assert answer.status_code == 400
    assert not order.matter.proposals.exists()


def test_the_desk_shows_what_a_posting_shows_and_not_what_a_membership_does(issue, filing, other_reviewer, client, now):
    order = issue("correct")
    lift = orders.propose_lift(order=order, reasons="尚未告知的理由。", by=order.matter.opened_by, at=now)
    Membership.objects.create(entity=filing.entity, user=other_reviewer, role="viewer", created_at=now)
    client.force_login(other_reviewer)
    for name, key in (
        ("filings_matter_change", order.matter_id), ("desk-order", order.matter_id),
        ("reviews_proposal_sign", lift.pk), ("desk-registered-detail", filing.pk), ("desk-number", filing.pk),
    ):  # fmt: skip
        assert client.get(reverse(f"admin:{name}", args=[key])).status_code == 404, name
    page = client.get(reverse("filings:matter-detail", args=[order.matter_id]))
    assert (page.status_code, lift.reasons in page.text) == (200, False)


def test_an_agent_reads_the_orders_on_filings_of_its_power_alone(issue, filing, entity, provider, client, now):
    order, other = issue("warning"), factories.complete_draft(entity=entity, by=provider, at=now, name="另一算法")
    for covered, found in ((filing, [order]), (other.filing, [])):
        agent = factories.agent(entity, f"agent{covered.pk}@example.cn", covered, by=provider, at=now)
        client.force_login(agent)
        assert list(client.get(reverse("filings:penalty-list", args=[entity.pk])).context["orders"]) == found
