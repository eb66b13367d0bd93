import pytest

from filings import papers, sealing
from filings.models import Paper
from tests.scanning import paper

NAMES = {"legal_representative": "林知远", "safety_officer": "周明澈"}


@pytest.fixture
def lock(draft, provider, now):
    """Locked, with the three shorter papers made; the long one has the same code on its pages."""
    lock = sealing.lock(procedure=draft, by=provider, at=now)
    papers.make_for_signature(lock)
    Paper.objects.filter(sealing=lock, kind="self_assessment").delete()
    return lock


@pytest.fixture
def names():
    return dict(NAMES)


@pytest.fixture
def pages(lock):
    """Every page to sign, scanned."""
    return [page for each in Paper.objects.filter(sealing=lock).order_by("pk") for page in paper.scanned(each)]
