"""The dossier's own checks once more, over the frozen document (ARP 25: complete material)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from filings.dossier.completeness import problems
from reviews.intake.registry import Found, Reading, Rule, register

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(reading: Reading) -> Iterator[Found]:
    said = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            found = problems(reading.filing.kind, reading.content, reading.entity, today=reading.today)
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
    Rule(
        "dossier.complete", _("The dossier is complete and free of contradictions"), "ARP 25", check,
        service_basis="GAI 17",
    )
)  # fmt: skip
