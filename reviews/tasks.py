"""Celery only says when: every rule here may run twice without harm."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from reviews import batches, deadlines, queue


@shared_task(name="reviews.sweep_leases", ignore_result=True)
def sweep_leases() -> None:
    """Return claims whose lease lapsed."""
    queue.sweep_leases(at=timezone.now())


@shared_task(name="reviews.watch_dates", ignore_result=True)
def watch_dates() -> None:
    """Remind of rectification dates, and bring missed ones back to an officer."""
    deadlines.remind(at=timezone.now())
    deadlines.bring_back_missed(at=timezone.now())


@shared_task(name="reviews.publish_batches", ignore_result=True)
def publish_batches() -> None:
    """Publish the batches whose day has come."""
    batches.publish_due(at=timezone.now())
