"""Annexes counted by machine: one check a file, what was found in its rows, an entity's own names of columns."""

from __future__ import annotations

from enum import nonmember
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from portal.models import User


class AnnexCheckQuerySet(models.QuerySet["AnnexCheck"]):
    def visible_to(self, user: User) -> Self:
        """A member sees the checks of the entity's procedures; an officer those of files that a submission cites."""
        from filings.access import officer_sees, own  # reason: cycle, access reads officer rows

        condition = own(user, "procedure__filing__entity")
        officer = officer_sees(user, "procedure__filing__")
        if officer is not None:
            condition |= officer & Q(attachment__submissions__procedure=models.F("procedure"))
        return self.filter(condition).distinct()

    def newest(self) -> Self:
        """The check of each annex of a procedure that counts."""
        return self.order_by("procedure_id", "annex", "-id").distinct("procedure_id", "annex")


class AnnexCheck(models.Model):
    """One file of one annex measured against one rule set; the newest of an annex counts.

    ``inputs`` holds all that the result depends on (file, columns, banks, period, rule set) and
    ``digest`` their SHA-256: a check whose digest is not that of the draft is out of date.
    ``result`` is the outcome without rows, which are in AnnexFinding, ``report`` the SHA-256 of the
    file with remarks.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Being checked")
        DONE = "done", _("Checked")
        UNMAPPED = "unmapped", _("Columns to be named")
        REFUSED = "refused", _("Cannot be read")
        FAILED = "failed", _("Failed by an error of the portal")
        SUPERSEDED = "superseded", _("Superseded")

        finished = nonmember(("done", "unmapped", "refused", "failed", "superseded"))

    procedure = models.ForeignKey("filings.Procedure", models.PROTECT, related_name="annex_checks")
    annex = models.CharField(max_length=30)
    attachment = models.ForeignKey("filings.Attachment", models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    rule_set = models.ForeignKey("filings.RuleSet", models.PROTECT, related_name="+")
    inputs = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    status = models.CharField(max_length=12, choices=Status, default=Status.WAITING)
    stops = models.BooleanField(default=False)
    done_rows = models.PositiveIntegerField(default=0)
    total_rows = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    report = models.CharField(max_length=64, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = AnnexCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of an annex")
        verbose_name_plural = _("checks of annexes")
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "annex"], condition=Q(status="waiting"), name="one_waiting_check_an_annex"
            ),
        ]
        indexes = [models.Index(fields=["procedure", "annex", "-id"], name="annex_check_newest")]

    def __str__(self) -> str:
        return f"{self.annex} #{self.pk}"

    @property
    def is_finished(self) -> bool:
        return self.status in self.Status.finished

    @property
    def verdicts(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.result.get("verdicts", [])
        return found

    @property
    def missed(self) -> list[dict[str, Any]]:
        """Verdicts that are not met, the ones that stop a submission first."""
        return sorted((v for v in self.verdicts if not v["met"]), key=lambda v: not v["blocks"])

    @property
    def percent(self) -> int:
        """How far the check has come; never a hundred before it ends."""
        return min(99, self.done_rows * 100 // self.total_rows) if self.total_rows else 0


class AnnexFinding(models.Model):
    """One thing about one row of a checked file; kept in the order of the file."""

    check_of = models.ForeignKey(AnnexCheck, models.CASCADE, related_name="findings")
    sheet = models.CharField(max_length=31, blank=True)
    row = models.PositiveIntegerField()
    code = models.CharField(max_length=30)
    about = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("finding in an annex")
        verbose_name_plural = _("findings in annexes")
        indexes = [models.Index(fields=["check_of", "code", "id"], name="annex_finding_by_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.row}"


class AnnexColumns(models.Model):
    """What an entity calls the columns of an annex, said once on screen and kept for its next files."""

    entity = models.ForeignKey("filings.Entity", models.PROTECT, related_name="annex_columns")
    annex = models.CharField(max_length=30)
    columns = models.JSONField(default=dict)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("names of columns")
        verbose_name_plural = _("names of columns")
        constraints = [
            models.UniqueConstraint(fields=["entity", "annex"], name="one_mapping_an_annex"),
        ]

    def __str__(self) -> str:
        return f"{self.entity_id} {self.annex}"
