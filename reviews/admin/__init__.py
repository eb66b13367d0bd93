"""The officers' desk: the stock admin, extended. One module a desk."""

from reviews.admin import (
    audit,
    complaint,
    decision,
    filing,
    incidents,
    inspection,
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
    "complaint",
    "decision",
    "filing",
    "incidents",
    "inspection",
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
