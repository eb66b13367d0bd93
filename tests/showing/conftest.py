import pytest

from tests.registering import registered


@pytest.fixture
def entry(entity, provider, reviewer, national_reviewer, national_signatory, now):
    """A registered and published filing's entry."""
    return registered(
        entity, by=provider, at=now, reviewer=reviewer, national_reviewer=national_reviewer,
        national_signatory=national_signatory,
    )  # fmt: skip


@pytest.fixture
def member(client, provider):
    """The owner at a browser, in English."""
    client.force_login(provider)
    client.cookies["django_language"] = "en"
    return client
