"""Drafts started together for one product: what they share is entered once.

An answer saved in one draft fills the empty answer that means the same in the others; the section
it lands in is marked to be read again. Nothing that somebody wrote is ever overwritten.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from filings.dossier import paths
from filings.dossier.facts import is_empty
from filings.dossier.fields import spec_of
from filings.dossier.kinds import KINDS
from filings.lifecycle import ProcedureStatus
from filings.models import Dossier, Sealing, SectionEdit

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Filing, Procedure
    from portal.models import User

# Answers that mean the same in an algorithm's dossier and in a service's.
SAME: tuple[tuple[str, str], ...] = (
    ("algorithm.application_fields", "service.application_fields"),
    ("introduction.summary", "service.summary"),
    ("introduction.user_groups", "service.user_groups"),
    ("introduction.scenarios", "service.occasions"),
    ("data.output_modalities", "service.modalities"),
    ("data.has_biometrics", "service.edits_persons"),
    ("data.separate_consent", "service.separate_consent"),
    ("security.has_opinion_attribute", "service.has_opinion_attribute"),
    ("labels.export_labelled", "output_labels.exports_labelled"),
    ("labels.producer_code", "output_labels.producer_code"),
    ("labels.gives_unlabelled", "output_labels.gives_unlabelled"),
    ("labels.agreement", "output_labels.agreement"),
    ("user_rights.agreement", "agreement.agreement"),
    ("user_rights.privacy_policy", "agreement.privacy_policy"),
    ("user_rights.training_opt_out", "user_input.opt_out"),
)
# Sections that both ask with the same fields.
SAME_SECTIONS = ("complaints", "minors", "misuse")


@dataclass(frozen=True, slots=True)
class Shared:
    """One answer on its way to the place that means the same in another draft."""

    section: str
    field: str
    value: Any


def partners(filing: Filing) -> list[Dossier]:
    """The drafts started together with this filing that can still be written, oldest first."""
    if filing.bundle is None:
        return []
    rows = Dossier.objects.filter(
        procedure__filing__bundle=filing.bundle,
        procedure__filing__entity=filing.entity_id,
        procedure__status__in=ProcedureStatus.editable,
    ).exclude(procedure__filing=filing)
    return list(rows.select_related("procedure__filing").order_by("pk"))


def share(*, procedure: Procedure, section: str, value: Mapping[str, Any], by: User, at: dt.datetime) -> list[Dossier]:
    """Fill what is still empty in the drafts started together with this one; returns those that took something.

    A draft locked for signature takes nothing: nobody's signature is voided by another dossier.
    """
    taken = []
    for partner in partners(procedure.filing):
        moving = list(moves(procedure.filing.kind, partner.procedure.filing.kind, section, value))
        if moving and _fill(partner, moving, by=by, at=at):
            taken.append(partner)
    return taken


def moves(source: str, target: str, section: str, value: Mapping[str, Any]) -> Iterator[Shared]:
    """Where each answer of a section goes in a document of another kind, as far as it fits there."""
    for name, answer in value.items():
        place = _place(source, target, section, name)
        if place is None or is_empty(answer):
            continue
        path = paths.parse(place)
        fitting = _fitting(target, path, answer)
        if not is_empty(fitting):
            yield Shared(path.section, path.name, fitting)


def _place(source: str, target: str, section: str, name: str) -> str | None:
    """The path that means the same, or None. Kinds that ask the same section share all of it but names."""
    path = f"{section}.{name}"
    if section in SAME_SECTIONS:
        return path
    for algorithm, service in SAME:
        for here, there in ((algorithm, service), (service, algorithm)):
            if path == here and _asks(target, there) and not _asks(source, there):
                return there
            if path == here and _asks(target, here):
                return here
    return None


def _asks(kind: str, path: str) -> bool:
    place = paths.parse(path)
    return any(each.code == place.section and place.name in each.base_fields for each in KINDS[kind].sections)


def _fitting(kind: str, path: paths.Path, answer: Any) -> Any:
    """The answer as the other field takes it: only codes that it offers, text not longer than it allows."""
    if not _asks(kind, str(path)):
        return None
    field = KINDS[kind].section(path.section).base_fields[path.name]
    offered = set(_codes(getattr(field, "choices", ())))
    if spec_of(field).kind == "choices":
        return [code for code in answer if code in offered] if isinstance(answer, list) else None
    if spec_of(field).kind == "choice":
        return answer if answer in offered else None
    longest = getattr(field, "max_length", None)
    return None if isinstance(answer, str) and longest and len(answer) > longest else answer


def _codes(choices: Any) -> Iterator[str]:
    for code, words in choices:
        if isinstance(words, list | tuple):
            yield from (inner for inner, _label in words)
        else:
            yield code


@transaction.atomic
def _fill(partner: Dossier, moving: list[Shared], *, by: User, at: dt.datetime) -> bool:
    row = Dossier.objects.select_for_update(of=("self",)).get(pk=partner.pk)
    if Sealing.objects.filter(procedure=row.procedure_id, voided_at__isnull=True, used_at__isnull=True).exists():
        return False
    touched = set()
    for each in moving:
        answers = dict(row.content.get(each.section, {}))
        if is_empty(answers.get(each.field)):
            row.content[each.section] = answers | {each.field: each.value}
            touched.add(each.section)
    for section in sorted(touched):
        version = int(row.section_versions.get(section, 0)) + 1
        row.section_versions[section] = version
        SectionEdit.objects.create(
            dossier=row, section=section, version=version, content=row.content[section], saved_by=by, saved_at=at
        )
    if touched:
        row.to_reread = sorted({*row.to_reread, *touched})
        row.updated_at, row.updated_by = at, by
        row.save(update_fields=["content", "section_versions", "to_reread", "updated_at", "updated_by"])
    return bool(touched)
