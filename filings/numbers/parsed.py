"""What can be read off a quoted number, whichever form it has."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from filings.models.register import NumberState

# First two digits of a GB/T 2260 code.
PROVINCES: dict[str, Promise] = {
    "11": _("Beijing"), "12": _("Tianjin"), "13": _("Hebei"), "14": _("Shanxi"),
    "15": _("Inner Mongolia"), "21": _("Liaoning"), "22": _("Jilin"), "23": _("Heilongjiang"),
    "31": _("Shanghai"), "32": _("Jiangsu"), "33": _("Zhejiang"), "34": _("Anhui"),
    "35": _("Fujian"), "36": _("Jiangxi"), "37": _("Shandong"), "41": _("Henan"),
    "42": _("Hubei"), "43": _("Hunan"), "44": _("Guangdong"), "45": _("Guangxi"),
    "46": _("Hainan"), "50": _("Chongqing"), "51": _("Sichuan"), "52": _("Guizhou"),
    "53": _("Yunnan"), "54": _("Tibet"), "61": _("Shaanxi"), "62": _("Gansu"),
    "63": _("Qinghai"), "64": _("Ningxia"), "65": _("Xinjiang"), "71": _("Taiwan"),
    "81": _("Hong Kong"), "82": _("Macao"),
}  # fmt: skip
# Firms of the central state stand under no province: 属地 国资委, ZhongYangQiYe in numbers.
CENTRAL = "00"
REGIONS: dict[str, Promise] = {**PROVINCES, CENTRAL: _("Central state-owned enterprises")}

BLOCK_LABELS: dict[str, Promise] = {
    "prefix": _("Prefix"),
    "region": _("Place of the filer"),
    "entity": _("Filer"),
    "class": _("Algorithm class"),
    "year": _("Year"),
    "sequence": _("Running number"),
    "check": _("Check digit"),
    "rest": _("Left over"),
    "suffix": _("Ending"),
    "name": _("Name in the number"),
    "day": _("Date in the number"),
}

_INVISIBLE = re.compile(r"[\x00-\x1f\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_DASHES = re.compile(r"[‐‑‒–—―−]")  # noqa: RUF001 - the dashes that stand for a hyphen


class NumberSpaceExhausted(Exception):
    """The series is full: three digits hold no more than 999, four no more than 9999."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a number as typed; ``problem`` is empty when it is sound."""

    code: str
    text: str
    problem: Promise | str = ""

    @property
    def label(self) -> Promise:
        return BLOCK_LABELS[self.code]

    @property
    def is_wrong(self) -> bool:
        return bool(self.problem)


@dataclass(frozen=True, slots=True)
class ParsedNumber:
    """What a quoted number says by itself, without looking anything up.

    ``suggestion`` is the one number that a single correction would make sound, or empty.
    Parts that could not be read are empty. ``day`` and ``name`` are of service numbers;
    ``digits``, ``entity_code`` and ``class_code`` of algorithm numbers.
    """

    text: str
    state: NumberState
    blocks: tuple[Block, ...] = ()
    prefix: str = ""
    digits: str = ""
    is_service: bool = False
    is_registration: bool = False
    suggestion: str = ""
    region_code: str = ""
    province: str = ""
    entity_code: str = ""
    class_code: str = ""
    name: str = ""
    day: date | None = None
    year: int | None = None
    sequence: int | None = None

    @property
    def key(self) -> str:
        return key(self.text)

    @property
    def wrong_blocks(self) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.is_wrong)


def clean(text: str) -> str:
    """The number without blanks and invisible marks, full-width characters and dashes made plain."""
    return _DASHES.sub("-", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))


def key(text: str) -> str:
    """The form under which two spellings of one number are equal."""
    return clean(text).casefold()
