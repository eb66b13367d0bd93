"""Prints of the words of submissions, by which copied text is found."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class TextPrint(models.Model):
    """One run of characters of one section of a submission, as a number.

    A sample of all runs, chosen by the number itself, so that the same text leaves the same prints
    everywhere. The text cannot be read back from them. Only the newest round of a procedure has
    prints. No provider ever sees them.
    """

    submission = models.ForeignKey("filings.Submission", models.PROTECT, related_name="+")
    entity = models.ForeignKey("filings.Entity", models.PROTECT, related_name="+")
    section = models.CharField(max_length=40)
    number = models.BigIntegerField()

    class Meta:
        verbose_name = _("text print")
        verbose_name_plural = _("text prints")
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="one_print_a_run"),
        ]
        indexes = [models.Index(fields=["number", "entity"], name="print_by_number", include=["submission"])]

    def __str__(self) -> str:
        return f"{self.section} {self.number}"
