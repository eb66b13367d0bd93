"""Personal data that can be erased without breaking a seal."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SealedValue(models.Model):
    """An identity number, private phone or identity scan, encrypted outside every document.

    Documents cite ``id`` and ``digest`` = SHA-256(salt ‖ value). Erasing removes
    ciphertext and salt and leaves the digest, so every seal over it stays valid.
    """

    class Kind(models.TextChoices):
        IDENTITY_NUMBER = "identity_number", _("Identity number")
        PHONE = "phone", _("Phone")
        SCAN = "scan", _("Scan of an identity paper")
        TEST_ACCESS = "test_access", _("Access for the technical test")
        ACCOUNT = "account", _("Reference of a user's account")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entity = models.ForeignKey("filings.Entity", models.PROTECT, related_name="sealed_values")
    kind = models.CharField(max_length=20, choices=Kind)
    ciphertext = models.BinaryField(null=True)
    salt = models.BinaryField(null=True)
    digest = models.CharField(max_length=64)
    media_type = models.CharField(max_length=80, blank=True)
    size = models.PositiveIntegerField(default=0, db_default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("sealed value")
        verbose_name_plural = _("sealed values")
        constraints = [
            models.CheckConstraint(
                name="an_erased_value_is_gone",
                condition=Q(erased_at__isnull=True, ciphertext__isnull=False, salt__isnull=False)
                | Q(erased_at__isnull=False, ciphertext__isnull=True, salt__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.digest[:8]}"
