"""Lock for signature, and the confirmations of the people who answer for a dossier."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SealingQuerySet(models.QuerySet["Sealing"]):
    """Locks in the provider's words."""

    def standing(self) -> SealingQuerySet:
        """Neither voided nor used: at most one a procedure."""
        return self.filter(voided_at__isnull=True, used_at__isnull=True)


class Sealing(models.Model):
    """A dossier locked for signature: its canonical bytes and digest at one moment.

    Any later edit voids it; at most one per procedure stands unvoided and unused.
    """

    procedure = models.ForeignKey("filings.Procedure", models.PROTECT, related_name="sealings")
    round = models.PositiveSmallIntegerField()
    document = models.BinaryField()
    digest = models.CharField(max_length=64)
    schema_version = models.CharField(max_length=20)
    entity_version = models.ForeignKey("filings.EntityVersion", models.PROTECT, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=200, blank=True)

    objects = SealingQuerySet.as_manager()

    class Meta:
        verbose_name = _("lock for signature")
        verbose_name_plural = _("locks for signature")
        constraints = [
            models.UniqueConstraint(
                fields=["procedure"],
                condition=Q(voided_at__isnull=True, used_at__isnull=True),
                name="one_standing_lock_a_procedure",
            ),
        ]

    def __str__(self) -> str:
        return self.digest[:16]


class Capacity(models.TextChoices):
    """In what capacity a person confirms a dossier."""

    LEGAL_REPRESENTATIVE = "legal_representative", _("Legal representative")
    SAFETY_OFFICER = "safety_officer", _("Algorithm-safety officer")


class Confirmation(models.Model):
    """A one-time link to one person, and what that person declared through it or on signed paper.

    One person in both capacities confirms once. The token is made from ``nonce`` with the
    installation's secret key, and kept here only as a digest. Once confirmed, the
    database refuses every change. Who confirmed on paper has an accepted ``scan`` and no address;
    ``sent_by`` is then who uploaded it.
    """

    sealing = models.ForeignKey(Sealing, models.PROTECT, related_name="confirmations")
    capacities = ArrayField(models.CharField(max_length=30, choices=Capacity))
    person_name = models.CharField(max_length=100)
    scan = models.ForeignKey("filings.SignedScan", models.PROTECT, null=True, blank=True, related_name="confirmations")
    email = models.EmailField(blank=True)
    nonce = models.CharField(max_length=32)
    token_digest = models.CharField(max_length=64, unique=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")
        constraints = [
            models.CheckConstraint(
                name="a_confirmation_names_its_digest",
                condition=Q(confirmed_at__isnull=True, confirmed_digest="")
                | (Q(confirmed_at__isnull=False) & ~Q(confirmed_digest="")),
            ),
            models.CheckConstraint(
                name="a_confirmation_has_a_link_or_a_scan",
                condition=Q(scan__isnull=True) & ~Q(email="")
                | Q(scan__isnull=False, email="", confirmed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.person_name
