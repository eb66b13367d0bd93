"""The sealed vault: test accounts and API access that a provider deposits for the technical test."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    import datetime as dt


class VaultDepositQuerySet(models.QuerySet["VaultDeposit"]):
    def standing(self, day: dt.date) -> Self:
        """Those that may be opened on that day."""
        return self.filter(ended_at__isnull=True, expires_on__gte=day)


class VaultDeposit(models.Model):
    """One test account or API access, sealed; what it says stands in the sealed row alone.

    No submission, event or page holds it. It ends by its date, by the provider's hand or
    with the procedure, and its content is erased then.
    """

    class Kind(models.TextChoices):
        ACCOUNT = "account", _("Test account")
        API = "api", _("API access")

    class Scope(models.TextChoices):
        PUBLIC = "public", _("As the public uses the service, with its safety measures")
        BARE = "bare", _("The model without the service's safety measures")

    class End(models.TextChoices):
        REPLACED = "replaced", _("Replaced")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        EXPIRED = "expired", _("Expired")
        CLOSED = "closed", _("Procedure ended")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    procedure = models.ForeignKey("filings.Procedure", models.PROTECT, related_name="deposits")
    kind = models.CharField(max_length=10, choices=Kind)
    scope = models.CharField(max_length=10, choices=Scope)
    sealed = models.OneToOneField("filings.SealedValue", models.PROTECT, related_name="deposit")
    expires_on = models.DateField()
    deposited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    deposited_at = models.DateTimeField()
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_as = models.CharField(max_length=10, choices=End, blank=True)

    objects = VaultDepositQuerySet.as_manager()

    class Meta:
        verbose_name = _("deposit in the vault")
        verbose_name_plural = _("deposits in the vault")
        constraints = [
            models.CheckConstraint(
                name="an_ended_deposit_says_how",
                condition=Q(ended_at__isnull=True, ended_as="") | (Q(ended_at__isnull=False) & ~Q(ended_as="")),
            ),
        ]
        indexes = [
            models.Index(fields=["expires_on"], condition=Q(ended_at__isnull=True), name="deposit_by_expiry"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {str(self.pk)[:8]}"


class VaultOpening(models.Model):
    """An officer opened a deposit, and why. Append-only, by trigger.

    The auditor reads person and reason in the access record written with it; a provider
    reads when, and which authority.
    """

    deposit = models.ForeignKey(VaultDeposit, models.PROTECT, related_name="openings")
    record = models.OneToOneField("filings.AccessRecord", models.PROTECT, related_name="+")
    authority = models.ForeignKey("filings.Authority", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    opened_at = models.DateTimeField()

    class Meta:
        verbose_name = _("opening of a deposit")
        verbose_name_plural = _("openings of deposits")
        constraints = [models.CheckConstraint(name="an_opening_says_why", condition=~Q(reason=""))]
        indexes = [models.Index(fields=["deposit", "-id"], name="opening_by_deposit")]

    def __str__(self) -> str:
        return f"#{self.pk}"
