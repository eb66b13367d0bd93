"""The public register: entries, what each list or decision said of them, and number series."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filings.models.filing import AlgorithmClass, FilingKind, ProviderRole


class NumberState(models.TextChoices):
    """What can be said of a filing number from its digits alone."""

    OK = "ok", _("Well formed")
    WRONG_CHECK_DIGIT = "wrong_check_digit", _("The check digit does not fit")
    MALFORMED = "malformed", _("Not of the published form")


class EntryStanding(models.TextChoices):
    """What an entry is worth today, as the public reads it."""

    REGISTERED = "registered", _("Registered")
    CANCELLED = "cancelled", _("Cancelled")
    REVOKED = "revoked", _("Revoked")


class Suspension(models.TextChoices):
    """What of a registered service an order in force suspends; it stays registered."""

    UPDATES = "updates", _("Updates suspended")
    SERVICE = "service", _("Service suspended")


class RegisterList(models.Model):
    """One official published list, as one file was read.

    Lists are ordered by ``month``, then by ``edited_at`` (the document's own date, for a
    list published again), then by ``sha256``: never by the order they were imported in.
    A list of generative-AI services may hold filings and registrations; each of its rows
    says which it is, and the list's own kind is ``generative``.
    """

    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=30, choices=FilingKind)
    month = models.DateField()
    edited_at = models.DateTimeField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, unique=True)
    rows = models.PositiveIntegerField()
    imported_at = models.DateTimeField()

    class Meta:
        verbose_name = _("published list")
        verbose_name_plural = _("published lists")
        indexes = [models.Index(fields=["-month", "-id"], name="register_list_by_month")]

    def __str__(self) -> str:
        return self.title


# What the search counts by; each index of a list carries them, so that counting reads no rows.
FACET_COLUMNS = ("kind", "algorithm_class", "role", "province", "year", "standing", "fields")
LONGEST_NUMBER = 100  # the longest published service number has 61 characters


class RegisterEntryQuerySet(models.QuerySet["RegisterEntry"]):
    def for_list(self) -> RegisterEntryQuerySet:
        """With the columns that a list of entries shows, and no others."""
        return self.only(
            "number", "kind", "algorithm_class", "class_label", "role", "name", "entity_name",
            "standing", "suspended", "published_on", "filing_id", "number_state", "issued_on",
        )  # fmt: skip

    def without_search_columns(self) -> RegisterEntryQuerySet:
        """Without the text and the n-grams that only the search looks at."""
        return self.defer("haystack", "grams")


class RegisterEntry(models.Model):
    """One filed algorithm or service as the public sees it, under its number exactly as published.

    Holds public fields only: what is copied from a dossier is named in
    ``filings.publication.PUBLIC_FIELDS``. ``province`` is two digits of GB/T 2260, or 00 for a
    firm of the central state. The current state is that of the newest
    ``RegisterVersion``; a cancellation found in any of them stands.
    """

    number = models.CharField(max_length=LONGEST_NUMBER, unique=True)
    number_key = models.CharField(max_length=LONGEST_NUMBER, unique=True)
    digits = models.CharField(max_length=40, blank=True)
    prefix = models.CharField(max_length=20, blank=True)
    number_state = models.CharField(max_length=20, choices=NumberState)
    region_code = models.CharField(max_length=6, blank=True)
    province = models.CharField(max_length=2, blank=True)
    entity_code = models.CharField(max_length=7, blank=True)
    class_code = models.CharField(max_length=2, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    sequence = models.PositiveSmallIntegerField(null=True, blank=True)
    # Of a service's number: the name and the date that stand in it. The date is independent
    # of the day of filing, which is ``issued_on``.
    number_name = models.CharField(max_length=LONGEST_NUMBER, blank=True)
    number_day = models.DateField(null=True, blank=True)

    kind = models.CharField(max_length=30, choices=FilingKind)
    algorithm_class = models.CharField(max_length=2, choices=AlgorithmClass, blank=True)
    class_label = models.CharField(max_length=40, blank=True)
    role = models.CharField(max_length=10, choices=ProviderRole, blank=True)
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200)
    entity_name = models.CharField(max_length=200)
    entity_key = models.CharField(max_length=200)
    entity = models.ForeignKey("filings.Entity", models.PROTECT, null=True, blank=True, related_name="register_entries")
    filing = models.OneToOneField(
        "filings.Filing", models.PROTECT, null=True, blank=True, related_name="register_entry"
    )
    products = models.TextField(blank=True)
    main_use = models.TextField(blank=True)
    fields = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    content = models.JSONField(default=dict, blank=True)
    remarks = models.TextField(blank=True)

    standing = models.CharField(max_length=20, choices=EntryStanding, default=EntryStanding.REGISTERED)
    suspended = models.CharField(max_length=10, choices=Suspension, blank=True, default="", db_default="")
    issued_on = models.DateField(null=True, blank=True)
    published_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    haystack = models.TextField(editable=False)
    grams = models.GeneratedField(
        expression=Func(F("haystack"), function="register_grams"),
        output_field=ArrayField(models.IntegerField()),
        db_persist=True,
    )

    objects = RegisterEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("register entry")
        verbose_name_plural = _("register entries")
        constraints = [
            models.CheckConstraint(name="an_entry_has_a_name", condition=~Q(name="")),
            models.UniqueConstraint(
                fields=["province", "number_name"],
                condition=Q(filing__isnull=False) & ~Q(number_name=""),
                name="one_number_name_a_region",
            ),
        ]
        indexes = [
            GinIndex(fields=["grams"], name="entry_by_grams", fastupdate=False),
            GinIndex(fields=["fields"], name="entry_by_fields"),
            *(
                models.Index(
                    fields=[*leading, "-published_on", "-id"],
                    include=[column for column in FACET_COLUMNS if column not in leading],
                    name=f"entry_{name}",
                )
                for name, leading in (
                    ("newest", []),
                    ("by_kind", ["kind"]),
                    ("by_class", ["algorithm_class"]),
                    ("by_role", ["role"]),
                    ("by_province", ["province"]),
                    ("by_year", ["year"]),
                )
            ),
            models.Index(fields=["prefix", "entity_code"], name="entry_by_entity_code"),
            models.Index(fields=["entity_key"], name="entry_by_entity_name"),
            models.Index(fields=["province", "number_name"], name="entry_by_number_name"),
            models.Index(fields=["name_key"], name="entry_by_name"),
            models.Index(fields=["digits"], name="entry_by_digits"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

    @property
    def is_service(self) -> bool:
        """A generative-AI service, filed or registered: without an algorithm's class and role."""
        return self.kind in FilingKind.services

    @property
    def is_from_list(self) -> bool:
        """Known from an official list, which tells the month and not the day."""
        return self.filing_id is None


class RegisterVersion(models.Model):
    """What one list row, or one decision of ours, said of an entry. Append-only, by trigger.

    ``valid_from`` is the month of the list or the day of publication. Versions have no
    stored number: lists may be read in any order, so a version's place follows from
    ``valid_from``, the list's edition and its row.
    """

    class Reason(models.TextChoices):
        LISTED = "listed", _("Published in a list")
        REGISTERED = "registered", _("Registered")
        CHANGED = "changed", pgettext_lazy("a filing", "Changed")
        CANCELLED = "cancelled", _("Cancelled")
        REVOKED = "revoked", _("Revoked")

    entry = models.ForeignKey(RegisterEntry, models.PROTECT, related_name="versions")
    reason = models.CharField(max_length=20, choices=Reason)
    valid_from = models.DateField()
    content: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    digest = models.CharField(max_length=64)
    source_list = models.ForeignKey(RegisterList, models.PROTECT, null=True, blank=True, related_name="versions")
    source_row = models.PositiveIntegerField(null=True, blank=True)
    submission = models.ForeignKey("filings.Submission", models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("register version")
        verbose_name_plural = _("register versions")
        constraints = [
            models.UniqueConstraint(fields=["entry", "source_list"], name="one_version_a_list_and_entry"),
            models.CheckConstraint(
                name="a_version_has_one_source",
                condition=Q(source_list__isnull=False, submission__isnull=True) | Q(source_list__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["entry", "valid_from", "id"], name="version_by_entry"),
            models.Index(
                fields=["-valid_from", "reason"],
                condition=Q(reason__in=("cancelled", "revoked"), source_list__isnull=True),
                name="version_that_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.valid_from}"


class NumberSeries(models.Model):
    """The last running number an entity was given within a class, not reset by year.

    Rows are written only by ``filings.numbers.allocate``, in one upsert.
    """

    entity = models.ForeignKey("filings.Entity", models.PROTECT, related_name="number_series")
    algorithm_class = models.CharField(max_length=2, choices=AlgorithmClass)
    last = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = _("number series")
        constraints = [
            models.UniqueConstraint(fields=["entity", "algorithm_class"], name="one_series_a_class"),
            models.CheckConstraint(name="a_series_has_three_digits", condition=Q(last__gte=1, last__lte=999)),
        ]

    def __str__(self) -> str:
        return f"{self.algorithm_class}: {self.last}"


class ServiceNumberSeries(models.Model):
    """The last running number given to services of a kind in a region, not reset by year.

    Rows are written only by ``filings.numbers.allocate_service``, in one upsert.
    """

    region = models.CharField(max_length=2)
    kind = models.CharField(max_length=30, choices=FilingKind)
    last = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("number series of services")
        verbose_name_plural = _("number series of services")
        constraints = [
            models.UniqueConstraint(fields=["region", "kind"], name="one_series_a_region_and_kind"),
            models.CheckConstraint(name="a_series_has_four_digits", condition=Q(last__gte=1, last__lte=9999)),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.kind}: {self.last}"
