"""From saving the section to the result, and what keeps a submission back."""

import io

import openpyxl
import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext

from filings import annexes, annexgate, annexworking, contents, events
from filings.models import AnnexCheck, AnnexColumns, AnnexFinding, Event
from tests.annexes import desk
from tests.attaching import samples


def blocking(procedure):
    found = annexgate.problems(desk.refreshed(procedure), desk.refreshed(procedure).dossier.content, {})
    return [(p.path, p.is_blocking) for p in found]


def test_a_package_that_meets_everything_opens_the_gate(service, provider, little):
    checks = desk.hand_in(service, provider, desk.whole(little))

    assert {annex: check.status for annex, check in checks.items()} == dict.fromkeys(checks, "done")
    assert len(checks) == 8
    assert AnnexFinding.objects.count() == 0
    assert blocking(service) == []


def test_saving_asks_for_the_check_and_an_unfinished_one_keeps_the_gate_shut(service, provider, little):
    desk.hand_in(service, provider, {"keywords": ("词.xlsx", little.xlsx("keywords"))}, work=False)

    assert [c.status for c in annexes.newest(service).values()] == ["waiting"]
    assert blocking(service) == [("annexes.keywords", True)]

    events.deliver_due()

    assert blocking(service) == []


def test_another_file_makes_the_result_out_of_date(service, provider, little):
    desk.hand_in(service, provider, {"keywords": ("词.xlsx", little.xlsx("keywords"))})
    del little.rows["keywords"][-1]

    desk.hand_in(service, provider, {"keywords": ("词.csv", little.csv("keywords", "gb18030"))})

    check = annexes.newest(service)["keywords"]
    assert (check.stops, check.result["encoding"]) == (True, "gb18030")
    assert [(v["code"], v["found"], v["required"]) for v in check.missed] == [("keywords_total", 59, 60)]
    assert blocking(service) == [("annexes.keywords", True)]
    assert AnnexCheck.objects.count() == 2


def test_a_likely_threshold_only_warns(service, provider, little):
    del little.rows["answer_bank"][-1]
    desk.hand_in(service, provider, {"answer_bank": ("库.xlsx", little.xlsx("answer_bank"))})

    assert blocking(service) == [("annexes.answer_bank", False)]


def test_a_changed_bank_asks_for_its_test_again(service, provider, little):
    desk.hand_in(service, provider, desk.whole(little))
    drawn = little.rows["generated_test"][1][1]
    little.rows["content_bank"] = [row for row in little.rows["content_bank"] if drawn not in row]

    checks = desk.hand_in(service, provider, {"content_bank": ("题库.xlsx", little.xlsx("content_bank"))})

    assert checks["generated_test"].result["faults"] == {"not_in_bank": 3}
    assert AnnexCheck.objects.filter(annex="refusal_test").count() == 1


def test_a_test_without_its_bank_keeps_the_gate_shut(service, provider, little):
    checks = desk.hand_in(service, provider, {"generated_test": ("测.xlsx", little.xlsx("generated_test"))})

    assert checks["generated_test"].result["missing_banks"] == ["content_bank"]
    assert ("annexes.generated_test", True) in blocking(service)


def test_a_check_worked_twice_gives_one_result(service, provider, little):
    little.rows["keywords"][5][0] = little.rows["keywords"][4][0]
    check = desk.hand_in(service, provider, {"keywords": ("词.xlsx", little.xlsx("keywords"))})["keywords"]
    AnnexCheck.objects.filter(pk=check.pk).update(status="waiting")  # as if the worker had died before the end

    for _time in range(2):
        annexworking.work(AnnexCheck.objects.get(pk=check.pk), at=timezone.now())

    check.refresh_from_db()
    assert check.status == "done"
    assert [(f.row, f.code) for f in check.findings.all()] == [(6, "duplicate")]


def test_the_file_comes_back_with_remarks(service, provider, little):
    little.rows["keywords"][5][0] = "=1+" + little.rows["keywords"][4][0]
    little.rows["keywords"][6][2] = "A.9.9"
    check = desk.hand_in(service, provider, {"keywords": ("词.csv", little.csv("keywords"))})["keywords"]

    text = contents.open_content(check.report).read().decode("utf-8-sig").splitlines()

    with translation.override("zh-hans"):
        assert text[0].split(",")[-1] == gettext("Remarks of the check")
    assert text[5].startswith("'=1+")
    assert "A.9.9" in text[6]
    assert len(text) == len(little.rows["keywords"])


def test_own_names_of_columns_are_said_once(service, provider, little):
    little.rows["keywords"][0] = ["要拦的", "门类", "条目"]
    file = little.xlsx("keywords")
    check = desk.hand_in(service, provider, {"keywords": ("词.xlsx", file)})["keywords"]
    assert (check.status, check.result["sheets"][0]["written"]) == ("unmapped", ["要拦的", "门类", "条目"])
    assert blocking(service) == [("annexes.keywords", True)]

    procedure = desk.refreshed(service)
    annexes.name_columns(
        procedure=procedure, annex="keywords", columns={"entry": "要拦的", "risk": "条目", "group": ""},
        content=procedure.dossier.content, by=provider, at=timezone.now(),
    )  # fmt: skip
    events.deliver_due()

    assert annexes.newest(service)["keywords"].status == "done"
    assert AnnexColumns.objects.get().columns == {"entry": "要拦的", "risk": "条目"}
    another = desk.service(provider, service.filing.entity, at=timezone.now(), kind="generative_registration")
    assert desk.hand_in(another, provider, {"keywords": ("词2.xlsx", file)})["keywords"].status == "done"


def test_one_column_may_not_serve_twice(service, provider, little):
    procedure = desk.refreshed(service)
    with pytest.raises(annexes.UnknownColumn):
        annexes.name_columns(
            procedure=procedure, annex="keywords", columns={"entry": "甲", "risk": "甲"},
            content={}, by=provider, at=timezone.now(),
        )  # fmt: skip


def test_an_unreadable_file_is_refused_by_the_check_and_nothing_is_parked(service, provider):
    checks = desk.hand_in(service, provider, {"keywords": ("词.csv", "甲\n乙\n丙\n".encode())})

    assert checks["keywords"].status == "refused"
    assert checks["keywords"].result["refused"] == "no_heading"
    assert blocking(service) == [("annexes.keywords", True)]
    assert not Event.objects.filter(deliveries__attempts__gt=0).exists()


def test_a_paper_instead_of_a_table_of_annotation_rules_is_not_counted(service, provider):
    desk.hand_in(service, provider, {"annotation_rules": ("规则.pdf", samples.pdf())})

    assert annexes.newest(service) == {}
    assert blocking(service) == []


def test_remarks_of_a_workbook_keep_its_rows(service, provider, little):
    little.rows["keywords"][3][0] = ""
    check = desk.hand_in(service, provider, {"keywords": ("词.xlsx", little.xlsx("keywords"))})["keywords"]

    book = openpyxl.load_workbook(io.BytesIO(contents.open_content(check.report).read()))
    rows = list(book.active.iter_rows(values_only=True))

    assert rows[0][:3] == ("关键词", "一级分类", "二级分类")
    assert [number for number, row in enumerate(rows, 1) if row[3]] == [1, 4]
