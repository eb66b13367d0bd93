"""Answers that cannot both be true. Each rule has a code, so intake can run and name it too."""

from filings.dossier.contradictions import algorithm, content, entity, retold, service
from filings.dossier.contradictions.rule import RULES, Clash, Rule
from filings.dossier.facts import Facts
from filings.dossier.problems import Problem

__all__ = ["RULES", "Clash", "Rule", "algorithm", "content", "contradictions", "entity", "retold", "service"]


def contradictions(facts: Facts) -> list[Problem]:
    """Every contradiction in the document, in the order of the rules."""
    return [problem for rule in RULES.values() for problem in rule.problems(facts)]
