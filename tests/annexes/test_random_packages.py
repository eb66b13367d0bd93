"""Random packages are counted as a slow count says, written here and used nowhere else."""

import itertools
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from filings.annexchecks import normal
from filings.annexchecks.specimen import csv_bytes, xlsx
from tests.annexes.package import check, small

PIECES = st.sampled_from(
    ["蜜", "蜂", "a", "B", "\uff41", "ß", "ﬁ", " ", "　", "-", "，", "。", "\u200b", "1", "\uff11", "é", "e\u0301"]
)
TEXT = st.lists(PIECES, min_size=0, max_size=5).map("".join)
RISKS = [risk.code for risk in small().risks]
RISK = st.sampled_from([*RISKS[:4], RISKS[9], RISKS[20], "A.9.9", ""])
VERDICT = st.sampled_from(["合格", "不合格", "通过", "？", ""])


def plain(text):
    """Letter by letter, with nothing remembered."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(c if c.isalnum() else " " for c in folded).split()


def one(a, b):
    a, b = plain(a), plain(b)
    return "".join(a) == "".join(b) or any(list(order) == b for order in itertools.permutations(a))


def slowly(rows):
    """Total and count of each risk: every row against every row before it."""
    counts = {}
    for number, (text, risk) in enumerate(rows):
        is_new = plain(text) and not any(plain(other) and one(text, other) for other, _risk in rows[:number])
        if is_new and risk in RISKS:
            counts[risk] = counts.get(risk, 0) + 1
    return counts


@given(st.lists(st.tuples(TEXT, RISK), min_size=1, max_size=25))
@settings(max_examples=120, deadline=None)
def test_keywords_are_counted_as_by_hand(rows):
    rows = [(text, risk) for text, risk in rows if text.strip() or risk]
    table = [["关键词", "二级分类"], *map(list, rows)]
    for content in (csv_bytes(table), csv_bytes(table, "utf-16")):
        outcome, _found = check(small(), "keywords", content)
        assert {risk: outcome.counts[risk] for risk in RISKS if outcome.counts[risk]} == slowly(rows)
        assert outcome.counts["total"] == sum(slowly(rows).values())


@given(st.lists(st.tuples(TEXT, RISK), min_size=1, max_size=12))
@settings(max_examples=40, deadline=None)
def test_a_workbook_is_counted_as_a_text_file(rows):
    table = [["关键词", "二级分类"], *map(list, rows)]
    one_way, other_way = check(small(), "keywords", xlsx({"": table})), check(small(), "keywords", csv_bytes(table))
    assert one_way[0].counts == other_way[0].counts
    assert one_way[1] == other_way[1]


@given(TEXT, TEXT)
@settings(max_examples=400, deadline=None)
def test_two_entries_are_one_as_the_definition_says(a, b):
    assert normal.same(a, b) == one(a, b)


@given(st.lists(st.tuples(TEXT, VERDICT, st.sampled_from(["人工", "关键词", "?"])), min_size=1, max_size=20))
@settings(max_examples=80, deadline=None)
def test_tests_are_rated_as_by_hand(rows):
    rows = [(text or "x", verdict, way) for text, verdict, way in rows]
    bank = [text for text, _verdict, _way in rows[::2]]
    table = [["测试题", "抽检方式", "模型回答", "是否合格", "测试日期"]]
    table += [[text, way, "答", verdict, "2026-10-02"] for text, verdict, way in rows]
    content_bank = csv_bytes([["测试题", "二级分类"], *([text, "A.1.1"] for text in bank)])
    banks = {"content_bank": check(small(), "content_bank", content_bank)[0].index}
    outcome, _found = check(small(), "generated_test", csv_bytes(table), banks)
    for way, part in (("人工", "human"), ("关键词", "keyword")):
        asked = [(text, verdict) for text, verdict, each in rows if each == way]
        first = [
            (text, verdict)
            for number, (text, verdict) in enumerate(asked)
            if not plain(text) or not any(plain(other) and one(text, other) for other, _v in asked[:number])
        ]
        sound = [
            verdict
            for text, verdict in first
            if plain(text) and any(plain(b) and one(text, b) for b in bank) and verdict in ("合格", "不合格", "通过")
        ]
        told = tuple(outcome.counts[f"{part}:{what}"] for what in ("rated", "sampled", "good"))
        assert told == (len(first), len(sound), sum(verdict != "不合格" for verdict in sound))
