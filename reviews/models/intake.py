"""Results of the automatic intake checks, waivers of a rule, and templates of findings."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filings.models import Finding


class IntakeRun(models.Model):
    """The one run of the intake checks over a submission; its existence makes it once."""

    submission = models.OneToOneField("filings.Submission", models.PROTECT, related_name="intake")
    rule_set_version = models.CharField(max_length=20)
    finished_at = models.DateTimeField()
    passed = models.BooleanField()

    class Meta:
        verbose_name = _("intake run")
        verbose_name_plural = _("intake runs")

    def __str__(self) -> str:
        return f"#{self.pk}"


class IntakeResult(models.Model):
    """What one rule said, with its legal source and the path it concerns."""

    class Outcome(models.TextChoices):
        PASSED = "passed", _("Passed")
        WARNED = "warned", _("Please look")
        BLOCKED = "blocked", _("Blocks")
        WAIVED = "waived", _("Waived")

    run = models.ForeignKey(IntakeRun, models.PROTECT, related_name="results")
    rule = models.CharField(max_length=60)
    outcome = models.CharField(max_length=10, choices=Outcome)
    legal_basis = models.CharField(max_length=40, blank=True)
    path = models.CharField(max_length=200, blank=True)
    message_zh = models.TextField(blank=True)
    message_en = models.TextField(blank=True)

    class Meta:
        verbose_name = _("intake result")
        verbose_name_plural = _("intake results")

    def __str__(self) -> str:
        return f"{self.rule}: {self.outcome}"


class Waiver(models.Model):
    """An intake officer lets one filing pass one rule, with a reason and an end."""

    filing = models.ForeignKey("filings.Filing", models.PROTECT, related_name="waivers", verbose_name=_("filing"))
    rule = models.CharField(_("rule"), max_length=60)
    reason = models.TextField(_("reason"))
    expires_on = models.DateField(_("valid until"))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("granted by")
    )
    granted_at = models.DateTimeField(_("granted at"))

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        constraints = [
            models.CheckConstraint(name="a_waiver_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.rule} · {self.filing}"


class FindingTemplate(models.Model):
    """A finding at hand, so that two reviewers write the same thing."""

    section = models.CharField(_("section"), max_length=40, blank=True)
    path_prefix = models.CharField(_("place it is meant for"), max_length=100, blank=True)
    severity = models.CharField(_("weight"), max_length=10, choices=Finding.Severity)
    legal_basis = models.CharField(_("article"), max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("text"))
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("finding template")
        verbose_name_plural = _("finding templates")

    def __str__(self) -> str:
        return self.title
