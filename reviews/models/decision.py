"""Two people decide: a proposal 拟办意见 and a signature 签发 by somebody else."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filings.models import Purpose


class DeclineGround(models.Model):
    """One ground on which filings of its kinds may be declined: a closed, dated list with its article."""

    code = models.CharField(_("code"), max_length=40, primary_key=True)
    text_zh = models.CharField(_("Chinese text"), max_length=200)
    text_en = models.CharField(_("English text"), max_length=200)
    article = models.CharField(_("article"), max_length=40)
    kinds = ArrayField(models.CharField(max_length=30), default=list, verbose_name=_("kinds of filing"))
    in_force_from = models.DateField(_("in force from"))
    in_force_to = models.DateField(_("in force to"), null=True, blank=True)

    class Meta:
        verbose_name = _("ground for declining")
        verbose_name_plural = _("grounds for declining")

    def __str__(self) -> str:
        return self.text_zh


class Proposal(models.Model):
    """What an officer proposes for a procedure or for a matter. At most one awaits signature of each.

    A procedure that the provider opened is decided in a task of its queue; one that the authority
    opened, and a matter, have none.

    The database refuses a decline without a ground and a proposer who is not posted.
    """

    class Kind(models.TextChoices):
        REGISTER = "register", _("Register the filing")
        RETURN = "return", _("Return for rectification")
        DECLINE = "decline", _("Decline the filing")
        LAPSE = "lapse", _("Close as lapsed")
        ISSUE = "issue", _("Issue the order")
        LIFT = "lift", _("Lift the order")
        UPHOLD = "uphold", _("Uphold the objection")
        REJECT = "reject", _("Reject the objection")

    class Status(models.TextChoices):
        PENDING = "pending", _("Awaiting signature")
        SIGNED = "signed", _("Signed")
        SENT_BACK = "sent_back", _("Sent back")
        DROPPED = "dropped", _("Dropped")

    procedure = models.ForeignKey(
        "filings.Procedure",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("procedure"),
    )
    matter = models.ForeignKey(
        "filings.Matter", models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name=_("matter")
    )
    task = models.ForeignKey(
        "reviews.ReviewTask",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("review task"),
    )
    authority = models.ForeignKey("filings.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    kind = models.CharField(_("what is proposed"), max_length=10, choices=Kind)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PENDING)
    reasons = models.TextField(_("reasons"), blank=True)
    rectify_by = models.DateField(_("rectify by"), null=True, blank=True)
    grounds = models.ManyToManyField(
        DeclineGround, blank=True, related_name="+", verbose_name=_("grounds for declining")
    )
    submission_digest = models.CharField(_("digest"), max_length=64)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    sent_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sent back by"),
    )
    sent_back_at = models.DateTimeField(_("sent back at"), null=True, blank=True)
    sent_back_reason = models.TextField(_("why it was sent back"), blank=True)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.UniqueConstraint(
                fields=["procedure"],
                condition=Q(status="pending"),
                name="one_pending_proposal_a_procedure",
            ),
            models.UniqueConstraint(
                fields=["matter"], condition=Q(status="pending"), name="one_pending_proposal_a_matter"
            ),
            models.CheckConstraint(
                name="a_proposal_has_one_object",
                condition=Q(procedure__isnull=False, matter__isnull=True)
                | Q(procedure__isnull=True, matter__isnull=False, task__isnull=True),
            ),
            models.CheckConstraint(
                name="a_return_has_a_date",
                condition=~Q(kind="return") | Q(rectify_by__isnull=False),
            ),
            models.CheckConstraint(
                name="a_decline_has_reasons",
                condition=~Q(kind__in=("decline", "lapse")) | ~Q(reasons=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["authority", "id"],
                condition=Q(status="pending"),
                name="proposal_to_sign",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.procedure or self.matter}"

    @property
    def title(self) -> str:
        """What is proposed, in words that fit the procedure: to grant a cancellation registers nothing."""
        return proposed(self.kind, self.procedure.purpose if self.procedure is not None else "")


# What granting and declining mean where the procedure is no first filing.
BY_PURPOSE = {
    (Proposal.Kind.REGISTER, Purpose.CHANGE): _("Grant the change"),
    (Proposal.Kind.DECLINE, Purpose.CHANGE): _("Decline the change"),
    (Proposal.Kind.REGISTER, Purpose.TRANSFER): _("Grant the transfer"),
    (Proposal.Kind.DECLINE, Purpose.TRANSFER): _("Decline the transfer"),
    (Proposal.Kind.REGISTER, Purpose.CANCELLATION): _("Cancel the filing"),
    (Proposal.Kind.DECLINE, Purpose.CANCELLATION): _("Decline the cancellation"),
    (Proposal.Kind.REGISTER, Purpose.REVOCATION): _("Revoke the filing"),
}


def proposed(kind: str, purpose: str) -> str:
    """The title of a proposal of this kind in a procedure of this purpose; none for a matter."""
    known = Proposal.Kind(kind)
    return str(BY_PURPOSE.get((known, Purpose(purpose)), known.label) if purpose else known.label)


class Signature(models.Model):
    """The second person's signature under one proposal. Append-only, by trigger."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="signature")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    posting = models.ForeignKey("filings.Posting", models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    transaction_id = models.BigIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")

    def __str__(self) -> str:
        return f"#{self.pk}"
