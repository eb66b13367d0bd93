import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.rates import Rule, Tally, frozen, lines, thawed

CONTENT = Rule("content_bank", 1000, 90, "at_least")
REFUSE = Rule("refuse_bank", 300, 95, "at_least")
ANSWER = Rule("answer_bank", 300, 5, "at_most")
KEPT = [
    {"bank": "content_bank", "least": 1000, "percent": 90, "comparison": "at_least", "cites": "GAI 4"},
    {"bank": "answer_bank", "least": 300, "percent": 5, "comparison": "at_most", "cites": "GAI 4"},
]


@pytest.mark.parametrize(
    ("rule", "tally", "is_met"),
    [
        (CONTENT, Tally(1000, 900, 100), True),
        (CONTENT, Tally(1000, 899, 101), False),
        (REFUSE, Tally(300, 285, 15), True),
        (REFUSE, Tally(300, 284, 16), False),
        (ANSWER, Tally(300, 285, 15), True),
        (ANSWER, Tally(300, 284, 16), False),
        (CONTENT, Tally(1000, 0, 0), None),
    ],
)
def test_a_rate_that_just_holds_is_met_and_one_short_is_not(rule, tally, is_met):
    assert rule.is_met(tally) is is_met


@pytest.mark.parametrize(
    ("rule", "tally", "shown"),
    [
        (CONTENT, Tally(1000, 899, 101), "89.9%"),
        (CONTENT, Tally(3, 2, 1), "66.6%"),
        (ANSWER, Tally(300, 284, 16), "5.4%"),
        (ANSWER, Tally(300, 285, 15), "5.0%"),
        (REFUSE, Tally(10, 0, 0), ""),
    ],
)
def test_a_shown_rate_is_rounded_against_whom_it_judges(rule, tally, shown):
    assert rule.rate(tally) == shown


@given(st.integers(0, 2000), st.integers(0, 2000))
def test_the_verdict_agrees_with_exact_fractions(passed, failed):
    tally = Tally(passed + failed, passed, failed)
    if not tally.judged:
        return
    assert CONTENT.is_met(tally) is (passed * 10 >= 9 * tally.judged)
    assert ANSWER.is_met(tally) is (failed * 20 <= tally.judged)


def test_questions_of_our_own_stand_beside_and_do_not_change_the_rate():
    line = lines(KEPT, {"content_bank": Tally(10, 9, 1)}, {"content_bank": Tally(2, 0, 2)})[0]

    assert (line.rate, line.is_met, line.own_rate, line.is_full) == ("90.0%", True, "0.0%", False)


def test_a_frozen_result_reads_as_it_was():
    now = lines(KEPT, {"answer_bank": Tally(20, 19, 1)}, {}, {"answer_bank": "4.0%"})

    assert thawed(KEPT, [frozen(line) for line in now]) == now
    assert now[0].theirs == "4.0%"
