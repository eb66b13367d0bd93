"""Which rule set counts, and its rows, read for checks and screens."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from filings.models import Aspect, FilingKind, Risk, RuleSet, Threshold, Topic

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Heading, Procedure

# Kinds of filing that a rule set measures: services of generative AI (GAI 17).
MEASURED = FilingKind.services


class NoRuleSet(Exception):
    """No rule set is in force on that day: the installation lost its seeds."""


def current(*, on: dt.date) -> RuleSet:
    """The set that a draft begun on that day is held to. Raises NoRuleSet."""
    found = RuleSet.objects.in_force(on).first() or RuleSet.objects.order_by("in_force_from", "pk").first()
    if found is None:
        raise NoRuleSet
    return found


def for_kind(kind: str, *, on: dt.date) -> RuleSet | None:
    """What a new procedure of this kind begins with; None for kinds that nothing measures."""
    return current(on=on) if kind in MEASURED else None


def of(procedure: Procedure) -> RuleSet:
    """The set a procedure began with. Raises NoRuleSet for kinds that nothing measures."""
    if procedure.rule_set is None:
        raise NoRuleSet
    return procedure.rule_set


def thresholds(rule_set: RuleSet, annex: str | None = None) -> dict[str, Threshold]:
    """By code, in order: all of a set, those of one annex, or with ``""`` those of dossier fields."""
    rows = Threshold.objects.filter(rule_set=rule_set).order_by("position")
    if annex is not None:
        rows = rows.filter(annex=annex)
    return {row.code: row for row in rows}


def thresholds_by_annex(rule_set: RuleSet) -> dict[str, list[Threshold]]:
    """All thresholds of a set, in one query, gathered by annex; ``""`` holds those of fields."""
    gathered: dict[str, list[Threshold]] = defaultdict(list)
    for threshold in thresholds(rule_set).values():
        gathered[threshold.annex].append(threshold)
    return dict(gathered)


def risks(rule_set: RuleSet, *groups: str) -> dict[str, Risk]:
    """Risks of annex A by code, in order; only those of some groups if named."""
    rows = Risk.objects.filter(rule_set=rule_set).order_by("position")
    if groups:
        rows = rows.filter(group__in=groups)
    return {row.code: row for row in rows}


def aspects(rule_set: RuleSet) -> dict[str, Aspect]:
    """Aspects of the should-not-refuse bank by code, in order."""
    return {row.code: row for row in Aspect.objects.filter(rule_set=rule_set).order_by("position")}


def topics(rule_set: RuleSet) -> dict[str, Topic]:
    """Assessment topics by code, in order."""
    return {row.code: row for row in Topic.objects.filter(rule_set=rule_set).order_by("position")}


def headings(rule_set: RuleSet) -> dict[str, Heading]:
    """Titles of groups and chapters by code, in order."""
    return {row.code: row for row in rule_set.headings.order_by("position")}
