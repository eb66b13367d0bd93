"""What the gates of the check page say, over the frozen document: models relied on, numbers, annexes.

A base model that this register does not hold stands here as "not verified" for the reviewer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from filings import gates
from reviews.intake.registry import Found, Reading, Rule, register

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(reading: Reading) -> Iterator[Found]:
    said = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            found = gates.problems(reading.procedure, reading.content, reading.entity)
            said[language] = [(problem, str(problem.message)) for problem in found]
    for (problem, zh), (_same, en) in zip(said["zh-hans"], said["en"], strict=True):
        yield Found(
            message=en,
            path=problem.path,
            is_blocking=problem.is_blocking,
            legal_basis=problem.cites[0] if problem.cites else "",
            zh=zh,
            en=en,
        )


RULE = register(
    Rule("service.gates", _("Models relied on, numbers of the standard and annexes"), "GAI 7, GAI 17", check)
)
