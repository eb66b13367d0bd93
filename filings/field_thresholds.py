"""The numbers of the standard that are answers of the dossier, compared as the rule set says.

Each threshold of the procedure's rule set that speaks of a field is looked up here by its code;
one marked sure stops submission, the others warn. Shares are compared as exact decimals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from filings import gates, rulesets
from filings.dossier.contradictions.service import number
from filings.dossier.facts import Facts
from filings.dossier.problems import Problem, Severity
from filings.models import FilingKind, Threshold

if TYPE_CHECKING:
    from filings.models import Procedure

type Found = Iterator[tuple[str, Decimal]]

DAYS_A_MONTH = 31
HEADS = ("legal_representative", "security_head", "legal_head")


def _answer(path: str) -> Callable[[Facts], Found]:
    def found(facts: Facts) -> Found:
        if (value := number(facts.answer(path))) is not None:
            yield path, value

    return found


def _bad_shares(facts: Facts) -> Found:
    """Before and after collecting, of each source."""
    for row in facts.items("corpora.corpora"):
        for name in ("share_before", "share_after"):
            if (value := number(row.get(name))) is not None:
                yield f"corpora.corpora[{row['key']}].{name}", value


def _foreign_open(facts: Facts) -> Found:
    """Open corpora from elsewhere as a share of all storage."""
    sizes = [(row, number(row.get("storage")) or Decimal(0)) for row in facts.items("corpora.corpora")]
    total = sum(size for _row, size in sizes)
    foreign = sum(size for row, size in sizes if row.get("source_kind") == "open" and row.get("origin") == "foreign")
    if total:
        yield "corpora.corpora", round(Decimal(foreign) * 100 / Decimal(total), 2)


def _opt_out(facts: Facts) -> Found:
    if facts.says("user_input.trains_on_input", "yes"):
        yield from _answer("user_input.opt_out_clicks")(facts)


def _reviewers(facts: Facts) -> Found:
    if facts.says("labelling.has_annotation", "yes"):
        yield from _answer("labelling.safety_reviewers")(facts)


def _signatories(facts: Facts) -> Found:
    """People who sign, each once, whatever their capacity."""
    names = ["".join(facts.text(f"assessment.{head}").split()) for head in HEADS]
    if all(names):
        yield f"assessment.{HEADS[0]}", Decimal(len(set(names)))


FOUND: Mapping[str, Callable[[Facts], Found]] = {
    "corpus_source_bad_share": _bad_shares,
    "foreign_open_share": _foreign_open,
    "keywords_update": _answer("content_safety.keyword_days"),
    "content_update": _answer("content_safety.bank_days"),
    "opt_out_clicks": _opt_out,
    "annotation_reviewers": _reviewers,
    "signatories": _signatories,
}


def check(procedure: Procedure, content: Mapping[str, Any], entity: Mapping[str, Any]) -> list[Problem]:
    """Every number that is out of its bound, in the order of the rule set."""
    if procedure.rule_set is None:
        return []
    facts = Facts.read(procedure.filing.kind, content, entity)
    known = rulesets.thresholds(procedure.rule_set)
    return [
        _problem(threshold, path, value)
        for code, threshold in known.items()
        if code in FOUND
        for path, value in FOUND[code](facts)
        if _is_out(threshold, value)
    ]


def _is_out(threshold: Threshold, value: Decimal) -> bool:
    bound = threshold.value * (DAYS_A_MONTH if threshold.unit == Threshold.Unit.MONTHS else 1)
    return value < bound if threshold.comparison == Threshold.Comparison.AT_LEAST else value > bound


def _problem(threshold: Threshold, path: str, value: Decimal) -> Problem:
    said = _("%(title)s: %(comparison)s %(required)s %(unit)s is asked for, and it is %(found)s.") % {
        "title": threshold.title,
        "comparison": threshold.get_comparison_display(),
        "required": threshold.value,
        "unit": threshold.get_unit_display(),
        "found": f"{value.normalize():f}",
    }
    cites = tuple(filter(None, threshold.cites.split(", "))) or ("GB/T 45654-2025 8",)
    return Problem(
        path=path,
        message=said,
        section=path.partition(".")[0],
        cites=cites,
        severity=Severity.BLOCKING if threshold.blocks else Severity.LOOK,
        rule=f"threshold.{threshold.code}",
    )


gates.register("thresholds", FilingKind.services, check)
