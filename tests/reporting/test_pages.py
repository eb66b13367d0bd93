"""The pages of incident reports, on both sides."""

import pytest
from django.urls import reverse
from django.utils import timezone

from filings import incidents as reported
from filings.models import AccessRecord, Matter
from reviews import incidents as dealt
from tests.counting import costs
from tests.reporting.conftest import told

pytestmark = pytest.mark.django_db


def posted(kind):
    """What a person types; the clock of these pages is the real one."""
    values = told(kind, timezone.now())
    return {
        name: timezone.localtime(value).strftime("%Y-%m-%dT%H:%M") if hasattr(value, "hour") else value
        for name, value in values.items()
    }


def begun(client, filing, kind):
    client.post(reverse(f"filings:{kind}-start", args=[filing.entity_id]), {"filing": filing.pk})
    return Matter.objects.get(kind=kind)


def test_a_provider_reports_and_the_officer_acknowledges_on_their_pages(client, filing, provider, reviewer):
    client.force_login(provider)
    matter = begun(client, filing, "incident")
    address = reverse("filings:incident-draft", args=[matter.pk])
    missing = client.post(address, {"description": "违法内容", "report": "1"})
    assert missing.status_code == 422
    assert "removed" in missing.context["form"].errors
    assert client.post(address, {**posted("incident"), "report": "1"}).status_code == 302
    matter.refresh_from_db()
    assert matter.status == "reported"
    page = client.get(reverse("filings:matter-detail", args=[matter.pk]))
    assert page.context["is_standard"]
    client.force_login(reviewer)
    desk = reverse("admin:filings_matter_change", args=[matter.pk])
    assert [code for code, _text in client.get(desk).context["does"]] == ["acknowledge", "ask"]
    client.post(reverse("admin:filings_matter_incident", args=[matter.pk]), {"do": "acknowledge", "text": "收到。"})
    matter.refresh_from_db()
    assert matter.status == "correcting"


def test_the_competent_authority_hands_a_misuse_back_at_its_desk(client, sent, reviewer, police, detective, now):
    matter = dealt.forward(matter=sent("misuse"), to=police, text="移送。", by=reviewer, at=now)
    client.force_login(detective)
    page = client.get(reverse("admin:filings_matter_change", args=[matter.pk]))
    assert [code for code, _text in page.context["does"]] == ["close", "ask", "forward", "hand_back"]
    address = reverse("admin:filings_matter_incident", args=[matter.pk])
    assert client.post(address, {"do": "hand_back", "text": ""}).status_code == 200
    answer = client.post(address, {"do": "hand_back", "text": "不属本机关职责。"}, follow=True)
    assert (answer.status_code, answer.redirect_chain[0][0]) == (200, reverse("admin:filings_matter_changelist"))
    assert client.get(reverse("admin:filings_matter_change", args=[matter.pk])).status_code == 404


def test_the_account_is_shown_on_the_page_alone_and_never_to_the_provider_again(client, filing, provider, reviewer):
    client.force_login(provider)
    matter = begun(client, filing, "misuse")
    address = reverse("filings:incident-draft", args=[matter.pk])
    client.post(address, {**posted("misuse"), "account": "u-88217-zj", "save": "1"})
    assert "u-88217-zj" not in client.get(address).content.decode()
    client.post(address, {**posted("misuse"), "report": "1"})
    client.force_login(reviewer)
    assert "u-88217-zj" not in client.get(reverse("admin:filings_matter_change", args=[matter.pk])).content.decode()
    shown = client.post(reverse("admin:filings_matter_incident", args=[matter.pk]), {"do": "reveal"})
    assert "u-88217-zj" in shown.content.decode()
    assert AccessRecord.objects.filter(action="reveal", actor=reviewer).exists()
    assert client.get(reverse("filings:sealed-reveal", args=[matter.misuse.account_id])).status_code == 404


@pytest.mark.parametrize("kind", ["incident", "misuse"])
def test_strangers_find_nothing_and_viewers_write_nothing(kind, client, sent, viewer, outsider, other_reviewer):
    matter = sent(kind)
    write = reverse("filings:incident-write", args=[matter.pk])
    for person, status in ((viewer, 403), (outsider, 404)):
        client.force_login(person)
        assert client.post(write, {"do": "follow_up", "text": "补充"}).status_code == status
    client.force_login(other_reviewer)
    assert client.post(reverse("admin:filings_matter_incident", args=[matter.pk]), {"do": "close"}).status_code == 404


def test_a_page_costs_the_same_with_more_written(client, sent, provider, now):
    matter = sent("incident")
    client.force_login(provider)
    address = reverse("filings:matter-detail", args=[matter.pk])
    before = costs(client, [address])
    for number in range(3):
        reported.follow_up(matter=matter, text=f"第{number}次补充", by=provider, at=now)
    assert costs(client, [address]) == before
