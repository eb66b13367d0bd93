"""What an installation is told once, and the working days its clock counts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ClockPolicy(models.TextChoices):
    """What the regulator's clock does while the provider rectifies (the law is silent)."""

    PAUSE = "pause", _("Pauses")
    RUN = "run", _("Runs on")
    RESTART = "restart", _("Starts again")


class Installation(models.Model):
    """One row: whose portal this is. ``manage.py setup`` writes it.

    ``number_prefix`` stands before algorithm numbers, ``service_prefix`` before those of
    generative-AI services; only the authority's own system would leave the second empty.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    authority_zh = models.CharField(max_length=100)
    authority_en = models.CharField(max_length=100)
    number_prefix = models.CharField(max_length=20)
    service_prefix = models.CharField(max_length=20, default="YanShi-", blank=True)
    clock_policy = models.CharField(max_length=10, choices=ClockPolicy, default=ClockPolicy.PAUSE)
    public_url = models.URLField()
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("installation")
        verbose_name_plural = _("installation")
        constraints = [
            models.CheckConstraint(name="one_installation", condition=Q(id=1)),
        ]

    def __str__(self) -> str:
        return self.authority_zh


class CalendarDay(models.Model):
    """One day of the working calendar: statutory holidays and make-up days included.

    ``is_provisional`` marks a year whose notice has not been published yet.
    """

    day = models.DateField(_("day"), primary_key=True)
    is_workday = models.BooleanField(_("working day"))
    note = models.CharField(_("note"), max_length=60, blank=True)
    is_provisional = models.BooleanField(_("provisional"), default=False)

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        indexes = [
            models.Index(fields=["day"], condition=Q(is_workday=True), name="workday"),
        ]

    def __str__(self) -> str:
        return self.day.isoformat()
