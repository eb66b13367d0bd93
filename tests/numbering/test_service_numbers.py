"""Numbers of generative-AI services: read, and allocated by region and kind."""

import datetime as dt
import threading

import pytest
from django.db import connection, connections, transaction
from django.db.utils import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from filings import numbers
from filings.models import NumberState, RegisterEntry, ServiceNumberSeries
from filings.numbers.services import PINYIN
from filings.register import new_entry

AT = dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 23)
PREFIXES = ("网信算备", "YanShi-", "演示算备")
NAMES = st.from_regex(r"[A-Za-z0-9]{1,12}(-[A-Za-z0-9]{1,12}){0,2}", fullmatch=True)


def read(text):
    return numbers.parse(text, prefixes=PREFIXES, on=TODAY)


def wrong(text):
    return [block.code for block in read(text).wrong_blocks]


def allocate(name="QingHe", *, kind="generative", region="330106", at=AT):
    return numbers.allocate_service(kind=kind, region_code=region, name=name, at=at)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Beijing-QingHe-20230821", ("11", "QingHe", dt.date(2023, 8, 21), None, False)),
        ("ZheJiang-QingHeDaMoXing-202404280001", ("33", "QingHeDaMoXing", dt.date(2024, 4, 28), 1, False)),
        ("ZhongYangQiYe-QH-Gpt-20240123", ("00", "QH-Gpt", dt.date(2024, 1, 23), None, False)),
        ("shanghai-39AIQingHe-20240521S0001", ("31", "39AIQingHe", dt.date(2024, 5, 21), 1, True)),
        ("YanShi-Beijing-QingHe-202611230017", ("11", "QingHe", TODAY, 17, False)),
        ("yanshi-BEIJING-QingHe-20261123s0017", ("11", "QingHe", TODAY, 17, True)),
    ],
)
def test_a_sound_number_is_read_block_by_block(text, parts):
    found = read(text)
    assert (found.state, found.is_service, found.wrong_blocks) == (NumberState.OK, True, ())
    assert (found.province, found.name, found.day, found.sequence, found.is_registration) == parts


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("Shinghai-QingHe-20240729S0020", ["region"]),
        ("Atlantis-QingHe-20240729S0020", ["region"]),
        ("Beijing-青禾-202407290020", ["name"]),
        ("Beijing-Qing_He-202407290020", ["name"]),
        ("Beijing--202407290020", ["name"]),
        ("Beijing-202407290020", ["name"]),
        ("Beijing-QingHe-202402300020", ["day"]),
        ("Beijing-QingHe-20221231", ["day"]),
        ("Beijing-QingHe-202611240001", ["day"]),
        ("Beijing-QingHe-2024", ["day"]),
        ("Beijing-QingHe", ["day"]),
        ("Beijing-QingHe-20240428", ["sequence"]),
        ("Beijing-QingHe-202404280000", ["sequence"]),
        ("Beijing-QingHe-20240428000001", ["sequence"]),
        ("Beijing-QingHe-20240428S001", ["sequence"]),
        ("Beijing-QingHe-20240428S", ["sequence"]),
        ("NoSuch-Beijing-QingHe-202404280001", ["prefix"]),
        ("备案号:Beijing-QingHe-202404280001", ["prefix"]),
    ],
)
def test_the_block_that_is_wrong_is_marked_and_no_other(text, blocks):
    assert wrong(text) == blocks
    assert read(text).state == NumberState.MALFORMED
    assert all(str(block.problem) for block in read(text).wrong_blocks)


def test_a_misprinted_region_is_told_with_the_one_that_may_be_meant():
    assert "Shanghai" in str(read("Shinghai-QingHe-20240729S0020").wrong_blocks[0].problem)
    assert read("Shinghai-QingHe-20240729S0020").suggestion == "Shanghai-QingHe-20240729S0020"


@pytest.mark.parametrize(
    "typed", ["beijing-qinghe-202404280001", " Beijing - QingHe - 202404280001 ", "Beijing–QingHe—202404280001"]
)
def test_case_blanks_and_dashes_make_no_other_number(typed):
    assert numbers.key(typed) == numbers.key("Beijing-QingHe-202404280001")
    assert wrong(typed) == []


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(text):
    assert read(text).text == numbers.clean(text)


@given(
    st.sampled_from(sorted(PINYIN)), NAMES, st.dates(dt.date(2024, 4, 28), TODAY), st.integers(1, 9999), st.booleans()
)
def test_every_number_of_the_form_is_read_back_whole(region, name, day, running, registration):
    mark = "S" if registration else ""
    found = read(f"YanShi-{PINYIN[region]}-{name}-{day:%Y%m%d}{mark}{running:04}")
    assert (found.province, found.name, found.day, found.sequence) == (region, name, day, running)
    assert (found.is_registration, found.wrong_blocks, found.prefix) == (registration, (), "YanShi-")


@given(NAMES, st.integers(0, 60), st.sampled_from("?_ü青"))
def test_a_character_that_cannot_stand_there_is_always_noticed(name, place, character):
    sound = f"Beijing-{name}-202404280001"
    at = place % (len(sound) + 1)
    assert read(sound[:at] + character + sound[at:]).state == NumberState.MALFORMED


@pytest.mark.parametrize(
    ("label", "region"),
    [("北京市", "11"), ("广西", "45"), ("国资委", "00"), ("内蒙古自治区", "15"), ("某省", ""), ("", "")],
)
def test_a_printed_region_is_known_by_its_name(label, region):
    assert numbers.place_of(label) == region


def test_numbers_run_by_region_and_kind_under_our_own_prefix(installation):
    given_numbers = [
        allocate("QingHe"), allocate("QingHeEr"), allocate("QingHeSan", kind="generative_registration"),
        allocate("QingHe", region="110108"),
    ]  # fmt: skip
    assert given_numbers == [
        "YanShi-Zhejiang-QingHe-202611230001",
        "YanShi-Zhejiang-QingHeEr-202611230002",
        "YanShi-Zhejiang-QingHeSan-20261123S0001",
        "YanShi-Beijing-QingHe-202611230001",
    ]
    assert [wrong(number) for number in given_numbers] == [[], [], [], []]


def test_the_running_number_goes_on_in_a_new_year_and_the_day_is_that_of_china(installation):
    allocate("QingHe")
    new_year = dt.datetime(2026, 12, 31, 16, 30, tzinfo=dt.UTC)
    assert allocate("QingHeEr", at=new_year) == "YanShi-Zhejiang-QingHeEr-202701010002"


def test_a_rolled_back_allocation_gives_its_number_back(installation):
    with transaction.atomic():
        first = allocate("QingHe")
        transaction.set_rollback(True)
    assert allocate("QingHe") == first


def test_a_full_series_is_refused(installation):
    ServiceNumberSeries.objects.create(region="33", kind="generative", last=9999)
    with pytest.raises(numbers.NumberSpaceExhausted):
        allocate("QingHe")
    with pytest.raises(IntegrityError, match="a_series_has_four_digits"):
        ServiceNumberSeries.objects.create(region="34", kind="generative", last=10_000)


@pytest.mark.parametrize(
    "asked",
    [
        {"name": ""}, {"name": "青禾"}, {"name": "Qing He"}, {"name": "a" * 41}, {"region": "990106"},
        {"kind": "deep_synthesis"},
    ],
)  # fmt: skip
def test_a_malformed_part_is_refused(installation, asked):
    with pytest.raises(ValueError, match="no number"):
        allocate(**asked)


def listed(number):
    entry = new_entry(number, prefixes=PREFIXES)
    entry.kind, entry.name, entry.entity_name = "generative", "青禾大模型", "青禾智能"
    entry.name_key, entry.entity_key, entry.published_on = "青禾大模型", "青禾智能", TODAY
    entry.save()


@pytest.mark.parametrize("taken", ["ZheJiang-qinghe-20230901", "YanShi-Zhejiang-QINGHE-202611230001"])
def test_a_name_stands_in_one_number_of_a_region_only(installation, taken):
    listed(taken)
    with pytest.raises(numbers.NumberNameTaken, match="QingHe"):
        allocate("QingHe")
    assert allocate("QingHe", region="110108")
    assert not ServiceNumberSeries.objects.filter(region="33").exists()
    assert RegisterEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_allocations_at_once_never_give_one_number_twice(installation):
    found, barrier = [], threading.Barrier(8)

    def work(worker):
        barrier.wait()
        found.extend([allocate(f"QingHe{worker}x{turn}") for turn in range(5)])
        connections.close_all()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers.parse(n, on=TODAY).sequence for n in found) == list(range(1, 41))
    connection.close()
