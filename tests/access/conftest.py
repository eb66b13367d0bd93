import pytest
from django.db import transaction

from tests.access import asking, world


@pytest.fixture(scope="package")
def made(django_db_setup, django_db_blocker):
    """The world, made once for all rows and undone at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _with_browsers(world.build())
        transaction.set_rollback(True)


def _with_browsers(made):
    made.cookies = asking.browsers(made.cast)
    return made
