"""What is due when, for all filings of an entity, on a page and in a feed."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from filings import changes, feeds, matters, obligations, workingdays
from filings.lifecycle import Actor
from filings.models import CalendarFeed, Event, Membership, Procedure, RegisterEntry
from tests import factories
from tests.counting import costs

TODAY = timezone.localdate


@pytest.fixture
def page(entity):
    return reverse("filings:calendar", args=[entity.pk])


def asked(entity, now, *, days=5, filing=None, title="检查问题"):
    """A question of the authority that waits for the provider."""
    where = {"filing": filing} if filing else {"entity": entity}
    return matters.open_matter(
        kind="complaint", title=title, side=Actor.OFFICER, at=now, told_provider=True, turn="provider",
        due_on=TODAY() + dt.timedelta(days=days), **where,
    )  # fmt: skip


def feed_of(entity, user, now):
    row = feeds.make(entity=entity, by=user, at=now)
    return row, reverse("filings:calendar-feed", args=[feeds.token_of(row)])


def test_an_empty_calendar_says_so(member, page):
    assert "Nothing is due" in member.get(page).content.decode()


def test_everything_with_a_date_stands_in_the_month_and_in_the_list(member, page, entity, draft, provider, now):
    Procedure.objects.filter(pk=draft.pk).update(rectify_by=TODAY() + dt.timedelta(days=3))
    matter = asked(entity, now, days=0)
    late = asked(entity, now, days=-3)
    factories.agent(entity, "agent@example.cn", by=provider, at=now, days=7)
    said = member.get(page).content.decode()
    assert said.count(matter.reference) == 3  # in the month, its tooltip, and the list
    assert late.reference in said
    assert "power of attorney ends" in said
    assert "Rectify" not in said  # a draft is not rectified
    assert "代理人" not in said


def test_the_yearly_confirmation_is_told_ahead(entry, provider):
    RegisterEntry.objects.filter(pk=entry.pk).update(issued_on=TODAY() - dt.timedelta(days=300))
    due = obligations.due(entry.filing.entity, user=provider, until=TODAY() + dt.timedelta(days=90))
    assert [each.key.partition("-")[0] for each in due] == ["yearly"]
    assert TODAY() < due[0].day < TODAY() + dt.timedelta(days=90)


def test_a_leap_day_returns_on_the_28th():
    leap = dt.date(2024, 2, 29)
    assert obligations.next_anniversary(leap, after=dt.date(2026, 1, 1)) == dt.date(2026, 2, 28)
    assert obligations.next_anniversary(leap, after=dt.date(2027, 3, 1)) == dt.date(2028, 2, 29)
    assert obligations.next_anniversary(leap, after=dt.date(2024, 1, 1)) == dt.date(2025, 2, 28)


def test_an_agent_sees_what_the_power_covers(entity, provider, draft, now):
    other = factories.complete_draft(entity=entity, by=provider, at=now, name="另一算法")
    agent = factories.agent(entity, "agent@example.cn", draft.filing, by=provider, at=now, days=9)
    inside, outside = asked(entity, now, filing=draft.filing), asked(entity, now, filing=other.filing)
    factories.agent(entity, "second@example.cn", by=provider, at=now, days=8)
    keys = {each.key for each in obligations.due(entity, user=agent, until=TODAY() + dt.timedelta(days=30))}
    assert {f"matter-{inside.pk}", f"matter-{outside.pk}"} & {key.rpartition("-")[0] for key in keys} == {
        f"matter-{inside.pk}"
    }
    assert sum(key.startswith("agency-") for key in keys) == 1


def test_any_month_in_the_address_gives_a_page(member, page):
    for text in ("2026-13", "x", "2026-11-01", "%00", "1999-01", "2099-12", "2000-01"):
        assert member.get(f"{page}?month={text}").status_code == 200


def test_the_feed_is_an_icalendar_without_names_of_people(client, entity, provider, draft, now):
    matter = asked(entity, now, filing=draft.filing)
    factories.agent(entity, "agent@example.cn", by=provider, at=now)
    _row, address = feed_of(entity, provider, now)
    answer = client.get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    parsed = Calendar.from_ical(answer.content)
    found = {str(each["UID"]).partition("@")[0]: each for each in parsed.walk("VEVENT")}
    event = found[f"matter-{matter.pk}-{matter.due_on:%Y%m%d}"]
    assert event["DTSTART"].dt == matter.due_on
    text = answer.content.decode().replace("\r\n ", "")
    assert all(name not in text for name in ("林知远", provider.email, "agent@example.cn", "杭州代理事务所"))


def test_the_feed_answers_again_with_its_tag_until_something_changes(client, entity, provider, now):
    _row, address = feed_of(entity, provider, now)
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    asked(entity, now)
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, changed["ETag"] != first["ETag"]) == (200, True)


def test_an_address_is_stored_as_a_digest_and_stops_when_revoked_or_made_anew(member, entity, provider, page, now):
    row, address = feed_of(entity, provider, now)
    assert feeds.token_of(row) not in (row.token_digest, "")
    assert address in member.get(page).content.decode()
    assert member.post(f"{page}feed/").status_code == 302
    assert member.get(address).status_code == 404
    newer = reverse("filings:calendar-feed", args=[feeds.token_of(CalendarFeed.objects.standing().get())])
    assert member.get(newer).status_code == 200
    assert member.post(f"{page}feed/revoke/").status_code == 302
    assert member.get(newer).status_code == 404
    kinds = Event.objects.filter(entity=entity, kind__startswith="calendar.").order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == [
        "calendar.feed_made", "calendar.feed_made", "calendar.feed_revoked",
    ]  # fmt: skip


def test_the_feed_of_somebody_who_left_stops(client, entity, colleague, now):
    _row, address = feed_of(entity, colleague, now)
    assert client.get(address).status_code == 200
    Membership.objects.filter(user=colleague).delete()
    assert client.get(address).status_code == 404


def test_page_and_feed_ask_the_same_number_of_queries_for_one_row_and_for_three(
    member, page, entity, provider, draft, now
):
    _row, address = feed_of(entity, provider, now)
    asked(entity, now, filing=draft.filing)
    one = costs(member, [page, address])
    for number in range(2):
        other = factories.complete_draft(entity=entity, by=provider, at=now, name=f"算法{number}")
        asked(entity, now, filing=other.filing)
    assert costs(member, [page, address]) == one


def test_the_last_days_of_a_change_and_of_a_cancellation_being_prepared_stand_there(entry, provider, now):
    begun = TODAY() - dt.timedelta(days=1)
    changes.begin(filing=entry.filing, changed_on=begun, by=provider, at=now)
    found = {
        each.key.partition("-")[0]: each
        for each in obligations.due(entry.filing.entity, user=provider, until=TODAY() + dt.timedelta(days=60))
    }
    assert found["window"].day == workingdays.add(begun, 10)
    assert found["window"].cites == "ARP 24(2)"
