"""A filing taken through both levels to its number, by the rules that users run."""

import datetime as dt

from filings import events
from filings.models import RegisterEntry
from reviews import decisions, queue, signing
from reviews.models import ReviewTask
from tests import factories


def registered(entity, *, by, at, reviewer, national_reviewer, national_signatory, **facts):
    """The register's entry of a new filing; its filing and entity hang on it."""
    draft = factories.complete_draft(entity=entity, by=by, at=at, **facts)
    factories.submit(draft, by=by, at=at)
    events.deliver_due(at=at + dt.timedelta(minutes=5))
    task = queue.claim(task=ReviewTask.objects.get(procedure=draft), by=reviewer, at=at)
    task = queue.claim(task=decisions.pass_up(task=task, by=reviewer, at=at), by=national_reviewer, at=at)
    proposal = decisions.propose(task=task, kind="register", by=national_reviewer, at=at)
    signing.sign(proposal=proposal, by=national_signatory, at=at)
    return RegisterEntry.objects.select_related("filing__entity").get(filing=draft.filing)
