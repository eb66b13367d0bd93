"""What people read: three names of a status, whose turn it is, what is next, one sentence an event.

A status has one name for the provider, one for staff and one for the public, so that no
page shows an inner state to somebody whom it does not concern: to a provider, a filing
that awaits its signature is in review.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from filings import purposes, tracks
from filings.lifecycle import FilingStanding, ProcedureStatus
from filings.models import Capacity, Procedure, Purpose, Region

if TYPE_CHECKING:
    from filings.dossier.facts import Answers
    from filings.models import EntityVersion, Filing, Posting

P, F = ProcedureStatus, FilingStanding


@dataclass(frozen=True, slots=True)
class Status:
    """A state in words. ``meaning`` is one of done, waiting, attention, stopped or "" (neutral)."""

    text: str
    meaning: str = ""
    note: str = ""

    def __str__(self) -> str:
        if not self.note:
            return self.text
        return _("%(status)s (%(note)s)") % {"status": self.text, "note": self.note}


def is_chinese() -> bool:
    """Whether the reader reads Chinese."""
    return (get_language() or "").startswith("zh")


def day(value: dt.date | None) -> str:
    """A day as people write it: 2026年11月23日, 23 November 2026; "" for none."""
    if value is None:
        return ""
    return date_format(value, "Y年n月j日" if is_chinese() else "j F Y")


def stage(procedure: Procedure) -> str:
    """The public name of the stage where the procedure stands."""
    return procedure.stage_name_zh if is_chinese() else procedure.stage_name_en


def regions(*profiles: Answers) -> dict[str, str]:
    """The full names of the places that entities' profiles give by code, in one query."""
    codes = {str(profile.get("basic", {}).get("region", "")) for profile in profiles} - {""}
    return dict(Region.objects.filter(code__in=codes).values_list("code", "full_name")) if codes else {}


def authority(posting: Posting | None) -> str:
    """The office an officer acted for, in the reader's language."""
    if posting is None:
        return _("the authority")
    office = posting.authority
    return office.name_zh if is_chinese() else office.name_en


def for_provider(procedure: Procedure, *, findings: int | None = None, unconfirmed: list[str] | None = None) -> Status:
    """What the provider reads.

    ``findings`` is how many stand when it must rectify; ``unconfirmed`` are the capacities whose
    confirmation a lock for signature still waits for, None when nothing is locked.
    """
    if ended := _ended(procedure):
        return ended
    match procedure.status:
        case P.DRAFT if unconfirmed is not None:
            return _locked(unconfirmed)
        case P.DRAFT if procedure.purpose == Purpose.TRANSFER:
            return Status(_("Awaiting the receiving entity's consent"), "waiting")
        case P.DRAFT:
            return Status(_("Being filled in"), "waiting")
        case P.SUBMITTED:
            return Status(_("Submitted, automatic checks are running"))
        case P.IN_REVIEW | P.AWAITING_SIGNATURE:
            return Status(_("In review"), note=_review_note(procedure))
        case P.RECTIFYING:
            return Status(_("Please rectify"), "attention", _rectify_note(procedure, findings))
        case P.GRANTED:
            return _granted(procedure.filing)
        case P.DECLINED:
            return Status(_("Filing declined"), "stopped", procedure.decision_reasons)
    return _closed(procedure)


def _ended(procedure: Procedure) -> Status | None:
    """The final status of a procedure that is no first filing, with the number or the reasons."""
    known = purposes.ENDED.get(procedure.purpose, {}).get(procedure.status)
    if known is None:
        return None
    note = procedure.decision_reasons if procedure.status == P.DECLINED else procedure.filing.number or ""
    return Status(str(known[0]), known[1], note)


def capacities(codes: list[str]) -> str:
    """The capacities in which people confirm, as a list in words."""
    return _(", ").join(str(Capacity(code).label) for code in codes)


def _locked(unconfirmed: list[str]) -> Status:
    if not unconfirmed:
        return Status(_("Ready to submit"), "waiting")
    return Status(_("Awaiting confirmation"), "waiting", capacities(unconfirmed))


def _review_note(procedure: Procedure) -> str:
    """The stage and the day by which the authority has to answer."""
    if procedure.due_on is None:
        return stage(procedure)
    known = {"stage": stage(procedure), "date": day(procedure.due_on)}
    if not tracks.limits(procedure.filing.kind, procedure.purpose):
        return _("%(stage)s, service standard %(date)s") % known
    if not known["stage"]:
        return _("answer due by %(date)s") % known
    return _("%(stage)s, answer due by %(date)s") % known


def _rectify_note(procedure: Procedure, findings: int | None) -> str:
    date = day(procedure.rectify_by)
    if findings is None:
        return _("due %(date)s") % {"date": date} if date else ""
    counted = ngettext("%(count)d finding, due %(date)s", "%(count)d findings, due %(date)s", findings)
    return counted % {"count": findings, "date": date}


def _granted(filing: Filing) -> Status:
    if filing.standing == F.CANCELLED:
        return Status(_("Cancelled"), "stopped", filing.number or "")
    if filing.standing == F.REVOKED:
        return Status(_("Filing revoked"), "stopped", filing.number or "")
    return Status(_("Filed"), "done", filing.number or "")


def _closed(procedure: Procedure) -> Status:
    if procedure.status == P.WITHDRAWN:
        return Status(_("Withdrawn"))
    return Status(_("Not rectified in time, closed"), "stopped")


def for_staff(procedure: Procedure, *, officer: str = "") -> Status:
    """What officers read; ``officer`` is who works on it."""
    if ended := _ended(procedure):
        return ended
    match procedure.status:
        case P.DRAFT:
            return Status(_("Draft"))
        case P.SUBMITTED:
            return Status(_("Awaiting automatic checks"), "waiting")
        case P.IN_REVIEW:
            return Status(_("In review"), "waiting", " · ".join(part for part in (stage(procedure), officer) if part))
        case P.RECTIFYING:
            return Status(_("Provider rectifies"))
        case P.AWAITING_SIGNATURE:
            return Status(_("Awaiting signature"), "waiting")
        case P.GRANTED:
            return _granted(procedure.filing)
        case P.DECLINED:
            return Status(_("Filing declined"), "stopped")
    return _closed(procedure)


def for_public(filing: Filing) -> Status | None:
    """What everybody reads; None while, or if never, registered: the public is told nothing."""
    known = {
        F.REGISTERED: Status(_("Filed"), "done"),
        F.CANCELLED: Status(_("Cancelled"), "stopped"),
        F.REVOKED: Status(_("Revoked"), "stopped"),
    }
    return known.get(FilingStanding(filing.standing))


def for_version(version: EntityVersion | None) -> Status:
    """Where the verification of an entity version stands, as its members read it."""
    if version is None:
        return Status(_("Not yet submitted for verification"), "waiting")
    kinds = version.Status
    return {
        kinds.PENDING: Status(_("Awaiting verification")),
        kinds.VERIFIED: Status(_("Verified by an intake officer"), "done"),
        kinds.RETURNED: Status(_("Returned, please put right"), "attention"),
        kinds.SUPERSEDED: Status(_("Replaced by a newer version before verification")),
    }[kinds(version.status)]


def turn(procedure: Procedure) -> str:
    """Whose turn it is, to the provider."""
    return {
        Procedure.Turn.PROVIDER: _("Your turn"),
        Procedure.Turn.AUTHORITY: _("With the authority"),
        Procedure.Turn.NOBODY: _("Closed"),
    }[Procedure.Turn(procedure.turn)]


def next_date(procedure: Procedure) -> dt.date | None:
    """The next day that matters: to rectify by, or for the authority to answer by."""
    if procedure.status == P.RECTIFYING:
        return procedure.rectify_by
    return procedure.due_on if procedure.status in P.with_authority else None


def next_step(procedure: Procedure, *, unconfirmed: list[str] | None = None) -> str:
    """What happens next, in one sentence or two, to the provider; ``unconfirmed`` as in ``for_provider``."""
    match procedure.status:
        case P.DRAFT if unconfirmed:
            return _("The dossier is locked. Still to confirm: %(people)s. Then an owner submits.") % {
                "people": capacities(unconfirmed)
            }
        case P.DRAFT if unconfirmed is not None:
            return _("Everybody has confirmed. An owner can submit now.")
        case status if said := purposes.NEXT.get(procedure.purpose, {}).get(status):
            return str(said)
        case P.DRAFT:
            return _(
                "Fill in the sections, check them, lock them for signature and let the responsible people confirm. "
                "Then an owner submits."
            )
        case P.SUBMITTED:
            return _("The automatic checks answer within minutes. If the material is complete, the review begins.")
        case P.IN_REVIEW | P.AWAITING_SIGNATURE:
            return _review_next(procedure)
        case P.RECTIFYING:
            return _(
                "Answer or correct every finding and submit again by %(date)s. "
                "If you need more time, ask for a later date before that day."
            ) % {"date": day(procedure.rectify_by)}
        case P.GRANTED:
            return _granted_next(procedure.filing)
        case P.DECLINED:
            return _("The decision letter gives the reasons. You may put things right and start a new filing.")
    return _("Nothing more happens here. You may start a new filing from this one.")


def _review_next(procedure: Procedure) -> str:
    if procedure.due_on is None:
        return _("The authority reviews the material. You need not do anything now.")
    known = {"date": day(procedure.due_on)}
    if not tracks.limits(procedure.filing.kind, procedure.purpose):
        standard = _(
            "The authority reviews the material. Its service standard is to answer by %(date)s; no law sets a day "
            "for this kind. You need not do anything now."
        )
        return standard % known
    return _("The authority reviews the material and answers by %(date)s. You need not do anything now.") % known


def _granted_next(filing: Filing) -> str:
    if filing.standing != F.REGISTERED:
        return _("The entry stays visible in the register, marked as ended.")
    if not tracks.of(filing.kind).displays:
        return _(
            "Show the name and the number prominently or on the product page, where users of the service see them."
        )
    return _("Show the number and a link to the published entry where users of the service see it (ARP 26).")
