"""The filing entity 备案主体, its versions, members and products."""

from __future__ import annotations

from enum import nonmember
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    import datetime as dt

    from portal.models import User


class EntityQuerySet(models.QuerySet["Entity"]):
    def visible_to(self, user: User) -> Self:
        """Entities the user is a member of, or may see as an officer."""
        from filings.access import visible_entities  # reason: cycle, access reads officer rows

        return self.filter(visible_entities(user))


class Entity(models.Model):
    """Who files. ``profile`` is the working copy; what counts is an ``EntityVersion``.

    ``code`` is the seven digits that stand for the entity in its filing numbers; the
    installation gives it once and it never changes, even if the entity moves.
    """

    code = models.CharField(max_length=7, unique=True)
    name = models.CharField(max_length=200)
    name_pinyin = models.CharField(max_length=400, blank=True)
    credit_code = models.CharField(max_length=18, blank=True)
    region_code = models.CharField(max_length=6, blank=True)
    profile = models.JSONField(default=dict)
    section_versions = models.JSONField(default=dict)
    schema_version = models.CharField(max_length=20)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects = EntityQuerySet.as_manager()

    class Meta:
        verbose_name = _("entity")
        verbose_name_plural = _("entities")
        constraints = [
            models.CheckConstraint(name="an_entity_code_is_seven_digits", condition=Q(code__regex=r"^\d{7}$")),
        ]
        indexes = [
            models.Index(fields=["region_code"], name="entity_by_region"),
            models.Index(fields=["credit_code"], name="entity_by_credit_code"),
        ]

    def __str__(self) -> str:
        return self.name


class EntityVersionQuerySet(models.QuerySet["EntityVersion"]):
    def awaiting_verification(self) -> Self:
        return self.filter(status=EntityVersion.Status.PENDING)

    def visible_to(self, user: User) -> Self:
        from filings.access import visible_entities  # reason: cycle, access reads officer rows

        return self.filter(visible_entities(user, prefix="entity__"))


class EntityVersion(models.Model):
    """A frozen copy of an entity's profile, which dossiers cite.

    Needs an intake officer's verification when name, credit code, registered place or
    legal representative changed since the last verified version; else it carries that
    verification on. The content is protected by trigger; the verdict is not content.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("Awaiting verification")
        VERIFIED = "verified", pgettext_lazy("an entity", "Verified")
        RETURNED = "returned", _("Returned")
        SUPERSEDED = "superseded", _("Superseded before verification")

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="versions", verbose_name=_("entity"))
    number = models.PositiveIntegerField(_("version"))
    document = models.BinaryField()
    content = models.JSONField()
    digest = models.CharField(_("digest"), max_length=64)
    schema_version = models.CharField(_("version of the form"), max_length=20)
    name = models.CharField(_("name of the entity"), max_length=200)
    credit_code = models.CharField(_("unified social credit code"), max_length=18)
    region_code = models.CharField(_("code of the region"), max_length=6)
    identity_digest = models.CharField(max_length=64)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("submitted by")
    )
    submitted_at = models.DateTimeField(_("submitted at"))
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.PENDING)
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("carried on from"))
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("checked by")
    )
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    return_reason = models.TextField(_("why it was returned"), blank=True)

    objects = EntityVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("entity version")
        verbose_name_plural = _("entity versions")
        constraints = [
            models.UniqueConstraint(fields=["entity", "number"], name="one_entity_version_number"),
            models.UniqueConstraint(
                fields=["entity"],
                condition=Q(status="pending"),
                name="one_entity_version_awaits_verification",
            ),
            models.CheckConstraint(
                name="a_returned_entity_version_says_why",
                condition=~Q(status="returned") | ~Q(return_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.number}"


class MemberRole(models.TextChoices):
    """What a member of an entity may do. ``given`` are those that an owner gives and changes freely."""

    OWNER = "owner", _("Owner")
    EDITOR = "editor", _("Editor")
    VIEWER = "viewer", _("Viewer")
    AGENT = "agent", _("Agent")

    given = nonmember(("owner", "editor", "viewer"))


class Agency(models.Model):
    """What an agent may do for a provider: the power of attorney, for which filings, until which day.

    An agent fills in dossiers and answers findings; neither profile nor members are an
    agent's, and an agent never submits, confirms or owns. The row does not change: a longer
    or wider power is another one. ``ends_on`` is the last day.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="agencies")
    organisation = models.CharField(max_length=200)
    power_of_attorney = models.ForeignKey("filings.Attachment", models.PROTECT, related_name="+")
    covers_all = models.BooleanField(default=False)
    filings = models.ManyToManyField("filings.Filing", blank=True, related_name="agencies")
    ends_on = models.DateField()
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("power of an agent")
        verbose_name_plural = _("powers of agents")

    def __str__(self) -> str:
        return self.organisation


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, on: dt.date) -> Self:
        """Memberships that give access on that day: an agent's ends with the power of attorney."""
        return self.filter(Q(agency__isnull=True) | Q(agency__ends_on__gte=on))


class Membership(models.Model):
    """A person's role in an entity. A deferred trigger keeps at least one owner."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=MemberRole)
    agency = models.OneToOneField(Agency, models.PROTECT, null=True, blank=True, related_name="membership")
    created_at = models.DateTimeField()

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["entity", "user"], name="one_membership_each"),
            models.CheckConstraint(
                name="an_agent_has_a_power_of_attorney",
                condition=Q(role="agent", agency__isnull=False) | (~Q(role="agent") & Q(agency__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.entity}"


class Invitation(models.Model):
    """A one-time invitation by e-mail to become a member; the token is stored as a digest."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=10, choices=MemberRole)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="invitations")
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(name="an_invitation_expires_later", condition=Q(expires_at__gt=F("invited_at"))),
            models.CheckConstraint(
                name="an_agent_is_invited_with_a_power",
                condition=Q(role="agent", agency__isnull=False) | (~Q(role="agent") & Q(agency__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.email


class Product(models.Model):
    """A product of an entity, projected from its profile so that pages can query it.

    ``key`` is the stable key of the repeated item in the profile.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="products")
    key = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    form = models.CharField(max_length=60, blank=True)
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        constraints = [
            models.UniqueConstraint(fields=["entity", "key"], name="one_product_a_key"),
        ]

    def __str__(self) -> str:
        return self.name
