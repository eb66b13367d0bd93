"""What exactly will happen when a proposal is signed, told before anybody confirms it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from filings import numbers, publication, wording
from filings.models import ClockPolicy, FilingKind, Installation, NumberSeries, Paper, Purpose, ServiceNumberSeries
from reviews import batches, letters, signing
from reviews.models import Proposal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from filings.models import Procedure, PublicationBatch
    from reviews.models import ReviewTask

Kind = Proposal.Kind
ALTERING = (Purpose.CHANGE, Purpose.TRANSFER)
EVENT_OF = {
    Kind.REGISTER: "procedure.sign_grant",
    Kind.RETURN: "procedure.sign_return",
    Kind.DECLINE: "procedure.sign_decline",
    Kind.LAPSE: "procedure.sign_lapse",
}


@dataclass(frozen=True, slots=True)
class Consequence:
    """One line of the confirmation page. ``is_warning`` for what stands in the way."""

    topic: str
    text: str
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Publication:
    """When a registration may be published: the batches to choose among, and the setting's own choice."""

    batches: Collection[PublicationBatch] = ()
    usual: PublicationBatch | None = None


def publication_of(task: ReviewTask, kind: str, *, at: dt.datetime) -> Publication:
    """What the authority's batches offer for a first registration; at once for anything else."""
    if kind != Kind.REGISTER or task.procedure.purpose != Purpose.FIRST:
        return Publication()
    known: dict[str, Any] = {"authority_id": task.authority_id, "latest_on": task.procedure.due_on, "at": at}
    return Publication(batches.fitting(**known), batches.usual(**known))


def preview(
    *, task: ReviewTask, kind: str, rectify_by: dt.date | None = None, offered: Publication | None = None
) -> list[Consequence]:
    """Status, findings, number, register, letters and clock, for one kind of proposal."""
    lines = [
        Consequence(
            _("At once"),
            _("The proposal goes to a signatory of %(authority)s. Nothing is sent yet.")
            % {"authority": task.authority},
        )
    ]
    match kind:
        case Kind.RETURN:
            lines += _of_return(task, rectify_by)
        case Kind.REGISTER if task.procedure.purpose == Purpose.CANCELLATION:
            lines += of_ending(task.procedure)
        case Kind.REGISTER if task.procedure.purpose in ALTERING:
            lines += _of_altering(task)
        case Kind.DECLINE | Kind.LAPSE if task.procedure.purpose in ALTERING:
            lines += _of_keeping()
        case Kind.REGISTER:
            lines += _of_registration(task, offered or Publication())
        case Kind.DECLINE if task.procedure.purpose == Purpose.CANCELLATION:
            lines.append(Consequence(_("Status"), _("When signed, the filing stays registered, with your reasons.")))
        case Kind.DECLINE | Kind.LAPSE:
            lines += _of_ending(kind, task.procedure.filing.kind)
    lines.append(Consequence(_("Letters"), _letters(kind, task.procedure.purpose)))
    return lines


def of_ending(procedure: Procedure) -> list[Consequence]:
    """What signing a cancellation or a revocation does to the filing, its number, its entry and what is open."""
    is_revoked = procedure.purpose == Purpose.REVOCATION
    others = procedure.filing.procedures.open().exclude(pk=procedure.pk)
    known = {"number": procedure.filing.number or ""}
    lines = [
        Consequence(
            _("Status"),
            _("When signed, the filing is revoked for good.")
            if is_revoked
            else _("When signed, the filing is cancelled for good."),
        ),
        Consequence(_("Number"), _("The number %(number)s is never given again; nothing may be built on it.") % known),
        Consequence(
            _("Register"),
            _("The entry stays and says revoked; a public notice names it.")
            if is_revoked
            else _("The entry stays and says cancelled; a public notice names it."),
        ),
    ]
    lines += [
        Consequence(
            _("Also open"),
            _("%(purpose)s: closed with this signature.") % {"purpose": other.get_purpose_display()},
            is_warning=True,
        )
        for other in others
    ]
    return lines


def of_order(proposal: Proposal) -> list[Consequence]:
    """What signing does to an order: it is told, or lifted, and the register follows."""
    assert proposal.matter is not None, "called for orders"
    order = proposal.matter.order
    is_issued = proposal.kind == Kind.ISSUE
    lines = [
        Consequence(
            _("Order"),
            _("The order is in force at once and told to the provider.")
            if is_issued
            else _("The order is lifted at once; the provider is told."),
        )
    ]
    if order.is_suspension:
        told = _("The entry says from today what is suspended; the filing stays registered.")
        lines.append(
            Consequence(_("Register"), told if is_issued else _("The entry says when the suspension was lifted."))
        )
    return lines


def _of_return(task: ReviewTask, rectify_by: dt.date | None) -> list[Consequence]:
    drafted = task.procedure.findings.filter(sent_at__isnull=True).count()
    lines = [
        Consequence(_("Status"), _("When signed, the procedure is returned to the provider for rectification.")),
        Consequence(
            _("Findings"), _("%(count)s drafted findings are sent to the provider at once.") % {"count": drafted}
        ),
    ]
    if rectify_by:
        lines.append(Consequence(_("Date"), _("The provider has until %(day)s.") % {"day": wording.day(rectify_by)}))
    policy = Installation.objects.values_list("clock_policy", flat=True).first()
    if policy == ClockPolicy.RUN:
        text = _("The clock runs on while the provider rectifies.")
    elif policy == ClockPolicy.RESTART:
        text = _("The clock stops and starts again from day 1 after a complete resubmission.")
    else:
        text = _("The clock pauses until the provider has resubmitted.")
    return [*lines, Consequence(_("Clock"), text)]


def _of_registration(task: ReviewTask, offered: Publication) -> list[Consequence]:
    number = _service_number(task) if task.procedure.filing.kind in FilingKind.services else _algorithm_number(task)
    clock = _("The clock ends with the day of the signature.")
    if offered.batches:
        clock = _("The clock ends with the day of publication.")
    lines = [
        Consequence(_("Status"), _("When signed, the filing is registered and the procedure ends.")),
        Consequence(_("Register"), _published(offered)),
        *number,
        Consequence(_("Clock"), clock),
    ]
    return [*lines, *_in_the_way(task)]


def _published(offered: Publication) -> str:
    if offered.usual is not None:
        text = _("The entry is published with the batch of %(day)s, unless the signatory chooses otherwise.")
        return text % {"day": wording.day(offered.usual.publish_on)}
    if offered.batches:
        return _("The entry is published at once, unless the signatory chooses a batch.")
    return _("The entry is published at once.")


def _in_the_way(task: ReviewTask) -> list[Consequence]:
    lines = []
    if not signing.is_verified(task.submission):
        lines.append(
            Consequence(
                _("Attention"),
                _("The entity has not been verified yet: until an intake officer does so, this cannot be signed."),
                is_warning=True,
            )
        )
    if task.procedure.findings.filter(sent_at__isnull=True).exists():
        lines.append(
            Consequence(_("Attention"), _("There are drafted findings: they would never be sent."), is_warning=True)
        )
    return lines


def _of_altering(task: ReviewTask) -> list[Consequence]:
    """A granted change or transfer: the entry says something new under the number it has."""
    procedure = task.procedure
    status = _("When signed, the change is registered and the procedure ends.")
    if procedure.purpose == Purpose.TRANSFER:
        status = _("When signed, the filing belongs to %(receiver)s; members of %(giver)s no longer see it.") % {
            "receiver": procedure.transfer.receiver.name,
            "giver": procedure.transfer.giver.name,
        }
    return [
        Consequence(_("Status"), status),
        Consequence(_("Number"), _("The number %(number)s stays.") % {"number": procedure.filing.number}),
        Consequence(_("Register"), _("The entry gets a new version at once; what it said before stays readable.")),
        Consequence(_("Clock"), _("The clock ends with the day of the signature.")),
        *_in_the_way(task),
    ]


def _of_keeping() -> list[Consequence]:
    """A change or a transfer that is not granted."""
    return [
        Consequence(_("Status"), _("When signed, this procedure ends; the filing stays registered as it was.")),
        Consequence(_("Register"), _("The entry stays as it is.")),
        Consequence(_("Clock"), _("The clock ends with the day of the signature.")),
    ]


def _algorithm_number(task: ReviewTask) -> list[Consequence]:
    filing = task.procedure.filing
    series = NumberSeries.objects.filter(entity=filing.entity_id, algorithm_class=filing.algorithm_class)
    known = {
        "prefix": numbers.known_prefixes()[-1],
        "region": filing.region_code,
        "class": filing.algorithm_class,
        "next": (series.values_list("last", flat=True).first() or 0) + 1,
    }
    text = _("A number %(prefix)s%(region)s… is allocated: class %(class)s, running number %(next)03d of this entity.")
    return [
        Consequence(_("Number"), text % known),
        Consequence(_("Algorithm name"), _("The algorithm name stays taken nationwide for good.")),
    ]


def _service_number(task: ReviewTask) -> list[Consequence]:
    """The name in the number is the provider's proposal; the signature confirms it."""
    filing = task.procedure.filing
    region, name = filing.region_code[:2], publication.number_name(task.submission)
    series = ServiceNumberSeries.objects.filter(region=region, kind=filing.kind)
    known = {
        "prefix": Installation.objects.values_list("service_prefix", flat=True).first() or "",
        "region": numbers.PINYIN.get(region, ""),
        "name": name,
        "mark": numbers.mark_of(filing.kind),
        "next": (series.values_list("last", flat=True).first() or 0) + 1,
    }
    text = _(
        "The number %(prefix)s%(region)s-%(name)s-… is allocated, with the date of the signature and the running "
        "number %(mark)s%(next)04d of the region. The signature confirms the name %(name)s."
    )
    lines = [
        Consequence(_("Number"), text % known),
        Consequence(_("Name in the number"), _("The name in the number stays taken in the region.")),
    ]
    if numbers.names_taken(region=region, name=name):
        taken = _("The name %(name)s already stands in another number of this region: this cannot be signed.")
        lines.append(Consequence(_("Attention"), taken % known, is_warning=True))
    return lines


def _of_ending(kind: str, filing_kind: str) -> list[Consequence]:
    free = (
        Consequence(_("Name in the number"), _("The name proposed for the number is free again in the region."))
        if filing_kind in FilingKind.services
        else Consequence(_("Algorithm name"), _("The algorithm name is free again."))
    )
    status = (
        _("When signed, the filing is declined with your reasons and the procedure ends.")
        if kind == Kind.DECLINE
        else _("When signed, the procedure is closed as lapsed.")
    )
    return [
        Consequence(_("Status"), status),
        Consequence(_("Number"), _("No number is allocated and nothing is published.")),
        free,
        Consequence(_("Clock"), _("The clock ends with the day of the signature.")),
    ]


def _letters(kind: str, purpose: str) -> str:
    papers = letters.following(EVENT_OF[Kind(kind)])
    if purpose == Purpose.CANCELLATION:  # a certificate follows what is published, and this ends it
        papers = tuple(paper for paper in papers if paper != Paper.Kind.CERTIFICATE)
    labels = ", ".join(str(Paper.Kind(paper).label) for paper in papers)
    return _("Made and told to the provider after the signature: %(papers)s.") % {"papers": labels}
