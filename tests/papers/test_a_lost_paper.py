import logging

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from filings import contents, papers, sealing

pytestmark = pytest.mark.django_db


@pytest.fixture
def lock(draft, provider, now):
    return sealing.lock(procedure=draft, by=provider, at=now)


@pytest.fixture
def lost(lock):
    """A paper whose content the storage does not hold any more."""
    paper = papers.make_for_signature(lock)[0]
    default_storage.delete(contents.path_of(paper.sha256))
    return paper


def test_a_lost_paper_is_said_to_be_lost_and_logged(client, lost, provider, caplog):
    client.force_login(provider)
    with caplog.at_level(logging.ERROR, logger="filings.views.files"):
        answer = client.get(reverse("filings:paper-download", args=[lost.pk]))
    assert answer.status_code == 404
    assert lost.sha256[:4] in answer.content.decode()
    assert [record.getMessage() for record in caplog.records if record.name == "filings.views.files"] == [
        f"The storage has lost the content {lost.sha256}"
    ]


def test_a_signer_is_told_the_same_behind_the_link(client, lost, lock, provider, now):
    (link,) = sealing.invite(sealing=lock, emails={"legal_representative": "l@example.cn"}, by=provider, at=now)
    answer = client.get(reverse("filings:confirm-paper", args=[sealing.token_of(link), lost.pk]))
    assert (answer.status_code, answer.templates[0].name) == (404, "filings/files/missing.html")
