"""Events are the spine; deliveries are what must follow from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filings.lifecycle import Actor

if TYPE_CHECKING:
    from portal.models import User


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, user: User) -> Self:
        """A filing's events for who may see the filing; staff-only ones for officers alone."""
        from filings.access import visible_events  # reason: cycle, access reads officer rows

        return self.filter(visible_events(user))


class Event(models.Model):
    """Who did what, when, from where to where, on which digest. Append-only, by trigger.

    ``transaction_id`` is set by the database: a change of status must find an event of
    its own transaction at commit.
    """

    class Audience(models.TextChoices):
        BOTH = "both", _("Provider and staff")
        STAFF = "staff", _("Staff only")

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(_("when"))
    kind = models.CharField(_("kind of event"), max_length=60)
    audience = models.CharField(_("for whose eyes"), max_length=10, choices=Audience, default=Audience.BOTH)
    side = models.CharField(_("side"), max_length=10, choices=Actor)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("actor")
    )
    posting = models.ForeignKey(
        "filings.Posting", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("posting")
    )
    entity = models.ForeignKey(
        "filings.Entity", models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("entity")
    )
    filing = models.ForeignKey(
        "filings.Filing", models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("filing")
    )
    procedure = models.ForeignKey(
        "filings.Procedure", models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("procedure")
    )
    matter = models.ForeignKey(
        "filings.Matter", models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("matter")
    )
    submission_digest = models.CharField(_("digest"), max_length=64, blank=True)
    from_status = models.CharField(_("status before"), max_length=20, blank=True)
    to_status = models.CharField(_("status after"), max_length=20, blank=True)
    data = models.JSONField(_("data"), default=dict)
    transaction_id = models.BigIntegerField(null=True, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["filing", "-id"], name="event_by_filing"),
            models.Index(fields=["entity", "-id"], name="event_by_entity"),
            models.Index(fields=["procedure", "transaction_id"], name="event_by_transaction"),
            models.Index(fields=["matter", "-id"], name="event_by_matter"),
            models.Index(fields=["actor", "-id"], name="event_by_actor"),
            models.Index(fields=["kind", "-id"], name="event_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class Delivery(models.Model):
    """One handler's duty towards one event; worked under a row lock, swept by beat."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="deliveries", verbose_name=_("event"))
    handler = models.CharField(_("duty"), max_length=80)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due at"))
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    parked_at = models.DateTimeField(_("parked at"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["event", "handler"], name="one_delivery_a_handler"),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(done_at__isnull=True, parked_at__isnull=True),
                name="delivery_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handler} #{self.event_id}"


class Notice(models.Model):
    """An in-app notice to one person about one event; the mail goes beside it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    event = models.ForeignKey(Event, models.PROTECT, related_name="notices")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.UniqueConstraint(fields=["user", "event"], name="one_notice_an_event"),
        ]
        indexes = [models.Index(fields=["user", "-id"], name="notice_by_user")]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.event_id}"


class AccessRecord(models.Model):
    """An officer opened, downloaded, revealed or exported something. Append-only, by trigger."""

    class Action(models.TextChoices):
        OPEN = "open", _("Opened a dossier")
        DOWNLOAD = "download", _("Downloaded a file")
        REVEAL = "reveal", _("Revealed a masked value")
        EXPORT = "export", _("Exported records")

    at = models.DateTimeField(_("when"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("actor"))
    posting = models.ForeignKey(
        "filings.Posting", models.PROTECT, null=True, related_name="+", verbose_name=_("posting")
    )
    action = models.CharField(_("action"), max_length=10, choices=Action)
    entity = models.ForeignKey("filings.Entity", models.PROTECT, null=True, related_name="+", verbose_name=_("entity"))
    filing = models.ForeignKey("filings.Filing", models.PROTECT, null=True, related_name="+", verbose_name=_("filing"))
    subject = models.CharField(_("what"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("access record")
        verbose_name_plural = _("access records")
        indexes = [
            models.Index(fields=["actor", "-id"], name="access_by_actor"),
            models.Index(fields=["filing", "-id"], name="access_by_filing"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} #{self.pk}"
