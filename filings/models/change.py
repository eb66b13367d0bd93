"""What a provider declares of a change, and the consents of both sides to a transfer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from portal.models import User


class Change(models.Model):
    """A change 变更 of a registered filing: since when, against what, and how heavy it is.

    The filing keeps its columns until the change is granted. A new name is held here from
    submission on; once granted, the row holds the name that the filing had before, so that
    a name which ever stood in the register goes to nobody else.
    """

    class Weight(models.TextChoices):
        """Computed from the difference by rule (``filings.dossier.classification``)."""

        EDITORIAL = "editorial", _("Editorial change")
        PRODUCT = "product", _("Change of products or use")
        ENTITY = "entity", _("Change of the entity's facts")
        SUBSTANCE = "substance", _("Change of model or data")

    procedure = models.OneToOneField("filings.Procedure", models.PROTECT, related_name="change")
    # What the register's present entry rests on; the change is read against it.
    base = models.ForeignKey("filings.Submission", models.PROTECT, related_name="+")
    changed_on = models.DateField(null=True, blank=True)
    # Declared later than ten working days after it (Algorithm Provisions, art. 24): marked, not refused.
    is_late = models.BooleanField(default=False, db_default=False)
    weight = models.CharField(max_length=10, choices=Weight, blank=True)
    held_name = models.CharField(max_length=200, null=True, blank=True, db_index=True)  # noqa: DJ001 - as on Filing

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")

    def __str__(self) -> str:
        return f"{self.procedure}"

    @property
    def is_full(self) -> bool:
        """Whether everything is reviewed again, by the stages of a first filing."""
        return self.weight == self.Weight.SUBSTANCE


class TransferQuerySet(models.QuerySet["Transfer"]):
    def visible_to(self, user: User) -> Self:
        """Transfers to or from entities that the user works for, agents left out."""
        from filings.access import visible_transfers  # reason: cycle, access reads member rows

        return self.filter(visible_transfers(user))


class Transfer(models.Model):
    """A transfer of a registered filing to another entity, with the consent of both owners.

    The database grants no transfer without both, and refuses to change a consent once given.
    """

    procedure = models.OneToOneField("filings.Procedure", models.PROTECT, related_name="transfer")
    base = models.ForeignKey("filings.Submission", models.PROTECT, related_name="+")
    giver = models.ForeignKey("filings.Entity", models.PROTECT, related_name="transfers_given")
    receiver = models.ForeignKey("filings.Entity", models.PROTECT, related_name="transfers_taken")
    reason = models.TextField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        constraints = [
            models.CheckConstraint(name="a_transfer_has_two_sides", condition=~Q(giver=F("receiver"))),
            models.CheckConstraint(
                name="a_consent_names_who_and_when",
                condition=Q(taken_by__isnull=True, taken_at__isnull=True)
                | Q(taken_by__isnull=False, taken_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["receiver", "-id"], name="transfer_by_receiver")]

    def __str__(self) -> str:
        return f"{self.giver} → {self.receiver}"
