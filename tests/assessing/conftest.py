import pytest

from filings import assessing, mandates
from filings.models import Dossier
from tests import factories


@pytest.fixture
def service(entity, provider, now):
    """A complete draft of a generative filing, assessed by the provider itself."""
    return factories.complete_draft(entity=entity, by=provider, at=now, kind="generative")


@pytest.fixture
def stored():
    """The assessment of a procedure, as stored."""

    def of(procedure):
        return Dossier.objects.get(procedure=procedure).content.get("assessment", {})

    return of


@pytest.fixture
def key():
    return assessing.key_of


@pytest.fixture
def mandate(service, provider, now):
    return mandates.invite(
        procedure=service, email="lab@example.cn", organisation="杭州安评实验室", by=provider, at=now
    )


@pytest.fixture
def assessor(mandate, now):
    """A person of an organisation that took the assessment on."""
    person = factories.user("lab@example.cn", "评估员")
    mandates.accept(
        token=mandates.token_of(mandate),
        by=person,
        at=now,
        name="杭州安评实验室有限公司",
        credit_code="91330106MA2CFRGM44",
    )
    return person
