"""What a rule is, what it reads, and the list of all rules in the order they run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from filings.models import FilingKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable

    from django_stubs_ext import StrOrPromise

    from filings.models import Filing, Procedure, Submission


@dataclass(frozen=True)
class Reading:
    """The frozen document of one submission and what it belongs to; rules only read."""

    submission: Submission
    procedure: Procedure
    filing: Filing
    document: dict[str, Any]
    today: dt.date

    @property
    def content(self) -> dict[str, Any]:
        return dict(self.document.get("content") or {})

    @property
    def entity(self) -> dict[str, Any]:
        return dict((self.document.get("entity") or {}).get("content") or {})

    @property
    def attachments(self) -> list[dict[str, Any]]:
        return list(self.document.get("attachments") or [])


@dataclass(frozen=True)
class Found:
    """One thing a rule has to say. ``message`` waits for its language; values are filled in then."""

    message: StrOrPromise
    values: dict[str, Any] = field(default_factory=dict)
    path: str = ""
    is_blocking: bool = False
    legal_basis: str = ""
    zh: str = ""
    en: str = ""


@dataclass(frozen=True)
class Rule:
    """One intake rule: its code, its legal source, whether an officer may waive it, its check.

    ``service_basis`` is the source for generative-AI services, where it is another.
    """

    code: str
    title: StrOrPromise
    legal_basis: str
    check: Callable[[Reading], Iterable[Found]]
    is_waivable: bool = True
    service_basis: str = ""

    def basis(self, kind: str) -> str:
        """The article behind the rule for a kind of filing."""
        return self.service_basis or self.legal_basis if kind in FilingKind.services else self.legal_basis


RULES: dict[str, Rule] = {}


def register(rule: Rule) -> Rule:
    """Add a rule; codes are stored in results and waivers and never change their meaning."""
    assert rule.code not in RULES, f"rule {rule.code} is registered twice"
    RULES[rule.code] = rule
    return rule
