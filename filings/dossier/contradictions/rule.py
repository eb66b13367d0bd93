"""A rule about two answers, and the list of all rules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from filings.dossier.facts import Facts, When
from filings.dossier.problems import Problem, Severity
from filings.dossier.words import Words

BLOCKING, LOOK = Severity.BLOCKING, Severity.LOOK


@dataclass(frozen=True, slots=True)
class Clash:
    """What a rule found: where to put it right, what to say, and the answer it contradicts."""

    path: str
    message: Words
    other_path: str = ""


type Check = Callable[[Facts], Iterator[Clash]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One contradiction: its code, the articles it rests on, how grave, and where it applies."""

    code: str
    cites: tuple[str, ...]
    severity: Severity
    of_entity: bool
    when: When | None
    check: Check

    def problems(self, facts: Facts) -> Iterator[Problem]:
        """What the rule has to say; nothing where it does not apply."""
        if self.of_entity != (facts.kind == "entity"):
            return
        if self.when is not None and not self.when.holds(facts):
            return
        for clash in self.check(facts):
            yield Problem(
                path=clash.path,
                message=clash.message,
                section=clash.path.partition(".")[0],
                cites=self.cites,
                severity=self.severity,
                other_path=clash.other_path,
                rule=self.code,
            )


RULES: dict[str, Rule] = {}


def rule(
    code: str,
    *cites: str,
    severity: Severity = BLOCKING,
    of_entity: bool = False,
    when: When | None = None,
) -> Callable[[Check], Check]:
    """Register a check under `code`; a code is used once."""

    def register(check: Check) -> Check:
        if code in RULES:
            raise ValueError(f"two rules are called {code}")
        RULES[code] = Rule(code, cites, severity, of_entity, when, check)
        return check

    return register
