"""A draft of a generative filing, and an officer who may open what is deposited for it."""

import datetime as dt

import pytest
from django.utils import timezone

from filings import drafts, vault
from filings.models import Filing, Procedure

SECRET = "q7-Tulip-9431"
ACCESS = {"address": "https://qinglan.example.cn/chat", "account": "tester-01", "secret": SECRET, "notes": "每分钟十次"}


@pytest.fixture
def procedure(entity, provider, now):
    begun = drafts.start_filing(
        entity=entity, kind="deep_synthesis", algorithm_class="01", role="provider", by=provider, at=now
    )
    Filing.objects.filter(pk=begun.filing_id).update(kind="generative", algorithm_class="", role="")
    return Procedure.objects.select_related("filing__entity").get(pk=begun.pk)


@pytest.fixture
def until():
    return timezone.localdate() + dt.timedelta(days=30)


@pytest.fixture
def deposit(procedure, provider, now, until):
    return vault.deposit(
        procedure=procedure, kind="account", scope="public", access=ACCESS, expires_on=until, by=provider, at=now
    )


@pytest.fixture
def posting(reviewer):
    return reviewer.postings.select_related("authority").get()
