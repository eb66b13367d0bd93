"""The officers' desk: the stock admin, extended. One module a desk."""

from reviews.admin import (
    audit,
    datasets,
    decision,
    filing,
    matter,
    people,
    questions,
    queue,
    review,
    rulesets,
    settings,
    site,
    testing,
    trace,
)

__all__ = [
    "audit",
    "datasets",
    "decision",
    "filing",
    "matter",
    "people",
    "questions",
    "queue",
    "review",
    "rulesets",
    "settings",
    "site",
    "testing",
    "trace",
]
