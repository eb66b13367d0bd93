import io
import zipfile

import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from filings.imports import docx
from filings.imports.docx import UnreadableFile
from filings.models import RegisterEntry
from filings.register import split_products
from tests.importing import lists
from tests.importing.conftest import outcome


def test_a_number_of_22_digits_is_kept_as_published_and_reported(take):
    long = lists.number(1).replace("0124", "01124")
    report = take(lists.make([lists.row(long)]))
    assert RegisterEntry.objects.get().number == long
    assert RegisterEntry.objects.get().number_state == "malformed"
    assert [(note.row, note.number) for note in report.notes] == [(1, long)]


def test_a_wrong_check_digit_is_kept_as_published_and_reported(take):
    sound = lists.number(1)
    broken = sound[:-2] + ("1" if sound[-2] != "1" else "3") + "号"
    report = take(lists.make([lists.row(broken)]))
    entry = RegisterEntry.objects.get()
    assert (entry.number, entry.number_state, entry.year) == (broken, "wrong_check_digit", 2024)
    assert len(report.notes) == 1


def test_an_impossible_region_is_kept_and_reported(take):
    report = take(lists.make([lists.row(lists.number(place="406301"))]))
    assert (RegisterEntry.objects.get().region_code, RegisterEntry.objects.get().province) == ("406301", "")
    assert len(report.notes) == 1


def test_brackets_and_blanks_in_a_firm_s_name_make_no_second_firm(take):
    names = ["青禾（杭州）科技有限公司", "青禾(杭州)科技有限公司", "青禾（杭州） 科技有限公司"]
    take(
        lists.make([lists.row(lists.number(n), 算法名称=f"算法-{n}", 主体名称=name) for n, name in enumerate(names, 1)])
    )
    entries = RegisterEntry.objects.order_by("number")
    assert [entry.entity_name for entry in entries] == names
    assert len({entry.entity_key for entry in entries}) == 1


def test_a_renamed_firm_keeps_its_number_and_is_found_by_both_names(take):
    take(lists.make([lists.row(主体名称="杭州旧名科技有限公司")]))
    renamed = lists.row(
        主体名称="杭州新名科技有限公司", 备注="原主体名称“杭州旧名科技有限公司”变更为“杭州新名科技有限公司”"
    )
    take(lists.make([renamed], title="境内深度合成服务算法备案清单（2024年8月）"))
    entry = RegisterEntry.objects.get()
    assert entry.entity_name == "杭州新名科技有限公司"
    assert "杭州旧名" in entry.haystack


def test_a_number_with_a_line_break_is_the_same_number(take):
    take(lists.make([lists.row(lists.number())]))
    report = take(lists.make([lists.row(lists.number() + "\n")], title="境内深度合成服务算法备案清单（2024年8月）"))
    assert outcome(report) == (1, 0, 1, 0, 0)


def test_a_heading_cell_merged_over_two_columns_is_one_column(take):
    columns = [*lists.SYNTHESIS[:6], "主要用途", *lists.SYNTHESIS[6:]]

    def merge(document):
        cells = document.tables[0].rows[0].cells
        cells[6].text = ""
        cells[5].merge(cells[6])

    take(lists.make([lists.row()], columns=columns, touch=merge))
    assert RegisterEntry.objects.get().main_use == lists.row()["主要用途"]


@pytest.mark.parametrize(
    ("usual", "renamed"),
    [("备案编号", "备案号"), ("应用产品", "关联产品"), ("主体名称", "备案主体"), ("备案编号", "备案 编号")],
)
def test_a_renamed_column_is_found_by_its_other_name(take, usual, renamed):
    columns = [renamed if name == usual else name for name in lists.SYNTHESIS]
    take(lists.make([{**lists.row(), renamed: lists.row()[usual]}], columns=columns))
    entry = RegisterEntry.objects.get()
    assert (entry.number, entry.products, entry.entity_name) == (
        lists.number(), "青禾写作(APP)", "杭州青禾智能科技有限公司",
    )  # fmt: skip


def test_columns_in_another_order_and_unknown_ones_do_no_harm(take):
    columns = ["属地", *reversed(lists.SYNTHESIS)]
    report = take(lists.make([lists.row(属地="浙江")], columns=columns))
    assert RegisterEntry.objects.get().name == lists.row()["算法名称"]
    assert report.unknown_columns == ("属地",)
    assert RegisterEntry.objects.get().versions.get().content["other_columns"] == {"属地": "浙江"}


def test_a_repeated_heading_and_an_empty_row_are_no_rows(take):
    heading = {name: name for name in lists.SYNTHESIS}
    assert outcome(take(lists.make([lists.row(), heading, {}, lists.row(lists.number(2), 算法名称="乙算法")])))[:2] == (
        2,
        2,
    )


def test_a_row_without_a_number_or_name_is_rejected_with_its_row_and_reason(take):
    rows = [lists.row(), lists.row("——"), lists.row(lists.number(2), 算法名称=""), lists.row(lists.number())]
    report = take(lists.make(rows))
    assert outcome(report) == (4, 1, 0, 0, 3)
    assert [rejected.row for rejected in report.rejected] == [2, 3, 4]
    assert all(rejected.reason for rejected in report.rejected)


def test_an_old_class_name_is_read_by_the_number(take):
    rows = [
        lists.algorithm_row(lists.number(1, algorithm_class="04"), 算法类别="检索过滤类"),
        lists.algorithm_row(lists.number(1, algorithm_class="05"), 算法类别="检索过滤类", 算法名称="乙算法"),
        lists.algorithm_row(lists.number(1, algorithm_class="05", year="22"), 算法类别="调度决策类", 算法名称="丙算法"),
    ]
    take(lists.make(rows, title="境内互联网信息服务算法备案清单（2022年8月）"))
    found = RegisterEntry.objects.order_by("number").values_list("algorithm_class", "class_label", "class_code")
    assert sorted(found) == [("04", "检索过滤类", "04"), ("05", "检索过滤类", "05"), ("06", "调度决策类", "05")]


def test_a_misprinted_role_is_kept_as_published_and_reported(take):
    report = take(lists.make([lists.row(角色="服务提供商")]))
    assert RegisterEntry.objects.get().role == ""
    assert RegisterEntry.objects.get().versions.get().content["role_label"] == "服务提供商"
    assert len(report.notes) == 1


def test_products_are_split_outside_brackets_only():
    text = "甲（抖音、快手）(小程序)、乙图/丙图(APP、网站)、丁（专业版）（网站）等、戊"
    assert split_products(text) == [
        {"name": "甲（抖音、快手）", "forms": ["小程序"]},
        {"name": "乙图/丙图", "forms": ["APP", "网站"]},
        {"name": "丁（专业版）", "forms": ["网站"]},
        {"name": "戊", "forms": []},
    ]
    assert split_products("--") == []
    assert len(split_products("、".join(f"产品{n}(APP)" for n in range(42)))) == 42


def test_one_firm_may_hold_many_numbers(take):
    rows = [lists.row(lists.number(n), 算法名称=f"青禾算法-{n}") for n in range(1, 36)]
    assert outcome(take(lists.make(rows))) == (35, 35, 0, 0, 0)


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 broken", lists.make([lists.row()])[:-200], lists.make([lists.row()], title="某清单")]
)
def test_what_is_no_list_is_refused_whole(take, data):
    with pytest.raises(UnreadableFile):
        take(data)
    assert not RegisterEntry.objects.exists()


def test_a_table_without_the_columns_is_refused(take):
    with pytest.raises(UnreadableFile):
        take(lists.make([{"甲": "1"}], columns=["甲", "乙"]))


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"0" * 4_000_000)
    monkeypatch.setattr(docx, "MAX_UNPACKED_BYTES", 1_000_000)
    with pytest.raises(UnreadableFile):
        docx.read(out.getvalue())


@pytest.mark.parametrize("span", ["1000000000", "-1", "x", "65"])
def test_a_cell_that_claims_a_million_columns_is_refused(span):
    def widen(document):
        cell = document.tables[0].rows[0].cells[0]._tc
        claim = OxmlElement("w:gridSpan")
        claim.set(qn("w:val"), span)
        cell.get_or_add_tcPr().append(claim)

    with pytest.raises(UnreadableFile):
        docx.read(lists.make([lists.row()], touch=widen))
