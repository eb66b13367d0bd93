"""What the API says of the public catalogue of data sets: its allow-list of fields."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from ninja import Schema

if TYPE_CHECKING:
    from filings.models import DataSet


class Offered(Schema):
    reference: str
    title: str
    body: str
    description: str
    source: str
    licence: str
    data_class: str
    size: str
    contact: str
    grade: str
    graded_on: dt.date
    url: str


class OfferedPage(Schema):
    datasets: list[Offered]
    next: str | None


def told(dataset: DataSet) -> dict[str, Any]:
    """One published entry."""
    assert dataset.matter.entity is not None and dataset.graded_at is not None, "it was published by somebody"  # noqa: PT018
    texts = ("description", "source", "licence", "data_class", "size", "contact", "grade")
    return {
        "reference": dataset.matter.reference, "title": dataset.matter.title, "body": dataset.matter.entity.name,
        **{name: getattr(dataset, name) for name in texts},
        "graded_on": timezone.localdate(dataset.graded_at),
        "url": settings.PUBLIC_URL + reverse("datasets:detail", args=[dataset.matter.reference]),
    }  # fmt: skip
