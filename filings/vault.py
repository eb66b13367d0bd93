"""The sealed vault: access to the service that a provider hands over for the technical test.

GAI 19 asks providers to give technical support; today passwords travel by hand. Here they
are encrypted as personal values are, end by a date, and every opening leaves a record.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from filings import events, gates, policy, rulesets, sealed
from filings.dossier.problems import Problem, Severity
from filings.lifecycle import Actor
from filings.models import AccessRecord, SealedValue, VaultDeposit, VaultOpening

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from filings.models import Filing, Posting, Procedure
    from portal.models import User

# What a deposit may say; only ``secret`` and ``address`` are asked of everybody.
PARTS = ("address", "account", "secret", "notes")
MOST_STANDING = 10
LONGEST = dt.timedelta(days=366)
READY = "service.test_from"
MISSING = "vault.missing"
BASIS = "GAI 19"
End = VaultDeposit.End


class Closed(Exception):
    """The deposit ended: replaced, withdrawn, expired, or its procedure is over."""


@dataclass(frozen=True, slots=True)
class Access:
    """What a deposit says, in plain text: shown once, kept nowhere. Its ``repr`` tells nothing."""

    address: str
    account: str
    secret: str
    notes: str

    def __repr__(self) -> str:
        return "Access(…)"


def problems(procedure: Procedure, content: Mapping[str, Any], entity: Mapping[str, Any]) -> list[Problem]:
    """A word to whoever has handed over no access: without it the technical test cannot begin. Never blocks."""
    if is_deposited(procedure, on=timezone.localdate()):
        return []
    said = _("No access for the technical test is deposited. Hand it over before the test begins.")
    return [Problem(READY, said, cites=(BASIS,), severity=Severity.LOOK, rule=MISSING)]


def is_deposited(procedure: Procedure, *, on: dt.date) -> bool:
    """Whether access for the test stands on that day."""
    return procedure.deposits.filter(ended_at__isnull=True, expires_on__gte=on).exists()


def says_missing(*, path: str, legal_basis: str) -> bool:
    """Whether a kept remark is the one of ``problems``, which a deposit settles."""
    return (path, legal_basis) == (READY, BASIS)


def takes(filing: Filing) -> bool:
    """Whether a filing of this kind passes a technical test, and so has a vault."""
    return filing.kind in rulesets.MEASURED


@sensitive_variables("access")
@transaction.atomic
def deposit(
    *,
    procedure: Procedure,
    kind: str,
    scope: str,
    access: Mapping[str, str],
    expires_on: dt.date,
    by: User,
    at: dt.datetime,
    replaces: VaultDeposit | None = None,
) -> VaultDeposit:
    """Seal one access until a day; with ``replaces`` the earlier one ends and is erased.

    Raises PermissionDenied, ValidationError naming the field, Closed when what it replaces ended.
    """
    policy.require(takes(procedure.filing) and policy.may_deposit(by, procedure))
    today = timezone.localdate(at)
    _check(procedure, access, expires_on, today=today, replaces=replaces)
    plain = json.dumps({part: access.get(part, "").strip() for part in PARTS}, ensure_ascii=False)
    row = sealed.seal(
        entity=procedure.filing.entity, kind=SealedValue.Kind.TEST_ACCESS, value=plain, by=by, at=at
    )  # fmt: skip
    if replaces is not None:
        _end(_locked(replaces), End.REPLACED, side=Actor.PROVIDER, by=by, at=at)
    made = VaultDeposit.objects.create(
        procedure=procedure,
        kind=kind,
        scope=scope,
        sealed=row,
        expires_on=expires_on,
        deposited_by=by,
        deposited_at=at,
        replaces=replaces,
    )
    _record(made, "vault.replaced" if replaces else "vault.deposited", side=Actor.PROVIDER, by=by, at=at)
    return made


@transaction.atomic
def withdraw(*, deposit: VaultDeposit, by: User, at: dt.datetime) -> VaultDeposit:
    """Take a deposit back and erase it. Raises PermissionDenied, Closed."""
    policy.require(policy.may_deposit(by, deposit.procedure))
    row = _locked(deposit)
    _end(row, End.WITHDRAWN, side=Actor.PROVIDER, by=by, at=at)
    _record(row, "vault.withdrawn", side=Actor.PROVIDER, by=by, at=at)
    return row


@transaction.atomic
def open_deposit(*, deposit: VaultDeposit, by: User, posting: Posting, reason: str, at: dt.datetime) -> Access:
    """Show an officer what a deposit says, and record who, when and why before it is read.

    The caller has made sure that the officer holds the test. Raises ValidationError without
    a reason, Closed.
    """
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": _("Say why you need the access; nothing was shown.")})
    row = _locked(deposit)
    if row.ended_at is not None or row.expires_on < timezone.localdate(at):
        raise Closed(str(row.pk))
    filing = row.procedure.filing
    record = AccessRecord.objects.create(
        at=at,
        actor=by,
        posting=posting,
        action=AccessRecord.Action.REVEAL,
        entity_id=filing.entity_id,
        filing=filing,
        subject=f"{row.kind} {row.pk}: {reason}"[:200],
    )
    VaultOpening.objects.create(
        deposit=row, record=record, authority_id=posting.authority_id, reason=reason[:200], opened_at=at
    )
    _record(row, "vault.opened", side=Actor.OFFICER, by=by, at=at, posting=posting)
    return _read(row)


def masked(deposit: VaultDeposit) -> str:
    """Enough of the account, or of the key, to recognise it; empty once it ended."""
    if deposit.ended_at is not None or deposit.sealed.ciphertext is None:
        return ""
    access = _read(deposit)
    return sealed.mask(access.account or access.secret)


def expire_due(*, at: dt.datetime, most: int = 500) -> int:
    """End and erase what is past its day; returns how many. Twice is harmless."""
    with transaction.atomic():
        due = VaultDeposit.objects.filter(ended_at__isnull=True, expires_on__lt=timezone.localdate(at))
        rows = due.select_for_update(skip_locked=True, of=("self",)).select_related("sealed", "procedure__filing")
        return _end_all(rows.order_by("pk")[:most], End.EXPIRED, kind="vault.expired", at=at)


@transaction.atomic
def close(*, procedure: Procedure, at: dt.datetime) -> int:
    """End and erase all deposits of a procedure that is over; returns how many."""
    rows = VaultDeposit.objects.filter(procedure=procedure, ended_at__isnull=True)
    locked = rows.select_for_update(of=("self",)).select_related("sealed", "procedure__filing").order_by("pk")
    return _end_all(locked, End.CLOSED, kind="vault.closed", at=at)


def _end_all(rows: Iterable[VaultDeposit], how: End, *, kind: str, at: dt.datetime) -> int:
    done = 0
    for row in rows:
        _end(row, how, side=Actor.SYSTEM, by=None, at=at)
        _record(row, kind, side=Actor.SYSTEM, by=None, at=at)
        done += 1
    return done


def _check(
    procedure: Procedure,
    access: Mapping[str, str],
    expires_on: dt.date,
    *,
    today: dt.date,
    replaces: VaultDeposit | None,
) -> None:
    for part in ("address", "secret"):
        if not access.get(part, "").strip():
            raise ValidationError({part: _("Fill this in: without it nobody can sign in to test.")})
    if not today < expires_on <= today + LONGEST:
        raise ValidationError({"expires_on": _("Choose a day after today and within a year.")})
    if replaces is None and procedure.deposits.filter(ended_at__isnull=True).count() >= MOST_STANDING:
        raise ValidationError(_("Ten deposits stand already: replace or withdraw one of them."))


def _locked(deposit: VaultDeposit) -> VaultDeposit:
    rows = VaultDeposit.objects.select_for_update(of=("self",))
    return rows.select_related("sealed", "procedure__filing__entity").get(pk=deposit.pk)


def _end(row: VaultDeposit, how: End, *, side: Actor, by: User | None, at: dt.datetime) -> None:
    if row.ended_at is not None:
        raise Closed(str(row.pk))
    row.ended_at, row.ended_as = at, how
    row.save(update_fields=["ended_at", "ended_as"])
    sealed.erase(sealed=row.sealed, by=by, at=at, side=side)


@sensitive_variables()
def _read(row: VaultDeposit) -> Access:
    said: dict[str, Any] = json.loads(sealed.reveal(row.sealed))
    return Access(**{part: str(said.get(part, "")) for part in PARTS})


def _record(
    row: VaultDeposit,
    kind: str,
    *,
    side: Actor,
    by: User | None,
    at: dt.datetime,
    posting: Posting | None = None,
) -> None:
    data = {"deposit": str(row.pk), "what": row.kind, "scope": row.scope, "expires_on": row.expires_on.isoformat()}
    events.record(kind, side=side, by=by, posting=posting, at=at, procedure=row.procedure, data=data)


gates.register("vault", rulesets.MEASURED, problems)
