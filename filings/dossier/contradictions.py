"""Answers that cannot both be true."""

from filings.dossier.facts import Facts
from filings.dossier.kinds import Kind
from filings.dossier.problems import Problem


def contradictions(kind: Kind, facts: Facts) -> list[Problem]:
    return []
