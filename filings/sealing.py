"""Lock for signature: fix the digest, let the responsible people confirm, void on any edit."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from filings import events, gates, links, policy, sealed
from filings.dossier import canonical, completeness, document
from filings.entities import attachment_ids
from filings.lifecycle import Actor, ProcedureStatus
from filings.models import (
    Attachment,
    Capacity,
    Change,
    Confirmation,
    Dossier,
    MemberRole,
    Membership,
    Purpose,
    SealedValue,
    Sealing,
)
from filings.transitions import TransitionNotAllowed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filings.access import Visitor
    from filings.dossier.problems import Problem
    from filings.models import EntityVersion, Procedure
    from portal.models import User

LINK_DAYS = 14
LINKS = "filings.confirmation"
MOST_ATTEMPTS = 5
MOST_TRIES = 10  # of one person in one procedure, whatever the number of links
MOST_LINKS_A_DAY = 10  # mailed for one person in one procedure


class NotReady(Exception):
    """The dossier has blocking problems; they are in ``problems``."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


class TooManyLinks(Exception):
    """No further link goes to a person; the text says why, and what to do."""


class LinkRefused(Exception):
    """A confirmation link that is wrong, expired, used or blocked; the text says which."""


class AgentsCannotConfirm(Exception):
    """The address is an agent's: only the responsible people confirm, each for themselves."""


class WrongPerson(Exception):
    """Name or last four characters do not match; ``left`` tries remain on this link, ``confirmation``."""

    def __init__(self, confirmation: Confirmation, left: int) -> None:
        super().__init__(left)
        self.confirmation = confirmation
        self.left = left


def check(dossier: Dossier) -> list[Problem]:
    """Everything that keeps the dossier from being locked, and what deserves a second look."""
    version = dossier.entity_version
    profile = version.content if version else {}
    found = completeness.problems(dossier.procedure.filing.kind, dossier.content, profile)
    return found + gates.problems(dossier.procedure, dossier.content, profile)


def compose(dossier: Dossier, *, version: EntityVersion) -> dict[str, Any]:
    """The document that is frozen: answers that apply, the cited entity version, every attachment."""
    procedure = dossier.procedure
    filing = procedure.filing
    content = document.pruned(filing.kind, dossier.content, version.content)
    cited = attachment_ids(content) | attachment_ids(version.content)
    files = Attachment.objects.filter(entity=version.entity_id, pk__in=cited).order_by("pk")
    return {
        "kind": filing.kind,
        "schema": dossier.schema_version,
        "filing": {"id": filing.pk, "procedure": procedure.pk, "purpose": procedure.purpose, **_of_change(procedure)},
        "round": procedure.round + 1,
        "entity": {
            "code": version.entity.code,
            "version": version.number,
            "digest": version.digest,
            "content": version.content,
        },
        "content": content,
        "attachments": [
            {
                "attachment": str(f.pk),
                "name": f.name,
                "type": f.media_type,
                "size": f.size,
                "sha256": f.sha256,
            }
            for f in files
        ],
    }


def _of_change(procedure: Procedure) -> dict[str, Any]:
    """Since when a change is, and the digest of what it is read against; both are signed with it."""
    change = Change.objects.filter(procedure=procedure).select_related("base").first()
    if change is None:
        return {}
    return {"base": change.base.digest, "changed_on": change.changed_on.isoformat() if change.changed_on else ""}


@transaction.atomic
def lock(*, procedure: Procedure, by: User, at: dt.datetime) -> Sealing:
    """Fix the digest of a complete dossier. Raises NotReady with what is missing, TransitionNotAllowed.

    The declaration and the official papers are made from exactly these bytes.
    """
    dossier = (
        Dossier.objects.select_for_update(of=("self", "procedure"))
        .select_related("procedure__filing__entity", "entity_version__entity")
        .get(procedure=procedure)
    )
    if dossier.procedure.status not in ProcedureStatus.editable or dossier.procedure.purpose == Purpose.TRANSFER:
        raise TransitionNotAllowed("lock", dossier.procedure.status)
    blocking = [p for p in check(dossier) if p.is_blocking]
    version = dossier.entity_version
    if blocking or version is None or dossier.to_reread:
        raise NotReady(blocking)
    void(procedure=procedure, by=by, at=at, reason="locked_again")
    # A save that waits for this transaction must find the dossier moved on (drafts.SAVE_AS_READ).
    Dossier.objects.filter(pk=dossier.pk).update(updated_at=F("updated_at") + dt.timedelta(microseconds=1))
    frozen = canonical.canonical_bytes(compose(dossier, version=version))
    sealing = Sealing.objects.create(
        procedure=procedure,
        round=procedure.round + 1,
        document=frozen,
        digest=canonical.digest(frozen),
        schema_version=dossier.schema_version,
        entity_version=version,
        made_by=by,
        made_at=at,
    )
    events.record(
        "sealing.made",
        side=Actor.PROVIDER,
        by=by,
        at=at,
        procedure=dossier.procedure,
        digest=sealing.digest,
    )
    return sealing


def standing(procedure: Procedure) -> Sealing | None:
    """The lock that is neither voided nor used, if any."""
    return (
        Sealing.objects.standing()
        .filter(procedure=procedure)
        .select_related("entity_version", "made_by")
        .defer("document", "entity_version__document")
        .first()
    )


def void(*, procedure: Procedure, by: User, at: dt.datetime, reason: str) -> bool:
    """Void a standing lock, if there is one; its links stop working. True when it did."""
    voided = Sealing.objects.standing().filter(procedure=procedure).update(voided_at=at, void_reason=reason)
    if voided:
        events.record(
            "sealing.voided",
            side=Actor.PROVIDER,
            by=by,
            at=at,
            procedure=procedure,
            data={"reason": reason},
        )
    return bool(voided)


def signers(version: EntityVersion) -> list[tuple[list[str], str, str]]:
    """Who has to confirm: capacities, name, and the sealed identity number's id.

    One person in both capacities confirms once: same name and same identity number.
    """
    people = [
        (capacity, version.content.get(section, {}))
        for capacity, section in (
            (Capacity.LEGAL_REPRESENTATIVE.value, "legal_representative"),
            (Capacity.SAFETY_OFFICER.value, "safety_officer"),
        )
    ]
    found = [
        ([capacity], str(facts.get("name", "")), str(facts.get("document_number", {}).get("sealed", "")))
        for capacity, facts in people
    ]
    (one, name, number), (other, other_name, other_number) = found
    if name == other_name and (number == other_number or _same_value(number, other_number)):
        return [(one + other, name, number)]
    return found


def _same_value(one: str, other: str) -> bool:
    rows = list(SealedValue.objects.filter(pk__in=[v for v in (one, other) if v], erased_at__isnull=True))
    return len(rows) == 2 and len({sealed.reveal(row) for row in rows}) == 1


@transaction.atomic
def invite(*, sealing: Sealing, emails: dict[str, str], by: User, at: dt.datetime) -> list[Confirmation]:
    """Make one one-time link a person who has not confirmed; a delivery mails it.

    ``emails`` maps a capacity to the address that an owner entered. Earlier unused links
    of the same capacities stop working. Raises AgentsCannotConfirm, and TooManyLinks before
    anything is sent.
    """
    _keep_agents_out(sealing, emails.values())
    sent = _links_in(sealing.procedure)
    made, stale = [], []
    for capacities, name, number in signers(sealing.entity_version):
        email = next((emails[c] for c in capacities if emails.get(c)), "")
        earlier = [each for each in sent if each.sealing_id == sealing.pk and set(each.capacities) & set(capacities)]
        if not email or any(each.confirmed_at for each in earlier):
            continue
        _refuse_further(_of_person(sent, name, number), name, at=at)
        stale += earlier
        made.append(_link(sealing, capacities, name, email, by=by, at=at))
    if stale:
        Confirmation.objects.filter(pk__in=[each.pk for each in stale], confirmed_at=None).update(expires_at=at)
    Confirmation.objects.bulk_create(made)
    if made:
        events.record(
            "sealing.invited",
            side=Actor.PROVIDER,
            by=by,
            at=at,
            procedure=sealing.procedure,
            digest=sealing.digest,
            data={"confirmations": [c.pk for c in made]},
        )
    return made


def _link(sealing: Sealing, capacities: list[str], name: str, email: str, *, by: User, at: dt.datetime) -> Confirmation:
    nonce = secrets.token_hex(16)
    return Confirmation(
        sealing=sealing,
        capacities=capacities,
        person_name=name,
        email=email,
        nonce=nonce,
        token_digest=links.digest(links.tokens(LINKS, nonce)[0]),
        sent_by=by,
        sent_at=at,
        expires_at=at + dt.timedelta(days=LINK_DAYS),
    )


def _refuse_further(sent: list[Confirmation], name: str, *, at: dt.datetime) -> None:
    if sum(each.attempts for each in sent) >= MOST_TRIES:
        said = _(
            "%(name)s was entered wrongly %(count)d times, so no further link is sent. Compare name and identity "
            "number in the entity's profile with the identity paper, and enter the number there anew."
        )
        raise TooManyLinks(said % {"name": name, "count": MOST_TRIES})
    if sum(each.sent_at > at - dt.timedelta(days=1) for each in sent) >= MOST_LINKS_A_DAY:
        said = _("%(name)s was sent %(count)d links within a day. Send the next one tomorrow.")
        raise TooManyLinks(said % {"name": name, "count": MOST_LINKS_A_DAY})


def _links_in(procedure: Procedure) -> list[Confirmation]:
    """Every link sent in a procedure, through whichever of its locks."""
    rows = Confirmation.objects.filter(sealing__procedure=procedure).select_related("sealing__entity_version")
    return list(rows.defer("sealing__document", "sealing__entity_version__document"))


def _of_person(sent: list[Confirmation], name: str, number: str) -> list[Confirmation]:
    """The links of one person.

    ``number`` is the sealed identity number's id: a number entered anew, which only somebody can
    who knows it, begins anew.
    """
    return [each for each in sent if each.person_name == name and _number_of(each) == number]


def _number_of(confirmation: Confirmation) -> str:
    """The id of the sealed identity number against which a link is confirmed."""
    known = signers(confirmation.sealing.entity_version)
    return next(number for capacities, _name, number in known if capacities[0] == confirmation.capacities[0])


def _tries_left(confirmation: Confirmation) -> int:
    """Of the link and of the person, whichever is less."""
    sent = _links_in(confirmation.sealing.procedure)
    of_person = _of_person(sent, confirmation.person_name, _number_of(confirmation))
    left = MOST_TRIES - sum(each.attempts for each in of_person)
    return max(0, min(MOST_ATTEMPTS - confirmation.attempts, left))


def _keep_agents_out(sealing: Sealing, emails: Iterable[str]) -> None:
    """A trigger says the same for writers that do not come through here."""
    agents = Membership.objects.filter(entity=sealing.procedure.filing.entity_id, agency__isnull=False)
    if agents.filter(user__email__in=[email.strip().lower() for email in emails if email]).exists():
        raise AgentsCannotConfirm


def token_of(confirmation: Confirmation) -> str:
    """The token of a link, for the mail that carries it; never stored, never logged.

    Raises LinkRefused when the installation's secret was changed meanwhile and its fallbacks dropped.
    """
    token = links.matching(LINKS, confirmation.nonce, stored=confirmation.token_digest)
    if token is None:
        raise LinkRefused(_("This link has expired. Ask the sender for a new one."))
    return token


def open_link(token: str, *, at: dt.datetime, by: Visitor | None = None, is_held: bool = False) -> Confirmation:
    """The confirmation behind a link. Raises LinkRefused, saying what to do.

    ``by`` is whoever opens it: nobody need be signed in, but an agent raises AgentsCannotConfirm.
    ``is_held`` waits for whoever is trying the link now and keeps its row until the transaction ends.
    """
    rows = Confirmation.objects.select_related("sealing__procedure__filing__entity", "sealing__entity_version")
    rows = rows.defer("sealing__document", "sealing__entity_version__document")
    if is_held:
        rows = rows.select_for_update(of=("self",))
    confirmation = rows.filter(token_digest=links.digest(token)).first()
    if confirmation is None:
        raise LinkRefused(_("This link is not known. Check that it was copied whole."))
    if by is not None and policy.member_role(by, confirmation.sealing.procedure.filing.entity) == MemberRole.AGENT:
        raise AgentsCannotConfirm
    if not confirmation.confirmed_at:
        _refuse_dead(confirmation, at=at)
    return confirmation


def _refuse_dead(confirmation: Confirmation, *, at: dt.datetime) -> None:
    """Raise LinkRefused unless the link may still be confirmed."""
    sealing = confirmation.sealing
    if sealing.voided_at:
        raise LinkRefused(_("The dossier was changed after this link was sent. You will receive a new link."))
    if sealing.used_at or sealing.procedure.status not in ProcedureStatus.editable:
        raise LinkRefused(_("The dossier has already been submitted or closed."))
    if confirmation.expires_at <= at:
        raise LinkRefused(_("This link has expired. Ask the sender for a new one."))
    if not _tries_left(confirmation):
        raise LinkRefused(_("Too many wrong entries. Ask the sender for a new link."))


def confirm(*, token: str, name: str, last_four: str, at: dt.datetime, by: Visitor | None = None) -> Confirmation:
    """Record a person's confirmation of exactly this digest.

    Raises LinkRefused, or WrongPerson after counting the try.
    """
    with transaction.atomic():
        confirmation = open_link(token, at=at, by=by, is_held=True)
        if confirmation.confirmed_at:
            return confirmation
        number = _number_of(confirmation)
        row = SealedValue.objects.filter(pk=number).first() if number else None
        is_person = "".join(name.split()) == "".join(confirmation.person_name.split())
        if not (is_person and row is not None and sealed.last_four_match(row, last_four)):
            confirmation.attempts += 1
            confirmation.save(update_fields=["attempts"])
            left = _tries_left(confirmation)
        else:
            left = -1
            confirmation.confirmed_at = at
            confirmation.confirmed_digest = confirmation.sealing.digest
            confirmation.save(update_fields=["confirmed_at", "confirmed_digest"])
            events.record(
                "sealing.confirmed",
                side=Actor.PROVIDER,
                at=at,
                procedure=confirmation.sealing.procedure,
                digest=confirmation.sealing.digest,
                data={"capacities": confirmation.capacities},
            )
    if left >= 0:
        raise WrongPerson(confirmation, left)
    return confirmation


def missing_confirmations(sealing: Sealing) -> list[str]:
    """Capacities that nobody has confirmed yet."""
    have = {
        capacity
        for capacities in sealing.confirmations.filter(confirmed_at__isnull=False).values_list("capacities", flat=True)
        for capacity in capacities
    }
    return [c for c in Capacity.values if c not in have]
