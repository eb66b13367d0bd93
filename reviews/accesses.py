"""Every opening, download, reveal and export by an officer leaves a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filings.access import SEES_DOSSIERS, posted_as
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
    """Write one access record under the officer's first posting that sees dossiers."""
    held = posted_as(by, *SEES_DOSSIERS)
    return AccessRecord.objects.create(
        at=at,
        actor=by,
        posting=held[0] if held else None,
        action=action,
        filing=filing,
        entity_id=filing.entity_id if filing is not None else (entity.pk if entity else None),
        subject=subject[:200],
    )
