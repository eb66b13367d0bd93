import json

import pytest
from django.db import transaction

from filings import changes, drafts, entities
from filings.dossier import specimen
from filings.models import EntityVersion, Event, RegisterEntry
from reviews import decisions, handlers, queue
from reviews.models import DeclineGround, ReviewTask
from tests import factories

CODE, NAME = "91330110MA2H00004G", "杭州承接科技有限公司"


@pytest.fixture
def cast(reviewer, signatory, national_reviewer, national_signatory):
    """Everybody who decides, posted before anything is routed."""
    return {"33": (reviewer, signatory), "": (national_reviewer, national_signatory)}


def check(procedure, at):
    """Run intake over what was submitted, without the papers, which take long to set."""
    asked = Event.objects.filter(procedure=procedure, kind__in=("procedure.submit", "procedure.resubmit"))
    with transaction.atomic():
        handlers.check_submission(asked.latest("pk"), at=at)


class Desk:
    """Takes a submitted procedure through the desk, whatever its stages."""

    def __init__(self, cast):
        self.cast = cast

    def decide(self, procedure, kind, at, **extra):
        check(procedure, at)
        while True:
            task = ReviewTask.objects.unfinished().get(procedure=procedure)
            reviewer, signatory = self.cast[task.authority.region_prefix]
            queue.claim(task=task, by=reviewer, at=at)
            if task.stage.may_conclude or kind == "return":
                break
            decisions.pass_up(task=task, by=reviewer, at=at)
        proposal = decisions.propose(task=task, kind=kind, by=reviewer, at=at, reasons="理由", **extra)
        decisions.sign(proposal=proposal, by=signatory, at=at)
        procedure.refresh_from_db()
        procedure.filing.refresh_from_db()
        return procedure

    def grant(self, procedure, at):
        return self.decide(procedure, "register", at)

    def decline(self, procedure, at):
        return self.decide(procedure, "decline", at, grounds=DeclineGround.objects.filter(code="incomplete"))


@pytest.fixture
def desk(cast):
    return Desk(cast)


@pytest.fixture
def registered(submitted, desk, now):
    """A filing with its number and its entry."""
    return desk.grant(submitted, now).filing


@pytest.fixture
def edit(provider, now):
    """Change answers of a draft: ``edit(procedure, "algorithm", name="…")``."""

    def save(procedure, section, **answers):
        procedure.refresh_from_db()
        dossier = procedure.dossier
        dossier.refresh_from_db()
        drafts.save_section(
            dossier=dossier, section=section, value={**dossier.content.get(section, {}), **answers},
            base_version=int(dossier.section_versions.get(section, 0)), by=provider, at=now,
        )  # fmt: skip

    return save


@pytest.fixture
def change(registered, provider, now):
    """A change of the registered filing, begun today."""
    return changes.begin(filing=registered, changed_on=now.date(), by=provider, at=now)


@pytest.fixture
def entry(registered):
    return RegisterEntry.objects.get(filing=registered)


@pytest.fixture
def receiver(outsider, now):
    """Another entity with a verified profile of its own, and a product that nobody files yet."""
    person = factories.user("receiver@example.cn", "周行之")
    told = json.dumps(specimen.entity(), ensure_ascii=False)
    told = told.replace(specimen.entity()["basic"]["name"], NAME).replace(
        specimen.entity()["basic"]["credit_code"], CODE
    )
    entity = entities.create_entity(name=NAME, by=person, at=now)
    entity.profile = factories.real(json.loads(told), entity, by=person, at=now)
    entity.save(update_fields=["profile"])
    entities.freeze_version(entity=entity, by=person, at=now)
    EntityVersion.objects.filter(entity=entity).update(status="verified", checked_by=person, checked_at=now)
    entity.refresh_from_db()
    return entity


@pytest.fixture
def receiving_owner(receiver):
    return receiver.memberships.get(role="owner").user
