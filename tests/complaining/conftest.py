import pytest

from tests.registering import registered


@pytest.fixture
def entry(entity, provider, reviewer, signatory, national_reviewer, national_signatory, now):
    """A registered filing in Zhejiang, and the officers who took part in it."""
    return registered(
        entity, by=provider, at=now, reviewer=reviewer, national_reviewer=national_reviewer,
        national_signatory=national_signatory,
    )  # fmt: skip
