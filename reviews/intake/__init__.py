"""Automatic checks after every submission: one module a rule, results as rows.

A blocking result returns the dossier to the provider at once, with all reasons in one
notice (the model of telling everything once, Administrative Licensing Law, art. 32).
"""

from reviews.intake.registry import RULES, Found, Reading, Rule
from reviews.intake.running import RULE_SET_VERSION, run

__all__ = ["RULES", "RULE_SET_VERSION", "Found", "Reading", "Rule", "run"]
