"""Labels of samples that nobody read when they were attached, as work of a delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filings import events, labels
from filings.models import Submission
from filings.submissions import document_of

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Event


@events.subscribe("filings.sample_labels", "procedure.submit", "procedure.resubmit")
def read_samples(event: Event, *, at: dt.datetime) -> None:
    """Keep a verdict over each sample of the submission, for the review screen; twice is once."""
    submission = Submission.objects.get(procedure=event.procedure_id, digest=event.submission_digest)
    labels.keep_all(document_of(submission)["content"], at=at)
