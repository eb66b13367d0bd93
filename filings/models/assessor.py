"""Third-party assessors: organisations invited to one assessment each, which they see and sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from portal.models import User


class Assessor(models.Model):
    """An organisation that assesses the safety of others' services, with its own people."""

    name = models.CharField(max_length=200)
    credit_code = models.CharField(max_length=18, unique=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("assessor")
        verbose_name_plural = _("assessors")

    def __str__(self) -> str:
        return self.name


class AssessorMember(models.Model):
    """A person who signs in for an assessor; each for one."""

    assessor = models.ForeignKey(Assessor, models.PROTECT, related_name="people")
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assessor_member")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("person of an assessor")
        verbose_name_plural = _("people of assessors")

    def __str__(self) -> str:
        return f"{self.user} · {self.assessor}"


class MandateQuerySet(models.QuerySet["Mandate"]):
    def visible_to(self, user: User) -> Self:
        """Those that an assessor of the user took on, while the provider lets them stand."""
        from filings.access import visible_mandates  # reason: cycle, access reads other rows

        return self.filter(visible_mandates(user))

    def standing(self) -> Self:
        return self.filter(revoked_at__isnull=True)


class Mandate(models.Model):
    """An invitation by e-mail to assess one dossier, and who took it on.

    The link is good once; its token is stored as a digest. At most one stands per procedure.
    """

    procedure = models.ForeignKey("filings.Procedure", models.PROTECT, related_name="mandates")
    email = models.EmailField()
    organisation = models.CharField(max_length=200)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    assessor = models.ForeignKey(Assessor, models.PROTECT, null=True, blank=True, related_name="mandates")
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate to assess")
        verbose_name_plural = _("mandates to assess")
        constraints = [
            models.UniqueConstraint(
                fields=["procedure"], condition=Q(revoked_at__isnull=True), name="one_standing_mandate_a_procedure"
            ),
            models.CheckConstraint(name="a_mandate_expires_later", condition=Q(expires_at__gt=F("invited_at"))),
            models.CheckConstraint(
                name="an_accepted_mandate_names_its_assessor",
                condition=Q(accepted_at__isnull=True, assessor__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, assessor__isnull=False, accepted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.procedure}"


class AssessmentSignature(models.Model):
    """An assessor's signature under exactly one state of an assessment; append-only.

    ``digest`` is the SHA-256 of what was signed, so that any later change leaves the
    signature behind, and the assessor signs again.
    """

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="signatures")
    digest = models.CharField(max_length=64)
    signatory = models.CharField(max_length=100)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("signature of an assessor")
        verbose_name_plural = _("signatures of assessors")

    def __str__(self) -> str:
        return f"{self.signatory} {self.digest[:8]}"
