"""Is this number on file? The answer that app stores and the public ask for.

App stores must check a service's filing before offering it (Deep Synthesis Provisions,
art. 13). This register is complete only to a date it knows, so a number that is not
found is "not in this register", never "false".
"""

from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

from django.db.models import Max, Q

from filings import names, numbers
from filings.models.batch import HeldPublication
from filings.models.filing import FilingKind
from filings.models.register import LONGEST_NUMBER, NumberState, RegisterEntry, RegisterList
from filings.numbers import Block, ParsedNumber

ALIKE = 0.85  # share of a service's number that agrees with one that may be meant
ALIKE_FROM = 4  # a shorter part of a number is shared by too many


class Answer(StrEnum):
    """The four things that can be said of a quoted number."""

    FOUND = "found"
    HELD = "held"
    NOT_HERE = "not_here"
    MISTYPED = "mistyped"


@dataclass(frozen=True, slots=True)
class Verification:
    """What this register knows of a quoted number.

    ``entries`` holds more than one only when bare digits stand under two prefixes.
    ``near`` are entries one keystroke away from a number that cannot be right; of a service's
    number, which has no check digit, also those that look much like one that is not here.
    Of a number that is issued and not published yet only the two days are told.
    ``complete_to`` is the day up to which the register is complete for numbers of this
    prefix; none if it holds nothing of the kind.
    """

    answer: Answer
    parsed: ParsedNumber
    entries: tuple[RegisterEntry, ...] = ()
    near: tuple[RegisterEntry, ...] = ()
    complete_to: date | None = None
    blocks: tuple[Block, ...] = field(default=())
    issued_on: date | None = None
    publish_on: date | None = None

    @property
    def wrong_blocks(self) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.is_wrong)


def verify(text: str, *, on: date) -> Verification:
    """Look a quoted number up; `on` is today. At most six queries, whatever was typed.

    A number that stands here as published is found even if its digits are wrong: the
    lists hold such numbers.
    """
    prefixes = numbers.known_prefixes()
    parsed = numbers.parse(text[:200], prefixes=prefixes, on=on)
    entries = _entries(parsed)
    if entries:
        return Verification(Answer.FOUND, parsed, entries=entries, blocks=parsed.blocks)
    held = _held(parsed)
    if held is not None:
        issued, to_come = held.issued_on, held.batch.publish_on
        return Verification(Answer.HELD, parsed, blocks=parsed.blocks, issued_on=issued, publish_on=to_come)
    if parsed.state == NumberState.OK and not parsed.wrong_blocks:
        known = complete_to(parsed.prefix, is_service=parsed.is_service, on=on)
        near = _alike(parsed) if parsed.is_service else ()
        return Verification(Answer.NOT_HERE, parsed, near=near, complete_to=known, blocks=parsed.blocks)
    if parsed.is_service:
        return Verification(Answer.MISTYPED, parsed, near=_alike(parsed), blocks=parsed.blocks)
    near = _near(parsed)
    return Verification(Answer.MISTYPED, parsed, near=near, blocks=_marked(parsed, near))


def complete_to(prefix: str, *, is_service: bool = False, on: date) -> date | None:
    """The day up to which every number of that prefix would be here.

    Our own numbers are published as they are issued; those of the official prefix come
    with the lists of their family, which are complete to the end of the newest one's month.
    """
    if prefix and prefix != numbers.OFFICIAL_PREFIX:
        return on
    lists = RegisterList.objects.all()
    lists = lists.filter(kind=FilingKind.GENERATIVE) if is_service else lists.exclude(kind=FilingKind.GENERATIVE)
    newest: date | None = lists.aggregate(newest=Max("month"))["newest"]
    return newest


def _entries(parsed: ParsedNumber) -> tuple[RegisterEntry, ...]:
    if not parsed.key or len(parsed.key) > LONGEST_NUMBER:
        return ()
    entries = RegisterEntry.objects.without_search_columns()
    found = list(entries.filter(number_key=parsed.key))
    if not found and not parsed.prefix and len(parsed.digits) >= numbers.DIGITS:
        found = list(entries.filter(digits=parsed.digits).order_by("id")[:5])
    return tuple(found)


def _held(parsed: ParsedNumber) -> HeldPublication | None:
    """The number's place in a batch that was not published yet (Algorithm Provisions, art. 25)."""
    waiting = HeldPublication.objects.waiting().select_related("batch").only("issued_on", "batch__publish_on")
    named = Q(number_key=parsed.key)
    if not parsed.prefix and len(parsed.digits) >= numbers.DIGITS:
        named |= Q(digits=parsed.digits)
    return waiting.filter(named).order_by("pk").first() if parsed.key else None


def _near(parsed: ParsedNumber) -> tuple[RegisterEntry, ...]:
    """Entries whose number is one keystroke away."""
    digits = numbers.neighbours(parsed.digits)
    if not digits:
        return ()
    entries = RegisterEntry.objects.without_search_columns().filter(digits__in=digits)
    return tuple(entries.order_by("id")[:3])


def _alike(parsed: ParsedNumber) -> tuple[RegisterEntry, ...]:
    """Services whose number shares the name, or date and running number, and is much the same."""
    end = parsed.key.rpartition("-")[2]
    parts = [f"-{part}" for part in (f"{parsed.name.casefold()}-", end) if len(part) >= ALIKE_FROM]
    if not parts:
        return ()
    condition = Q()
    for part in parts:
        condition |= Q(haystack__contains=names.key(part), grams__contains=names.grams(names.key(part)))
    entries = RegisterEntry.objects.without_search_columns().filter(condition, kind__in=FilingKind.services)
    likeness = {e: SequenceMatcher(None, e.number_key, parsed.key).ratio() for e in entries.order_by("id")[:200]}
    ranked = sorted((e for e in likeness if likeness[e] >= ALIKE), key=lambda e: -likeness[e])
    return tuple(ranked[:3])


def _marked(parsed: ParsedNumber, near: tuple[RegisterEntry, ...]) -> tuple[Block, ...]:
    """The blocks, the mark moved to where the number differs from the only one near it."""
    if len(near) != 1:
        return parsed.blocks
    around = [block for block in parsed.blocks if block.code in ("prefix", "suffix")]
    blocks = numbers.blocks_against(parsed.digits, near[0].digits)
    before = [block for block in around if block.code == "prefix"]
    after = [block for block in around if block.code == "suffix"]
    return (*before, *blocks, *after)
