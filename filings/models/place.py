"""Administrative divisions (GB/T 2260), the first six digits of a filing number."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RegionLevel(models.TextChoices):
    """The three levels of a GB/T 2260 code."""

    PROVINCE = "province", _("Province")
    PREFECTURE = "prefecture", _("Prefecture or city")
    COUNTY = "county", _("County or district")


class RegionQuerySet(models.QuerySet["Region"]):
    def current(self) -> Self:
        """The divisions that exist today and may be chosen."""
        return self.filter(valid_to__isnull=True)

    def valid_on(self, day: date) -> Self:
        """The divisions that existed on that day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )

    def provinces(self) -> Self:
        return self.filter(level=RegionLevel.PROVINCE)


class Region(models.Model):
    """A province, prefecture or county with its six-digit code.

    A code that was given up stays with the last day it was valid, so that an old
    number can still be read; such a row cannot be chosen any more. A missing
    `valid_from` means: since before the table begins.
    """

    code = models.CharField(_("code"), max_length=6, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    full_name = models.CharField(_("full name"), max_length=120)
    level = models.CharField(_("level"), max_length=12, choices=RegionLevel)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("belongs to"),
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9]{6}$"), name="region_code_is_six_digits"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def province_code(self) -> str:
        """The code of the province it lies in; its own for a province."""
        return f"{self.code[:2]}0000"
