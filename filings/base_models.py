"""The filed models that a service is built on or calls, looked up in the register.

Only a filed model may be used (Generative AI Measures, art. 7(1); standard ch. 6). This register
is complete only to a date it knows: a number that is not in it is never refused by machine, asks
for proof, and stands as "not verified here" for the reviewer. A cancelled or revoked one blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import gettext as _

from filings import gates, names, numbers
from filings.dossier.facts import rows
from filings.dossier.identifiers import is_model_number
from filings.dossier.problems import Problem, Severity
from filings.models import EntryStanding, FilingKind, RegisterEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from filings.models import Procedure

MOST_MATCHES = 12
CITES = ("GAI 7(1)", "GB/T 45654-2025 6")


@dataclass(frozen=True, slots=True)
class Quoted:
    """One model as the dossier quotes it, and what the register says of it."""

    path: str
    number: str
    has_proof: bool
    entry: RegisterEntry | None

    @property
    def is_ended(self) -> bool:
        return self.entry is not None and self.entry.standing != EntryStanding.REGISTERED

    @property
    def has_form(self) -> bool:
        """Whether the number has a published form (domain of the number forms); misprints exist."""
        return is_model_number(numbers.clean(self.number))


def quoted(content: Mapping[str, Any]) -> list[Quoted]:
    """Every model number in section `base_model`, looked up in one query."""
    section = content.get("base_model")
    listed = rows(section.get("models")) if isinstance(section, dict) else []
    named = [(row, str(row.get("number") or "").strip()) for row in listed]
    known = entries(number for _row, number in named if number)
    return [
        Quoted(
            path=f"base_model.models[{row['key']}].number",
            number=number,
            has_proof=bool(row.get("proof")),
            entry=known.get(numbers.key(number)),
        )
        for row, number in named
        if number
    ]


def entries(quoted_numbers: Iterable[str]) -> dict[str, RegisterEntry]:
    """Register entries by the key of their number."""
    keys = {numbers.key(number) for number in quoted_numbers}
    found = RegisterEntry.objects.without_search_columns().filter(number_key__in=keys) if keys else ()
    return {entry.number_key: entry for entry in found}


def search(text: str) -> Sequence[RegisterEntry]:
    """Filed generative models by name, provider or number, those that stand first; at most twelve.

    Registrations are no models of their own (they call one), so they are not offered.
    """
    term = names.key(text)
    if not term:
        return []
    standing = Case(
        When(standing=EntryStanding.REGISTERED, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    found = RegisterEntry.objects.without_search_columns().filter(
        Q(number_key__contains=numbers.key(text)) | Q(name_key__contains=term) | Q(entity_key__contains=term),
        kind=FilingKind.GENERATIVE,
    )
    return list(found.order_by(standing, "-published_on", "pk")[:MOST_MATCHES])


def check(procedure: Procedure, content: Mapping[str, Any], entity: Mapping[str, Any]) -> list[Problem]:
    """What keeps a quoted model from being relied on, and what the reviewer must verify."""
    return [problem for each in quoted(content) for problem in _of(each)]


def _of(each: Quoted) -> Iterator[Problem]:
    if each.entry is not None:
        yield from _of_entry(each, each.entry)
        return
    if not each.has_form:
        yield _problem(
            each,
            "number_form",
            _(
                "This does not look like a model filing number, such as "
                "Beijing-Name-202404280001. Compare it with the published list."
            ),
            Severity.LOOK,
        )
    if not each.has_proof:
        path = each.path.removesuffix("number") + "proof"
        said = _("This register does not hold %(number)s: upload a proof that it is filed, such as the published list.")
        yield Problem(path, said % {"number": each.number}, "base_model", CITES, rule="base_model.proof")
        return
    said = _("%(number)s is not in this register, which is complete only to a date: not verified here.")
    yield _problem(each, "unverified", said % {"number": each.number}, Severity.LOOK)


def _of_entry(each: Quoted, entry: RegisterEntry) -> Iterator[Problem]:
    if each.is_ended:
        said = _("%(number)s is %(standing)s%(reason)s: nothing may be built on it. Choose another model.")
        reason = f" ({entry.remarks.splitlines()[-1]})" if entry.remarks.strip() else ""
        values = {"number": each.number, "standing": entry.get_standing_display(), "reason": reason}
        yield _problem(each, "ended", said % values, Severity.BLOCKING)
    elif entry.kind != FilingKind.GENERATIVE:
        said = _("%(number)s is the number of %(kind)s, and not of a filed model. Quote the model's own number.")
        values = {"number": each.number, "kind": entry.get_kind_display()}
        yield _problem(each, "wrong_kind", said % values, Severity.BLOCKING)


def _problem(each: Quoted, rule: str, message: str, severity: Severity) -> Problem:
    return Problem(each.path, message, "base_model", CITES, severity, rule=f"base_model.{rule}")


gates.register("base_models", FilingKind.services, check)
