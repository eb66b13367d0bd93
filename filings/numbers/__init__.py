"""Filing numbers: read a quoted one block by block, and allocate the next of our own.

Two forms exist. An algorithm's number is digits with a check digit (``algorithms``); a
generative-AI service's is region, name, date and running number (``services``). Neither
form is published as a rule: both are read off the published lists.
"""

from datetime import date

from django.utils import timezone

from filings.models.installation import Installation
from filings.numbers import algorithms, services
from filings.numbers.algorithms import (
    DIGITS,
    FIRST_YEAR,
    OFFICIAL_PREFIX,
    SUFFIX,
    allocate,
    blocks_against,
    check_digit,
    is_sound,
    neighbours,
)
from filings.numbers.parsed import (
    CENTRAL,
    PROVINCES,
    REGIONS,
    Block,
    NumberSpaceExhausted,
    ParsedNumber,
    clean,
    key,
)
from filings.numbers.services import (
    LONGEST_NAME,
    PINYIN,
    PLACES,
    NumberNameTaken,
    allocate_service,
    mark_of,
    name_problem,
    names_taken,
    place_of,
    region_of,
)

__all__ = [
    "CENTRAL", "DIGITS", "FIRST_YEAR", "LONGEST_NAME", "OFFICIAL_PREFIX", "PINYIN", "PLACES", "PROVINCES",
    "REGIONS", "SUFFIX", "Block", "NumberNameTaken", "NumberSpaceExhausted", "ParsedNumber", "allocate",
    "allocate_service", "blocks_against", "check_digit", "clean", "is_sound", "key", "known_prefixes",
    "looks_quoted", "mark_of", "name_problem", "names_taken", "neighbours", "parse", "place_of", "region_of",
]  # fmt: skip


def parse(
    text: str, *, prefixes: tuple[str, ...] = (OFFICIAL_PREFIX,), year: int | None = None, on: date | None = None
) -> ParsedNumber:
    """Read a number as somebody quotes it. Never raises: what is wrong is in the blocks.

    ``prefixes`` are those this installation knows; ``on`` is the latest day, ``year`` the
    latest year a number may name, today if not told.
    """
    shown = clean(text)
    latest = on or (date(year, 12, 31) if year else timezone.localdate())
    if services.looks_like_one(shown):
        return services.read(shown, prefixes=prefixes, on=latest)
    return algorithms.read(shown, prefixes=prefixes, latest=latest.year % 100)


def looks_quoted(text: str, prefixes: tuple[str, ...]) -> bool:
    """Whether a short answer is meant as a filing number, so that it may be looked up."""
    shown = clean(text)
    return shown.startswith(prefixes) or services.is_plainly_one(shown)


def known_prefixes() -> tuple[str, ...]:
    """The official prefix, this installation's own for services, and its own for algorithms."""
    own = Installation.objects.values_list("service_prefix", "number_prefix").first() or ("", "")
    return tuple(dict.fromkeys(filter(None, (OFFICIAL_PREFIX, *own))))
