"""What the public API answers: the register's public fields and nothing else."""

from datetime import date
from typing import Any

from ninja import Field, Schema


class Product(Schema):
    name: str
    forms: list[str]


class EntrySummary(Schema):
    """An entry as lists show it."""

    number: str = Field(description="Exactly as published")
    number_state: str = Field(description="ok, wrong_check_digit or malformed, as published")
    name: str
    entity: str
    track: str = Field(description="deep_synthesis, recommendation, generative or generative_registration")
    algorithm_class: str = Field(description="01 to 06; empty for services and if not known")
    class_label: str = Field(description="The class as published")
    role: str = Field(description="provider, supporter or empty")
    standing: str = Field(description="registered, cancelled or revoked")
    suspended: str = Field(description="service or updates while an order in force suspends it; else empty")
    published_on: date = Field(description="First of the month for entries from official lists")
    url: str = Field(description="The entry's permanent page")


class Version(Schema):
    """One statement in an entry's history, oldest first."""

    version: int
    reason: str
    valid_from: date
    source: str = Field(description="The list's title; empty for a decision of this portal")
    row: int | None
    remark: str
    content: dict[str, Any]
    digest: str


class SuspensionTold(Schema):
    """One order that suspended updates or the service."""

    kind: str = Field(description="suspend_updates or suspend_service")
    since: date
    lifted: date | None
    articles: list[str]
    authority: str


class Entry(EntrySummary):
    """An entry with all that is published of it."""

    region_code: str
    year: int | None
    products: list[Product]
    main_use: str
    fields: list[str]
    principle: str
    mechanism: str
    scenario: str
    intent: str
    own_page: str
    place: str = Field(description="Of services: region as published (属地); may differ from that in the number")
    number_day: date | None = Field(description="Of services: the date that stands in the number")
    filed_as_printed: str = Field(description="Of services: day of filing as published, with its note if it has one")
    issued_on: date | None = Field(description="Day of filing; of a service independent of the date in its number")
    from_list: bool
    versions: list[Version]
    suspensions: list[SuspensionTold] = Field(description="Newest first")
    notice: str = Field(description="Filing is not approval")


class EntryPage(Schema):
    """A page of entries, newest first."""

    entries: list[EntrySummary]
    next: str | None = Field(description="Address of the next page")
    total: int = Field(description="Counting stops at 10,000")
    total_is_capped: bool
    lists_to: date | None = Field(description="Month of the newest list of algorithms read in")
    service_lists_to: date | None = Field(description="Month of the newest list of generative-AI services read in")
    notice: str


class NumberBlock(Schema):
    block: str
    text: str
    problem: str


class VerificationAnswer(Schema):
    """found, held, not_here or mistyped; the last two never mean that a number is false.

    held: issued and not published yet; nothing but the two days is told.
    """

    answer: str
    number: str
    entries: list[EntrySummary]
    near: list[EntrySummary]
    complete_to: date | None
    issued_on: date | None = Field(description="Of a held number")
    publish_on: date | None = Field(description="Of a held number: it is published by this day's end")
    blocks: list[NumberBlock]
    notice: str


class Problem(Schema):
    detail: str
