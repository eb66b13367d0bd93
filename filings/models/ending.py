"""The end of a filing: the provider's notice that a service ends, and a hearing before the authority ends it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Ending(models.Model):
    """What a provider says when it cancels (Algorithm Provisions, art. 24(3)): the thin form of a cancellation.

    Its state at each submission is frozen in the submission. ``late_by``: working days beyond the
    twentieth since the service ended, 0 in time.
    """

    procedure = models.OneToOneField("filings.Procedure", models.PROTECT, related_name="ending")
    ended_on = models.DateField(_("the service ended on"))
    reason = models.TextField(_("why it ended"))
    users = models.TextField(_("what happens to users"))
    data = models.TextField(_("what happens to data"))
    told = models.TextField(_("how and when users were told"))
    late_by = models.PositiveSmallIntegerField(default=0)
    evidence = models.ManyToManyField("filings.Attachment", blank=True, related_name="endings")

    class Meta:
        verbose_name = _("end of a service")
        verbose_name_plural = _("ends of services")

    def __str__(self) -> str:
        return f"{self.procedure}"


class Hearing(models.Model):
    """Why the authority would cancel or revoke of its own motion, and what the provider says to it.

    The provider is told of facts, evidence and legal basis when the procedure opens. Nothing is
    proposed before it answered or its day passed, and, if it asked to be heard in person, before the
    minutes stand: a trigger on proposals says so. What was told, answered and minuted does not change.
    """

    procedure = models.OneToOneField("filings.Procedure", models.PROTECT, related_name="hearing")
    authority = models.ForeignKey("filings.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened at"))
    articles = ArrayField(models.CharField(max_length=40), verbose_name=_("legal basis"))
    facts = models.TextField(_("facts"))
    evidence = models.TextField(_("evidence"))
    exhibits = models.ManyToManyField("filings.Attachment", blank=True, related_name="exhibited_in")
    answer_by = models.DateField(_("answer by"))
    answer = models.TextField(_("the provider's answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )  # fmt: skip
    answer_files = models.ManyToManyField("filings.Attachment", blank=True, related_name="answered_in")
    oral_asked_at = models.DateTimeField(null=True, blank=True)
    oral_at = models.DateTimeField(_("heard in person at"), null=True, blank=True)
    oral_place = models.CharField(_("place"), max_length=200, blank=True)
    minutes = models.TextField(_("minutes"), blank=True)
    minutes_at = models.DateTimeField(null=True, blank=True)
    minutes_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("hearing")
        verbose_name_plural = _("hearings")
        constraints = [
            models.CheckConstraint(name="a_hearing_has_a_basis", condition=Q(articles__len__gt=0) & ~Q(facts="")),
            models.CheckConstraint(
                name="minutes_are_of_a_hearing",
                condition=Q(minutes_at__isnull=True) | (Q(oral_at__isnull=False) & ~Q(minutes="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure}"

    @property
    def awaits_oral(self) -> bool:
        """Whether the provider asked to be heard in person and no minutes stand yet."""
        return self.oral_asked_at is not None and self.minutes_at is None
