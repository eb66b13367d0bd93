"""Tables that only officers work with."""

from reviews.models.decision import DeclineGround, Proposal, Signature
from reviews.models.intake import FindingTemplate, IntakeResult, IntakeRun, Waiver
from reviews.models.likeness import TextPrint
from reviews.models.stage import Note, ReviewTask, StagePlan
from reviews.models.testing import AskedQuestion, Bank, BankQuestion, Sample, TechnicalTest

__all__ = [
    "AskedQuestion",
    "Bank",
    "BankQuestion",
    "DeclineGround",
    "FindingTemplate",
    "IntakeResult",
    "IntakeRun",
    "Note",
    "Proposal",
    "ReviewTask",
    "Sample",
    "Signature",
    "StagePlan",
    "TechnicalTest",
    "TextPrint",
    "Waiver",
]
