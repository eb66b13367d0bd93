"""Rule sets: the numbers, risks and topics of one edition of a standard, as rows that never change."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from filings.models.law import Confidence

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# A standard is known from summaries: nobody read its text, so the words differ from those of a law.
KNOWN = {
    Confidence.SURE: _("Certain"),
    Confidence.LIKELY: _("Reported by several sources"),
    Confidence.UNSURE: _("Reported by one source"),
}


def _chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


class RuleSetQuerySet(models.QuerySet["RuleSet"]):
    def in_force(self, on: dt.date) -> Self:
        """Sets that a draft begun on that day may be held to, the one that counts first."""
        return self.filter(in_force_from__lte=on).order_by("-in_force_from", "-pk")


class RuleSet(models.Model):
    """What generative services are measured by: one edition, with where it was read.

    A new edition is a new row; a procedure keeps the one it began with. The database
    refuses every change of a set and of its rows once the transaction that loaded it ended.
    """

    code = models.CharField(_("code"), max_length=40)
    edition = models.CharField(_("edition"), max_length=40)
    title_zh = models.CharField(_("Chinese title"), max_length=200)
    title_en = models.CharField(_("English title"), max_length=200)
    source_zh = models.CharField(_("source (Chinese)"), max_length=300)
    source_en = models.CharField(_("source (English)"), max_length=300)
    confidence = models.CharField(_("confidence"), max_length=8, choices=Confidence)
    in_force_from = models.DateField(_("in force from"))
    created_at = models.DateTimeField(_("loaded at"))
    # SHA-256 of the file it was loaded from; empty for the set that came with the portal.
    file_digest = models.CharField(_("digest of the file"), max_length=64, blank=True)
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("based on")
    )
    transaction_id = models.BigIntegerField(null=True, editable=False)

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule set")
        verbose_name_plural = _("rule sets")
        constraints = [
            models.UniqueConstraint(fields=["code", "edition"], name="one_rule_set_an_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.edition}"

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_zh if _chinese() else self.title_en

    @property
    def known(self) -> _StrPromise:
        """How sure its content is, in words."""
        return KNOWN[Confidence(self.confidence)]

    @property
    def source(self) -> str:
        """Where its content was read, in the reader's language."""
        return self.source_zh if _chinese() else self.source_en


class Row(models.Model):
    """What every row of a rule set has: a code, a place in it, and a title of our own wording."""

    code = models.CharField(_("code"), max_length=40)
    position = models.PositiveSmallIntegerField(_("position"))
    title_zh = models.CharField(_("Chinese title"), max_length=200)
    title_en = models.CharField(_("English title"), max_length=300)
    confidence = models.CharField(_("confidence"), max_length=8, choices=Confidence)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def known(self) -> _StrPromise:
        """How sure it is, in words."""
        return KNOWN[Confidence(self.confidence)]

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_zh if _chinese() else self.title_en


class Heading(Row):
    """The title of a group of risks (`A.1`) or of a chapter of topics (`corpus`)."""

    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="headings")

    class Meta:
        verbose_name = _("heading of a rule set")
        verbose_name_plural = _("headings of rule sets")
        constraints = [models.UniqueConstraint(fields=["rule_set", "code"], name="one_heading_a_code")]


class Threshold(Row):
    """A number that an annex or a field of the dossier must reach, or may not exceed.

    One marked sure blocks a submission, the others warn. ``value`` is whole: rates are
    compared as integers (found × 100 against value × total). ``annex`` is empty where the
    number stands in the dossier; ``scope`` names the groups of risks it speaks of.
    """

    class Comparison(models.TextChoices):
        AT_LEAST = "at_least", _("at least")
        AT_MOST = "at_most", _("at most")

    class Unit(models.TextChoices):
        PERCENT = "percent", _("per cent")
        ITEMS = "items", _("items")
        ENTRIES = "entries", _("entries")
        QUESTIONS = "questions", _("questions")
        RISKS = "risks", _("risks")
        ASPECTS = "aspects", _("aspects")
        CLICKS = "clicks", _("clicks")
        DAYS = "days", _("days")
        MONTHS = "months", _("months")
        PEOPLE = "people", _("people")

    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="thresholds")
    annex = models.CharField(_("annex"), max_length=30, blank=True)
    value = models.PositiveIntegerField(_("value"))
    unit = models.CharField(_("unit"), max_length=12, choices=Unit)
    comparison = models.CharField(_("comparison"), max_length=10, choices=Comparison)
    scope = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    cites = models.CharField(_("articles"), max_length=100, blank=True)
    links = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    source_zh = models.CharField(_("source (Chinese)"), max_length=200, blank=True)
    source_en = models.CharField(_("source (English)"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("threshold")
        verbose_name_plural = _("thresholds")
        constraints = [models.UniqueConstraint(fields=["rule_set", "code"], name="one_threshold_a_code")]

    @property
    def blocks(self) -> bool:
        """Whether missing it stops a submission; the others only warn."""
        return self.confidence == Confidence.SURE

    @property
    def source(self) -> str:
        """Where the number was read, in the reader's language."""
        return self.source_zh if _chinese() else self.source_en


class Risk(Row):
    """One safety risk of annex A, such as `A.2.1`; the wording is ours."""

    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="risks")
    group = models.CharField(_("group"), max_length=20)

    class Meta:
        verbose_name = _("risk")
        verbose_name_plural = _("risks")
        constraints = [models.UniqueConstraint(fields=["rule_set", "code"], name="one_risk_a_code")]


class Aspect(Row):
    """One aspect that questions which should be answered must cover."""

    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="aspects")

    class Meta:
        verbose_name = _("aspect")
        verbose_name_plural = _("aspects")
        constraints = [models.UniqueConstraint(fields=["rule_set", "code"], name="one_aspect_a_code")]


class Topic(Row):
    """One point of the safety assessment, answered 符合, 不符合 or 不适用.

    ``clause`` is empty where the number was not verified. ``links`` are the dossier's
    paths it rests on, ``annex`` the annex, ``scope`` the thresholds that measure it.
    """

    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="topics")
    chapter = models.CharField(_("chapter"), max_length=20)
    clause = models.CharField(_("clause"), max_length=40, blank=True)
    cites = models.CharField(_("articles"), max_length=100, blank=True)
    annex = models.CharField(_("annex"), max_length=30, blank=True)
    scope = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    links = ArrayField(models.CharField(max_length=100), default=list, blank=True)

    class Meta:
        verbose_name = _("assessment topic")
        verbose_name_plural = _("assessment topics")
        constraints = [models.UniqueConstraint(fields=["rule_set", "code"], name="one_topic_a_code")]
