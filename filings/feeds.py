"""Calendar feeds: a secret address for a person and an entity, and the iCalendar text it gives (RFC 5545).

The address is made from the installation's secret key, so that its page can show it again;
stored is only its digest.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import translation
from icalendar import Calendar, Event, vUri

from filings import access, events, links, obligations, policy
from filings.lifecycle import Actor
from filings.models import CalendarFeed, Entity

if TYPE_CHECKING:
    from portal.models import User

LINKS = "filings.calendar_feed"
BEHIND, AHEAD = dt.timedelta(days=60), dt.timedelta(days=400)


@transaction.atomic
def make(*, entity: Entity, by: User, at: dt.datetime) -> CalendarFeed:
    """A new address for this person; the old one stops answering. Event ``calendar.feed_made``."""
    policy.require(bool(policy.member_role(by, entity)))
    Entity.objects.select_for_update(no_key=True).get(pk=entity.pk)
    CalendarFeed.objects.standing().filter(entity=entity, user=by).update(revoked_at=at)
    feed = CalendarFeed(entity=entity, user=by, made_at=at)
    feed.token_digest = links.digest(links.tokens(LINKS, _facts(feed))[0])
    feed.save()
    events.record("calendar.feed_made", side=Actor.PROVIDER, by=by, at=at, entity=entity, data={"feed": feed.pk})
    return feed


@transaction.atomic
def revoke(*, entity: Entity, by: User, at: dt.datetime) -> bool:
    """Let the person's address stop answering; False when there was none. Event ``calendar.feed_revoked``."""
    feed = CalendarFeed.objects.select_for_update().standing().filter(entity=entity, user=by).first()
    if feed is None:
        return False
    feed.revoked_at = at
    feed.save(update_fields=["revoked_at"])
    events.record("calendar.feed_revoked", side=Actor.PROVIDER, by=by, at=at, entity=entity, data={"feed": feed.pk})
    return True


def standing(entity: Entity, user: User) -> CalendarFeed | None:
    """The person's feed of the entity that still answers."""
    return CalendarFeed.objects.standing().filter(entity=entity, user=user).first()


def token_of(feed: CalendarFeed) -> str:
    """The secret of the address; empty when the installation's key was changed for good."""
    return links.matching(LINKS, _facts(feed), stored=feed.token_digest) or ""


def found(token: str) -> CalendarFeed | None:
    """The standing feed behind an address whose person still works for the entity."""
    rows = CalendarFeed.objects.standing().select_related("entity", "user")
    feed = rows.filter(token_digest=links.digest(token), user__is_active=True).first()
    if feed is None or not Entity.objects.filter(access.own(feed.user, "pk"), pk=feed.entity_id).exists():
        return None
    return feed


def text(feed: CalendarFeed, *, on: dt.date) -> bytes:
    """All that is due from two months before ``on`` to a year after it, in the person's language.

    The same dates give the same bytes, so that a program that asks again is answered in few.
    """
    with translation.override(feed.user.language):
        due = obligations.due(feed.entity, user=feed.user, since=on - BEHIND, until=on + AHEAD)
        drawn = Calendar()
        drawn.add("prodid", f"-//{settings.PORTAL_NAME}//calendar//")
        drawn.add("version", "2.0")
        drawn.add("calscale", "GREGORIAN")
        drawn.add("method", "PUBLISH")
        drawn.add("x-wr-calname", feed.entity.name)
        for each in due:
            drawn.add_component(_event(each, feed))
        said: bytes = drawn.to_ical()
    return said


def _event(each: obligations.Obligation, feed: CalendarFeed) -> Event:
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    event = Event()
    event.add("uid", f"{each.key}@{host}")
    event.add("dtstamp", feed.made_at.astimezone(dt.UTC))
    event.add("dtstart", each.day)
    event.add("dtend", each.day + dt.timedelta(days=1))
    event.add("summary", f"{each.text} · {each.title}")
    event.add("url", vUri(settings.PUBLIC_URL + each.url))
    event.add("transp", "TRANSPARENT")
    return event


def _facts(feed: CalendarFeed) -> str:
    return f"{feed.entity_id} {feed.user_id} {feed.made_at.timestamp()}"
