"""What granting a change or a transfer of a registered filing does, in the transaction of the signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filings import changes, publication, transfers
from filings.models import Purpose
from reviews import signing
from reviews.models import TextPrint

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Posting, Procedure
    from portal.models import User
    from reviews.models import Proposal


def grant_change(procedure: Procedure, proposal: Proposal, by: User, posting: Posting, at: dt.datetime) -> None:
    """The filing and its entry take over what was submitted; the number stays (Algorithm Provisions, art. 24)."""
    assert proposal.task is not None, "a change is decided in a task"
    filing, submission = procedure.filing, proposal.task.submission
    signing.close(procedure, proposal, "sign_grant", by, posting, at, {"number": filing.number})
    changes.take_effect(procedure=procedure, submission=submission)
    publication.publish_change(filing=filing, submission=submission, by=by, at=at)


def grant_transfer(procedure: Procedure, proposal: Proposal, by: User, posting: Posting, at: dt.datetime) -> None:
    """The filing and its entry go to the receiving entity, and with them the words of its submissions."""
    assert proposal.task is not None, "a transfer is decided in a task"
    filing, submission = procedure.filing, proposal.task.submission
    signing.close(procedure, proposal, "sign_grant", by, posting, at, {"number": filing.number})
    transfers.take_effect(procedure=procedure, submission=submission, by=by, at=at)
    TextPrint.objects.filter(submission__procedure__filing=filing).update(entity=filing.entity)
    publication.publish_change(filing=filing, submission=submission, by=by, at=at)


signing.GRANTS[Purpose.CHANGE] = grant_change
signing.GRANTS[Purpose.TRANSFER] = grant_transfer
