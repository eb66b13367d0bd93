"""Every attachment that the document cites is there, unchanged, and not infected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from filings.models import Attachment
from reviews.intake.registry import Found, Reading, Rule, register

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(reading: Reading) -> Iterator[Found]:
    cited = {str(each.get("attachment")): each for each in reading.attachments}
    rows = Attachment.objects.filter(entity=reading.submission.entity_version.entity_id, pk__in=cited).only(
        "sha256", "scan", "name"
    )
    known = {str(row.pk): row for row in rows}
    for key, reference in cited.items():
        row = known.get(key)
        values = {"name": reference.get("name") or key}
        path = str(reference.get("path") or "")
        if row is None:
            yield Found(_("The file “%(name)s” is cited but was never received. Upload it again."), values, path, True)
        elif row.sha256 != reference.get("sha256"):
            yield Found(
                _("The file “%(name)s” is not the one that was signed: its SHA-256 differs. Upload it again."),
                values,
                path,
                True,
            )
        elif row.scan == Attachment.Scan.INFECTED:
            yield Found(_("The file “%(name)s” carries malware. Remove it and upload a clean one."), values, path, True)


RULE = register(
    Rule("attachments.are_sound", _("Attachments are present, unchanged and clean"), "ARP 24", check, False, "GAI 17")
)
