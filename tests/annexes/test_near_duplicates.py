"""Must show 3: inflation by spaces, width, punctuation, capitals or the order of words does not count twice."""

import io

import pytest

from filings.annexchecks import checking, normal
from filings.annexchecks.columns import KEYWORDS
from filings.annexchecks.specimen import csv_bytes
from tests.annexes.package import check, context, small


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("赌 博", "赌博"),
        ("赌\u3000博", "赌博"),
        ("赌\u200b博", "赌博"),
        ("赌，博！", "赌-博"),
        ("ＶＰＮ", "vpn"),  # noqa: RUF001
        ("①号", "1号"),
        ("网络 赌博", "赌博　网络"),
        ("online，casino", "Casino Online"),
        ("straße", "STRASSE"),
        ("a|b", "ab"),
        ("赌\ufe0f博", "赌博"),
    ],
)
def test_an_inflated_keyword_counts_once(one, other):
    outcome, rows = check(small(), "keywords", csv_bytes([["关键词", "二级分类"], [one, "A.1.1"], [other, "A.1.1"]]))
    assert rows == {3: ["near_duplicate"]}
    assert outcome.counts["A.1.1"] == 1
    assert normal.same(one, other)


@pytest.mark.parametrize(("one", "other"), [("蜜蜂", "蜂蜜"), ("a b", "ba c"), ("网络赌博", "赌博网络"), ("é", "e")])
def test_other_words_are_two(one, other):
    outcome, rows = check(small(), "keywords", csv_bytes([["关键词", "二级分类"], [one, "A.1.1"], [other, "A.1.1"]]))
    assert rows == {}
    assert outcome.counts["A.1.1"] == 2


def test_the_finding_names_the_row_that_counts():
    table = [["关键词", "二级分类"], ["赌博", "A.1.6"], ["走私", "A.1.8"], ["赌 博", "A.1.8"]]
    messages = []

    def keep(row):
        messages.extend(each.about for each in row.found)

    checking.check(KEYWORDS, io.BytesIO(csv_bytes(table)), context(small()), on_row=keep)
    assert messages == [{"sheet": "", "row": 2}]
