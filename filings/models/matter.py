"""Matters 事项: what provider, regulator and public deal with after the number, and what they write each other.

One row a matter, whatever its kind: its status, who is dealing with it, whose turn it is and
until when. What only one kind knows stands in a table of that kind, one row to one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filings.lifecycle import Actor
from filings.matter_lifecycle import MATTER_TRANSITIONS, MatterKind, MatterStatus, final

if TYPE_CHECKING:
    from portal.models import User


class MatterQuerySet(models.QuerySet["Matter"]):
    def visible_to(self, user: User) -> Self:
        """A provider's own that it was told of; an officer's of the authorities and regions where posted."""
        from filings.access import visible_matters  # reason: cycle, access reads officer rows

        return self.filter(visible_matters(user))

    def open(self) -> Self:
        """Neither closed nor otherwise at an end."""
        ended = Q(pk__in=())
        for kind in MATTER_TRANSITIONS:
            ended |= Q(kind=kind, status__in=sorted(final(kind)))
        return self.exclude(ended)


class Matter(models.Model):
    """One matter. ``told_provider``: the provider may see it from now on, and is told of its events."""

    class Turn(models.TextChoices):
        PROVIDER = "provider", _("Provider")
        AUTHORITY = "authority", _("Authority")
        NOBODY = "nobody", _("Nobody")

    kind = models.CharField(_("kind"), max_length=20, choices=MatterKind)
    status = models.CharField(_("status"), max_length=20, choices=MatterStatus)
    reference = models.CharField(_("reference"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=200)
    filing = models.ForeignKey(
        "filings.Filing", models.PROTECT, null=True, blank=True, related_name="matters", verbose_name=_("filing")
    )
    entity = models.ForeignKey(
        "filings.Entity", models.PROTECT, null=True, blank=True, related_name="matters", verbose_name=_("entity")
    )
    # What it grew out of or is raised against: an order out of an inspection, an objection to an order.
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    procedure = models.ForeignKey("filings.Procedure", models.PROTECT, null=True, blank=True, related_name="matters")
    authority = models.ForeignKey(
        "filings.Authority",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="matters",
        verbose_name=_("authority"),
    )
    region_code = models.CharField(max_length=6, blank=True)
    opened_by_side = models.CharField(max_length=10, choices=Actor)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("opened by")
    )
    opened_at = models.DateTimeField(_("opened at"))
    told_provider = models.BooleanField(default=False)
    turn = models.CharField(_("whose turn"), max_length=10, choices=Turn)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    due_basis = models.CharField(max_length=40, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    outcome = models.TextField(blank=True)

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = _("matter")
        verbose_name_plural = _("matters")
        indexes = [
            models.Index(fields=["entity", "-id"], name="matter_by_entity"),
            models.Index(fields=["filing", "-id"], name="matter_by_filing"),
            models.Index(fields=["authority", "kind", "status", "-id"], name="matter_by_authority"),
            models.Index(fields=["due_on", "id"], condition=Q(closed_at__isnull=True), name="matter_due"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"


class MatterAuthority(models.Model):
    """Another authority that joined a matter; the row of the matter names who leads."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="joined")
    authority = models.ForeignKey("filings.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("authority of a matter")
        verbose_name_plural = _("authorities of a matter")
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "authority"], condition=Q(left_at__isnull=True), name="an_authority_joins_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} · {self.authority}"


class MatterPost(models.Model):
    """One thing written in a matter: a question, an answer, a report. Append-only, by trigger.

    ``kind`` is a word of the matter's kind; ``paths`` point into the dossier that it concerns.
    Posts for staff alone are never shown to a provider or the public.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="posts")
    kind = models.CharField(max_length=30)
    side = models.CharField(max_length=10, choices=Actor)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField()
    paths = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    reply_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replies")
    staff_only = models.BooleanField(default=False)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()
    attachments = models.ManyToManyField("filings.Attachment", blank=True, related_name="matter_posts")

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        indexes = [models.Index(fields=["matter", "id"], name="post_by_matter")]

    def __str__(self) -> str:
        return f"{self.matter_id} #{self.pk}"
