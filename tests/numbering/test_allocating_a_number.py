import datetime as dt
import threading

import pytest
from django.db import connection, connections, transaction
from django.db.utils import IntegrityError

from filings import numbers
from filings.models import NumberSeries, NumberState

AT = dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC)


def allocate(entity, algorithm_class="01", at=AT):
    return numbers.allocate(entity=entity, algorithm_class=algorithm_class, region_code="330106", at=at)


def test_numbers_run_by_entity_and_class_under_our_own_prefix(entity):
    prefix = numbers.known_prefixes()[-1]
    first, second, other_class = allocate(entity), allocate(entity), allocate(entity, "02")
    read = [numbers.parse(n, prefixes=(prefix,), year=2026) for n in (first, second, other_class)]
    assert [parsed.state for parsed in read] == [NumberState.OK] * 3
    assert [(p.class_code, p.sequence) for p in read] == [("01", 1), ("01", 2), ("02", 1)]
    assert {(p.prefix, p.entity_code, p.region_code) for p in read} == {(prefix, entity.code, "330106")}
    assert prefix != numbers.OFFICIAL_PREFIX


def test_the_running_number_goes_on_in_a_new_year(entity):
    allocate(entity)
    later = numbers.parse(allocate(entity, at=AT.replace(year=2027)), year=2027)
    assert (later.year, later.sequence) == (2027, 2)


def test_the_year_is_that_of_china(entity):
    new_year = dt.datetime(2026, 12, 31, 16, 30, tzinfo=dt.UTC)
    assert numbers.parse(allocate(entity, at=new_year), year=2027).year == 2027


def test_a_rolled_back_allocation_gives_its_number_back(entity):
    with transaction.atomic():
        given = allocate(entity)
        transaction.set_rollback(True)
    assert allocate(entity) == given


def test_the_thousandth_number_of_a_class_is_refused(entity):
    NumberSeries.objects.create(entity=entity, algorithm_class="01", last=998)
    assert numbers.parse(allocate(entity), year=2026).sequence == 999
    with pytest.raises(numbers.NumberSpaceExhausted):
        allocate(entity)


@pytest.mark.parametrize(("region", "algorithm_class"), [("33010", "01"), ("330106", "07"), ("33010\uff16", "01")])
def test_a_malformed_part_is_refused(entity, region, algorithm_class):
    with pytest.raises(ValueError, match="no number"):
        numbers.allocate(entity=entity, algorithm_class=algorithm_class, region_code=region, at=AT)


def test_the_database_refuses_a_fourth_digit(entity):
    with pytest.raises(IntegrityError, match="a_series_has_three_digits"):
        NumberSeries.objects.create(entity=entity, algorithm_class="01", last=1000)


@pytest.mark.django_db(transaction=True)
def test_allocations_at_once_never_give_one_number_twice(entity):
    given, barrier = [], threading.Barrier(8)

    def work():
        barrier.wait()
        given.extend([allocate(entity) for _ in range(5)])
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(given)) == 40
    assert sorted(numbers.parse(n, year=2026).sequence for n in given) == list(range(1, 41))
    connection.close()
