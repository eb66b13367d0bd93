"""Numbers of filed algorithms: read one, say which block of it is wrong, allocate the next.

An algorithm number is a prefix, 21 digits and 号. The digits are the entity's place
(6, GB/T 2260), the entity (7), the class (2), the year (2), the entity's running number
within the class (3) and a check digit. Form and check digit are read off the published
lists, no rule of them is published: they are always right on numbers allocated here, and
on others a warning, never a refusal.
"""

import re
from datetime import datetime
from itertools import accumulate

from django.db import connection
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from filings.models.entity import Entity
from filings.models.filing import AlgorithmClass
from filings.models.installation import Installation
from filings.models.register import NumberSeries, NumberState
from filings.numbers.parsed import PROVINCES, Block, NumberSpaceExhausted, ParsedNumber, clean

OFFICIAL_PREFIX = "网信算备"
SUFFIX = "号"
FIRST_YEAR = 22
LENGTHS = {"region": 6, "entity": 7, "class": 2, "year": 2, "sequence": 3, "check": 1}
DIGITS = sum(LENGTHS.values())

DIFFERS: Promise = _("Here it differs from a number that is in this register.")

_TEN = "0123456789"


def check_digit(first_twenty: str) -> int:
    """The digit that makes the weighted sum (2^k from the right) one modulo ten."""
    return (1 - _weighted(first_twenty + "0")) % 10


def is_sound(digits: str) -> bool:
    """Whether 21 digits carry the check digit they should."""
    plain = digits.isascii() and digits.isdecimal()
    return len(digits) == DIGITS and plain and _weighted(digits) % 10 == 1


def read(shown: str, *, prefixes: tuple[str, ...], latest: int) -> ParsedNumber:
    """Read a cleaned number; ``latest`` is the last two digits of the latest year it may name.

    Prefix and 号 may be missing altogether: people quote bare digits.
    """
    prefix, digits, suffix = _split(shown)
    head = Block("prefix", prefix, _prefix_problem(prefix, prefixes))
    tail = Block("suffix", suffix, _suffix_problem(suffix))
    blocks, suggestion = _explain(digits, latest)
    around = [head] * bool(prefix) + blocks + [tail] * bool(suffix)
    if len(digits) != DIGITS or not digits.isascii() or not digits.isdecimal():
        state, parts = NumberState.MALFORMED, {}
    else:
        parts = _slice(digits)
        sound = is_sound(digits) and not head.problem and not tail.problem
        state = NumberState.OK if is_sound(digits) else NumberState.WRONG_CHECK_DIGIT
        state = state if sound or state != NumberState.OK else NumberState.MALFORMED
    region = parts.get("region", "")
    return ParsedNumber(
        text=shown, state=state, blocks=tuple(around), prefix=prefix, digits=digits,
        suggestion=f"{prefix}{suggestion}{suffix}" if suggestion else "", region_code=region,
        province=region[:2] if region[:2] in PROVINCES else "",
        entity_code=parts.get("entity", ""), class_code=parts.get("class", ""),
        year=2000 + int(parts["year"]) if parts else None,
        sequence=int(parts["sequence"]) if parts else None,
    )  # fmt: skip


def neighbours(digits: str) -> list[str]:
    """The sound numbers one keystroke away: a digit changed, two swapped, one lost or doubled."""
    near: set[str] = set()
    places = range(len(digits))
    match len(digits) - DIGITS:
        case 0:
            near = {digits[:i] + d + digits[i + 1 :] for i in places for d in _TEN}
            near |= {digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :] for i in places[:-1]}
        case 1:
            near = {digits[:i] + digits[i + 1 :] for i in places}
        case -1:
            near = {digits[:i] + d + digits[i:] for i in range(DIGITS) for d in _TEN}
    return sorted(number for number in near - {digits} if is_sound(number))


def blocks_against(digits: str, sound: str) -> list[Block]:
    """The blocks of a mistyped number, the one marked in which it leaves a sound one."""
    place = next((i for i, (a, b) in enumerate(zip(digits, sound, strict=False)) if a != b), DIGITS - 1)
    ends = accumulate(LENGTHS.values())
    wrong = next(code for code, end in zip(LENGTHS, ends, strict=True) if place < end)
    lengths = LENGTHS | {wrong: LENGTHS[wrong] + len(digits) - DIGITS}
    parts = _slice(digits, lengths)
    return [Block(c, text, DIFFERS if c == wrong else "") for c, text in parts.items()]


def allocate(*, entity: Entity, algorithm_class: str, region_code: str, at: datetime) -> str:
    """The next number of the entity in the class, under the installation's own prefix.

    One upsert, so that two allocations at once get two numbers; the row stays locked
    until the caller's transaction ends, and rolling it back gives the number back.
    The law asks for a number (Algorithm Provisions, art. 25) and not for its form.
    Raises NumberSpaceExhausted, Installation.DoesNotExist, ValueError on a malformed part.
    """
    if not re.fullmatch(r"\d{6}", region_code, re.ASCII) or algorithm_class not in AlgorithmClass:
        raise ValueError(f"no number for place {region_code!r}, class {algorithm_class!r}")
    prefix = Installation.objects.values_list("number_prefix", flat=True).get()
    sequence = _next_in_series(entity.pk, algorithm_class)
    year = timezone.localdate(at).year % 100
    body = f"{region_code}{entity.code}{algorithm_class}{year:02}{sequence:03}"
    return f"{prefix}{body}{check_digit(body)}{SUFFIX}"


def _next_in_series(entity_id: int, algorithm_class: str) -> int:
    table = NumberSeries._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS series (entity_id, algorithm_class, last)"
            " VALUES (%s, %s, 1) ON CONFLICT (entity_id, algorithm_class)"
            " DO UPDATE SET last = series.last + 1 WHERE series.last < 999 RETURNING last",
            [entity_id, algorithm_class],
        )
        row = cursor.fetchone()
    if row is None:
        raise NumberSpaceExhausted(f"entity {entity_id}, class {algorithm_class}")
    return int(row[0])


def _weighted(digits: str) -> int:
    return sum(int(digit) << place for place, digit in enumerate(reversed(digits)))


def _split(shown: str) -> tuple[str, str, str]:
    """Prefix, digits (with whatever stands between them), ending."""
    match = re.match(r"^(?P<prefix>[^0-9A-Za-z]*)(?P<digits>.*?)(?P<suffix>[^0-9A-Za-z]*)$", shown)
    assert match is not None, "the pattern matches every text without line breaks"
    return match["prefix"], match["digits"], match["suffix"]


def _slice(digits: str, lengths: dict[str, int] = LENGTHS) -> dict[str, str]:
    parts, start = {}, 0
    for code, length in lengths.items():
        parts[code] = digits[start : start + length]
        start += length
    return parts


def _prefix_problem(prefix: str, prefixes: tuple[str, ...]) -> Promise | str:
    return "" if not prefix or prefix in prefixes else _("No number in use begins like this.")


def _suffix_problem(suffix: str) -> Promise | str:
    return "" if suffix in ("", SUFFIX) else _("A number ends with 号.")


def _part_problem(code: str, text: str, latest: int) -> Promise | str:
    """What is wrong with one block of the right length, by itself."""
    if not (text.isascii() and text.isdecimal()):
        return _("Only digits may stand here.")
    match code:
        case "region" if text[:2] not in PROVINCES:
            return _("No province has this code.")
        case "region" if text.endswith("00"):
            return _("A county or district code does not end in 00.")
        case "class" if text not in AlgorithmClass:
            return _("The class is one of 01 to 06.")
        case "year" if not FIRST_YEAR <= int(text) <= latest:
            return _("No number was issued in this year.")
        case "sequence" if text == "000":
            return _("Running numbers begin at 001.")
    return ""


def _explain(digits: str, latest: int) -> tuple[list[Block], str]:
    """The blocks with what is wrong in each, and the one sound number nearby if it is plain."""
    if len(digits) != DIGITS:
        return _explain_length(digits, latest)
    parts = _slice(digits)
    blocks = [Block(code, text, _part_problem(code, text, latest)) for code, text in parts.items()]
    if not any(block.is_wrong for block in blocks) and not is_sound(digits):
        problem = _("The check digit does not fit the digits before it: one of them, or this one, is mistyped.")
        blocks[-1] = Block("check", parts["check"], problem)
    return blocks, ""


def _explain_length(digits: str, latest: int) -> tuple[list[Block], str]:
    """Find the block that is too long or too short: the one that lets all others be sound."""
    surplus = len(digits) - DIGITS
    suggestion = _without_one_digit(digits, latest) if surplus == 1 else ""
    for code in ("sequence", "entity", "class", "year", "region"):
        length = max(LENGTHS[code] + surplus, 0)
        parts = _slice(digits, {**LENGTHS, code: length})
        others = (_part_problem(c, t, latest) for c, t in parts.items() if c != code)
        if not any(others) and (not suggestion or _shortens_to(parts, code, suggestion)):
            problem = _too_long_or_short(surplus)
            return [Block(c, t, problem if c == code else "") for c, t in parts.items()], suggestion
    parts = _slice(digits)
    blocks = [Block(c, t, _part_problem(c, t, latest) if len(t) == LENGTHS[c] else "") for c, t in parts.items() if t]
    rest = digits[DIGITS:]
    if rest:
        return [*blocks, Block("rest", rest, _too_long_or_short(surplus))], suggestion
    last = blocks.pop() if blocks else Block("region", digits)
    return [*blocks, Block(last.code, last.text, _too_long_or_short(surplus))], suggestion


def _shortens_to(parts: dict[str, str], code: str, suggestion: str) -> bool:
    wanted = _slice(clean(suggestion))
    return all(text == wanted[c] for c, text in parts.items() if c != code)


def _without_one_digit(digits: str, latest: int) -> str:
    """The sound number left by taking one digit away, if there is exactly one."""
    left = {digits[:i] + digits[i + 1 :] for i in range(len(digits))}
    sound = [
        number
        for number in left
        if number.isascii()
        and number.isdecimal()
        and is_sound(number)
        and not any(_part_problem(c, t, latest) for c, t in _slice(number).items())
    ]
    return sound[0] if len(sound) == 1 else ""


def _too_long_or_short(surplus: int) -> Promise | str:
    if surplus > 0:
        return _("There are more digits than the 21 of a number: one may be typed twice.")
    return _("There are fewer digits than the 21 of a number: one may be missing.")
