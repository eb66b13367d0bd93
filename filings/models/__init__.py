"""Tables that both sides see, and those that access is computed from."""

from filings.models.annex import AnnexCheck, AnnexColumns, AnnexFinding
from filings.models.assessor import AssessmentSignature, Assessor, AssessorMember, Mandate
from filings.models.attachment import Attachment, Paper
from filings.models.batch import HeldPublication, PublicationBatch
from filings.models.change import Change, Transfer
from filings.models.complaint import Complaint, Identity, Objection, PublicFile, PublicMessage, Receipt
from filings.models.dataset import DataClass, DataGrade, DataRequest, DataSet
from filings.models.display import NumberDisplay
from filings.models.ending import Ending, Hearing
from filings.models.entity import (
    Agency,
    Entity,
    EntityVersion,
    Invitation,
    MemberRole,
    Membership,
    Product,
)
from filings.models.event import AccessRecord, Delivery, Event, Notice
from filings.models.feed import CalendarFeed
from filings.models.filing import (
    AlgorithmClass,
    ClockRun,
    Dossier,
    Filing,
    FilingKind,
    Procedure,
    ProviderRole,
    Purpose,
    SectionEdit,
    Submission,
)
from filings.models.finding import Finding
from filings.models.incident import Incident, Misuse
from filings.models.inspection import (
    Inspection,
    InspectionCause,
    InspectionCheck,
    InspectionDraw,
    InspectionMode,
    InspectionResult,
)
from filings.models.installation import CalendarDay, ClockPolicy, Installation
from filings.models.label import LabelReading
from filings.models.law import Article, Instrument
from filings.models.matter import Matter, MatterAuthority, MatterPost
from filings.models.officer import Authority, Level, Ministry, OfficerRole, Posting
from filings.models.order import Order, OrderKind
from filings.models.periodic import PeriodicConfirmation
from filings.models.person import SealedValue
from filings.models.place import Region
from filings.models.pulse import Pulse
from filings.models.register import (
    EntryStanding,
    NumberSeries,
    NumberState,
    RegisterEntry,
    RegisterList,
    RegisterVersion,
    ServiceNumberSeries,
    Suspension,
)
from filings.models.resource import Reliance, Resource, ResourceKind, ResourceMark
from filings.models.ruleset import Aspect, Heading, Risk, RuleSet, Threshold, Topic
from filings.models.scan import ScanFile, SignedScan
from filings.models.sealing import Capacity, Confirmation, Sealing
from filings.models.vault import VaultDeposit, VaultOpening

__all__ = [
    "AccessRecord",
    "Agency",
    "AlgorithmClass",
    "AnnexCheck",
    "AnnexColumns",
    "AnnexFinding",
    "Article",
    "Aspect",
    "AssessmentSignature",
    "Assessor",
    "AssessorMember",
    "Attachment",
    "Authority",
    "CalendarDay",
    "CalendarFeed",
    "Capacity",
    "Change",
    "ClockPolicy",
    "ClockRun",
    "Complaint",
    "Confirmation",
    "DataClass",
    "DataGrade",
    "DataRequest",
    "DataSet",
    "Delivery",
    "Dossier",
    "Ending",
    "Entity",
    "EntityVersion",
    "EntryStanding",
    "Event",
    "Filing",
    "FilingKind",
    "Finding",
    "Heading",
    "Hearing",
    "HeldPublication",
    "Identity",
    "Incident",
    "Inspection",
    "InspectionCause",
    "InspectionCheck",
    "InspectionDraw",
    "InspectionMode",
    "InspectionResult",
    "Installation",
    "Instrument",
    "Invitation",
    "LabelReading",
    "Level",
    "Mandate",
    "Matter",
    "MatterAuthority",
    "MatterPost",
    "MemberRole",
    "Membership",
    "Ministry",
    "Misuse",
    "Notice",
    "NumberDisplay",
    "NumberSeries",
    "NumberState",
    "Objection",
    "OfficerRole",
    "Order",
    "OrderKind",
    "Paper",
    "PeriodicConfirmation",
    "Posting",
    "Procedure",
    "Product",
    "ProviderRole",
    "PublicFile",
    "PublicMessage",
    "PublicationBatch",
    "Pulse",
    "Purpose",
    "Receipt",
    "Region",
    "RegisterEntry",
    "RegisterList",
    "RegisterVersion",
    "Reliance",
    "Resource",
    "ResourceKind",
    "ResourceMark",
    "Risk",
    "RuleSet",
    "ScanFile",
    "SealedValue",
    "Sealing",
    "SectionEdit",
    "ServiceNumberSeries",
    "SignedScan",
    "Submission",
    "Suspension",
    "Threshold",
    "Topic",
    "Transfer",
    "VaultDeposit",
    "VaultOpening",
]
