"""The public catalogue of data sets 公共数据目录, and applications for what is open on application.

Generative AI Measures, art. 6(2): public training-data platforms, public data opened by class and grade.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DataGrade(models.TextChoices):
    """How far a data set is open, as the authority confirmed (Generative AI Measures, art. 6)."""

    OPEN = "open", pgettext_lazy("a grade", "Open")
    APPLICATION = "application", _("Open on application")
    CLOSED = "closed", _("Not open")


class DataClass(models.TextChoices):
    """What a data set consists of."""

    TEXT = "text", _("Text")
    CODE = "code", _("Code")
    IMAGE = "image", _("Images")
    PAIRS = "pairs", _("Image-text pairs")
    AUDIO = "audio", _("Audio")
    VIDEO = "video", _("Video")
    TABLE = "table", _("Tables")


class DataSet(models.Model):
    """What a public body offers; title, status, offering body and authority stand in its matter.

    What was graded stays as it was graded: a trigger refuses changes.
    """

    matter = models.OneToOneField("filings.Matter", models.PROTECT, related_name="dataset", verbose_name=_("matter"))
    description = models.TextField(_("description"))
    source = models.TextField(_("source"))
    licence = models.CharField(_("licence"), max_length=200)
    data_class = models.CharField(_("class of data"), max_length=10, choices=DataClass)
    size = models.CharField(_("size"), max_length=100)
    contact = models.CharField(_("contact channel"), max_length=200)
    wished_grade = models.CharField(_("grade asked for"), max_length=12, choices=DataGrade)
    grade = models.CharField(_("grade"), max_length=12, choices=DataGrade, blank=True)
    graded_at = models.DateTimeField(_("graded at"), null=True, blank=True)
    # The keys of title, body and description, for the catalogue's search.
    haystack = models.TextField(editable=False)

    class Meta:
        verbose_name = _("data set")
        verbose_name_plural = _("data sets")
        constraints = [
            models.CheckConstraint(
                name="a_grade_has_its_day",
                condition=Q(grade="", graded_at__isnull=True) | (~Q(grade="") & Q(graded_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_data_set_is_described",
                condition=~Q(description="") & ~Q(source="") & ~Q(licence="") & ~Q(size="") & ~Q(contact=""),
            ),
        ]
        indexes = [
            models.Index(fields=["-matter"], condition=~Q(grade=""), name="dataset_graded"),
        ]

    def __str__(self) -> str:
        return f"{self.matter.reference} {self.matter.title}"


class DataRequest(models.Model):
    """An entity's application for a data set; its status stands in its matter, which is the applicant's."""

    matter = models.OneToOneField(
        "filings.Matter", models.PROTECT, related_name="data_request", verbose_name=_("matter")
    )
    dataset = models.ForeignKey(DataSet, models.PROTECT, related_name="requests", verbose_name=_("data set"))
    applicant = models.ForeignKey("filings.Entity", models.PROTECT, related_name="data_requests")
    purpose = models.TextField(_("what it is for"))
    handling = models.TextField(_("how it is kept and used"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("application for data")
        verbose_name_plural = _("applications for data")
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "applicant"], condition=Q(ended_at__isnull=True), name="one_living_application"
            ),
            models.CheckConstraint(name="an_application_says_why", condition=~Q(purpose="") & ~Q(handling="")),
        ]
        indexes = [models.Index(fields=["dataset", "-id"], name="request_by_dataset")]

    def __str__(self) -> str:
        return self.matter.reference
