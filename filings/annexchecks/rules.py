"""What annexes are measured by, as plain values; rows of a rule set give them (`filings.rulesets`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

AT_LEAST, AT_MOST = "at_least", "at_most"
PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number to reach or not to exceed. ``blocks``: missing it stops a submission, else it warns.

    ``scope`` names the groups of risks it speaks of; a rate is compared as whole numbers.
    """

    code: str
    annex: str
    value: int
    unit: str
    comparison: str = AT_LEAST
    scope: tuple[str, ...] = ()
    blocks: bool = True

    def met(self, found: int, total: int | None = None) -> bool:
        """Whether a count, or ``found`` of ``total`` for a rate, satisfies it; no rate of nothing does."""
        if self.unit == PERCENT:
            if not total:
                return False
            left, right = found * 100, self.value * total
        else:
            left, right = found, self.value
        return left >= right if self.comparison == AT_LEAST else left <= right


@dataclass(frozen=True, slots=True)
class Named:
    """A risk (with its group) or an aspect: its code and the names that files may call it by."""

    code: str
    names: tuple[str, ...]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """One edition: thresholds in order, the risks, the aspects, the names of groups of risks."""

    thresholds: tuple[Threshold, ...]
    risks: tuple[Named, ...]
    aspects: tuple[Named, ...]
    groups: tuple[Named, ...] = field(default=())

    def of(self, annex: str) -> list[Threshold]:
        return [each for each in self.thresholds if each.annex == annex]

    def in_groups(self, groups: Iterable[str]) -> list[Named]:
        wanted = set(groups)
        return [risk for risk in self.risks if not wanted or risk.group in wanted]
