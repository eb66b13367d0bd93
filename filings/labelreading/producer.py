"""The code of a provider in a label: 0011, the credit code, and five more characters.

Measured on labels of real files (domain.md 1.4); the rule's own text was not found. Since LBL 5
asks for a name or a code, a name is no fault. The first of the five is 1 for who produced, 2 for
who spread, and 0 where none is said.
"""

import re
from dataclasses import dataclass

from stdnum.cn import uscc

LENGTH = 27
CODE = re.compile(r"0011([0-9A-HJ-NPQRTUWXY]{18})([0-9A-Za-z])([0-9A-Za-z]{4})")
# Meant as a code: nothing but letters and digits, about as long, or with the beginning of one.
MEANT_AS_CODE = re.compile(r"0011[0-9A-Za-z]*|[0-9][0-9A-Z]{19,34}")
PRODUCES, SPREADS = "1", "2"


@dataclass(frozen=True, slots=True)
class ProducerCode:
    """A code that has the form, taken apart."""

    credit_code: str
    role: str
    suffix: str


def parse(text: str) -> ProducerCode | None:
    """The parts of a code; None for a name and for what only resembles a code."""
    match = CODE.fullmatch(text)
    return ProducerCode(*match.groups()) if match else None


def fault(text: str) -> str:
    """What is wrong with a code: ``form``, ``check_character``, or "" for sound codes and for names."""
    code = parse(text)
    if code is None:
        return "form" if MEANT_AS_CODE.fullmatch(text) else ""
    return "" if uscc.is_valid(code.credit_code) else "check_character"
