"""When the programs behind the pages were last alive."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Pulse(models.Model):
    """The last sign of life of one program; whoever looks after the installation reads it."""

    class Program(models.TextChoices):
        WORKER = "worker", _("worker")
        BEAT = "beat", _("beat")

    program = models.CharField(max_length=10, primary_key=True, choices=Program)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("sign of life")
        verbose_name_plural = _("signs of life")

    def __str__(self) -> str:
        return self.program
