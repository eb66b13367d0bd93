"""What a first view costs, as a production server sends it: compressed page, styles, scripts and drawings."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests import factories

MOST = 200_000
ASSET = re.compile(r'(?:href|src)="/static/([^"#?]+)')


def weight(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    names = set(ASSET.findall(answer.content.decode()))
    assert names, address
    files = [Path(finders.find(name)).read_bytes() for name in names]
    return sum(len(gzip.compress(body)) for body in [answer.content, *files])


@pytest.mark.parametrize(
    "address",
    ["/", "/guide/", "/guide/specimen/", "/guide/checklist/?kind=deep_synthesis", "/law/arp/", "/register/", "/verify/",
     "/accounts/signup/"],
)  # fmt: skip
def test_a_public_page_is_light(client, installation, address):
    assert weight(client, address) < MOST


def test_a_provider_s_pages_are_light(client, draft, provider):
    client.force_login(provider)
    for address in (
        f"/entities/{draft.filing.entity_id}/",
        f"/procedures/{draft.pk}/dossier/",
        f"/procedures/{draft.pk}/dossier/data/",
        f"/procedures/{draft.pk}/check/",
        f"/procedures/{draft.pk}/",
    ):
        assert weight(client, address) < MOST, address


def test_a_service_s_pages_are_light(client, entity, provider, now):
    service = factories.complete_draft(entity=entity, by=provider, at=now, kind="generative")
    client.force_login(provider)
    for page in ("dossier/", "dossier/corpora/", "assessment/", "annexes/", "check/", "test-access/"):
        assert weight(client, f"/procedures/{service.pk}/{page}") < MOST, page
