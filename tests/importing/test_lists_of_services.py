import datetime as dt
from itertools import permutations

import pytest
from django.db import transaction

from filings.models import RegisterEntry, RegisterList
from filings.register import SETTLED_COLUMNS
from tests.importing import lists, services
from tests.importing.conftest import outcome


def state():
    return [
        ([getattr(entry, column) for column in SETTLED_COLUMNS], entry.versions.count())
        for entry in RegisterEntry.objects.order_by("number_key")
    ]


def test_one_table_holds_filings_and_after_a_second_heading_registrations(take):
    report = take(services.make([services.filed(), services.REGISTERED, services.registered()]))
    assert outcome(report) == (2, 2, 0, 0, 0)
    assert report.by_kind == {"generative": 1, "generative_registration": 1}
    assert report.notes == []
    filed, registered = RegisterEntry.objects.order_by("number")
    assert (filed.kind, filed.name, filed.entity_name, filed.province) == ("generative", "青禾大模型", "青禾智能", "11")
    assert (registered.kind, registered.name, registered.sequence) == ("generative_registration", "青岚助手", 1)
    assert {(entry.algorithm_class, entry.role, entry.class_label) for entry in (filed, registered)} == {("", "", "")}
    assert RegisterList.objects.get().kind == "generative"


def test_the_date_in_the_number_and_the_day_of_filing_stand_side_by_side(take):
    take(services.make([services.filed("Beijing-QingHe-202407080001", day="2024/7/7")]))
    entry = RegisterEntry.objects.get()
    assert (entry.number_day, entry.issued_on) == (dt.date(2024, 7, 8), dt.date(2024, 7, 7))
    assert (entry.year, f"{entry.published_on:%Y-%m}") == (2024, "2024-08")


@pytest.mark.parametrize(
    ("usual", "renamed"), [("模型名称", "大模型名称"), ("备案号", "备案编号"), ("备案时间", "备案日期")]
)
def test_a_renamed_column_is_found_by_its_other_name(take, usual, renamed):
    heading = [renamed if name == usual else name for name in services.FILED]
    report = take(services.make([services.filed()], heading=heading))
    entry = RegisterEntry.objects.get()
    assert (entry.name, entry.number, entry.issued_on) == (
        "青禾大模型", "Beijing-QingHe-20230821", dt.date(2023, 8, 31),
    )  # fmt: skip
    assert report.unknown_columns == ()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (services.registered("Shinghai-QingLan-20240729S0020"), "Shanghai"),
        (services.filed("Beijing-QingHe-202407030002", place="江苏省"), "江苏省"),
        (services.filed("Beijing-QingHe-20240703000002"), "000002"),
        (services.filed("Beijing-QingHe-202413010002"), "20241301"),
        (services.filed("Beijing-QingHe-202407030002", place="某地"), "某地"),
        (services.filed("Beijing-QingHe-202407030002", day="2024/7/1（补登）"), "补登"),
        (services.filed("Beijing-QingHe-202407030002", day="待定"), "待定"),
        (services.filed("Beijing-QingHe-20240703S0002"), ""),
        (services.filed("京AI备2024001"), ""),
    ],
)
def test_a_misprint_is_reported_once_and_kept_as_published(take, row, said):
    is_registered = row[3] == "青岚智能"
    report = take(services.make([services.REGISTERED, row] if is_registered else [row]))
    assert [(note.row, note.number) for note in report.notes] == [(1, row[4])]
    assert said in report.notes[0].note
    entry = RegisterEntry.objects.get()
    content = entry.versions.get().content
    assert (entry.number, content["place_label"], content["day_label"]) == (row[4], row[1], row[5])


def test_where_region_and_place_differ_the_place_is_where_the_entry_is_found(take):
    take(services.make([services.filed("Beijing-QingHe-202407030002", place="江苏省")]))
    assert RegisterEntry.objects.get().province == "32"


def test_a_misprinted_region_does_not_hide_the_entry_from_its_place(take):
    take(services.make([services.REGISTERED, services.registered("Shinghai-QingLan-20240729S0020")]))
    entry = RegisterEntry.objects.get()
    assert (entry.province, entry.number_state) == ("31", "malformed")


def test_a_late_entry_keeps_its_note_beside_its_day(take):
    take(services.make([services.filed("Beijing-QingHe-202407030002", day="2024/7/1(补登)")]))
    entry = RegisterEntry.objects.get()
    assert (entry.issued_on, entry.content["day_label"]) == (dt.date(2024, 7, 1), "2024/7/1(补登)")


def test_a_firm_of_the_central_state_has_a_region_of_its_own(take):
    report = take(services.make([services.filed("ZhongYangQiYe-QingHe-202406200001", place="国资委")]))
    assert (RegisterEntry.objects.get().province, report.notes) == ("00", [])


def test_rows_out_of_order_and_a_heading_within_the_table_are_taken_as_they_stand(take):
    numbers = ["Beijing-A-202404280003", "Beijing-B-202404280001", "Beijing-C-202404280002"]
    rows = [services.filed(number, name=f"模型{n}") for n, number in enumerate(numbers)]
    report = take(services.make([rows[0], services.FILED, rows[1], ["", "", "", "", "", ""], rows[2]]))
    assert outcome(report) == (3, 3, 0, 0, 0)
    assert [v.source_row for e in RegisterEntry.objects.order_by("id") for v in e.versions.all()] == [1, 2, 3]


def test_a_number_printed_in_another_case_is_the_same_number(take):
    take(services.make([services.filed("ZheJiang-QingHe-20240116", place="浙江省")], title=services.APRIL))
    report = take(services.make([services.filed("Zhejiang-QingHe-20240116", place="浙江省")]))
    assert outcome(report) == (1, 0, 1, 0, 0)
    assert RegisterEntry.objects.get().number == "Zhejiang-QingHe-20240116"


def test_a_second_import_adds_none_and_an_older_list_overwrites_nothing(take):
    newer = services.make([services.filed(name="新名大模型"), services.REGISTERED, services.registered()])
    take(newer)
    before = state()
    assert outcome(take(newer)) == (2, 0, 0, 2, 0)
    assert state() == before
    take(services.make([services.filed(name="旧名大模型")], title=services.APRIL))
    entry = RegisterEntry.objects.get(kind="generative")
    assert (entry.name, f"{entry.published_on:%Y-%m}", entry.versions.count()) == ("新名大模型", "2024-04", 2)
    assert "旧名大模型" in entry.haystack


def test_lists_of_both_families_in_any_order_give_the_same_register(take):
    files = [
        services.make([services.filed(name="旧名大模型")], title=services.APRIL),
        services.make([services.filed(name="新名大模型"), services.REGISTERED, services.registered()]),
        lists.make([lists.row()]),
    ]
    seen = []
    for order in permutations(files):
        with transaction.atomic():
            for data in order:
                take(data)
            seen.append(state())
            transaction.set_rollback(True)
    assert all(one == seen[0] for one in seen)
    assert len(seen[0]) == 3


def test_a_number_that_stands_twice_in_a_list_is_rejected_with_its_first_row(take):
    report = take(services.make([services.filed(), services.filed(name="另一大模型")]))
    assert [(rejected.row, rejected.number) for rejected in report.rejected] == [(2, "Beijing-QingHe-20230821")]
