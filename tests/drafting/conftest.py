import pytest
from django.test import Client
from django.urls import reverse

from filings import drafts
from filings.models import Dossier


@pytest.fixture
def at_desk():
    """A browser of somebody who has signed in."""

    def signed_in(user):
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def browser_of_provider(provider, at_desk):
    return at_desk(provider)


@pytest.fixture
def begun(entity, provider, now):
    """A deep-synthesis draft in which nothing is answered but class and role."""
    return drafts.start_filing(
        entity=entity, kind="deep_synthesis", by=provider, at=now, algorithm_class="01", role="provider"
    )


@pytest.fixture
def address():
    def of(procedure, section):
        return reverse("filings:dossier-section", args=[procedure.pk, section])

    return of


@pytest.fixture
def stored():
    def of(procedure, section):
        return Dossier.objects.get(procedure=procedure).content.get(section)

    return of
