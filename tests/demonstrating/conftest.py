import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from portal import demonstration


@pytest.fixture(scope="module")
def played(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demonstration, made once for the module and taken back afterwards."""
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media, DEMONSTRATION=True), transaction.atomic():
        yield demonstration.build(now=timezone.now())
        transaction.set_rollback(True)
