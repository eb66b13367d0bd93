"""Uploaded evidence and generated papers; both stored by content hash."""

from __future__ import annotations

import uuid
from enum import nonmember
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from portal.models import User


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: User) -> Self:
        """A member sees the entity's files; an officer those that a submission cites."""
        from filings.access import visible_attachments  # reason: cycle, access reads officer rows

        return self.filter(visible_attachments(user))


class Attachment(models.Model):
    """One uploaded file that passed the checks. Content is found by its SHA-256."""

    class Scan(models.TextChoices):
        UNSCANNED = "unscanned", _("Not scanned")
        CLEAN = "clean", _("Clean")
        INFECTED = "infected", _("Infected")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entity = models.ForeignKey("filings.Entity", models.PROTECT, related_name="attachments")
    filing = models.ForeignKey("filings.Filing", models.PROTECT, null=True, blank=True, related_name="attachments")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=10, choices=Scan, default=Scan.UNSCANNED)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    submissions = models.ManyToManyField("filings.Submission", blank=True, related_name="attachments")
    entity_versions = models.ManyToManyField("filings.EntityVersion", blank=True, related_name="attachments")

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        indexes = [
            models.Index(fields=["entity", "-uploaded_at"], name="attachment_by_entity"),
            models.Index(fields=["sha256"], name="attachment_by_hash"),
        ]

    def __str__(self) -> str:
        return self.name


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, user: User) -> Self:
        from filings.access import visible_procedures  # reason: cycle, access reads officer rows

        return self.filter(visible_procedures(user, prefix="procedure__"))


class Paper(models.Model):
    """A document the portal made: the official papers, receipts, letters, certificates.

    ``pages`` is 0 where only a word processor could count them.
    """

    class Kind(models.TextChoices):
        DECLARATION = "declaration", _("Declaration")
        PUBLICATION = "publication", _("Content to be published")
        RESPONSIBILITY = "responsibility", _("Responsibility for algorithm safety")
        SELF_ASSESSMENT = "self_assessment", _("Algorithm safety self-assessment report")
        FILING_FORM = "filing_form", _("Form of the filing")
        REGISTRATION_FORM = "registration_form", _("Form of the registration")
        ASSESSMENT_REPORT = "assessment_report", _("Report of the security assessment")
        ANNEX_KEYWORDS = "annex_keywords", _("Annex: interception keyword list")
        ANNEX_CONTENT_BANK = "annex_content_bank", _("Annex: content question bank")
        ANNEX_REFUSE_BANK = "annex_refuse_bank", _("Annex: should-refuse bank")
        ANNEX_ANSWER_BANK = "annex_answer_bank", _("Annex: should-not-refuse bank")
        RECEIPT = "receipt", _("Receipt")
        RECTIFICATION = "rectification", _("Notice of rectification")
        DECISION = "decision", _("Decision")
        CERTIFICATE = "certificate", _("Certificate")

        for_signature = nonmember(
            (
                "declaration",
                "publication",
                "responsibility",
                "self_assessment",
                "filing_form",
                "registration_form",
                "assessment_report",
            )
        )

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "DOCX"

    procedure = models.ForeignKey("filings.Procedure", models.PROTECT, related_name="papers")
    sealing = models.ForeignKey("filings.Sealing", models.PROTECT, null=True, blank=True, related_name="papers")
    submission = models.ForeignKey("filings.Submission", models.PROTECT, null=True, blank=True, related_name="papers")
    kind = models.CharField(max_length=20, choices=Kind)
    format = models.CharField(max_length=4, choices=Format, default=Format.PDF)
    pages = models.PositiveIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=0)
    digest = models.CharField(max_length=64)
    template_version = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        constraints = [
            models.UniqueConstraint(
                fields=["sealing", "kind", "format"],
                condition=Q(sealing__isnull=False),
                name="one_paper_of_a_kind_a_lock",
            ),
            models.UniqueConstraint(
                fields=["procedure", "kind", "round", "format"],
                condition=Q(sealing__isnull=True),
                name="one_paper_of_a_kind_a_round",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
