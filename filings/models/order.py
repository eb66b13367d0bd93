"""Orders 责令: what a warning, a summons, an order to correct or a suspension says."""

from __future__ import annotations

from enum import nonmember

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OrderKind(models.TextChoices):
    """What may be ordered (Algorithm Provisions, art. 28, 31, 33; Generative AI Measures, art. 21)."""

    WARNING = "warning", _("Warning")
    CRITICISM = "criticism", _("Public criticism")
    SUMMONS = "summons", _("Summons to talk")
    CORRECT = "correct", _("Order to correct")
    SUSPEND_UPDATES = "suspend_updates", _("Suspension of updates")
    SUSPEND_SERVICE = "suspend_service", _("Suspension of the service")

    suspensions = nonmember(("suspend_updates", "suspend_service"))
    dated = nonmember(("summons", "correct"))


class Order(models.Model):
    """What one order says; its status, its authority and whom it concerns stand in its matter.

    What was issued stays as it was issued: a trigger refuses changes.
    """

    matter = models.OneToOneField("filings.Matter", models.PROTECT, related_name="order", verbose_name=_("matter"))
    kind = models.CharField(_("kind of order"), max_length=20, choices=OrderKind)
    articles = ArrayField(models.CharField(max_length=40), verbose_name=_("legal basis"))
    facts = models.TextField(_("what was found"))
    demand = models.TextField(_("what is ordered"), blank=True)
    due_on = models.DateField(_("by, or on"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    issued_at = models.DateTimeField(_("issued at"), null=True, blank=True)
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        constraints = [
            models.CheckConstraint(name="an_order_has_a_basis", condition=Q(articles__len__gt=0) & ~Q(facts="")),
            models.CheckConstraint(
                name="a_dated_order_has_its_day",
                condition=~Q(kind__in=OrderKind.dated) | Q(due_on__isnull=False),
            ),
            models.CheckConstraint(name="a_summons_has_a_place", condition=~Q(kind="summons") | ~Q(place="")),
            models.CheckConstraint(
                name="what_is_lifted_was_issued", condition=Q(lifted_at__isnull=True) | Q(issued_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter.reference} {self.get_kind_display()}"

    @property
    def is_suspension(self) -> bool:
        return self.kind in OrderKind.suspensions
