"""Verdicts over the implicit labels of files, kept by content."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LabelReading(models.Model):
    """What the reader said of one content (Labelling Measures, art. 5 and 12; GB 45438-2025).

    Kept by SHA-256, so that one file is read once however often it is cited, and by the version of
    the reader, so that a better one reads again. It names nobody: who may see a file decides who
    sees its verdict.
    """

    class State(models.TextChoices):
        PRESENT = "present", _("Implicit label found")
        MALFORMED = "malformed", _("Implicit label malformed")
        ABSENT = "absent", _("No implicit label found")

    sha256 = models.CharField(max_length=64)
    reader_version = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=State)
    verdict = models.JSONField()
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = _("label reading")
        verbose_name_plural = _("label readings")
        constraints = [
            models.UniqueConstraint(fields=["sha256", "reader_version"], name="one_reading_a_content"),
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:12]}: {self.state}"
