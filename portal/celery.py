"""The Celery application. Tasks are `@shared_task`s in each package's `tasks` module."""

import os

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_the_settings_logging(**kwargs: object) -> None:
    """Celery sets up no logging of its own: the settings' lines carry no personal data."""
