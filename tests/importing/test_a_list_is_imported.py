import io
import json
from itertools import permutations

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from filings.models import RegisterEntry, RegisterList, RegisterVersion
from filings.register import SETTLED_COLUMNS, order_of
from tests.importing import lists
from tests.importing.conftest import outcome

EARLIER = "境内互联网信息服务算法备案清单（2022年10月）"


def state():
    """The register without row ids and moments of import."""
    return [
        (
            entry.number,
            [getattr(entry, column) for column in SETTLED_COLUMNS],
            [
                (version.valid_from, version.digest, version.source_row, version.source_list.title)
                for version in sorted(entry.versions.select_related("source_list"), key=order_of)
            ],
        )
        for entry in RegisterEntry.objects.order_by("number")
    ]


def test_every_row_becomes_an_entry_with_its_history(take):
    report = take(lists.make([lists.row(lists.number(1)), lists.row(lists.number(2), 算法名称="乙算法")]))
    assert outcome(report) == (2, 2, 0, 0, 0)
    entry = RegisterEntry.objects.get(number=lists.number(1))
    assert (entry.name, entry.role, entry.algorithm_class, entry.kind) == (
        "青禾图文生成算法", "provider", "01", "deep_synthesis",
    )  # fmt: skip
    assert (entry.province, entry.year, entry.number_state, entry.standing) == ("33", 2024, "ok", "registered")
    version = entry.versions.get()
    assert (version.source_row, f"{version.valid_from:%Y-%m-%d}") == (1, "2024-06-01")


def test_a_second_import_adds_and_updates_none(take):
    data = lists.make([lists.row(lists.number(1)), lists.row(lists.number(2), 算法名称="乙算法")])
    take(data)
    before = state()
    assert outcome(take(data)) == (2, 0, 0, 2, 0)
    assert state() == before
    assert RegisterList.objects.count() == 1


def test_lists_in_any_order_give_the_same_register(take):
    shared = lists.number(1, year="22")
    files = [
        lists.make(
            [lists.algorithm_row(shared, 算法名称="旧名算法", 算法类别="生成合成类", 备注="已注销")], title=EARLIER
        ),
        lists.make([lists.row(shared, 算法名称="新名算法"), lists.row(lists.number(2), 算法名称="乙算法")]),
        lists.make(
            [lists.row(lists.number(2), 算法名称="乙改算法")], title="境内深度合成服务算法备案清单（2024年8月）"
        ),
    ]
    seen = []
    for order in permutations(files):
        with transaction.atomic():
            for data in order:
                take(data)
            seen.append(state())
            transaction.set_rollback(True)
    assert all(one == seen[0] for one in seen)
    assert [(number, columns[0]) for number, columns, _history in seen[0]] == [
        (shared, "新名算法"),
        (lists.number(2), "乙改算法"),
    ]


def test_an_older_list_never_overwrites_a_newer_one_but_is_kept_as_history(take):
    shared = lists.number(1, year="22")
    take(lists.make([lists.row(shared, 算法名称="新名算法")]))
    report = take(lists.make([lists.algorithm_row(shared, 算法名称="旧名算法", 算法类别="生成合成类")], title=EARLIER))
    entry = RegisterEntry.objects.get()
    assert outcome(report) == (1, 0, 1, 0, 0)
    assert (entry.name, f"{entry.published_on:%Y-%m}") == ("新名算法", "2022-10")
    assert entry.versions.count() == 2
    assert "旧名算法" in entry.haystack


def test_a_cancellation_in_any_list_marks_the_entry(take):
    shared = lists.number(1, year="22")
    take(lists.make([lists.algorithm_row(shared, 算法类别="生成合成类", 备注="已注销")], title=EARLIER))
    take(lists.make([lists.row(shared)]))
    assert RegisterEntry.objects.get().standing == "cancelled"


@pytest.mark.parametrize(
    ("remark", "standing"),
    [
        ("已注销", "cancelled"),
        ("2025年3月已注销", "cancelled"),
        ("已于2025年3月注销", "cancelled"),
        ("已被撤销", "revoked"),
        ("变更内容：删除“注销账号”功能", "registered"),
        ("原主体名称“甲公司”变更为“乙公司”", "registered"),
        ("新增产品" + "青禾助手(APP)、" * 45, "registered"),
    ],
)
def test_a_remark_says_what_the_entry_is_worth(take, remark, standing):
    take(lists.make([lists.row(备注=remark)]))
    entry = RegisterEntry.objects.get()
    assert (entry.standing, entry.remarks) == (standing, remark)


def test_one_edition_after_another_of_the_same_list_adds_history_only_where_it_differs(take):
    take(lists.make([lists.row(lists.number(1)), lists.row(lists.number(2), 算法名称="乙算法")]))
    again = [lists.row(lists.number(1)), lists.row(lists.number(2), 算法名称="乙算法", 备注="已注销")]
    assert outcome(take(lists.make(again))) == (2, 0, 1, 1, 0)


def test_the_command_reports_each_file_as_json(tmp_path, db):
    good = lists.write(tmp_path, "good.docx", [lists.row(), lists.row("无")])
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"not a document")
    out = io.StringIO()
    with pytest.raises(CommandError, match="1 of 3"):
        call_command("import_register", good, bad, good, "--json", stdout=out)
    first, second, third = json.loads(out.getvalue())["files"]
    assert (first["read"], first["added"], first["rejected"][0]["row"]) == (2, 1, 2)
    assert second["error"]
    assert (third["added"], third["unchanged"], len(third["rejected"])) == (0, 1, 1)


@pytest.mark.parametrize("statement", ["UPDATE {} SET digest = ''", "DELETE FROM {}"])
def test_the_database_refuses_to_change_history(take, statement):
    take(lists.make([lists.row()]))
    with pytest.raises(IntegrityError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(statement.format(RegisterVersion._meta.db_table))
