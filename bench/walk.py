"""A whole dossier through the test client: the SQL statements of every request from first section to receipt."""

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from filings import drafts, sealing
from filings.dossier import specimen
from filings.dossier.bound import bind
from filings.dossier.facts import Facts
from filings.dossier.kinds import KINDS
from filings.models import Confirmation, Dossier, Entity, Procedure
from tests import factories

KIND = "deep_synthesis"
JSON = {"HTTP_ACCEPT": "application/json"}


class Walk:
    """Counts statements by step. Work of the background worker is no request and is not counted."""

    def __init__(self) -> None:
        self.client = Client(HTTP_HOST="localhost")
        self.stranger = Client(HTTP_HOST="localhost")
        self.steps: list[tuple[str, int]] = []
        self.uploads: list[int] = []

    def ask(self, step: str, address: str, data: dict[str, Any] | None = None, *, client: Client | None = None) -> Any:
        """One request, counted under a step; it must not fail."""
        by = client or self.client
        with CaptureQueriesContext(connection) as seen:  # BEGIN and COMMIT count too
            answer: HttpResponse = by.get(address) if data is None else by.post(address, data)
        assert answer.status_code in (200, 302), f"{step} {address}: {answer.status_code} {answer.content[:2000]!r}"
        self.steps.append((step, len(seen)))
        return answer

    def upload(self, entity: Entity, procedure: Procedure, reference: dict[str, Any]) -> dict[str, Any]:
        file = SimpleUploadedFile("evidence.png", factories.PNG, "image/png")
        address = reverse("filings:attachment-upload", args=[entity.pk]) + f"?filing={procedure.filing_id}"
        with CaptureQueriesContext(connection) as seen:
            answer = self.client.post(address, {"file": file}, **JSON)
        assert answer.status_code == 201, answer.content[:2000]
        self.uploads.append(len(seen))
        told = json.loads(answer.content)
        return {name: told[name] for name in reference if name in told}


def whole_dossier() -> dict[str, Any]:
    """Queries by step, their sum, and the most that one upload takes."""
    at = timezone.now()
    owner = factories.user("walker@example.cn", "林知远")
    entity = factories.verified_entity(owner=owner, at=at)
    procedure = drafts.start_filing(
        entity=entity, kind=KIND, by=owner, at=at, algorithm_class="01", role="provider"
    )  # fmt: skip
    walk = Walk()
    walk.client.force_login(owner)
    _sections(walk, entity, procedure)
    _signing(walk, procedure)
    steps: dict[str, list[int]] = {}
    for step, count in walk.steps:
        steps.setdefault(step, []).append(count)
    told = {step: {"requests": len(counts), "queries": sum(counts)} for step, counts in steps.items()}
    return {"steps": told, "queries": sum(count for _step, count in walk.steps), "uploads": walk.uploads}


def _sections(walk: Walk, entity: Entity, procedure: Procedure) -> None:
    content = specimen.dossier("01", "provider")
    content["algorithm"]["name"] = "步行测量生成合成算法"
    profile = entity.versions.get().content
    content = _uploaded(walk, entity, procedure, content)
    facts = Facts.read(KIND, content, profile)
    for section in KINDS[KIND].sections:
        if not section.applies(facts):
            continue
        address = reverse("filings:dossier-section", args=[procedure.pk, section.code])
        walk.ask("sections opened", address)
        data = dict(bind(KIND, section.code, content, entity=profile).as_data().lists())
        base = Dossier.objects.get(procedure=procedure).section_versions.get(section.code, 0)
        walk.ask("sections saved", address, {**data, "base_version": base, "go": "continue"})


def _uploaded(walk: Walk, entity: Entity, procedure: Procedure, value: Any) -> Any:
    """The specimen's answers with files that were really uploaded."""
    if isinstance(value, list):
        return [_uploaded(walk, entity, procedure, each) for each in value]
    if not isinstance(value, dict):
        return value
    if "attachment" in value:
        return walk.upload(entity, procedure, value)
    return {name: _uploaded(walk, entity, procedure, each) for name, each in value.items()}


def _signing(walk: Walk, procedure: Procedure) -> None:
    def address(name: str, *more: Any) -> str:
        return reverse(f"filings:{name}", args=[procedure.pk, *more])

    walk.ask("check", address("dossier-check"))
    walk.ask("lock", address("dossier-lock"), {})
    walk.ask("signing page", address("dossier-sign"))
    addresses = {"legal_representative": "legal@example.cn", "safety_officer": "safety@example.cn"}
    walk.ask("invitations sent", address("dossier-invite"), addresses)
    for confirmation in Confirmation.objects.filter(sealing__procedure=procedure).order_by("pk"):
        link = reverse("filings:confirm", args=[sealing.token_of(confirmation)])
        walk.ask("confirmations", link, client=walk.stranger)
        who = {"name": confirmation.person_name, "last_four": factories.IDENTITY_NUMBER[-4:], "agrees": "on"}
        walk.ask("confirmations", link, who, client=walk.stranger)
    walk.ask("submit", address("dossier-submit"), {})
    walk.ask("receipt", address("receipt", 1))
