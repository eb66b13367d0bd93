"""A signed and stamped scan of the papers of a lock, and what was read on its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from filings.access import Visitor


class SignedScanQuerySet(models.QuerySet["SignedScan"]):
    def visible_to(self, user: Visitor) -> Self:
        from filings.access import visible_procedures  # reason: cycle, access reads officer rows

        return self.filter(visible_procedures(user, prefix="sealing__procedure__"))


class SignedScan(models.Model):
    """Papers of one lock, signed by hand, stamped, scanned and uploaded, with who declared what.

    Its pages are read part by part; ``pages`` says of each what it is. Accepted, it confirms
    the lock. Once finished, the database refuses every change.
    """

    class Status(models.TextChoices):
        READING = "reading", _("Being read")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Not accepted")

    sealing = models.ForeignKey("filings.Sealing", models.PROTECT, related_name="scans")
    status = models.CharField(max_length=10, choices=Status, default=Status.READING)
    names = models.JSONField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    total_pages = models.PositiveIntegerField()
    pages = models.JSONField(default=list, blank=True)
    missing = models.JSONField(default=list, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = SignedScanQuerySet.as_manager()

    class Meta:
        verbose_name = _("signed scan")
        verbose_name_plural = _("signed scans")
        constraints = [
            models.UniqueConstraint(
                fields=["sealing"], condition=Q(finished_at__isnull=True), name="one_scan_of_a_lock_is_read_at_a_time"
            ),
            models.CheckConstraint(
                name="a_scan_is_finished_with_a_verdict",
                condition=Q(status="reading", finished_at__isnull=True)
                | (~Q(status="reading") & Q(finished_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sealing_id}-{self.pk}"


class ScanFile(models.Model):
    """One file of a signed scan, in the order it was uploaded; never changed."""

    scan = models.ForeignKey(SignedScan, models.PROTECT, related_name="files")
    attachment = models.ForeignKey("filings.Attachment", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    pages = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("file of a signed scan")
        verbose_name_plural = _("files of signed scans")
        constraints = [models.UniqueConstraint(fields=["scan", "position"], name="one_file_of_a_scan_at_a_place")]

    def __str__(self) -> str:
        return f"{self.scan_id}/{self.position}"
