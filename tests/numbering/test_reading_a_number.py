import pytest

from filings import numbers
from filings.models import NumberState

SOUND = "演示算备330106100000101260013号"
PREFIXES = ("网信算备", "演示算备")


def sound(body="33010610000010126001"):
    return f"演示算备{body}{numbers.check_digit(body)}号"


def wrong(text):
    return [block.code for block in numbers.parse(text, prefixes=PREFIXES, year=2026).blocks if block.is_wrong]


def test_a_sound_number_is_read_block_by_block():
    parsed = numbers.parse(sound(), prefixes=PREFIXES, year=2026)
    assert parsed.state == NumberState.OK
    assert (parsed.prefix, parsed.region_code, parsed.province) == ("演示算备", "330106", "33")
    assert (parsed.entity_code, parsed.class_code, parsed.year, parsed.sequence) == ("1000001", "01", 2026, 1)
    assert parsed.wrong_blocks == ()


@pytest.mark.parametrize(
    "typed",
    [
        sound().replace("备", "备 "),
        "　" + sound(),
        "".join(chr(ord(c) + 0xFEE0) if c.isascii() else c for c in sound()),
        sound().removeprefix("演示算备").removesuffix("号"),
        sound() + "\n",
    ],
)
def test_blanks_full_width_digits_and_a_missing_prefix_do_not_matter(typed):
    parsed = numbers.parse(typed, prefixes=PREFIXES, year=2026)
    assert parsed.digits == sound()[4:-1]
    assert parsed.state == NumberState.OK


def test_the_check_digit_is_always_odd():
    assert {numbers.check_digit(f"{n:020}") for n in range(500)} == {1, 3, 5, 7, 9}


def test_a_wrong_check_digit_is_marked_and_nothing_else():
    text = sound()[:-2] + ("1" if sound()[-2] != "1" else "3") + "号"
    assert numbers.parse(text, prefixes=PREFIXES).state == NumberState.WRONG_CHECK_DIGIT
    assert wrong(text) == ["check"]


@pytest.mark.parametrize(
    ("digits", "block"),
    [
        ("990106100000101260013", "region"),
        ("330100100000101260013", "region"),
        ("330106100000109260013", "class"),
        ("330106100000101190013", "year"),
        ("330106100000101270013", "year"),
        ("330106100000101260003", "sequence"),
        ("3301061O0000101260013", "entity"),
        ("33010610000010126013", "sequence"),
        ("33010610000001260013", "entity"),
        ("3301061000001012600013", "sequence"),
        ("3301061000001001260013", "entity"),
    ],
)
def test_the_block_that_is_wrong_is_marked(digits, block):
    assert wrong(f"演示算备{digits}号") == [block]


def test_an_unknown_prefix_is_marked():
    assert wrong(sound().replace("演示算备", "演示备")) == ["prefix"]


def test_a_doubled_digit_is_taken_away_in_the_suggestion():
    number = sound("33010622423660626001")
    doubled = number.replace("0626", "06626")
    parsed = numbers.parse(doubled, prefixes=PREFIXES, year=2026)
    assert parsed.state == NumberState.MALFORMED
    assert parsed.suggestion == number
    assert [block.text for block in parsed.wrong_blocks] == ["066"]


def test_the_number_of_a_generative_service_is_known_by_its_form():
    assert numbers.parse("Beijing-MouMoXing-202404280001").is_service
    assert numbers.parse("YanShi-Zhejiang-MouYingYong-20260715S0197").is_service
    assert not numbers.parse("Beijing").is_service
    assert not numbers.parse(sound()).is_service


@pytest.mark.parametrize("text", ["", "号", "abc", "一二三", "1" * 200, "\x00", "演示算备号", "²³"])
def test_no_text_breaks_the_reader(text):
    assert numbers.parse(text, prefixes=PREFIXES).state == NumberState.MALFORMED


def test_one_keystroke_leads_back_to_the_number():
    digits = sound()[4:-1]
    typos = [digits[:7] + "9" + digits[8:], digits[:-1], digits[:5] + digits[5] + digits[5:], digits[1:]]
    assert all(digits in numbers.neighbours(typo) for typo in typos)
