"""What a check has to say about one place in a dossier."""

from dataclasses import dataclass
from enum import StrEnum

from filings.dossier.words import Words


class Severity(StrEnum):
    """Blocking problems keep a dossier from being locked; the others ask for a second look."""

    BLOCKING = "blocking"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right: where, what is wrong and what to do, and which article asks.

    `rule` is the code of the contradiction rule or check that found it; `other_path` is the second
    place when two answers contradict each other.
    """

    path: str
    message: Words
    section: str = ""
    cites: tuple[str, ...] = ()
    severity: Severity = Severity.BLOCKING
    other_path: str = ""
    rule: str = ""

    @property
    def is_blocking(self) -> bool:
        return self.severity is Severity.BLOCKING
