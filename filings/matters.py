"""What all matters share: opened with an event, given a reference, written in, answered until a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from filings import events
from filings.matter_lifecycle import BEGINS_AS, MatterKind
from filings.models import Authority, Matter, MatterPost, Ministry

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from filings.lifecycle import Actor
    from filings.models import Attachment, Posting
    from portal.models import User

# The ``due_basis`` of a day that no law sets: a service standard. Others cite the article.
STANDARD = "standard"
# The first letters of a reference say what it is, in a letter or on the telephone.
LETTERS = {
    MatterKind.INCIDENT: "SJ",
    MatterKind.MISUSE: "WF",
    MatterKind.INSPECTION: "JC",
    MatterKind.COMPLAINT: "TS",
    MatterKind.OBJECTION: "YY",
    MatterKind.ORDER: "ZL",
    MatterKind.DATASET: "SL",
    MatterKind.DATA_REQUEST: "SQ",
    MatterKind.CONFIRMATION: "QR",
}


@transaction.atomic
def open_matter(
    *,
    kind: str,
    title: str,
    side: Actor,
    at: dt.datetime,
    by: User | None = None,
    posting: Posting | None = None,
    data: dict[str, Any] | None = None,
    **facts: Any,
) -> Matter:
    """Open a matter where its kind begins, with a reference and the event ``matter.<kind>.opened``.

    ``facts`` are other columns of the row. Of a filing, entity and region are taken from it.
    """
    if filing := facts.get("filing"):
        facts = {"entity": filing.entity, "region_code": filing.region_code, **facts}
    matter = Matter(
        kind=kind, status=BEGINS_AS[kind], title=title[:200], opened_by_side=side, opened_by=by, opened_at=at, **facts
    )
    matter.pk = _next_key()
    matter.reference = f"{LETTERS[MatterKind(kind)]}{timezone.localdate(at):%Y%m%d}-{matter.pk:06d}"
    matter.save(force_insert=True)
    events.record(
        f"matter.{kind}.opened", side=side, by=by, posting=posting, at=at, matter=matter,
        data={"reference": matter.reference, **(data or {})},
    )  # fmt: skip
    return matter


def _next_key() -> int:
    """The reference tells the key, so that the key is taken before the row is written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('filings_matter', 'id'))")
        key: int = cursor.fetchone()[0]
    return key


def authority_over(region_code: str) -> Authority | None:
    """The cyberspace administration of the region, or the national one; None when neither is set up."""
    of_region = Q(region_prefix=region_code[:2]) | Q(region_prefix="")
    rows = Authority.objects.filter(of_region, ministry=Ministry.CAC, is_active=True)
    return rows.order_by("-region_prefix", "pk").first()


def write(
    *,
    matter: Matter,
    kind: str,
    side: Actor,
    text: str,
    at: dt.datetime,
    by: User | None = None,
    posting: Posting | None = None,
    paths: Iterable[str] = (),
    reply_to: MatterPost | None = None,
    attachments: Iterable[Attachment] = (),
    staff_only: bool = False,
    data: dict[str, Any] | None = None,
) -> MatterPost:
    """Write a post; a move or an event of its own says that it was written. Must run in a transaction.

    An officer's names the authority of ``posting``, as readers see who wrote.
    """
    office = {"office": {"zh": posting.authority.name_zh, "en": posting.authority.name_en}} if posting else {}
    post = MatterPost.objects.create(
        matter=matter, kind=kind, side=side, author=by, text=text, paths=list(paths), reply_to=reply_to,
        staff_only=staff_only, data={**office, **(data or {})}, at=at,
    )  # fmt: skip
    post.attachments.set(attachments)
    return post
