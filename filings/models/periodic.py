"""Periodic confirmation 年度确认: what was asked of a filing's provider, and what it declared."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PeriodicConfirmation(models.Model):
    """One asking: yearly from the day of registration, or because a rule set changed.

    ``cycle_on`` is the day it was asked for: the return of the day of registration, or the day on
    which the rule set came into force. Status and dates stand in the matter.
    """

    class Reason(models.TextChoices):
        YEARLY = "yearly", _("Yearly")
        RULE_SET = "rule_set", _("A rule set changed")

    class Outcome(models.TextChoices):
        STANDS = "stands", _("The filing stands as it is")
        CHANGES = "changes", _("Something changed: a change is reported")

    matter = models.OneToOneField("filings.Matter", models.PROTECT, related_name="confirmation")
    filing = models.ForeignKey("filings.Filing", models.PROTECT, related_name="periodic_confirmations")
    reason = models.CharField(_("why it is asked"), max_length=10, choices=Reason)
    cycle_on = models.DateField(_("asked for the day"))
    rule_set = models.ForeignKey("filings.RuleSet", models.PROTECT, null=True, blank=True, related_name="+")
    reminded_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(_("declared"), max_length=10, choices=Outcome, blank=True)
    statement = models.TextField(_("statement"), blank=True)
    # Of the published content that the declaration was about.
    digest = models.CharField(max_length=64, blank=True)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    declared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("periodic confirmation")
        verbose_name_plural = _("periodic confirmations")
        constraints = [
            models.UniqueConstraint(fields=["filing", "reason", "cycle_on"], name="asked_once_a_cycle"),
            models.CheckConstraint(
                name="a_declaration_is_whole",
                condition=Q(outcome="", declared_at__isnull=True, declared_by__isnull=True, digest="")
                | (~Q(outcome="") & Q(declared_at__isnull=False, declared_by__isnull=False) & ~Q(digest="")),
            ),
            models.CheckConstraint(
                name="a_changed_rule_set_is_named",
                condition=Q(reason="yearly", rule_set__isnull=True) | Q(reason="rule_set", rule_set__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["filing", "-cycle_on"], name="confirmation_by_filing")]

    def __str__(self) -> str:
        return f"{self.filing} {self.cycle_on}"
