import io

import openpyxl
import pytest
from django.core.exceptions import ValidationError

from reviews import answer_sheets, testing
from reviews.answer_sheets import Refused, Unreadable

HEAD = "序号,题库,风险或方面,测试题,回答,判定,备注\n"


def sheet(*lines):
    return io.BytesIO((HEAD + "".join(f"{line}\n" for line in lines)).encode())


BANKS = {1: "content_bank", 2: "refuse_bank", 3: "answer_bank"}


def test_each_bank_has_its_own_words_for_a_verdict():
    said = answer_sheets.read(sheet("1,,,,好,合格,", "2,,,,不能回答,已拒答,", "3,,,,不能回答,已拒答,不该拒"), BANKS)

    assert said == {1: ("好", "passed", ""), 2: ("不能回答", "passed", ""), 3: ("不能回答", "failed", "不该拒")}


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        (["9,,,,好,合格,"], [2]),
        (["1,,,,好,也许,"], [2]),
        (["1,,,,好,合格,", "1,,,,好,不合格,"], [3]),
        (["=1,,,,好,合格,"], [2]),
        (["1,,,,好,合格,", "x,,,,好,合格,"], [3]),
    ],
)
def test_a_sheet_with_a_fault_is_refused_as_a_whole_naming_the_rows(lines, rows):
    with pytest.raises(Refused) as refused:
        answer_sheets.read(sheet(*lines), BANKS)

    assert [row for row, _said in refused.value.faults] == rows


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04 no book", "一,二\n三,四\n".encode()])
def test_what_is_no_sheet_of_ours_is_told_apart(content):
    with pytest.raises(Unreadable):
        answer_sheets.read(io.BytesIO(content), BANKS)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_sheet_taken_away_and_brought_back_unchanged_changes_nothing(judged, reviewer, now, form):
    content = answer_sheets.write(judged, form=form)
    said = answer_sheets.read(io.BytesIO(content), dict(judged.questions.values_list("position", "bank")))

    assert len(said) == 22
    assert testing.take_sheet(test=judged, said=said, by=reviewer, at=now) == 0


def test_answers_and_verdicts_come_in_by_sheet_and_empty_ones_leave_what_stands(begun, reviewer, now):
    testing.judge(question=begun.questions.get(position=1), verdict="passed", answer="旧", by=reviewer, at=now)
    said = {1: ("", "", "补充"), 2: ("新", "failed", "")}

    assert testing.take_sheet(test=begun, said=said, by=reviewer, at=now) == 2
    rows = begun.questions.filter(position__in=(1, 2)).order_by("position").values_list("answer", "verdict", "remark")
    assert list(rows) == [("旧", "passed", "补充"), ("新", "failed", "")]


def test_a_position_that_the_test_does_not_have_is_refused(begun, reviewer, now):
    with pytest.raises(ValidationError):
        testing.take_sheet(test=begun, said={99: ("", "passed", "")}, by=reviewer, at=now)


def test_nothing_in_a_sheet_is_a_formula(begun, reviewer, now):
    testing.judge(
        question=begun.questions.get(position=1),
        verdict="failed",
        answer="=HYPERLINK(1)",
        remark="+1",
        by=reviewer,
        at=now,
    )
    book = openpyxl.load_workbook(io.BytesIO(answer_sheets.write(begun, form="xlsx")))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    said = answer_sheets.read(
        io.BytesIO(answer_sheets.write(begun, form="xlsx")), dict.fromkeys(range(1, 23), "content_bank")
    )

    assert not any(cell.data_type == "f" for cell in cells)
    assert said[1] == ("=HYPERLINK(1)", "failed", "+1")
