"""Annexes of generative services: asking for a check, working it, and what keeps a submission back.

A check is asked for when the section of annexes is saved, and by whoever presses the button. The
file is read by the worker, as a delivery; it may be worked twice, and starts anew then.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from filings import events
from filings.annexchecks.columns import ANNEXES, DRAWN_FROM
from filings.lifecycle import Actor
from filings.models import AnnexCheck, AnnexColumns, Attachment, FilingKind, Procedure

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from filings.models import Entity
    from portal.models import User

SECTION = "annexes"
CHECKED_TYPES = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv")
# Counts with every change of what a check finds, so that older results are out of date.
VERSION = 1


class UnknownColumn(Exception):
    """A column was named that the file does not have, or twice."""


def file_of(content: Mapping[str, Any], annex: str) -> dict[str, Any] | None:
    """The file of an annex that a machine can read; rules of annotation may be a paper instead."""
    named = content.get(SECTION, {}).get(annex) or []
    found = [each for each in named if isinstance(each, dict) and each.get("type") in CHECKED_TYPES]
    return found[0] if found else None


def columns_of(entity: Entity | int) -> dict[str, dict[str, str]]:
    """The entity's own names of columns, by annex."""
    return dict(AnnexColumns.objects.filter(entity=entity).values_list("annex", "columns"))


def inputs(
    content: Mapping[str, Any], annex: str, *, columns: Mapping[str, Mapping[str, str]], rule_set: int | None
) -> dict[str, Any] | None:
    """All that the result of a check depends on; None where there is nothing to check."""
    file = file_of(content, annex)
    if file is None or rule_set is None:
        return None
    banks = {
        bank: {"attachment": drawn["attachment"], "sha256": drawn["sha256"], "columns": dict(columns.get(bank, {}))}
        for bank in DRAWN_FROM.get(annex, ())
        if (drawn := file_of(content, bank))
    }
    answers = content.get(SECTION, {})
    return {
        "version": VERSION,
        "annex": annex,
        "attachment": file["attachment"],
        "sha256": file["sha256"],
        "columns": dict(columns.get(annex, {})),
        "banks": banks,
        "begins": answers.get("test_from", ""),
        "ends": answers.get("test_to", ""),
        "rule_set": rule_set,
    }


def digest(given: Mapping[str, Any]) -> str:
    """SHA-256 over the inputs of a check; the same file under another name is no new check."""
    told = {key: value for key, value in given.items() if key != "attachment"}
    told["banks"] = {
        bank: {k: v for k, v in about.items() if k != "attachment"} for bank, about in given["banks"].items()
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def newest(procedure: Procedure | int) -> dict[str, AnnexCheck]:
    """The newest check of each annex of a procedure."""
    return {check.annex: check for check in AnnexCheck.objects.filter(procedure=procedure).newest()}


def wanted(procedure: Procedure, content: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The inputs of every check that a draft needs, by annex."""
    if procedure.filing.kind not in FilingKind.services:
        return {}
    columns = columns_of(procedure.filing.entity_id)
    found = {annex: inputs(content, annex, columns=columns, rule_set=procedure.rule_set_id) for annex in ANNEXES}
    return {annex: given for annex, given in found.items() if given is not None}


@transaction.atomic
def ask(
    *, procedure: Procedure, content: Mapping[str, Any], by: User, at: dt.datetime, again: bool = False
) -> list[AnnexCheck]:
    """Ask for a check of each annex whose newest one is out of date or failed; of all of them with ``again``.

    A check that waits for an older file is superseded. Must run where the draft is saved, so that
    none is forgotten.
    """
    Procedure.objects.select_for_update(no_key=True).get(pk=procedure.pk)  # two who ask at once ask once
    known = newest(procedure)
    asked = []
    for annex, given in wanted(procedure, content).items():
        check, wants = known.get(annex), digest(given)
        if check is not None and check.digest == wants and _stands(check, again=again):
            continue
        _supersede(procedure, annex, at=at)
        attachment = Attachment.objects.filter(pk=given["attachment"], entity=procedure.filing.entity_id).first()
        if attachment is None:
            continue
        asked.append(
            AnnexCheck.objects.create(
                procedure=procedure,
                annex=annex,
                attachment=attachment,
                sha256=attachment.sha256,
                rule_set_id=given["rule_set"],
                inputs=given,
                digest=wants,
                asked_by=by,
                asked_at=at,
            )
        )
    for check in asked:
        _record("annex.asked", check, side=Actor.PROVIDER, by=by, at=at)
    return asked


def _stands(check: AnnexCheck, *, again: bool) -> bool:
    """Whether a check of the same inputs makes another one needless."""
    return check.status != AnnexCheck.Status.FAILED and not (again and check.is_finished)


def _supersede(procedure: Procedure, annex: str, *, at: dt.datetime) -> None:
    waiting = AnnexCheck.objects.filter(procedure=procedure, annex=annex, status=AnnexCheck.Status.WAITING)
    waiting.update(status=AnnexCheck.Status.SUPERSEDED, finished_at=at)


def _record(kind: str, check: AnnexCheck, *, side: Actor, at: dt.datetime, by: User | None = None) -> None:
    events.record(
        kind, side=side, by=by, at=at, procedure=check.procedure, data={"check": check.pk, "annex": check.annex}
    )


@transaction.atomic
def name_columns(
    *,
    procedure: Procedure,
    annex: str,
    columns: Mapping[str, str],
    content: Mapping[str, Any],
    by: User,
    at: dt.datetime,
) -> None:
    """Keep what the entity calls the columns of an annex, and check its file again. Raises UnknownColumn."""
    chosen = {code: name for code, name in columns.items() if name}
    if len(set(chosen.values())) < len(chosen):
        raise UnknownColumn(_("One column was chosen for two purposes."))
    missing = [column for column in ANNEXES[annex].required if column.code not in chosen]
    if missing:
        raise UnknownColumn(", ".join(str(column.title) for column in missing))
    AnnexColumns.objects.update_or_create(
        entity=procedure.filing.entity,
        annex=annex,
        defaults={"columns": chosen, "changed_by": by, "changed_at": at},
    )
    ask(procedure=procedure, content=content, by=by, at=at)
