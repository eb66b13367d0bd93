"""Officers order, hear and end by forms alone, and two people sign."""

import pytest
from django.urls import reverse

from filings import endings as provider_endings
from filings.models import Hearing, Order
from reviews.models import Proposal, ReviewTask

pytestmark = pytest.mark.django_db


def test_an_order_is_drafted_proposed_and_signed_by_forms(client, filing, entry, reviewer, signatory, now):
    client.force_login(reviewer)
    assert filing.number in client.get(reverse("admin:desk-registered")).text
    here = reverse("admin:desk-registered-detail", args=[filing.pk])
    client.post(here, {"order": "1", "kind": "suspend_service", "articles": ["GAI 21"], "facts": "情节严重"})
    order = Order.objects.get()
    page = reverse("admin:desk-order", args=[order.matter_id])
    client.post(page, {"do": "propose", "text": "情节属实"})
    assert client.get(page).status_code == 200
    assert client.get(reverse("admin:filings_matter_change", args=[order.matter_id])).status_code == 200
    sign = reverse("admin:reviews_proposal_sign", args=[Proposal.objects.get(matter=order.matter).pk])
    client.force_login(signatory)
    assert "情节属实" in client.get(sign).text
    client.post(sign, {"sign": "1"})
    entry.refresh_from_db()
    assert entry.suspended == "service"


def test_what_does_not_fit_is_said_beside_its_field_and_nothing_typed_is_lost(client, filing, charge, reviewer):
    client.force_login(reviewer)
    here = reverse("admin:desk-registered-detail", args=[filing.pk])
    order = {"order": "1", "kind": "warning", "articles": ["DSP 21"], "facts": "未公示算法原理。"}
    answer = client.post(here, order)
    assert list(answer.context["forms"]["order"].errors) == ["articles"]
    assert "未公示算法原理。" in answer.text
    given = {"purpose": "revocation", "facts": "伪造的报告。", "evidence": "书证", "answer_by": "2020-01-01"}
    answer = client.post(here, {"charge": "1", **given})
    assert list(answer.context["forms"]["charge"].errors) == ["answer_by"]
    assert "伪造的报告。" in answer.text
    assert not Order.objects.exists()
    assert not Hearing.objects.exists()


def test_a_revocation_is_opened_heard_and_signed_by_forms(
    client, filing, entry, charge, provider, reviewer, signatory, now
):
    client.force_login(reviewer)
    here = reverse("admin:desk-registered-detail", args=[filing.pk])
    given = {"purpose": "revocation", "facts": "伪造", "evidence": "书证", "answer_by": charge.answer_by.isoformat()}
    client.post(here, {"charge": "1", **given})
    hearing = Hearing.objects.get(procedure__filing=filing)
    provider_endings.answer(hearing=hearing, text="不实。", in_person=False, by=provider, at=now)
    page = reverse("admin:desk-hearing", args=[hearing.procedure_id])
    assert "不实。" in client.get(page).text
    client.post(page, {"do": "propose", "text": "证据确凿"})
    sign = reverse("admin:desk-ending-sign", args=[Proposal.objects.get(procedure=hearing.procedure).pk])
    client.force_login(signatory)
    listed = reverse("admin:reviews_proposal_sign", args=[Proposal.objects.get(procedure=hearing.procedure).pk])
    assert client.get(listed).url == sign
    client.post(sign, {"sign": "1"})
    entry.refresh_from_db()
    assert entry.standing == "revoked"


def test_a_cancellation_stands_on_the_review_screen_and_before_the_signatory(client, proposed, reviewer, signatory):
    task = ReviewTask.objects.get(procedure=proposed.procedure)
    client.force_login(reviewer)
    assert (
        proposed.procedure.ending.users in client.get(reverse("admin:reviews_reviewtask_review", args=[task.pk])).text
    )
    client.force_login(signatory)
    page = client.get(reverse("admin:reviews_proposal_sign", args=[proposed.pk])).text
    assert proposed.procedure.ending.users in page
