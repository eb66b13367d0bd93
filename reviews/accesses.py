"""Every opening, download, reveal and export by an officer leaves a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filings.access import SEES_DOSSIERS, posted_as, posting_over
from filings.models import AccessRecord

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Entity, Filing
    from portal.models import User


def record(
    action: str,
    *,
    by: User,
    at: dt.datetime,
    filing: Filing | None = None,
    entity: Entity | None = None,
    subject: str = "",
) -> AccessRecord:
    """Write one access record under the posting through which the officer sees the filing or entity.

    Of several, the most specific; for what is of no region, such as an export, the first.
    """
    held = posted_as(by, *SEES_DOSSIERS)
    region = filing.region_code if filing is not None else entity.region_code if entity is not None else ""
    posting = posting_over(by, region, *SEES_DOSSIERS) or next(iter(held), None)
    return AccessRecord.objects.create(
        at=at,
        actor=by,
        posting=posting,
        action=action,
        filing=filing,
        entity_id=filing.entity_id if filing is not None else (entity.pk if entity else None),
        subject=subject[:200],
    )
