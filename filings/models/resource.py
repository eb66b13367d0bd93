"""What services stand on: shared resources, the filings that rely on them, and the marks set on them.

Generative AI Measures, art. 7(1) asks for lawful data and base models, art. 6 for compute, chips,
frameworks and tools, art. 19 for their explanation to whoever inspects.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ResourceKind(models.TextChoices):
    """What dossiers cite (Generative AI Measures, art. 6, 7)."""

    MODEL = "model", _("Base model")
    DATASET = "dataset", _("Training set")
    PLATFORM = "platform", _("Compute platform")
    CHIP = "chip", _("Chip")
    FRAMEWORK = "framework", _("Framework or software")
    SUPPLIER = "supplier", _("Supplier of models or data")
    PRODUCT = "product", _("Product")


class Resource(models.Model):
    """One thing that dossiers cite, whoever cites it. ``key`` is how spellings of it are matched.

    What is a provider's own (its product, what it collected itself) carries the entity, and no
    other entity's row is taken for it. A model with a filing of this portal has no row here: the
    filing itself is relied on.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=ResourceKind)
    key = models.CharField(max_length=260)
    name = models.CharField(_("name"), max_length=260)
    number = models.CharField(_("number"), max_length=100, blank=True)
    entity = models.ForeignKey("filings.Entity", models.PROTECT, null=True, blank=True, related_name="resources")
    first_cited_at = models.DateTimeField(_("first cited"))

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="one_resource_a_key"),
            models.CheckConstraint(name="a_resource_has_a_name", condition=~Q(name="") & ~Q(key="")),
        ]

    def __str__(self) -> str:
        return self.name


class Reliance(models.Model):
    """A filing stands on a resource, or on another filing, as one submission said at ``path``.

    The database refuses a row that would close a circle (``filings.triggers_reliances``).
    """

    filing = models.ForeignKey("filings.Filing", models.PROTECT, related_name="reliances")
    submission = models.ForeignKey("filings.Submission", models.PROTECT, related_name="reliances")
    resource = models.ForeignKey(Resource, models.PROTECT, null=True, blank=True, related_name="reliances")
    on_filing = models.ForeignKey("filings.Filing", models.PROTECT, null=True, blank=True, related_name="relied_on_by")
    path = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("reliance")
        verbose_name_plural = _("reliances")
        constraints = [
            models.CheckConstraint(
                name="a_reliance_is_on_one_thing",
                condition=Q(resource__isnull=False, on_filing__isnull=True)
                | Q(resource__isnull=True, on_filing__isnull=False),
            ),
            models.CheckConstraint(name="no_filing_relies_on_itself", condition=~Q(on_filing=F("filing"))),
            models.UniqueConstraint(fields=["filing", "submission", "resource"], name="one_reliance_a_resource"),
            models.UniqueConstraint(fields=["filing", "submission", "on_filing"], name="one_reliance_a_filing"),
        ]
        indexes = [
            # What the recursion walks, answered from the index alone.
            models.Index(
                fields=["on_filing", "filing"], condition=Q(on_filing__isnull=False), name="reliance_on_filing"
            ),
            models.Index(
                fields=["resource", "filing"], condition=Q(resource__isnull=False), name="reliance_on_resource"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filing_id} → {self.resource_id or self.on_filing_id}"


class ResourceMark(models.Model):
    """An officer's word that a resource, or the model behind a filing, is withdrawn or unlawful.

    Lifted with a reason, never deleted; while it stands, drafts that cite it are told (an unlawful
    one stops them: Generative AI Measures, art. 7(1)).
    """

    class Word(models.TextChoices):
        WITHDRAWN = "withdrawn", _("Taken off the market")
        UNLAWFUL = "unlawful", _("Unlawful")

    resource = models.ForeignKey(Resource, models.PROTECT, null=True, blank=True, related_name="marks")
    filing = models.ForeignKey("filings.Filing", models.PROTECT, null=True, blank=True, related_name="marks")
    word = models.CharField(_("what it is marked as"), max_length=10, choices=Word)
    reason = models.TextField(_("reason"))
    legal_basis = models.CharField(_("legal basis"), max_length=40)
    posting = models.ForeignKey("filings.Posting", models.PROTECT, related_name="+")
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    marked_at = models.DateTimeField(_("marked at"))
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifting_reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("mark on a resource")
        verbose_name_plural = _("marks on resources")
        constraints = [
            models.CheckConstraint(
                name="a_mark_is_on_one_thing",
                condition=Q(resource__isnull=False, filing__isnull=True)
                | Q(resource__isnull=True, filing__isnull=False),
            ),
            models.CheckConstraint(name="a_mark_says_why", condition=~Q(reason="") & ~Q(legal_basis="")),
            models.UniqueConstraint(
                fields=["resource"], condition=Q(lifted_at__isnull=True), name="one_standing_mark_a_resource"
            ),
            models.UniqueConstraint(
                fields=["filing"], condition=Q(lifted_at__isnull=True), name="one_standing_mark_a_filing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_word_display()} {self.marked_at:%Y-%m-%d}"
