"""Law as data: the instruments the portal rests on and the articles it cites."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _


class Confidence(models.TextChoices):
    """How well a row's content is known: read in the text, or only reported."""

    SURE = "sure", _("Read in the text")
    LIKELY = "likely", _("Reported by several sources")
    UNSURE = "unsure", _("Reported by one source")


class InstrumentRank(models.TextChoices):
    """What kind of rule an instrument is."""

    LAW = "law", pgettext_lazy("an instrument", "Law")
    REGULATION = "regulation", _("Administrative regulation")
    RULE = "rule", _("Departmental rule")
    STANDARD = "standard", _("National standard")


class LawQuerySet[RowT: models.Model](models.QuerySet[RowT]):
    def in_force(self, on: date) -> Self:
        """Only the rows that bind on that day."""
        return self.filter(Q(in_force_to__isnull=True) | Q(in_force_to__gte=on), in_force_from__lte=on)


class Instrument(models.Model):
    """A law, rule or standard, known in citations by its short key.

    `in_force_to` is its last day in force, empty while it binds.
    """

    key = models.CharField(_("key"), max_length=20, primary_key=True)
    rank = models.CharField(_("kind of rule"), max_length=12, choices=InstrumentRank)
    title_zh = models.CharField(_("Chinese title"), max_length=200)
    title_en = models.CharField(_("English title"), max_length=200)
    issuer_zh = models.CharField(_("issued by (Chinese)"), max_length=200)
    issuer_en = models.CharField(_("issued by (English)"), max_length=300)
    gist_zh = models.TextField(_("what it is about (Chinese)"))
    gist_en = models.TextField(_("what it is about (English)"))
    edition = models.CharField(_("edition"), max_length=40)
    in_force_from = models.DateField(_("in force from"))
    in_force_to = models.DateField(_("in force to"), null=True, blank=True)
    source = models.URLField(_("official text"), max_length=300, blank=True)
    confidence = models.CharField(_("confidence"), max_length=8, choices=Confidence)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = LawQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal instrument")
        verbose_name_plural = _("legal instruments")

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_zh if _reads_chinese() else self.title_en

    @property
    def issuer(self) -> str:
        """Who issued it, in the reader's language."""
        return self.issuer_zh if _reads_chinese() else self.issuer_en

    @property
    def gist(self) -> str:
        """What it is about, in our own words and the reader's language."""
        return self.gist_zh if _reads_chinese() else self.gist_en


class Article(models.Model):
    """One article (or clause) that something in the portal cites, in one edition.

    `code` is the citation, such as `ARP 25` or `GAI 7(1)`. The gist is in our own
    words and never the text of the law.
    """

    code = models.CharField(_("citation"), max_length=40)
    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, related_name="articles", verbose_name=_("instrument")
    )
    number = models.CharField(_("article"), max_length=20)
    position = models.DecimalField(_("position"), max_digits=8, decimal_places=2)
    gist_zh = models.TextField(_("gist (Chinese)"))
    gist_en = models.TextField(_("gist (English)"))
    edition = models.CharField(_("edition"), max_length=40)
    in_force_from = models.DateField(_("in force from"))
    in_force_to = models.DateField(_("in force to"), null=True, blank=True)
    confidence = models.CharField(_("confidence"), max_length=8, choices=Confidence)

    objects = LawQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            models.UniqueConstraint(fields=["code", "in_force_from"], name="one_article_per_code_and_edition"),
            models.CheckConstraint(
                condition=Q(in_force_to__isnull=True) | Q(in_force_to__gte=models.F("in_force_from")),
                name="article_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def gist(self) -> str:
        """What it demands, in our own words and the reader's language."""
        return self.gist_zh if _reads_chinese() else self.gist_en


def _reads_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")
