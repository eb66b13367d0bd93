import datetime as dt

import pytest
from django.utils import timezone

from filings.models import RegisterEntry
from tests.registering import registered


@pytest.fixture
def entry(entity, provider, reviewer, national_reviewer, national_signatory, now):
    """Registered a year and a day ago."""
    made = registered(
        entity, by=provider, at=now, reviewer=reviewer, national_reviewer=national_reviewer,
        national_signatory=national_signatory,
    )  # fmt: skip
    long_ago = timezone.localdate() - dt.timedelta(days=367)
    RegisterEntry.objects.filter(pk=made.pk).update(issued_on=long_ago)
    return made
