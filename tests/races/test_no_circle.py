"""Two connections that each store half of a circle: one of them is refused."""

import time

import pytest
from django.db import IntegrityError, connection, transaction

from filings.models import Filing, Reliance

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pair(submitted):
    """Two bare filings beside a submitted one."""
    like = {"entity": submitted.filing.entity, "kind": "generative", "created_at": submitted.created_at}
    return [Filing.objects.create(**like, created_by=submitted.filing.created_by, name=name) for name in ("甲", "乙")]


def relying(upper, lower, submission):
    def rely():
        with transaction.atomic():
            Reliance.objects.create(filing=upper, on_filing=lower, submission=submission, path="base_model")
            time.sleep(0.3)  # holds the transaction open while the other one asks
        return "stored"

    return rely


def test_two_that_would_stand_on_one_another_are_not_both_stored(pair, submitted, at_once):
    one, other = pair
    submission = submitted.submissions.get()

    results = at_once(relying(one, other, submission), relying(other, one, submission))

    assert sorted(type(each).__name__ for each in results) == ["IntegrityError", "str"]
    assert Reliance.objects.count() == 1


def test_without_the_trigger_both_would_be_stored(pair, submitted, at_once):
    one, other = pair
    submission = submitted.submissions.get()
    table = "ALTER TABLE filings_reliance {} TRIGGER no_circle_of_reliances"
    with connection.cursor() as cursor:
        cursor.execute(table.format("DISABLE"))
    try:
        results = at_once(relying(one, other, submission), relying(other, one, submission))
    finally:
        with connection.cursor() as cursor:
            cursor.execute(table.format("ENABLE"))
    assert not any(isinstance(each, IntegrityError) for each in results)
    assert Reliance.objects.count() == 2
