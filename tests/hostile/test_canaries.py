"""A mark in every private answer of a filing that is then published: no public page may show one."""

import io
import re
from itertools import count

import pypdfium2
import pytest
from django.urls import reverse

from filings import events, papers
from filings.dossier.fields import spec_of
from filings.dossier.kinds import KINDS
from filings.models import Dossier, Entity, Paper
from filings.publication import PUBLIC_FIELDS
from tests import factories
from tests.access import asking
from tests.publishing.conftest import publish as publish

WRITTEN = ("text", "long_text")
MARK = "鷹"
FORMED = ("credit_code", "number", "holder")  # answers that must keep a form or equal another


def planted(content, kind, serial):
    """Every private written answer of a document, marked; answers that must keep a form stay."""
    for section in KINDS[kind].sections:
        stored = content.get(section.code, {})
        _plant(stored, section.base_fields, f"{section.code}.", kind, serial)
        for items, form in section.items.items():
            for row in stored.get(items, []):
                _plant(row, form.base_fields, f"{section.code}.{items}.", kind, serial)
    return content


def _plant(values, fields, where, kind, serial):
    prefix = "entity:" if kind == "entity" else ""
    for name, field in fields.items():
        text = values.get(name)
        is_free = name not in FORMED and spec_of(field).kind in WRITTEN and isinstance(text, str) and len(text) >= 8
        if is_free and f"{prefix}{where}{name}" not in PUBLIC_FIELDS:
            values[name] = f"{text}{MARK}{next(serial)}"


@pytest.fixture
def entry(entity, provider, publish, now):
    serial = count(100)
    planted(entity.profile, "entity", serial)
    Entity.objects.filter(pk=entity.pk).update(profile=entity.profile)
    before = next(serial)
    entity.refresh_from_db()
    factories.entities.freeze_version(entity=entity, by=provider, at=now)
    entity.versions.update(status="verified", checked_by=provider, checked_at=now)
    draft = factories.complete_draft(entity=entity, by=provider, at=now)
    dossier = Dossier.objects.get(procedure=draft)
    dossier.content = planted(dossier.content, "deep_synthesis", serial)
    dossier.save(update_fields=["content"])
    assert before > 110, "marks stand in the profile"
    assert next(serial) > before + 20, "marks stand in the dossier"
    return publish(factories.submit(draft, by=provider, at=now))


def open_addresses(entry):
    """Every address that needs no sign-in, found by walking the site."""
    given = {
        "register:entry-detail": [entry.number], "register:verify-number": [entry.number],
        "api:register-entry": [entry.number], "api:verify": [entry.number], "portal:law-detail": ["arp"],
        "register:notice-detail": ["2026-01-01", "revoked"], "register:qr": [entry.number],
        "register:badge": [entry.number], "complaints:complain": [entry.number], "complaints:object": [entry.number],
        "datasets:detail": ["SL9"], "api:dataset-detail": ["SL9"],
    }  # fmt: skip
    skipped = ("portal:outbox", "filings:", "admin", "account", "mfa", "set_language")
    for name, pattern in asking.routes():
        is_open = not getattr(pattern.callback, "login_required", True)
        if is_open and not name.startswith(skipped):
            yield reverse(name, args=given.get(name, []))
    yield f"/register/?q={MARK}"
    yield f"/register/?q={entry.entity_name}"
    yield f"/api/register?q={MARK}"


def test_no_private_answer_is_shown_at_any_open_address(entry, client):
    addresses = list(open_addresses(entry))
    assert len(addresses) > 20
    for address in addresses:
        shown = client.get(address).content.decode()
        assert re.search(rf"{MARK}\d", shown) is None, address


def test_no_private_answer_is_found_by_search(entry, client):
    assert client.get("/api/register", {"q": MARK}).json()["entries"] == []
    assert client.get("/api/register", {"q": factories.IDENTITY_NUMBER[-6:]}).json()["entries"] == []


def test_no_private_answer_stands_in_the_certificate(entry, now):
    events.deliver_due()
    paper = Paper.objects.get(kind=Paper.Kind.CERTIFICATE, procedure__filing=entry.filing)
    with papers.open_paper(paper) as file:
        pages = pypdfium2.PdfDocument(io.BytesIO(file.read()))
        text = "".join(page.get_textpage().get_text_range() for page in pages)
    assert entry.number.replace("号", "")[:4] in text.replace("\u200b", "")
    assert MARK not in text
    assert factories.IDENTITY_NUMBER[-6:] not in text


def test_no_private_answer_stands_in_the_published_rows(entry):
    from tests.hostile.searching import tables_that_hold

    assert {table for table in tables_that_hold(MARK) if "register" in table} == set()
