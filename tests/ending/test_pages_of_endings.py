"""What provider and public see of an order, a cancellation and a hearing."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from filings import events
from filings.models import Procedure
from reviews import endings, orders, signing
from tests.ordering.conftest import issue, terms

pytestmark = pytest.mark.django_db
__all__ = ["issue", "terms"]


def test_a_provider_cancels_by_a_form_and_reads_what_it_told(client, filing, provider, now):
    client.force_login(provider)
    url = reverse("filings:cancellation-start", args=[filing.pk])
    assert client.post(url, {"ended_on": "soon"}).status_code == 422
    given = {
        "ended_on": timezone.localdate(now).isoformat(),
        "reason": "停运",
        "users": "退款",
        "data": "删除",
        "told": "公告",
    }
    answer = client.post(url, given)
    procedure = Procedure.objects.get(filing=filing, purpose="cancellation")
    assert answer.url == reverse("filings:procedure-detail", args=[procedure.pk])
    assert "退款" in client.get(answer.url).text
    assert client.post(url, given).status_code == 422
    for name in ("finding-list", "dossier-list", "dossier-check", "dossier-sign", "procedure-withdraw"):
        assert client.get(reverse(f"filings:{name}", args=[procedure.pk])).status_code in (200, 302, 403, 404), name


def test_a_provider_reads_what_is_held_against_it_and_answers(
    client, filing, charge, province, provider, reviewer, now
):
    procedure = endings.open_hearing(filing=filing, charge=charge, authority=province, by=reviewer, at=now)
    client.force_login(provider)
    url = reverse("filings:hearing", args=[procedure.pk])
    for page in ("filings:entity-detail", "filings:calendar"):
        assert f'href="{url}"' in client.get(reverse(page, args=[filing.entity_id])).text, page
    assert charge.facts in client.get(url).text
    assert client.get(reverse("filings:procedure-detail", args=[procedure.pk])).status_code == 200
    assert client.post(url, {"text": ""}).status_code == 422
    assert client.post(url, {"text": "情况不实。", "in_person": "on"}).status_code == 302
    procedure.hearing.refresh_from_db()
    assert procedure.hearing.oral_asked_at is not None
    assert client.post(url, {"text": "再答。"}).status_code == 422
    assert f'href="{url}"' not in client.get(reverse("filings:entity-detail", args=[filing.entity_id])).text


def test_everybody_reads_what_is_suspended_and_until_when(client, issue, entry, reviewer, signatory, provider, now):
    order = issue("suspend_service")
    entry.refresh_from_db()
    page = reverse("register:entry-detail", args=[entry.number])
    check, api = (
        reverse("register:verify-number", args=[entry.number]),
        reverse("api:register-entry", args=[entry.number]),
    )
    for url in (page, check, reverse("register:list")):
        assert entry.get_suspended_display() in client.get(url).text, url
    assert client.get(api).json()["suspended"] == "service"
    client.force_login(provider)
    assert order.facts in client.get(reverse("filings:matter-detail", args=[order.matter_id])).text
    report = reverse("filings:order-report", args=[order.matter_id])
    assert client.post(report, {"text": ""}).status_code == 422
    assert client.post(report, {"text": "已整改。"}).status_code == 302
    assert client.get(reverse("filings:penalty-list", args=[entry.entity_id])).status_code == 200
    lift = orders.propose_lift(order=order, reasons="风险已消除。", by=reviewer, at=now)
    orders.sign(proposal=lift, by=signatory, at=now)
    told = client.get(api).json()
    assert (told["suspended"], told["suspensions"][0]["lifted"]) == ("", timezone.localdate(now).isoformat())


def test_a_public_notice_names_what_ended(client, proposed, signatory, entry, now):
    signing.sign(proposal=proposed, by=signatory, at=now)
    events.deliver_due(at=now + dt.timedelta(minutes=5))
    listed = client.get(reverse("register:notice-list")).text
    assert f"关于注销“{entry.name}”备案编号的公告" in listed
    day = timezone.localdate(now).isoformat()
    notice = client.get(reverse("register:notice-detail", args=[day, "cancelled"]))
    assert entry.number in notice.text
    assert client.get(reverse("register:notice-detail", args=["bad", "cancelled"])).status_code == 404
