"""A change 变更 of a registered filing: begun from what is registered, effective only when granted.

Providers file a change within ten working days of it (Algorithm Provisions, art. 24; supporters by
Deep Synthesis Provisions, art. 19; services by Generative AI Measures, art. 17). Until an officer
and a signatory grant it, the filing, its name and its entry stay as registered; a new name is held
from submission, so that nobody else takes it meanwhile.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from filings import annexes, entities, events, gates, naming, rulesets, sealing, tracks, workingdays
from filings.dossier import document, paths
from filings.dossier.classification import Classified, classify, heaviest
from filings.dossier.kinds import KINDS
from filings.dossier.problems import Problem
from filings.lifecycle import Actor, FilingStanding, ProcedureStatus
from filings.models import Change, Dossier, Filing, FilingKind, Procedure, Purpose, Submission
from filings.transitions import TransitionNotAllowed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from filings.models import EntityVersion
    from portal.models import User

LATE_AFTER = 10
RULE = "change"
# What a filing's entry may rest on: the decision that registered it, or changed it last.
REGISTERING = (Purpose.FIRST, Purpose.CHANGE, Purpose.TRANSFER)
# Answers that stand in the number, or make it another filing.
STAYS = {
    "algorithm.algorithm_class": "ARP 24",
    "algorithm.role": "DSP 19",
    "service.number_name": "GAI 17",
}


class NotRegistered(Exception):
    """Only what is registered can be changed or transferred."""


class AnotherIsOpen(Exception):
    """The provider already has another procedure open on this filing; ``procedure`` is it."""

    def __init__(self, procedure: Procedure) -> None:
        super().__init__(procedure.pk)
        self.procedure = procedure


def base_of(filing: Filing) -> Submission:
    """The submission on which the entry of a registered filing rests."""
    granted = Submission.objects.filter(
        procedure__filing=filing, procedure__status=ProcedureStatus.GRANTED, procedure__purpose__in=REGISTERING
    )
    return granted.select_related("entity_version").order_by("-procedure__decided_at", "-procedure", "-round")[0]


def require_free(filing: Filing) -> Filing:
    """The filing under its row lock. Raises NotRegistered, AnotherIsOpen."""
    locked = Filing.objects.select_for_update(of=("self",)).select_related("entity").get(pk=filing.pk)
    if locked.standing != FilingStanding.REGISTERED:
        raise NotRegistered
    begun = locked.procedures.open().filter(opened_by_side=Actor.PROVIDER).first()
    if begun is not None:
        raise AnotherIsOpen(begun)
    return locked


@transaction.atomic
def begin(*, filing: Filing, changed_on: dt.date | None, by: User, at: dt.datetime) -> Procedure:
    """Open a change whose dossier is a copy of what is registered and cites the newest profile.

    A form posted twice finds the change that the first one opened. Raises NotRegistered, AnotherIsOpen.
    """
    try:
        filing = require_free(filing)
    except AnotherIsOpen as found:
        if found.procedure.purpose == Purpose.CHANGE and found.procedure.status == ProcedureStatus.DRAFT:
            return found.procedure
        raise
    base = base_of(filing)
    procedure = Procedure.objects.create(
        filing=filing,
        purpose=Purpose.CHANGE,
        rule_set=rulesets.for_kind(filing.kind, on=timezone.localdate(at)),
        created_at=at,
    )
    Change.objects.create(procedure=procedure, base=base, changed_on=changed_on)
    content = json.loads(bytes(base.document))["content"]
    Dossier.objects.create(
        procedure=procedure,
        schema_version=base.schema_version,
        content=content,
        entity_version=entities.latest_version(filing.entity),
        updated_at=at,
        updated_by=by,
    )
    events.record(
        "change.started", side=Actor.PROVIDER, by=by, at=at, procedure=procedure, data={"base": base.digest}
    )  # fmt: skip
    annexes.ask(procedure=procedure, content=content, by=by, at=at)
    return procedure


@transaction.atomic
def date(*, procedure: Procedure, changed_on: dt.date, by: User, at: dt.datetime) -> Change:
    """Say since when the change is. Voids a lock for signature. Raises TransitionNotAllowed when not editable."""
    procedure = Procedure.objects.select_for_update(of=("self",)).select_related("filing").get(pk=procedure.pk)
    if procedure.status not in ProcedureStatus.editable:
        raise TransitionNotAllowed("date", procedure.status)
    change = Change.objects.select_for_update().get(procedure=procedure)
    if change.changed_on != changed_on:
        change.changed_on = changed_on
        change.save(update_fields=["changed_on"])
        sealing.void(procedure=procedure, by=by, at=at, reason="edited")
    return change


def latest_day(changed_on: dt.date) -> dt.date:
    """The last day on which a change of that day is filed in time (Algorithm Provisions, art. 24)."""
    return workingdays.add(changed_on, LATE_AFTER)


def is_late(changed_on: dt.date | None, *, on: dt.date) -> bool:
    return changed_on is not None and on > latest_day(changed_on)


@lru_cache(maxsize=32)
def _registered(frozen: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    parsed = json.loads(frozen)
    return parsed["content"], parsed["entity"]["content"]


def registered(procedure: Procedure) -> tuple[dict[str, Any], dict[str, Any]]:
    """Dossier and profile on which the entry rests, and against which the change is read."""
    return _registered(bytes(procedure.change.base.document))


def compare(procedure: Procedure, content: Mapping[str, Any], profile: Mapping[str, Any]) -> Classified:
    """What the change alters of what is registered, and how heavy that is."""
    kind = procedure.filing.kind
    old, old_profile = registered(procedure)
    return classify(kind, old, document.pruned(kind, content, profile), old_profile, profile)


def problems(procedure: Procedure, content: Mapping[str, Any], entity: Mapping[str, Any]) -> list[Problem]:
    """The gate: since when, at least one difference, and nothing that stands in the number."""
    if procedure.purpose != Purpose.CHANGE:
        return []
    return list(_problems(procedure, content, entity))


def _problems(procedure: Procedure, content: Mapping[str, Any], entity: Mapping[str, Any]) -> Iterator[Problem]:
    kind = KINDS[procedure.filing.kind]
    cites = (tracks.of(kind.code).files,)
    if procedure.change.changed_on is None:
        text = _("Say since when the change is, on the page of the change.")
        yield Problem(kind.name_path, text, kind.named_in, cites, rule=RULE)
    found = compare(procedure, content, entity)
    if not found.rows:
        yield Problem(
            kind.name_path, _("Nothing differs from what is registered yet."), kind.named_in, cites, rule=RULE
        )
    for row in found.rows:
        if not row.is_of_profile and row.change.path in STAYS:
            text = _("This stands in the number or makes it another filing: it cannot change. File anew instead.")
            yield Problem(row.change.path, text, cites=(STAYS[row.change.path],), rule="change.stays")


def hold(*, procedure: Procedure, submission: Submission, content: Mapping[str, Any]) -> Change:
    """Take over at submission what the change weighs, whether it is late, and hold its new name.

    A change that was heavy once stays so. Raises IntegrityError when another filing holds the name.
    """
    filing = procedure.filing
    change = Change.objects.select_for_update(of=("self",)).select_related("base").get(procedure=procedure)
    procedure.change = change
    weight = compare(procedure, content, submission.entity_version.content).weight
    change.weight = heaviest([change.weight, weight])
    change.is_late = is_late(
        change.changed_on, on=timezone.localdate(procedure.submitted_at or submission.submitted_at)
    )
    change.held_name = _new_name(filing, content)
    change.save(update_fields=["weight", "is_late", "held_name"])
    return change


def _new_name(filing: Filing, content: Mapping[str, Any]) -> str | None:
    """The name to hold beside the registered one. A service's stands in its number and stays."""
    if filing.kind in FilingKind.services:
        return None
    held = naming.held(filing.kind, content, filing.region_code)
    return held if held and held != filing.held_name else None


def take_effect(*, procedure: Procedure, submission: Submission) -> None:
    """Bring the filing's columns to what was granted; in the transaction of the decision."""
    filing = procedure.filing
    content = json.loads(bytes(submission.document))["content"]
    change = Change.objects.select_for_update(of=("self",)).get(procedure=procedure)
    name, former = change.held_name, filing.held_name
    if name:
        Change.objects.filter(pk=change.pk).update(held_name=None)  # one holder at a time
        filing.held_name = name
    filing.name = naming.name_in(filing.kind, content)
    filing.region_code = submission.entity_version.region_code
    filing.save(update_fields=["name", "held_name", "region_code"])
    if name:
        Change.objects.filter(pk=change.pk).update(held_name=former)
    show_products(filing, content, submission.entity_version)


def show_products(filing: Filing, content: Mapping[str, Any], version: EntityVersion) -> None:
    """Link the filing to the products that its content names."""
    listed = paths.get(content, KINDS[filing.kind].products_path) or []
    keys = [each.get("product", "") if isinstance(each, dict) else each for each in listed]
    filing.products.set(version.entity.products.filter(key__in=keys))


gates.register(RULE, tuple(FilingKind.values), problems)
