"""Data sets that public bodies offer, and applications for them (Generative AI Measures, art. 6(2))."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from filings import events, matters, names, policy
from filings.lifecycle import Actor
from filings.matter_lifecycle import MatterKind, MatterStatus
from filings.models import DataGrade, DataRequest, DataSet, EntityVersion, Matter
from filings.transitions import TransitionNotAllowed, move_matter

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet

    from filings.models import Entity
    from portal.models import User

PUBLIC_BODIES = ("public_institution", "government")
LIVE = (MatterStatus.APPLIED, MatterStatus.CONSENTED)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a body says of a data set that it offers."""

    title: str
    description: str
    source: str
    licence: str
    data_class: str
    size: str
    contact: str
    wished_grade: str


def is_public_body(entity: Entity) -> bool:
    """Whether the last verified version of the profile says that it is a government body or public institution."""
    verified = entity.versions.filter(status=EntityVersion.Status.VERIFIED).order_by("-number")
    told = verified.values_list("content__basic__entity_type", flat=True).first()
    return told in PUBLIC_BODIES


def published() -> QuerySet[DataSet]:
    """The catalogue, newest first."""
    rows = DataSet.objects.filter(matter__status=MatterStatus.PUBLISHED)
    return rows.select_related("matter__entity").order_by("-matter_id")


def search(text: str, *, grade: str = "", data_class: str = "", before: int | None = None) -> QuerySet[DataSet]:
    """What the catalogue holds of those words, of that grade and class, after the row with that key."""
    rows = published()
    for term in names.terms(text)[:6]:
        rows = rows.filter(haystack__contains=term)
    if grade in DataGrade.values:
        rows = rows.filter(grade=grade)
    if data_class:
        rows = rows.filter(data_class=data_class)
    return rows.filter(matter_id__lt=before) if before is not None else rows


@transaction.atomic
def draft(*, entity: Entity, terms: Terms, by: User, at: dt.datetime) -> DataSet:
    """Draft an offer, seen by nobody else. Raises PermissionDenied for who is no public body or may not write."""
    if not is_public_body(entity) or not policy.may_edit_entity(by, entity):
        raise PermissionDenied
    matter = matters.open_matter(
        kind=MatterKind.DATASET, title=terms.title, side=Actor.PROVIDER, by=by, at=at, entity=entity,
        region_code=entity.region_code, authority=matters.authority_over(entity.region_code), told_provider=True,
        turn=Matter.Turn.PROVIDER,
    )  # fmt: skip
    return DataSet.objects.create(matter=matter, haystack=_haystack(entity, terms), **_columns(terms))


@transaction.atomic
def edit(*, dataset: DataSet, terms: Terms, by: User, at: dt.datetime) -> DataSet:
    """Put a draft, or what was returned, right. Raises TransitionNotAllowed once it is offered."""
    dataset = _locked(dataset)
    entity = _theirs(dataset.matter, by)
    if dataset.matter.status not in (MatterStatus.DRAFT, MatterStatus.RETURNED):
        raise TransitionNotAllowed("edit", dataset.matter.status)
    for name, value in _columns(terms).items():
        setattr(dataset, name, value)
    dataset.haystack = _haystack(entity, terms)
    dataset.save()
    dataset.matter.title = terms.title[:200]
    dataset.matter.save(update_fields=["title"])
    events.record("matter.dataset.edited", side=Actor.PROVIDER, by=by, at=at, matter=dataset.matter)
    return dataset


@transaction.atomic
def offer(*, dataset: DataSet, by: User, at: dt.datetime) -> None:
    """Hand it to the authority of the region, first or again."""
    dataset = _locked(dataset)
    _theirs(dataset.matter, by)
    move = "offer" if dataset.matter.status == MatterStatus.DRAFT else "offer_again"
    move_matter(
        dataset.matter, move, side=Actor.PROVIDER, by=by, at=at, changes={"turn": Matter.Turn.AUTHORITY}
    )  # fmt: skip


@transaction.atomic
def withdraw(*, dataset: DataSet, by: User, at: dt.datetime) -> None:
    """Take it out of the catalogue; open applications are refused with it, consents that were given stand."""
    dataset = _locked(dataset)
    _theirs(dataset.matter, by)
    move_matter(dataset.matter, "withdraw", side=Actor.PROVIDER, by=by, at=at)
    for request in dataset.requests.filter(matter__status=MatterStatus.APPLIED).select_related("matter"):
        _end(request, "refuse", text=str(_("The data set was withdrawn from the catalogue.")), by=by, at=at)


@transaction.atomic
def apply(*, dataset: DataSet, entity: Entity, purpose: str, handling: str, by: User, at: dt.datetime) -> DataRequest:
    """An entity applies for what is open on application; the offering body is told.

    Raises PermissionDenied for who may not write for it, ValidationError where there is nothing to apply for.
    """
    if not policy.may_edit_entity(by, entity):
        raise PermissionDenied
    dataset = _locked(dataset)
    _check_open(dataset, entity)
    offered = dataset.matter
    matter = matters.open_matter(
        kind=MatterKind.DATA_REQUEST, title=offered.title, side=Actor.PROVIDER, by=by, at=at, entity=entity,
        region_code=entity.region_code, authority=offered.authority, told_provider=True, turn=Matter.Turn.NOBODY,
        data={"dataset": offered.reference},
    )  # fmt: skip
    request = DataRequest.objects.create(
        matter=matter, dataset=dataset, applicant=entity, purpose=purpose.strip(), handling=handling.strip()
    )
    _tell(request, "applied_for", at=at)
    return request


def _check_open(dataset: DataSet, entity: Entity) -> None:
    offered = dataset.matter
    if offered.status != MatterStatus.PUBLISHED or dataset.grade != DataGrade.APPLICATION:
        raise ValidationError(_("This data set is not open on application now."))
    if offered.entity_id == entity.pk:
        raise ValidationError(_("Your entity offers this data set itself."))
    if DataRequest.objects.filter(dataset=dataset, applicant=entity, ended_at__isnull=True).exists():
        raise ValidationError(_("Your entity has applied for this data set already."))


@transaction.atomic
def consent(*, request: DataRequest, text: str, by: User, at: dt.datetime) -> None:
    """The offering body lets the applicant use the data set, on the conditions in ``text``."""
    request = _locked_request(request)
    _offered_by(request, by)
    if request.dataset.matter.status != MatterStatus.PUBLISHED:
        raise TransitionNotAllowed("consent", request.dataset.matter.status)
    said = text.strip()
    move_matter(
        request.matter, "consent", side=Actor.PROVIDER, by=by, at=at,
        changes={"outcome": said, "turn": Matter.Turn.NOBODY},
    )  # fmt: skip
    request.decided_at = at
    request.save(update_fields=["decided_at"])


@transaction.atomic
def refuse(*, request: DataRequest, text: str, by: User, at: dt.datetime) -> None:
    """The offering body refuses, and says why."""
    request = _locked_request(request)
    _offered_by(request, by)
    _end(request, "refuse", text=_said(text), by=by, at=at)


@transaction.atomic
def revoke_consent(*, request: DataRequest, text: str, by: User, at: dt.datetime) -> None:
    """The offering body takes its consent back, and says why: from now on no dossier may cite it."""
    request = _locked_request(request)
    _offered_by(request, by)
    _end(request, "revoke_consent", text=_said(text), by=by, at=at)


@transaction.atomic
def take_back(*, request: DataRequest, by: User, at: dt.datetime) -> None:
    """The applicant takes back what is not decided yet."""
    request = _locked_request(request)
    _theirs(request.matter, by)
    _end(request, "take_back", text="", by=by, at=at)
    _tell(request, "application_taken_back", at=at)


def _end(request: DataRequest, move: str, *, text: str, by: User, at: dt.datetime) -> None:
    move_matter(request.matter, move, side=Actor.PROVIDER, by=by, at=at, changes={"outcome": text})
    request.decided_at, request.ended_at = request.decided_at or at, at
    request.save(update_fields=["decided_at", "ended_at"])


def _tell(request: DataRequest, what: str, *, at: dt.datetime) -> None:
    """Tell the offering body, in the matter that is its own; the person who applied stays unnamed there."""
    events.record(
        f"matter.dataset.{what}", side=Actor.SYSTEM, at=at, matter=request.dataset.matter,
        data={"reference": request.matter.reference},
    )  # fmt: skip


def _said(text: str) -> str:
    if not text.strip():
        raise ValidationError({"text": _("Say why: the applicant reads it.")})
    return text.strip()


def _theirs(matter: Matter, by: User) -> Entity:
    assert matter.entity is not None, "a data set and an application are somebody's"
    policy.require(policy.may_edit_entity(by, matter.entity))
    return matter.entity


def _offered_by(request: DataRequest, by: User) -> Entity:
    return _theirs(request.dataset.matter, by)


def _locked(dataset: DataSet) -> DataSet:
    """The data set under the lock of its matter's row, then its own."""
    matter = Matter.objects.select_for_update(of=("self",)).select_related("entity").get(pk=dataset.matter_id)
    found = DataSet.objects.select_for_update().get(pk=dataset.pk)
    found.matter = matter
    return found


def _locked_request(request: DataRequest) -> DataRequest:
    """In one order: the data set first, then the application."""
    dataset = _locked(request.dataset)
    matter = Matter.objects.select_for_update(of=("self",)).select_related("entity").get(pk=request.matter_id)
    found = DataRequest.objects.select_for_update().get(pk=request.pk)
    found.matter, found.dataset = matter, dataset
    return found


def _columns(terms: Terms) -> dict[str, str]:
    return {name: value.strip() for name, value in asdict(terms).items() if name != "title"}


def _haystack(entity: Entity, terms: Terms) -> str:
    return names.haystack(terms.title, entity.name, terms.description)
