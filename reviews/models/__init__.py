"""Tables that only officers work with."""

from reviews.models.decision import DeclineGround, Proposal, Signature
from reviews.models.intake import FindingTemplate, IntakeResult, IntakeRun, Waiver
from reviews.models.stage import Note, ReviewTask, StagePlan

__all__ = [
    "DeclineGround",
    "FindingTemplate",
    "IntakeResult",
    "IntakeRun",
    "Note",
    "Proposal",
    "ReviewTask",
    "Signature",
    "StagePlan",
    "Waiver",
]
