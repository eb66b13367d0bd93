"""Third-party assessors: invited to one assessment by a link, they fill it in and sign it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from filings import assessing, drafts, events, links, policy
from filings.dossier.facts import mapping
from filings.dossier.sections.generative.assessment import SIGNATURE, THIRD_PARTY
from filings.lifecycle import Actor, ProcedureStatus
from filings.models import AssessmentSignature, Assessor, AssessorMember, Dossier, Mandate

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from filings.models import Procedure
    from portal.models import User

LINK_DAYS = 14
LINKS = "filings.mandate"


class MandateRefused(Exception):
    """A link that is unknown, used, taken back or expired, or a person who may not take it; the text says which."""


class StillOpen(Exception):
    """Topics have no verdict yet; ``args`` says how many."""


@transaction.atomic
def invite(*, procedure: Procedure, email: str, organisation: str, by: User, at: dt.datetime) -> Mandate:
    """Invite an assessor to this assessment; a delivery mails the link, good for 14 days.

    An earlier invitation of this procedure ends, and with it what its assessor could see.
    """
    _end(procedure, by=by, at=at)
    mandate = Mandate(
        procedure=procedure,
        email=email.strip().lower(),
        organisation=organisation,
        invited_by=by,
        invited_at=at,
        expires_at=at + dt.timedelta(days=LINK_DAYS),
    )
    mandate.token_digest = links.digest(links.tokens(LINKS, _facts(mandate))[0])
    mandate.save()
    _record("assessment.invited", mandate, by=by, at=at)
    return mandate


@transaction.atomic
def revoke(*, procedure: Procedure, by: User, at: dt.datetime) -> None:
    """Take the mandate back; what was signed stays on record, and signs nothing any more."""
    _end(procedure, by=by, at=at)


def _end(procedure: Procedure, *, by: User, at: dt.datetime) -> None:
    standing = Mandate.objects.select_for_update().filter(procedure=procedure, revoked_at__isnull=True)
    for mandate in standing:
        mandate.revoked_at = at
        mandate.save(update_fields=["revoked_at"])
        _record("assessment.revoked", mandate, by=by, at=at)


def _facts(mandate: Mandate) -> str:
    return f"{mandate.procedure_id} {mandate.email} {mandate.invited_at.timestamp():.6f}"


def token_of(mandate: Mandate) -> str:
    """The token of a link, for the mail that carries it; never stored, never logged. Raises MandateRefused."""
    token = links.matching(LINKS, _facts(mandate), stored=mandate.token_digest)
    if token is None:
        raise MandateRefused(_("This invitation can no longer be opened. Ask for a new one."))
    return token


def open_link(token: str, *, at: dt.datetime) -> Mandate:
    """The mandate behind a link. Raises MandateRefused, saying what to do."""
    rows = Mandate.objects.select_related("procedure__filing__entity", "assessor")
    mandate = rows.filter(token_digest=links.digest(token)).first()
    if mandate is None:
        raise MandateRefused(_("This link is not known. Check that it was copied whole."))
    if mandate.revoked_at:
        raise MandateRefused(_("This invitation was taken back. Ask the provider for a new one."))
    if mandate.accepted_at is None and mandate.expires_at <= at:
        raise MandateRefused(_("This invitation has expired. Ask the provider for a new one."))
    return mandate


def organisation_of(user: User) -> Assessor | None:
    """The assessor that a person signs in for, if any."""
    member = AssessorMember.objects.filter(user=user).select_related("assessor").first()
    return member.assessor if member else None


@transaction.atomic
def accept(*, token: str, by: User, at: dt.datetime, name: str = "", credit_code: str = "") -> Mandate:
    """Take the assessment on for one's organisation, named by the first person who comes for it.

    Whoever holds the link may, under any account but one of the provider's own people; a
    second try of the same organisation finds the same. Raises MandateRefused.
    """
    opened = open_link(token, at=at)
    mandate = (
        Mandate.objects.select_for_update(of=("self",)).select_related("procedure__filing__entity").get(pk=opened.pk)
    )
    provider, known = mandate.procedure.filing.entity, organisation_of(by)
    code = known.credit_code if known else credit_code
    if policy.member_role(by, provider) or (code and code == provider.credit_code):
        raise MandateRefused(_("You work for the provider itself. A third party assesses from outside."))
    assessor = known or _founded(by, name=name, credit_code=credit_code, at=at)
    if mandate.accepted_at:
        if mandate.assessor_id != assessor.pk:
            raise MandateRefused(_("This invitation was already used. Ask the provider for a new one."))
        return mandate
    mandate.assessor, mandate.accepted_by, mandate.accepted_at = assessor, by, at
    mandate.save(update_fields=["assessor", "accepted_by", "accepted_at"])
    _record("assessment.accepted", mandate, by=by, at=at)
    return mandate


def _founded(by: User, *, name: str, credit_code: str, at: dt.datetime) -> Assessor:
    """A new organisation with its first person; one that is here already lets in no stranger."""
    if not name or not credit_code:
        raise MandateRefused(_("Enter the name and the credit code of your organisation."))
    if Assessor.objects.filter(credit_code=credit_code).exists():
        raise MandateRefused(_known_already())
    try:
        with transaction.atomic():
            assessor = Assessor.objects.create(name=name, credit_code=credit_code, created_by=by, created_at=at)
            AssessorMember.objects.create(assessor=assessor, user=by, created_at=at)
    except IntegrityError:  # somebody founded it at the same moment; it may have been the same person
        mine = organisation_of(by)
        if mine is None or mine.credit_code != credit_code:
            raise MandateRefused(_known_already()) from None
        return mine
    return assessor


def _known_already() -> str:
    return _("An organisation with this credit code already signs in here. Let its person accept the invitation.")


def standing(procedure: Procedure) -> Mandate | None:
    """The mandate that the provider lets stand, with its assessor, if any."""
    return Mandate.objects.standing().filter(procedure=procedure).select_related("assessor").first()


def taken_on(user: User) -> QuerySet[Mandate]:
    """What the user's organisation took on, newest first, each saying whether it is signed."""
    signed = Exists(AssessmentSignature.objects.filter(mandate=OuterRef("pk")))
    mine = Mandate.objects.visible_to(user).annotate(is_signed=signed)
    return mine.select_related("procedure__filing__entity").order_by("-pk")


def is_open(mandate: Mandate) -> bool:
    """Whether the assessment may still be written: the dossier is with the provider."""
    return mandate.procedure.status in ProcedureStatus.editable


@transaction.atomic
def sign(*, mandate: Mandate, signatory: str, by: User, at: dt.datetime) -> AssessmentSignature:
    """Sign exactly the assessment as it stands; any later change leaves the signature behind.

    Raises StillOpen, drafts.NotEditable, drafts.SectionConflict.
    """
    assert mandate.assessor is not None, "only who took it on signs"
    dossier = Dossier.objects.select_for_update().get(procedure=mandate.procedure_id)
    stored = dict(mapping(dossier.content.get(assessing.SECTION)))
    left = sum(assessing.is_open(item) for item in stored.get("topics", []))
    if left or not stored.get("topics"):
        raise StillOpen(left)
    value: dict[str, Any] = {name: each for name, each in stored.items() if name not in SIGNATURE}
    value |= {"assessor": THIRD_PARTY, "organisation": mandate.assessor.name}
    digest = assessing.digest(value)
    value |= dict(
        zip(
            SIGNATURE,
            (mandate.assessor.name, signatory, timezone.localdate(at).isoformat(), digest),
            strict=True,
        )
    )
    version = int(dossier.section_versions.get(assessing.SECTION, 0))
    drafts.save_section(dossier=dossier, section=assessing.SECTION, value=value, base_version=version, by=by, at=at)
    signature = AssessmentSignature.objects.create(
        mandate=mandate, digest=digest, signatory=signatory, signed_by=by, signed_at=at
    )
    _record("assessment.signed", mandate, by=by, at=at, digest=digest)
    return signature


def _record(kind: str, mandate: Mandate, *, by: User, at: dt.datetime, digest: str = "") -> None:
    events.record(
        kind,
        side=Actor.PROVIDER,
        by=by,
        at=at,
        procedure=mandate.procedure,
        digest=digest,
        data={"mandate": mandate.pk, "organisation": mandate.organisation},
    )
