import pytest
from django.utils import timezone

from filings.imports.register import import_file


@pytest.fixture
def take(db):
    """Import the bytes of a list and give its report."""

    def take(data, name="list.docx"):
        return import_file(data, name=name, at=timezone.now())

    return take


def outcome(report):
    return (report.read, report.added, report.updated, report.unchanged, len(report.rejected))
