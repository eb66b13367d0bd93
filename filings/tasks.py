"""Celery only rings the bell: what must be done stands in delivery rows."""

from celery import shared_task

from filings import events


@shared_task(name="filings.deliver", ignore_result=True)
def deliver() -> None:
    """Work whatever deliveries are due; running it twice is harmless."""
    events.deliver_due()


def wake() -> None:
    """Ask a worker to look at the deliveries now; a dead broker is no error."""
    deliver.apply_async(retry=False)


events.nudge_with(wake)
