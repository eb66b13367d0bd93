"""Showing the number 备案编号 (Algorithm Provisions, art. 26): what to show, and where it is shown.

What a provider shows is drawn here too: a badge that says what the register says today.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import segno
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from filings import access, events, policy, tracks
from filings.lifecycle import Actor, FilingStanding
from filings.models import EntryStanding, HeldPublication, Installation, NumberDisplay, RegisterEntry, Suspension

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Attachment, Filing
    from portal.models import User

MOST = 50  # places a filing
# The badge is read by the public in China, whatever language a visitor of ours has chosen.
STATES_ZH = {EntryStanding.CANCELLED: "已注销", EntryStanding.REVOKED: "已撤销"}
SUSPENDED_ZH = {Suspension.UPDATES: "暂停信息更新", Suspension.SERVICE: "暂停服务"}
WIDE, NARROW, PADDING, HEIGHT = 12, 7, 8, 24


class DisplayRefused(Exception):
    """The filing has no published number, or its places are too many."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where and since when the number is shown, as the provider says it."""

    place: str
    where: str
    since: dt.date
    address: str = ""
    ended_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ToShow:
    """What a provider puts on its pages: ready to copy."""

    html: str
    text: str
    link: str
    badge: str
    code: str


def site() -> str:
    """The public address of this portal, which what is shown elsewhere leads to."""
    known = Installation.objects.values_list("public_url", flat=True).first()
    return (known or settings.PUBLIC_URL).rstrip("/")


def to_show(entry: RegisterEntry) -> ToShow:
    """Link, badge, code and words for a published entry."""
    address, number = site(), [entry.number]
    link = address + reverse("register:entry-detail", args=number)
    badge = address + reverse("register:badge", args=number)
    words = f"{tracks.of(entry.kind).number_zh}：{entry.number}"
    context = {"link": link, "badge": badge, "words": words, "width": _widths(entry)[2], "height": HEIGHT}
    html = render_to_string("filings/number_snippet.html", context).strip()
    return ToShow(html, f"{words}　{link}", link, badge, address + reverse("register:qr", args=number))


def badge(entry: RegisterEntry) -> str:
    """The badge as SVG: the number, and whether the filing is in force."""
    label, number, width = _widths(entry)
    state = state_zh(entry)
    context = {
        "act": tracks.of(entry.kind).number_zh, "number": entry.number, "state": state, "is_stopped": bool(state),
        "label": label, "width": width, "middle_of_label": label // 2,
        "middle_of_number": label + number // 2, "height": HEIGHT,
    }  # fmt: skip
    return render_to_string("filings/number_badge.svg", context)


def code(entry: RegisterEntry) -> bytes:
    """A QR code of the entry's address, as SVG."""
    link = site() + reverse("register:entry-detail", args=[entry.number])
    drawn: bytes = segno.make(link, error="m").svg_inline(scale=4, border=4, light="#fff").encode()
    return drawn.replace(b"<svg ", b'<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def state_zh(entry: RegisterEntry) -> str:
    """What the badge adds when the filing is not in force; empty while it is."""
    ended = STATES_ZH.get(EntryStanding(entry.standing), "")
    return ended or (SUSPENDED_ZH[Suspension(entry.suspended)] if entry.suspended else "")


def _widths(entry: RegisterEntry) -> tuple[int, int, int]:
    label = _width(tracks.of(entry.kind).number_zh)
    state = state_zh(entry)
    number = _width(f"{entry.number} {state}" if state else entry.number)
    return label, number, label + number


def _width(text: str) -> int:
    return sum(NARROW if each.isascii() else WIDE for each in text) + 2 * PADDING


@transaction.atomic
def record(*, filing: Filing, said: Place, screenshot: Attachment, by: User, at: dt.datetime) -> NumberDisplay:
    """Keep that the number is shown at a place, with a picture; event ``display.recorded``.

    Raises PermissionDenied, DisplayRefused for a filing that is not in force or not published.
    """
    policy.require(policy.may_write_filings(by, filing.entity))
    published = RegisterEntry.objects.filter(filing=filing).exists()
    if filing.standing != FilingStanding.REGISTERED or not published or filing.displays.count() >= MOST:
        raise DisplayRefused
    row = NumberDisplay.objects.create(
        filing=filing, screenshot=screenshot, recorded_by=by, recorded_at=at,
        place=said.place, where=said.where, since=said.since, address=said.address, ended_on=said.ended_on,
    )  # fmt: skip
    events.record("display.recorded", side=Actor.PROVIDER, by=by, at=at, filing=filing, data=_facts(row))
    return row


@transaction.atomic
def change(
    *, display: NumberDisplay, said: Place, by: User, at: dt.datetime, screenshot: Attachment | None = None
) -> NumberDisplay:
    """Put right where the number is shown, or say that it is no more; event ``display.changed``."""
    policy.require(policy.may_write_filings(by, display.filing.entity))
    row = NumberDisplay.objects.select_for_update(of=("self",)).select_related("screenshot").get(pk=display.pk)
    before = _facts(row)
    for name in ("place", "where", "since", "address", "ended_on"):
        setattr(row, name, getattr(said, name))
    if screenshot is not None:
        row.screenshot = screenshot
    row.recorded_by, row.recorded_at = by, at
    row.save()
    data = {**_facts(row), "before": before}
    events.record("display.changed", side=Actor.PROVIDER, by=by, at=at, filing=display.filing, data=data)
    return row


def _facts(row: NumberDisplay) -> dict[str, object]:
    return {
        "display": row.pk, "place": row.place, "where": row.where, "address": row.address,
        "since": row.since.isoformat(), "ended_on": row.ended_on.isoformat() if row.ended_on else "",
        "sha256": row.screenshot.sha256,
    }  # fmt: skip


def held(filing: Filing) -> HeldPublication | None:
    """The batch that the filing's publication waits for, if it does."""
    return HeldPublication.objects.waiting().select_related("batch").filter(filing=filing).first()


def of(filing: Filing) -> list[NumberDisplay]:
    """Where the filing's number is or was shown, the standing places first."""
    rows = NumberDisplay.objects.filter(filing=filing).select_related("screenshot")
    return sorted(rows.order_by("-pk")[:MOST], key=lambda row: row.ended_on is not None)


def seen_by(user: User, filing: Filing) -> list[NumberDisplay]:
    """Likewise for an officer who may see the filing; nothing for anybody else."""
    seen = access.officer_sees(user, "filing__")
    if seen is None:
        return []
    rows = NumberDisplay.objects.filter(seen, filing=filing).select_related("screenshot")
    return list(rows.order_by("ended_on", "-pk")[:MOST])
