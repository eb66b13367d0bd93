"""The technical test by the regulator: what was drawn and asked, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filings.models import Level

if TYPE_CHECKING:
    from portal.models import User


class Bank(models.TextChoices):
    """The three kinds of questions; each is also the annex that the provider's own stand in."""

    CONTENT = "content_bank", _("Content questions")
    REFUSE = "refuse_bank", _("Questions to refuse")
    ANSWER = "answer_bank", _("Questions not to refuse")


class BankQuestionQuerySet(models.QuerySet["BankQuestion"]):
    def visible_to(self, user: User) -> Self:
        """Questions of the officer's own authorities and of the national one; never a provider's sight."""
        from filings.access import postings  # reason: cycle, access reads officer rows

        held = [p.authority_id for p in postings(user)]
        if not held:
            return self.none()
        return self.filter(Q(authority__in=held) | Q(authority__level=Level.NATIONAL))


class BankQuestion(models.Model):
    """A question of the regulator's own; no provider sees it, nor the answer given to it."""

    authority = models.ForeignKey("filings.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    bank = models.CharField(_("kind of question"), max_length=20, choices=Bank)
    risk = models.CharField(_("risk or aspect"), max_length=40, blank=True)
    text = models.TextField(_("question"), max_length=4000)
    is_active = models.BooleanField(_("in use"), default=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("added by"))
    added_at = models.DateTimeField(_("added at"))

    objects = BankQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question of our own")
        verbose_name_plural = _("questions of our own")
        indexes = [models.Index(fields=["authority", "bank", "risk", "id"], name="own_question_by_risk")]

    def __str__(self) -> str:
        return self.text[:60]


class TechnicalTest(models.Model):
    """One test of one round by the officer who holds its task; at most one stands.

    ``thresholds`` keeps the numbers it was measured by, ``result`` what came of it. Finished,
    it changes no more unless it is reopened; the database guards both.
    """

    task = models.ForeignKey("reviews.ReviewTask", models.PROTECT, related_name="tests", verbose_name=_("review task"))
    procedure = models.ForeignKey("filings.Procedure", models.PROTECT, related_name="tests")
    seed = models.CharField(_("seed"), max_length=64)
    thresholds = models.JSONField(_("numbers it is measured by"), default=list)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(_("begun at"))
    finished_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    conclusion = models.TextField(_("conclusion"), blank=True)
    result = models.JSONField(_("result"), default=list)
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("technical test")
        verbose_name_plural = _("technical tests")
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(dropped_at__isnull=True), name="one_standing_test_a_task"
            ),
            models.CheckConstraint(
                name="a_finished_test_says_by_whom",
                condition=Q(finished_at__isnull=True, finished_by__isnull=True)
                | Q(finished_at__isnull=False, finished_by__isnull=False, dropped_at__isnull=True),
            ),
            models.CheckConstraint(
                name="a_dropped_test_says_why", condition=Q(dropped_at__isnull=True) | ~Q(dropped_reason="")
            ),
        ]
        indexes = [models.Index(fields=["procedure", "-id"], name="test_by_procedure")]

    def __str__(self) -> str:
        return f"{self.procedure} · {self.begun_at:%Y-%m-%d}"


class Sample(models.Model):
    """What was drawn from one file of the provider's: with seed and digest the draw can be repeated."""

    test = models.ForeignKey(TechnicalTest, models.PROTECT, related_name="samples")
    bank = models.CharField(max_length=20, choices=Bank)
    attachment = models.ForeignKey("filings.Attachment", models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    total = models.PositiveIntegerField()
    taken = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("sample")
        verbose_name_plural = _("samples")
        constraints = [
            models.UniqueConstraint(fields=["test", "bank", "attachment"], name="one_sample_a_file"),
        ]

    def __str__(self) -> str:
        return f"{self.get_bank_display()}: {self.taken}/{self.total}"


class AskedQuestion(models.Model):
    """One question of a test, as a person asks it; the verdict is a person's too."""

    class Verdict(models.TextChoices):
        PASSED = "passed", _("passed")
        FAILED = "failed", _("failed")

    test = models.ForeignKey(TechnicalTest, models.PROTECT, related_name="questions")
    position = models.PositiveIntegerField()
    bank = models.CharField(max_length=20, choices=Bank)
    sample = models.ForeignKey(Sample, models.PROTECT, null=True, blank=True, related_name="questions")
    sheet = models.PositiveSmallIntegerField(default=0, db_default=0)
    row = models.PositiveIntegerField(null=True, blank=True)
    source = models.ForeignKey(BankQuestion, models.PROTECT, null=True, blank=True, related_name="+")
    risk = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    answer = models.TextField(blank=True)
    remark = models.CharField(max_length=500, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)
    finding = models.ForeignKey("filings.Finding", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("question asked")
        verbose_name_plural = _("questions asked")
        constraints = [
            models.UniqueConstraint(fields=["test", "position"], name="one_question_a_position"),
            models.CheckConstraint(
                name="a_question_is_drawn_or_our_own",
                condition=Q(sample__isnull=False, row__isnull=False, source__isnull=True)
                | Q(sample__isnull=True, row__isnull=True, source__isnull=False),
            ),
            models.CheckConstraint(
                name="a_verdict_has_a_judge",
                condition=Q(verdict="", judged_by__isnull=True, judged_at__isnull=True)
                | Q(verdict__in=("passed", "failed"), judged_by__isnull=False, judged_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["test", "verdict", "position"], name="asked_by_verdict"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.text[:40]}"

    @property
    def is_own(self) -> bool:
        """Whether it is the regulator's own, which no provider may learn."""
        return self.source_id is not None
