"""Checks of a draft that need the database, beside the pure ones of the dossier.

A gate is a function registered under a name for kinds of filing. The check page shows what gates
find and the lock for signature stops at what blocks; submission asks again, because what a gate
looks at may have changed since.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from filings.models.filing import Purpose

if TYPE_CHECKING:
    from filings.dossier.problems import Problem
    from filings.models import Procedure

type Function = Callable[[Procedure, Mapping[str, Any], Mapping[str, Any]], list[Problem]]


@dataclass(frozen=True, slots=True)
class Gate:
    """One check and the kinds of filing that pass it."""

    name: str
    kinds: tuple[str, ...]
    function: Function


GATES: dict[str, Gate] = {}


def register(name: str, kinds: tuple[str, ...], function: Function) -> Function:
    """Add a gate; a name is used once. ``function(procedure, content, entity)`` returns problems."""
    assert name not in GATES, f"two gates are called {name}"
    GATES[name] = Gate(name, kinds, function)
    return function


def problems(procedure: Procedure, content: Mapping[str, Any], entity: Mapping[str, Any]) -> list[Problem]:
    """What the gates of the procedure's kind have to say, in the order in which they were registered.

    A transfer repeats what was registered, and asks them nothing.
    """
    if procedure.purpose == Purpose.TRANSFER:
        return []
    kind = procedure.filing.kind
    return [
        problem
        for gate in GATES.values()
        if kind in gate.kinds
        for problem in gate.function(procedure, content, entity)
    ]
