import datetime as dt

import pytest

from filings import numbers, publication, transitions
from filings.lifecycle import Actor
from filings.submissions import document_of


@pytest.fixture
def publish(signatory, now):
    """Register and publish a submitted procedure, as signing does; gives the entry."""

    def publish(procedure):
        filing, at = procedure.filing, now + dt.timedelta(hours=1)
        number = numbers.allocate(
            entity=filing.entity, algorithm_class=filing.algorithm_class, region_code=filing.region_code, at=at
        )
        transitions.move_filing(filing, "register", side=Actor.OFFICER, by=signatory, at=at, changes={"number": number})
        submission = procedure.submissions.get()
        return publication.publish(filing=filing, submission=submission, number=number, by=signatory, at=at)

    return publish


@pytest.fixture
def document(submitted):
    return document_of(submitted.submissions.get())
