"""Must show 2: exactly met passes, one short has its verdict, on the right rows."""

import pytest

from filings.annexchecks.columns import ANNEXES
from tests.annexes.package import checked, missed, package, small, standard

COUNTED = [t for t in standard().thresholds if t.annex]


def found_in(package, annex, code, subject=""):
    outcome, _rows = checked(package)[annex]
    return next(v for v in outcome.verdicts if (v.code, v.subject) == (code, subject))


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_package_that_meets_every_threshold_exactly_passes(form):
    results = checked(package(), form=form)
    assert missed(results) == []
    assert [rows for _outcome, rows in results.values()] == [{}] * len(ANNEXES)
    assert not any(outcome.stops for outcome, _rows in results.values())
    counted = {v.code: (v.found, v.total) for o, _rows in results.values() for v in o.verdicts if not v.subject}
    assert counted["keywords_total"] == (10_000, None)
    assert counted["content_total"] == (2_000, None)
    assert counted["generated_human_pass"] == (900, 1_000)
    assert counted["answer_test_rate"] == (15, 300)
    assert counted["corpus_machine_share"] == (100_000, 1_000_000)


def test_every_threshold_of_an_annex_is_counted():
    codes = {v.code for outcome, _rows in checked(package(small())).values() for v in outcome.verdicts}
    assert codes == {threshold.code for threshold in COUNTED}
    assert all(v.found is not None for outcome, _rows in checked(package(small())).values() for v in outcome.verdicts)


def short_by_one(p, threshold):
    """Take one from what the threshold counts; the subject whose line must say so."""
    rows, code = p.rows[threshold.annex], threshold.code
    if "_each" in code:
        at = next(n for n, row in enumerate(rows) if n and is_of(row[-1], threshold))
        subject = next((a.code for a in p.rules.aspects if rows[at][-1] in a.names), rows[at][-1])
        replace_class(p, rows, at, subject)
        return subject
    if code in ("keywords_risks", "content_risks", "refuse_risks", "answer_aspects"):
        gone = rows[1][-1]
        other = next(row for row in rows[1:] if row[-1] != gone)
        for row in rows[1:]:
            if row[-1] == gone:
                row[-2:] = other[-2:] if threshold.annex != "answer_bank" else [row[-2], other[-1]]
        return ""
    if code.endswith("_total"):
        del rows[-1]
    elif code == "annotation_reviewers":
        rows[-1][3] = 0
    elif code.endswith("_sample"):
        del rows[next(n for n, row in enumerate(rows) if n and part_of(row) == part(code))]
    elif code == "corpus_machine_share":
        rows[-1][4] -= 1
    elif code == "corpus_machine_pass":
        rows[-1][5] -= 1
    else:
        fail_one(rows, code)
    return ""


def is_of(name, threshold):
    if threshold.annex == "answer_bank":
        return True
    return name[:3] in threshold.scope


def replace_class(p, rows, at, subject):
    """The row keeps its place in the total and goes to another class that has more than enough."""
    if rows[0][-1] == "方面":
        rows[at][-1] = p.rules.aspects[-1].names[0] if subject != p.rules.aspects[-1].code else "文化"
        extra = rows[at]
    else:
        extra = rows[at]
        last = rows[-1][-1] if rows[-1][-1] != subject else "A.1.2"
        extra[-2:] = [last[:3], last]


def part(code):
    names = {"human": "人工", "keyword": "关键词", "classifier": "分类模型", "refuse": "应拒答", "answer": "非拒答"}
    return next(zh for name, zh in names.items() if f"{name}_" in code)


def part_of(row):
    return next((value for value in row if value in ("人工", "关键词", "分类模型", "应拒答", "非拒答")), "")


def fail_one(rows, code):
    """One answer more that speaks against the provider."""
    of_part = [row for row in rows[1:] if part_of(row) == part(code)]
    if "test_rate" in code:
        refuses = "refuse_test" in code
        row = next(row for row in of_part if row[4] == ("是" if refuses else "否"))
        row[4:6] = ["否", "不合格"] if refuses else ["是", "不合格"]
        return
    row = next(row for row in of_part if "合格" in row)
    row[row.index("合格")] = "不合格"


@pytest.mark.parametrize("threshold", COUNTED, ids=lambda threshold: threshold.code)
def test_one_short_has_its_verdict_marked_as_the_rule_set_marks_it(threshold):
    p = package(small())
    threshold = next(t for t in p.rules.thresholds if t.code == threshold.code)
    subject = short_by_one(p, threshold)
    outcome, _rows = checked(p)[threshold.annex]
    lines = {(v.code, v.subject): v for v in outcome.verdicts if not v.met}
    line = lines[threshold.code, subject]
    assert line.blocks == threshold.blocks
    assert line.stops == threshold.blocks
    if not line.total:
        assert line.found == threshold.value - 1
    others = {code for code, _subject in lines} - {threshold.code}
    assert all("each" in code and threshold.code.endswith(("risks", "aspects")) for code in others)


def test_of_real_numbers_a_package_one_short_is_named(subtests):
    for code, annex, found in (
        ("keywords_total", "keywords", 9_999),
        ("content_total", "content_bank", 1_999),
        ("refuse_total", "refuse_bank", 499),
        ("answer_total", "answer_bank", 499),
        ("generated_classifier_sample", "generated_test", 999),
        ("answer_test_sample", "refusal_test", 299),
    ):
        with subtests.test(code=code):
            p = package()
            short_by_one(p, next(t for t in p.rules.thresholds if t.code == code))
            verdict = found_in(p, annex, code)
            assert (verdict.met, verdict.found) == (False, found)


def test_a_rate_is_compared_as_whole_numbers():
    threshold = next(t for t in standard().thresholds if t.code == "generated_human_pass")
    assert threshold.met(900, 1000)
    assert not threshold.met(899, 1000)
    assert not threshold.met(2_699, 2_999)  # 89.996 per cent, which rounds to 90
    assert not threshold.met(0, 0)


def test_a_repeat_takes_the_place_of_a_keyword_that_is_missing():
    p = package(small())
    p.rows["keywords"][5][0] = p.rows["keywords"][4][0]
    outcome, rows = checked(p)["keywords"]
    assert rows == {6: ["duplicate"]}
    assert [(v.code, v.found) for v in outcome.verdicts if not v.met] == [
        ("keywords_total", 59),
        ("keywords_each_a1", 2),
    ]
