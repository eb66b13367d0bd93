"""Labels of samples that nobody read when they were attached, as work of a delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filings import events, labels
from filings.models import Attachment, Submission
from filings.submissions import document_of

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Event


@events.subscribe("filings.inspected_labels", "matter.inspection.sampled")
def read_inspected(event: Event, *, at: dt.datetime) -> None:
    """Keep a verdict over each sample that either side handed in for an inspection; twice is once."""
    files = Attachment.objects.filter(matter_posts__matter=event.matter_id, matter_posts__kind="sample")
    for sha256 in sorted(set(files.values_list("sha256", flat=True))):
        labels.keep_reading(sha256=sha256, at=at)


@events.subscribe("filings.sample_labels", "procedure.submit", "procedure.resubmit")
def read_samples(event: Event, *, at: dt.datetime) -> None:
    """Keep a verdict over each sample of the submission, for the review screen; twice is once."""
    submission = Submission.objects.get(procedure=event.procedure_id, digest=event.submission_digest)
    labels.keep_all(document_of(submission)["content"], at=at)
