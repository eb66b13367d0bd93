"""Data sets of the public catalogue that a dossier cites with the consent to use them (GAI 6, 7(1)).

An entry that is open needs nothing more; one that is open on application needs the consent that its
body gave this very entity and did not take back; one that is not open is no lawful source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from filings import gates
from filings.dossier.facts import rows
from filings.dossier.problems import Problem, Severity
from filings.matter_lifecycle import MatterStatus
from filings.models import DataGrade, DataRequest, DataSet, FilingKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from filings.models import Procedure

CITES = ("GAI 6", "GAI 7(1)")


@dataclass(frozen=True, slots=True)
class Quoted:
    """One row of corpora as it cites the catalogue, and what stands behind the numbers."""

    path: str
    number: str
    dataset: DataSet | None
    consent: DataRequest | None


def quoted(content: Mapping[str, Any], *, entity_id: int) -> list[Quoted]:
    """Every row that cites an entry, looked up in two queries; consents of other entities are none."""
    section = content.get("corpora")
    listed = rows(section.get("corpora")) if isinstance(section, dict) else []
    public = [row for row in listed if row.get("source_kind") == "public_data" and _number(row, "catalogue_entry")]
    if not public:
        return []
    known = DataSet.objects.filter(graded_at__isnull=False).select_related("matter__entity")
    entries = {each.matter.reference: each for each in known.filter(
        matter__reference__in={_number(row, "catalogue_entry") for row in public}
    )}  # fmt: skip
    given = DataRequest.objects.filter(applicant=entity_id).select_related("matter")
    consents = {each.matter.reference: each for each in given.filter(
        matter__reference__in={_number(row, "catalogue_consent") for row in public}
    )}  # fmt: skip
    return [
        Quoted(
            path=f"corpora.corpora[{row['key']}]",
            number=_number(row, "catalogue_entry"),
            dataset=entries.get(_number(row, "catalogue_entry")),
            consent=consents.get(_number(row, "catalogue_consent")),
        )
        for row in public
    ]


def check(procedure: Procedure, content: Mapping[str, Any], entity: Mapping[str, Any]) -> list[Problem]:
    """What keeps a cited data set from being used, and what the reviewer should look at."""
    found = quoted(content, entity_id=procedure.filing.entity_id)
    return [problem for each in found for problem in _of(each)]


def _of(each: Quoted) -> Iterator[Problem]:
    number = {"number": each.number}
    if each.dataset is None:
        said = _("%(number)s is not in the catalogue of data sets. Compare the number, or describe the source here.")
        yield _problem(each, "unknown", said % number)
    elif each.dataset.grade == DataGrade.CLOSED:
        yield _problem(each, "closed", _("The data set %(number)s is not open. Use another source.") % number)
    else:
        if each.dataset.matter.status == MatterStatus.WITHDRAWN:
            said = _("The data set %(number)s was withdrawn from the catalogue: say how it was taken before.")
            yield _problem(each, "withdrawn", said % number, severity=Severity.LOOK)
        if each.dataset.grade == DataGrade.APPLICATION:
            yield from _without_consent(each, each.dataset)


def _without_consent(each: Quoted, dataset: DataSet) -> Iterator[Problem]:
    values = {"number": each.number}
    if each.consent is None or each.consent.dataset_id != dataset.pk:
        said = _("%(number)s is open on application: apply for it, and give the number of the consent to your entity.")
        yield _problem(each, "no_consent", said % values, field="catalogue_consent")
    elif each.consent.matter.status == MatterStatus.REVOKED:
        said = _("The consent to use %(number)s was taken back: no longer train on it.")
        yield _problem(each, "revoked", said % values, field="catalogue_consent")
    elif each.consent.matter.status != MatterStatus.CONSENTED:
        said = _("The body that offers %(number)s has not consented.")
        yield _problem(each, "not_consented", said % values, field="catalogue_consent")


def _number(row: Mapping[str, Any], name: str) -> str:
    return str(row.get(name) or "").strip().upper()


def _problem(
    each: Quoted, rule: str, message: str, *, field: str = "catalogue_entry", severity: Severity = Severity.BLOCKING
) -> Problem:
    return Problem(f"{each.path}.{field}", message, "corpora", CITES, severity, rule=f"catalogue.{rule}")


gates.register("cited_datasets", FilingKind.services, check)
