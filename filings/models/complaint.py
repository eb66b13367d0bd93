"""Complaints 投诉举报, objections 异议, and what a person from the public told, in rows of their own.

What identifies a person is encrypted: name and contact, and the names of their files. Their words
and files stand apart from ``MatterPost`` and ``Attachment``, which a provider reads, so that nothing
reaches it but what an officer writes or hands on (Personal Information Protection Law, art. 6, 51).
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filings.lifecycle import Actor


class Complaint(models.Model):
    """What somebody complains of (Algorithm Provisions, art. 30; Generative AI Measures, art. 18)."""

    class Topic(models.TextChoices):
        CONTENT = "content", _("Illegal or harmful content")
        PERSONAL = "personal", _("Personal information")
        MINORS = "minors", _("Minors")
        LABELS = "labels", _("Missing or wrong labels")
        RIGHTS = "rights", _("Infringed rights, such as copyright or reputation")
        UNFAIR = "unfair", _("Discrimination or unfair treatment by an algorithm")
        UNANSWERED = "unanswered", _("The provider does not answer complaints")
        FILING = "filing", _("What is filed is not true")
        OTHER = "other", _("Something else")

    class Ground(models.TextChoices):
        OUT_OF_SCOPE = "out_of_scope", _("Outside what this authority deals with")
        NO_FACTS = "no_facts", _("No facts that could be looked into")
        DUPLICATE = "duplicate", _("The same was complained of before")

    matter = models.OneToOneField("filings.Matter", models.PROTECT, primary_key=True, related_name="complaint")
    entry = models.ForeignKey("filings.RegisterEntry", models.PROTECT, related_name="complaints")
    topic = models.CharField(_("topic"), max_length=12, choices=Topic)
    reject_ground = models.CharField(_("ground"), max_length=12, choices=Ground, blank=True)
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="duplicates")

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        constraints = [
            models.CheckConstraint(
                name="a_duplicate_names_the_first",
                condition=Q(reject_ground="duplicate", duplicate_of__isnull=False)
                | (~Q(reject_ground="duplicate") & Q(duplicate_of__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.topic}"


class Objection(models.Model):
    """What is objected to: a decided procedure or an order, named by the matter, or a published entry.

    ``follow_up`` says what follows when it is upheld; it is done by its own rules, and noted here.
    """

    class Target(models.TextChoices):
        DECISION = "decision", _("Decision")
        ORDER = "order", _("Order")
        ENTRY = "entry", _("Register entry")

    matter = models.OneToOneField("filings.Matter", models.PROTECT, primary_key=True, related_name="objection")
    target = models.CharField(_("what is objected to"), max_length=10, choices=Target)
    entry = models.ForeignKey("filings.RegisterEntry", models.PROTECT, null=True, blank=True, related_name="objections")
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken up by")
    )
    follow_up = models.TextField(_("what follows"), blank=True)
    followed_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        constraints = [
            models.CheckConstraint(
                name="an_objection_to_an_entry_names_it",
                condition=Q(target="entry", entry__isnull=False) | (~Q(target="entry") & Q(entry__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.target}"


class Receipt(models.Model):
    """How a person without an account finds a matter again: the digest of a code shown once."""

    matter = models.OneToOneField("filings.Matter", models.PROTECT, primary_key=True, related_name="receipt")
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")

    def __str__(self) -> str:
        return str(self.matter_id)


class Identity(models.Model):
    """Name and contact of who complained, encrypted; erased on their word and kept by nobody else."""

    matter = models.OneToOneField("filings.Matter", models.PROTECT, primary_key=True, related_name="identity")
    ciphertext = models.BinaryField(null=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("identity of who complained")
        verbose_name_plural = _("identities of who complained")
        constraints = [
            models.CheckConstraint(
                name="an_erased_identity_is_gone",
                condition=Q(erased_at__isnull=True, ciphertext__isnull=False)
                | Q(erased_at__isnull=False, ciphertext__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return str(self.matter_id)


class PublicMessage(models.Model):
    """One thing that a person from the public and the authority wrote each other. Append-only, by trigger."""

    class Kind(models.TextChoices):
        TOLD = "told", _("What was told")
        ADDED = "added", _("Added")
        ASKED = "asked", pgettext_lazy("put to a person", "Question")
        OUTCOME = "outcome", _("Outcome")

    matter = models.ForeignKey("filings.Matter", models.PROTECT, related_name="public_messages")
    kind = models.CharField(max_length=10, choices=Kind)
    side = models.CharField(max_length=10, choices=Actor)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("message of the public")
        verbose_name_plural = _("messages of the public")
        indexes = [models.Index(fields=["matter", "id"], name="message_by_matter")]

    def __str__(self) -> str:
        return f"{self.matter_id} #{self.pk}"


class PublicFile(models.Model):
    """A file from the public that passed the checks. Its name is encrypted; a provider never gets it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.ForeignKey(PublicMessage, models.PROTECT, related_name="files")
    name = models.BinaryField()
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=10)
    shared_as = models.OneToOneField("filings.Attachment", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("file of the public")
        verbose_name_plural = _("files of the public")

    def __str__(self) -> str:
        return str(self.pk)
