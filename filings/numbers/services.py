"""Numbers of generative-AI services: read one block by block, allocate the next.

`Beijing-Name-202404280001`: region in pinyin, a name, a date and a running number. A
registration 登记 has an S before the running number. Until April 2024 filings had the bare
date. The running number counts by region and kind and goes on from year to year, in the
order of acceptance. Regions are printed in several cases, so numbers are compared without
regard to case and kept as published.
"""

import re
from datetime import date, datetime
from difflib import get_close_matches

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from filings.models.filing import FilingKind
from filings.models.installation import Installation
from filings.models.register import NumberState, RegisterEntry, ServiceNumberSeries
from filings.numbers.parsed import CENTRAL, Block, NumberSpaceExhausted, ParsedNumber, clean

# How a region is written in numbers issued here; lists vary the case.
PINYIN: dict[str, str] = {
    "11": "Beijing", "12": "Tianjin", "13": "Hebei", "14": "Shanxi", "15": "NeiMengGu",
    "21": "Liaoning", "22": "Jilin", "23": "Heilongjiang", "31": "Shanghai", "32": "Jiangsu",
    "33": "Zhejiang", "34": "Anhui", "35": "Fujian", "36": "Jiangxi", "37": "Shandong",
    "41": "Henan", "42": "Hubei", "43": "Hunan", "44": "Guangdong", "45": "Guangxi",
    "46": "Hainan", "50": "Chongqing", "51": "Sichuan", "52": "Guizhou", "53": "Yunnan",
    "54": "Xizang", "61": "Shaanxi", "62": "Gansu", "63": "Qinghai", "64": "Ningxia",
    "65": "Xinjiang", "71": "Taiwan", "81": "Xianggang", "82": "Aomen", CENTRAL: "ZhongYangQiYe",
}  # fmt: skip
# 属地 as the lists print it.
PLACES: dict[str, str] = {
    "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区",
    "21": "辽宁省", "22": "吉林省", "23": "黑龙江省", "31": "上海市", "32": "江苏省",
    "33": "浙江省", "34": "安徽省", "35": "福建省", "36": "江西省", "37": "山东省",
    "41": "河南省", "42": "湖北省", "43": "湖南省", "44": "广东省", "45": "广西壮族自治区",
    "46": "海南省", "50": "重庆市", "51": "四川省", "52": "贵州省", "53": "云南省",
    "54": "西藏自治区", "61": "陕西省", "62": "甘肃省", "63": "青海省", "64": "宁夏回族自治区",
    "65": "新疆维吾尔自治区", "71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区",
    CENTRAL: "国资委",
}  # fmt: skip
_REGION_OF = {pinyin.casefold(): code for code, pinyin in PINYIN.items()}
REGISTRATION_MARK = "S"
LONGEST_NAME = 40
RUNNING_DIGITS = 4
MOST = 10**RUNNING_DIGITS - 1
FIRST_DAY = date(2023, 8, 15)  # the Interim Measures came into force
NUMBERED_SINCE = date(2024, 4, 28)

_LOOKS = re.compile(r"^[^0-9A-Za-z]*[A-Za-z][^-]*-.")
_PLAINLY = re.compile(r"^(?:[A-Za-z]+-)?[A-Za-z]+-[A-Za-z0-9-]+-\d{8}(?:[Ss]?\d{3,6})?$")
_TAIL = re.compile(r"^(?P<day>\d{0,8})(?P<mark>[Ss]?)(?P<running>.*)$", re.DOTALL)
_NAME = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*", re.ASCII)


class NumberNameTaken(Exception):
    """The name proposed for the number already stands in another number of the region."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return str(_("The name %(name)s already stands in another number of this region.") % {"name": self.name})


def looks_like_one(shown: str) -> bool:
    """Whether a cleaned text has the shape of a service number, sound or not."""
    return _LOOKS.match(shown) is not None


def is_plainly_one(shown: str) -> bool:
    """Whether a cleaned text can hardly be anything else: an eight-digit date ends it."""
    return _PLAINLY.match(shown) is not None


def region_of(pinyin: str) -> str:
    """The region's two digits, in any case; empty if no region is written like this."""
    return _REGION_OF.get(pinyin.casefold(), "")


def place_of(label: str) -> str:
    """The two digits of a printed 属地, with or without 省 or 市; empty if it is none."""
    plain = clean(label)
    if len(plain) < 2:
        return ""
    return next((code for code, name in PLACES.items() if plain == name or name.startswith(plain)), "")


def read(shown: str, *, prefixes: tuple[str, ...], on: date) -> ParsedNumber:
    """Read a cleaned number; ``on`` is the latest day it may name."""
    prefix, region, name, tail = _split(shown, prefixes)
    day, running, is_registration = _read_tail(tail, on)
    head = [Block("prefix", prefix, _prefix_problem(prefix, prefixes))] if prefix else []
    place = Block("region", region, _region_problem(region))
    blocks = (*head, place, Block("name", name, name_problem(name)), day[0], *running[0])
    code = region_of(region)
    guess = "" if code else _close_region(region)
    alone = bool(guess) and sum(block.is_wrong for block in blocks) == 1
    return ParsedNumber(
        text=shown, state=NumberState.MALFORMED if any(b.is_wrong for b in blocks) else NumberState.OK,
        blocks=blocks, prefix=prefix, is_service=True, is_registration=is_registration,
        suggestion=f"{prefix}{guess}-{name}-{tail}" if alone else "",
        province=code, name=name, day=day[1], year=day[1].year if day[1] else None, sequence=running[1],
    )  # fmt: skip


def name_problem(name: str) -> Promise | str:
    """What is wrong with the name in a number; empty if it may stand there."""
    if not name:
        return _("The name of the service is missing.")
    if not _NAME.fullmatch(name):
        return _("Only Latin letters, digits and single hyphens between them may stand here.")
    return ""


def mark_of(kind: str) -> str:
    """What stands before the running number of that kind: S before a registration's."""
    return REGISTRATION_MARK if kind == FilingKind.GENERATIVE_REGISTRATION else ""


def names_taken(*, region: str, name: str) -> bool:
    """Whether the name stands in a number of the region, compared without regard to case."""
    there = Q(province=region) | Q(number_key__startswith=f"{PINYIN[region].casefold()}-")
    return RegisterEntry.objects.filter(there, number_name=name.casefold()).exists()


def allocate_service(*, kind: str, region_code: str, name: str, at: datetime) -> str:
    """The next service number of the region and kind, under the installation's own prefix.

    One upsert, so that two allocations at once get two numbers; the row stays locked until
    the caller's transaction ends, and rolling it back gives the number back. The running
    number goes on from year to year. Raises NumberNameTaken, NumberSpaceExhausted,
    Installation.DoesNotExist, ValueError on a malformed part.
    """
    region = region_code[:2]
    if region not in PINYIN or kind not in FilingKind.services or name_problem(name) or len(name) > LONGEST_NAME:
        raise ValueError(f"no number for region {region_code!r}, kind {kind!r}, name {name!r}")
    if names_taken(region=region, name=name):
        raise NumberNameTaken(name)
    prefix = Installation.objects.values_list("service_prefix", flat=True).get()
    running = _next_in_series(region, kind)
    day = timezone.localdate(at)
    return f"{prefix}{PINYIN[region]}-{name}-{day:%Y%m%d}{mark_of(kind)}{running:0{RUNNING_DIGITS}}"


def _next_in_series(region: str, kind: str) -> int:
    table = ServiceNumberSeries._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS series (region, kind, last) VALUES (%s, %s, 1)"
            " ON CONFLICT (region, kind) DO UPDATE SET last = series.last + 1"
            " WHERE series.last < %s RETURNING last",
            [region, kind, MOST],
        )
        row = cursor.fetchone()
    if row is None:
        raise NumberSpaceExhausted(f"region {region}, {kind}")
    return int(row[0])


def _split(shown: str, prefixes: tuple[str, ...]) -> tuple[str, str, str, str]:
    """Prefix, region, name, and the date with what follows it."""
    rest = re.sub(r"^[^0-9A-Za-z]+", "", shown)
    prefix = shown[: len(shown) - len(rest)]
    own = next((p for p in prefixes if p.isascii() and rest.casefold().startswith(p.casefold())), "")
    prefix, rest = prefix + rest[: len(own)], rest[len(own) :]
    parts = rest.split("-")
    if not own and len(parts) > 3 and not region_of(parts[0]) and region_of(parts[1]):
        prefix, parts = f"{prefix}{parts[0]}-", parts[1:]
    tail = parts.pop() if len(parts) > 1 and parts[-1][:1].isdecimal() else ""
    return prefix, parts[0], "-".join(parts[1:]), tail


def _read_tail(tail: str, on: date) -> tuple[tuple[Block, date | None], tuple[tuple[Block, ...], int | None], bool]:
    """The date block and the running number's, each with its value; whether an S marks a registration."""
    found = _TAIL.match(tail)
    assert found is not None, "the pattern matches every text"
    day, problem = _read_day(found["day"], on)
    text, running = f"{found['mark']}{found['running']}", found["running"]
    is_plain = running.isascii() and running.isdecimal() and len(running) == RUNNING_DIGITS
    value = int(running) if is_plain else None
    wrong = _running_problem(text, value, day)
    blocks = (Block("sequence", text, wrong),) if text or wrong else ()
    return (Block("day", found["day"], problem), day), (blocks, value), bool(found["mark"])


def _read_day(text: str, on: date) -> tuple[date | None, Promise | str]:
    if len(text) != 8 or not text.isascii():
        return None, _("A date has eight digits here: year, month and day.")
    try:
        day = date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None, _("There is no such day.")
    if day < FIRST_DAY:
        return day, _("No number was issued before the Interim Measures came into force on 15 August 2023.")
    return day, _("This day is still to come.") if day > on else ""


def _running_problem(text: str, value: int | None, day: date | None) -> Promise | str:
    if not text:
        late = day is not None and day >= NUMBERED_SINCE
        return _("Since 28 April 2024 a running number of four digits follows the date.") if late else ""
    if value is None:
        return _("The running number has four digits; before those of a registration stands S.")
    return "" if value else _("Running numbers begin at 0001.")


def _prefix_problem(prefix: str, prefixes: tuple[str, ...]) -> Promise | str:
    known = prefix.casefold() in {each.casefold() for each in prefixes}
    return "" if known else _("No number in use begins like this.")


def _close_region(pinyin: str) -> str:
    """The one region that a misprint plainly means, or nothing."""
    near = get_close_matches(pinyin.casefold(), _REGION_OF, n=2, cutoff=0.8)
    return PINYIN[_REGION_OF[near[0]]] if near else ""


def _region_problem(region: str) -> Promise | str:
    if not region:
        return _("The region is missing.")
    if region_of(region):
        return ""
    guess = _close_region(region)
    if guess:
        return _("No region is written like this; %(region)s may be meant.") % {"region": guess}
    return _("No region is written like this: it stands in pinyin, such as Beijing.")
