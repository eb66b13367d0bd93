"""Stages as data, and the queue as rows."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filings.models import FilingKind, Level, Purpose

if TYPE_CHECKING:
    from filings.models import Procedure
    from portal.models import User


class StagePlanQuerySet(models.QuerySet["StagePlan"]):
    def of(self, procedure: Procedure) -> Self:
        """Every version of the plan by which the procedure is worked.

        A change of model or data passes the stages of a first filing, any other those of its purpose.
        """
        purpose = procedure.purpose
        if purpose == Purpose.CHANGE and procedure.change.is_full:
            purpose = Purpose.FIRST
        return self.filter(kind=procedure.filing.kind, purpose=purpose)


class StagePlan(models.Model):
    """One stage that a round of such a procedure passes. A procedure keeps its version.

    Algorithm filings pass the region, then the national level, which concludes
    (Algorithm Provisions, art. 25). Generative-AI services pass the region and its technical
    test; the national level concludes a filing, the region a registration. One level only is
    a change of rows. Without ``basis`` the days are a service standard and no law.
    """

    version = models.PositiveIntegerField(_("version"))
    kind = models.CharField(_("kind of filing"), max_length=30, choices=FilingKind)
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    position = models.PositiveSmallIntegerField(_("position"))
    code = models.CharField(_("code"), max_length=40)
    name_zh = models.CharField(_("Chinese name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=80)
    level = models.CharField(_("level"), max_length=12, choices=Level)
    working_days = models.PositiveSmallIntegerField(_("length in working days"))
    basis = models.CharField(_("article that sets the limit"), max_length=40, blank=True)
    may_conclude = models.BooleanField(_("may conclude"), default=False)
    # The database lets no task of such a stage be passed up, or decided on, without a finished test.
    test_required = models.BooleanField(_("needs a technical test"), default=False, db_default=False)

    objects = StagePlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stage plan")
        constraints = [
            models.UniqueConstraint(fields=["version", "kind", "purpose", "position"], name="one_stage_a_position"),
            models.UniqueConstraint(fields=["version", "kind", "purpose", "code"], name="one_stage_a_code"),
        ]

    def __str__(self) -> str:
        return self.name_zh


class ReviewTaskQuerySet(models.QuerySet["ReviewTask"]):
    def visible_to(self, user: User) -> Self:
        """Tasks of the authorities where the user is posted, or all for national postings."""
        from reviews.policy import visible_tasks  # reason: cycle, policy reads task rows

        return self.filter(visible_tasks(user))

    def unfinished(self) -> Self:
        return self.filter(status__in=ReviewTask.Status.values[:3])

    def overdue(self, day: dt.date) -> Self:
        return self.unfinished().filter(due_on__lt=day)

    def filed_late(self) -> Self:
        """Unfinished ones of a change or an ending told after its day (Algorithm Provisions, art. 24)."""
        late = Q(procedure__change__is_late=True) | Q(procedure__ending__late_by__gt=0)
        return self.unfinished().filter(late)


class ReviewTask(models.Model):
    """One stage of one round for one authority, or a missed date to deal with.

    At most one is unfinished per procedure. A claim carries a lease that lapses.
    """

    class Kind(models.TextChoices):
        REVIEW = "review", _("Review")
        OVERDUE = "overdue", _("Missed rectification date")

    class Status(models.TextChoices):
        OPEN = "open", _("Free to claim")
        CLAIMED = "claimed", _("In work")
        PROPOSED = "proposed", _("Awaiting signature")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    procedure = models.ForeignKey(
        "filings.Procedure", models.PROTECT, related_name="tasks", verbose_name=_("procedure")
    )
    submission = models.ForeignKey(
        "filings.Submission", models.PROTECT, related_name="tasks", verbose_name=_("submission")
    )
    stage = models.ForeignKey(StagePlan, models.PROTECT, related_name="+", verbose_name=_("stage"))
    authority = models.ForeignKey(
        "filings.Authority", models.PROTECT, related_name="tasks", verbose_name=_("authority")
    )
    kind = models.CharField(_("kind of task"), max_length=10, choices=Kind, default=Kind.REVIEW)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    round = models.PositiveSmallIntegerField(_("round"))
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("claimed by"),
    )
    claimed_at = models.DateTimeField(_("claimed at"), null=True, blank=True)
    lease_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    due_on = models.DateField(_("due on"))
    created_at = models.DateTimeField(_("opened at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, blank=True)

    objects = ReviewTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("review task")
        verbose_name_plural = _("review tasks")
        constraints = [
            models.UniqueConstraint(
                fields=["procedure"],
                condition=Q(status__in=("open", "claimed", "proposed")),
                name="one_unfinished_task_a_procedure",
            ),
            models.CheckConstraint(
                name="a_claimed_task_names_who",
                condition=Q(status="open", claimed_by__isnull=True)
                | Q(status__in=("done", "dropped"))
                | Q(status__in=("claimed", "proposed"), claimed_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["authority", "due_on", "id"],
                condition=Q(status="open"),
                name="task_free_to_claim",
            ),
            models.Index(
                fields=["authority", "due_on", "id"],
                condition=Q(status__in=("open", "claimed", "proposed")),
                name="task_unfinished",
            ),
            models.Index(
                fields=["claimed_by", "due_on", "id"],
                condition=Q(status__in=("claimed", "proposed")),
                name="task_of_officer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure} · {self.stage}"


class Note(models.Model):
    """An internal note 内部备注; no provider ever sees one."""

    procedure = models.ForeignKey("filings.Procedure", models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    path = models.CharField(max_length=200, blank=True)
    text = models.TextField()

    class Meta:
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")

    def __str__(self) -> str:
        return self.text[:40]
