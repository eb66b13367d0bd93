"""From a submission's answers to rows: which filing stands on what, and what must not stand.

Written by the worker as the first thing that follows a submission, so that intake asks after it.
While a change is under way both what stands and what is asked for count; when it is decided, one
of the two goes (``settle``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from filings import base_models, citing, gates, numbers, tracing
from filings.dossier.problems import Problem, Severity
from filings.lifecycle import ProcedureStatus
from filings.models import Filing, FilingKind, Procedure, Reliance, Resource, ResourceMark, Submission

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from filings.citing import Cited
    from filings.models import RegisterEntry

    type Known = Mapping[str, RegisterEntry]

CITES = ("GAI 7(1)",)
# How the database says that a row would close a circle.
CIRCULAR = ("would stand on itself", "no_filing_relies_on_itself")


def project(*, submission: Submission, document: Mapping[str, Any], at: dt.datetime) -> list[str]:
    """Put what the submission cites in place of what earlier rounds of its procedure cited.

    Idempotent; must run in a transaction. Returns the paths that it left out because the filing
    would have stood on itself: two that cite one another may be submitted in the same moment.
    """
    filing = submission.procedure.filing
    found = citing.cited(document["content"], document["entity"]["content"])
    known = base_models.entries(each.number for each in found if each.number)
    resources = _resources(found, known, filing, at=at)
    wanted: dict[tuple[int | None, int | None], str] = {}
    for each in found:
        on = _target(each, known)
        resource = None if on else resources[each.kind, _key(each, known, filing)]
        wanted.setdefault((resource, on), each.path)
    Reliance.objects.filter(submission__procedure=submission.procedure_id).delete()
    return _write([
        Reliance(filing=filing, submission=submission, resource_id=resource, on_filing_id=on, path=path)
        for (resource, on), path in wanted.items()
    ])  # fmt: skip


def _write(rows: list[Reliance]) -> list[str]:
    """Insert the rows; the paths of those that the database refused as circular."""
    Reliance.objects.bulk_create([row for row in rows if row.on_filing_id is None])
    refused = []
    for row in rows:
        if row.on_filing_id is None:
            continue
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            if not any(name in str(error) for name in CIRCULAR):
                raise
            refused.append(row.path)
    return refused


def _target(each: Cited, known: Known) -> int | None:
    """The filing of this portal behind a quoted number."""
    entry = known.get(numbers.key(each.number)) if each.number else None
    return entry.filing_id if entry is not None else None


def _key(each: Cited, known: Known, filing: Filing) -> str:
    """A number is surer than a name; what is a provider's own is told apart by the provider."""
    if each.number:
        return f"number:{numbers.key(each.number)}"[:260]
    return f"{filing.entity_id}:{each.matched_by}" if each.is_own else each.matched_by


def _resources(found: Iterable[Cited], known: Known, filing: Filing, *, at: dt.datetime) -> dict[tuple[str, str], int]:
    """Keys of the rows of all that is no filing here; made where nobody has cited it before."""
    wanted = {
        (each.kind, key): Resource(
            kind=each.kind, key=key, name=_name(each, known), number=each.number[:100],
            entity_id=filing.entity_id if each.is_own else None, first_cited_at=at,
        )
        for each in found
        if _target(each, known) is None
        for key in [_key(each, known, filing)]
    }  # fmt: skip
    # In one order, so that two submissions at once wait for each other and never in a ring.
    rows = [wanted[place] for place in sorted(wanted)]
    Resource.objects.bulk_create(rows, ignore_conflicts=True)
    there = Resource.objects.filter(key__in=[row.key for row in rows]).values_list("kind", "key", "pk")
    return {(kind, key): pk for kind, key, pk in there}


def _name(each: Cited, known: Known) -> str:
    entry = known.get(numbers.key(each.number)) if each.number else None
    return entry.name if entry is not None else each.name or each.number


@transaction.atomic
def settle(procedure: Procedure) -> None:
    """After a decision only what was granted counts, as far as anything was ever granted.

    A declined first filing keeps what it cited: it has nothing else, and its standing is told.
    """
    rows = Reliance.objects.filter(filing=procedure.filing_id)
    others = rows.exclude(submission__procedure=procedure)
    if procedure.status == ProcedureStatus.GRANTED:
        others.exclude(submission__procedure__status__in=ProcedureStatus.open).delete()
    elif procedure.status in ProcedureStatus.final and others.filter(
        submission__procedure__status=ProcedureStatus.GRANTED
    ):
        rows.filter(submission__procedure=procedure).delete()


def check(procedure: Procedure, content: Mapping[str, Any], entity: Mapping[str, Any]) -> list[Problem]:
    """A draft may stand neither on itself nor on what was marked; the database asks again at submission."""
    found = citing.cited(content, entity)
    known = base_models.entries(each.number for each in found if each.number)
    targets = {each.path: target for each in found if (target := _target(each, known)) is not None}
    keys = {each.path: (each.kind, _key(each, known, procedure.filing)) for each in found}
    marks = _marks(targets.values(), keys.values())
    circular = _standing_on(procedure.filing_id, targets.values())
    problems = []
    for each in found:
        target = targets.get(each.path)
        if target is not None and target in circular:
            problems.append(_circle(each.path))
        mark = marks.get(target) if target is not None else marks.get(keys[each.path])
        if mark is not None:
            problems.append(_marked(each, mark))
    return problems


def _circle(path: str) -> Problem:
    said = _("This filing would stand on itself: the one that is quoted is built on it. Quote what really comes first.")
    return Problem(path, said, path.partition(".")[0], CITES, rule="reliance.circle")


def _marked(each: Cited, mark: ResourceMark) -> Problem:
    said = _("%(name)s is marked: %(word)s (%(basis)s). %(reason)s")
    values = {"name": each.name, "word": mark.get_word_display(), "basis": mark.legal_basis, "reason": mark.reason}
    severity = Severity.BLOCKING if mark.word == ResourceMark.Word.UNLAWFUL else Severity.LOOK
    cites = tuple(dict.fromkeys((*CITES, mark.legal_basis)))
    return Problem(each.path, said % values, each.path.partition(".")[0], cites, severity, rule="reliance.marked")


def _marks(targets: Iterable[int], keys: Iterable[tuple[str, str]]) -> dict[int | tuple[str, str], ResourceMark]:
    """Standing marks of those filings, and of resources by kind and key."""
    standing = ResourceMark.objects.filter(lifted_at__isnull=True).select_related("resource")
    wanted = list(keys)
    found: dict[int | tuple[str, str], ResourceMark] = {}
    for mark in standing.filter(resource__key__in={key for _kind, key in wanted}):
        assert mark.resource is not None
        found[mark.resource.kind, mark.resource.key] = mark
    if numbers_of := set(targets):
        found |= {mark.filing_id: mark for mark in standing.filter(filing__in=numbers_of) if mark.filing_id}
    return found


def _standing_on(filing: int, targets: Iterable[int]) -> set[int]:
    """Those of the filings that are this one, or stand on it already."""
    wanted = set(targets)
    return wanted & {filing, *tracing.standing_on(tracing.Root(filing=filing))} if wanted else set()


gates.register("reliances", tuple(FilingKind.values), check)
