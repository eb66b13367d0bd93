"""Published figures of complaints and objections, so that no count points at a person.

Each table divides the same matters of whole months. A count below five is not told, and another is
hidden with it where the sum would give it away.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from filings import wording
from filings.matter_lifecycle import MatterKind, MatterStatus, final
from filings.models import Complaint, Matter

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

LEAST = 5
MONTHS = 12
HEIGHT = 120
STEP = 44
TOPICS: dict[str, Any] = {**dict(Complaint.Topic.choices), MatterKind.OBJECTION: _("Objections")}
OUTCOMES = {
    MatterStatus.CLOSED: _("Closed with an outcome"),
    MatterStatus.REJECTED: _("Rejected with reasons"),
    MatterStatus.UPHELD: _("Objection upheld"),
    MatterStatus.WITHDRAWN: _("Objection withdrawn"),
    "open": _("Not decided yet"),
}


def suppressed[K: Hashable](counts: Mapping[K, int]) -> dict[K, int | None]:
    """The counts to publish; None for one that is hidden.

    What is hidden is at least two counts that make five together, or everything but zeros, so that
    the sum, which another table may tell, gives none of them away.
    """
    by_size = sorted((key for key, count in counts.items() if count), key=lambda key: counts[key])
    hidden = [key for key in by_size if counts[key] < LEAST]
    rest = by_size[len(hidden) :]
    while rest and hidden and (len(hidden) < 2 or sum(counts[key] for key in hidden) < LEAST):
        hidden.append(rest.pop(0))
    return {key: None if key in hidden else count for key, count in counts.items()}


def published(*, on: dt.date) -> dict[str, Any]:
    """What the page shows: counts by topic, outcome and month, up to the end of last month."""
    end = on.replace(day=1)
    months = _months(end)
    rows = Matter.objects.filter(
        kind__in=(MatterKind.COMPLAINT, MatterKind.OBJECTION), opened_at__date__lt=end, opened_at__date__gte=months[0]
    )
    by_month = dict.fromkeys(months, 0)
    for month, n in rows.annotate(month=TruncMonth("opened_at")).values_list("month").annotate(n=Count("pk")):
        by_month[month.date()] += n
    told = suppressed(by_month)
    return {
        "topics": _lines(TOPICS, suppressed(_topics(rows))),
        "outcomes": _lines(OUTCOMES, suppressed(_outcomes(rows))),
        "months": [(_month(month), count) for month, count in told.items()],
        "bars": _bars(told),
        "picture": {"width": STEP * MONTHS, "height": HEIGHT + 24, "base": HEIGHT},
        "until": end - dt.timedelta(days=1),
        "least": LEAST,
    }


def _months(end: dt.date) -> list[dt.date]:
    months = [end]
    for _each in range(MONTHS):
        months.append((months[-1] - dt.timedelta(days=1)).replace(day=1))
    return months[:0:-1]


def _topics(rows: Any) -> dict[str, int]:
    """Complaints by topic, and all objections as one line, so that every table is of the same matters."""
    found = dict(rows.values_list("complaint__topic").annotate(n=Count("pk")).order_by())
    return {key: found.get(None if key == MatterKind.OBJECTION else key, 0) for key in TOPICS}


def _outcomes(rows: Any) -> dict[str, int]:
    counts = dict.fromkeys(OUTCOMES, 0)
    for kind, status, n in rows.values_list("kind", "status").annotate(n=Count("pk")).order_by():
        counts[MatterStatus(status) if status in final(kind) else "open"] += n
    return counts


def _lines(titles: Mapping[str, Any], counts: Mapping[str, int | None]) -> list[tuple[Any, int | None]]:
    return [(titles[key], count) for key, count in counts.items()]


def _month(month: dt.date) -> str:
    return date_format(month, "Y年n月" if wording.is_chinese() else "M Y")


def _bars(counts: Mapping[dt.date, int | None]) -> list[dict[str, Any]]:
    """Where each bar stands; a hidden count is drawn as high as the smallest that is told."""
    most = max([LEAST, *(count for count in counts.values() if count)])
    bars = []
    for place, (month, count) in enumerate(counts.items()):
        height = round((HEIGHT - 24) * (LEAST if count is None else count) / most)
        bars.append({
            "x": place * STEP + 6, "y": HEIGHT - height, "height": height, "count": count, "label": f"{month:%m}",
            "middle": place * STEP + STEP // 2, "top": HEIGHT - height - 5,
        })  # fmt: skip
    return bars
