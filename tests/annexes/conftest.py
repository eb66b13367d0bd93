import pytest

from filings.annexchecks.specimen import Package
from tests.annexes import desk
from tests.annexes.package import small


@pytest.fixture
def service(provider, entity, now):
    """A draft of a generative service without annexes."""
    return desk.service(provider, entity, at=now)


@pytest.fixture
def little(monkeypatch):
    """Checks measure against small numbers, so that files are small."""
    rules = small()
    monkeypatch.setattr("filings.annexworking.rules_of", lambda _rule_set: rules)
    return Package(rules)
