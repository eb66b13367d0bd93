"""A provider shows its number, says where, and is told its duties (ARP 26)."""

import datetime as dt
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from filings import displays, duties, law
from filings.models import Attachment, Event, NumberDisplay, RegisterEntry
from tests import pictures
from tests.counting import costs


def page(entry):
    return reverse("filings:number-show", args=[entry.filing_id])


def answers(**changes):
    picture = SimpleUploadedFile("shown.png", pictures.evidence("shown"), content_type="image/png")
    today = timezone.localdate().isoformat()
    facts = {"place": "website", "where": "首页页脚", "address": "https://qinglan.example.cn/", "since": today}
    return {**facts, "screenshot": picture, **changes}


def test_the_page_gives_what_to_copy_and_a_badge_and_a_code_that_anybody_may_fetch(member, entry, client):
    said = member.get(page(entry)).content.decode()
    shown = displays.to_show(entry)
    assert unquote(shown.link).endswith(f"/register/{entry.number}/")
    assert entry.number in shown.text
    assert all(text in said for text in ("&lt;a href=", shown.badge, shown.link, "Your duties from now on"))
    member.logout()
    badge = client.get(reverse("register:badge", args=[entry.number]))
    assert badge["Content-Type"] == "image/svg+xml"
    assert entry.number in "".join(ElementTree.fromstring(badge.content).itertext())
    again = client.get(reverse("register:badge", args=[entry.number]), headers={"If-None-Match": badge["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    code = client.get(reverse("register:qr", args=[entry.number]))
    assert ElementTree.fromstring(code.content).tag.endswith("svg")
    assert client.get("/badge/nothing.svg").status_code == 404


def test_the_badge_says_when_the_filing_is_no_longer_in_force(entry, client):
    told = (("registered", "service", "暂停服务"), ("cancelled", "", "已注销"), ("revoked", "service", "已撤销"))
    for standing, suspended, words in told:
        RegisterEntry.objects.filter(pk=entry.pk).update(standing=standing, suspended=suspended)
        assert words in client.get(reverse("register:badge", args=[entry.number])).content.decode()


def test_every_duty_cites_articles_that_there_are_and_each_kind_has_its_own(db):
    cited = {code for duty in duties.DUTIES for code in duty.cites}
    law.resolve_all(cited, on=timezone.localdate())
    kinds = {kind for duty in duties.DUTIES for kind in duty.kinds}
    assert kinds == {"deep_synthesis", "recommendation", "generative", "generative_registration"}


def test_a_place_is_recorded_with_its_picture_and_put_right_and_both_are_events(member, entry):
    assert member.post(page(entry), answers()).status_code == 302
    row = NumberDisplay.objects.get()
    assert (row.place, row.where, row.screenshot.name) == ("website", "首页页脚", "shown.png")
    change = reverse("filings:display-change", args=[entry.filing_id, row.pk])
    assert member.get(change).status_code == 200
    today = timezone.localdate().isoformat()
    assert member.post(change, answers(where="关于页", ended_on=today, screenshot="")).status_code == 302
    row.refresh_from_db()
    assert (row.where, row.ended_on.isoformat(), row.screenshot.name) == ("关于页", today, "shown.png")
    told = Event.objects.filter(filing=entry.filing_id, kind__startswith="display.").order_by("pk")
    assert [(event.kind, event.data["where"]) for event in told] == [
        ("display.recorded", "首页页脚"), ("display.changed", "关于页"),
    ]  # fmt: skip
    assert told[1].data["before"]["where"] == "首页页脚"


def test_what_is_wrong_is_said_and_nothing_is_kept(member, entry):
    wrong = [
        {"since": "2999-01-01"}, {"since": "gestern"}, {"place": "moon"}, {"where": ""}, {"address": ""},
        {"address": "javascript:alert(1)"}, {"screenshot": ""},
        {"screenshot": SimpleUploadedFile("evil.png", b"MZ\x90")}, {"where": "x\x00"},
    ]  # fmt: skip
    said = [member.post(page(entry), answers(**each)).status_code for each in wrong]
    assert (said, NumberDisplay.objects.count()) == ([422] * len(wrong), 0)


def test_a_draft_has_no_such_page(member, draft):
    assert member.get(reverse("filings:number-show", args=[draft.filing_id])).status_code == 404


def test_officers_of_the_region_see_places_and_pictures_and_others_do_not(
    member, entry, client, reviewer, other_reviewer
):
    member.post(page(entry), answers())
    row = NumberDisplay.objects.get()
    assert displays.seen_by(reviewer, entry.filing) == [row]
    assert displays.seen_by(other_reviewer, entry.filing) == []
    seen = Attachment.objects.filter(pk=row.screenshot_id)
    assert seen.visible_to(reviewer).exists()
    assert not seen.visible_to(other_reviewer).exists()


def test_the_database_wants_an_end_after_the_beginning(member, entry):
    member.post(page(entry), answers())
    row = NumberDisplay.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        NumberDisplay.objects.filter(pk=row.pk).update(ended_on=row.since - dt.timedelta(days=1))


def test_the_page_asks_the_same_number_of_queries_for_one_place_and_for_three(member, entry):
    member.post(page(entry), answers())
    one = costs(member, [page(entry)])
    for number in range(2):
        member.post(page(entry), answers(where=f"页面{number}"))
    assert costs(member, [page(entry)]) == one


def test_the_desk_page_of_a_number_lists_its_places_for_the_region_alone(
    member, entry, client, reviewer, other_reviewer
):
    member.post(page(entry), answers())
    desk = reverse("admin:desk-number", args=[entry.filing_id])
    client.force_login(reviewer)
    assert "首页页脚" in client.get(desk).content.decode()
    client.force_login(other_reviewer)
    assert client.get(desk).status_code == 404
