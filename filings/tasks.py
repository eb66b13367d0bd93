"""Celery only rings the bell: what must be done stands in delivery rows."""

from celery import shared_task
from django.utils import timezone

from filings import agencies, confirmations, events, pulses, vault
from filings.models import Pulse


@shared_task(name="filings.deliver", ignore_result=True)
def deliver(rung_by: str = "") -> None:
    """Work whatever deliveries are due; running it twice is harmless. ``rung_by`` names beat when it rang."""
    programs = (Pulse.Program.WORKER, *([Pulse.Program.BEAT] if rung_by == Pulse.Program.BEAT else []))
    pulses.note(*programs, at=timezone.now())
    events.deliver_due()


@shared_task(name="filings.expire_vault", ignore_result=True)
def expire_vault() -> None:
    """End and erase access for tests that is past its day; running it twice is harmless."""
    vault.expire_due(at=timezone.now())


@shared_task(name="filings.end_agencies", ignore_result=True)
def end_agencies() -> None:
    """Take out agents whose power of attorney has ended."""
    agencies.end_expired(at=timezone.now())


@shared_task(name="filings.watch_confirmations", ignore_result=True)
def watch_confirmations() -> None:
    """Ask for confirmations that are due, remind of them, and mark what was missed."""
    at = timezone.now()
    confirmations.ask_due(at=at)
    confirmations.remind(at=at)
    confirmations.miss_overdue(at=at)


def wake() -> None:
    """Ask a worker to look at the deliveries now; a dead broker is no error."""
    deliver.apply_async(retry=False)


events.nudge_with(wake)
