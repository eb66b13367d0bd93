"""What an entry of the register says now, computed from everything that was said of it.

An entry's versions may arrive in any order: lists are imported old after new. So nothing
is carried from the entry as it was; the current state is worked out from all versions,
in the order of what they state, and comes out the same whatever the order of arrival.
"""

import hashlib
import re
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

import rfc8785

from filings import names, numbers
from filings.models.filing import AlgorithmClass, FilingKind, ProviderRole
from filings.models.register import LONGEST_NUMBER, EntryStanding, RegisterEntry, RegisterVersion

# Class names as the lists print them; 检索过滤类 was split into 信息检索类 and 内容过滤类
# in 2024, and is read by the number's own class.
CLASS_LABELS: dict[str, AlgorithmClass] = {
    "生成合成类": AlgorithmClass.SYNTHESIS,
    "个性化推送类": AlgorithmClass.PUSH,
    "排序精选类": AlgorithmClass.RANKING,
    "信息检索类": AlgorithmClass.SEARCH,
    "内容过滤类": AlgorithmClass.FILTERING,
    "调度决策类": AlgorithmClass.DISPATCH,
}
ROLE_LABELS: dict[str, ProviderRole] = {
    "服务提供者": ProviderRole.PROVIDER,
    "服务技术支持者": ProviderRole.SUPPORTER,
    "技术支持者": ProviderRole.SUPPORTER,
}
# Published texts that have no column of their own: only filings of ours have them.
LONG_TEXTS = ("principle", "mechanism", "scenario", "intent", "own_page")
# Of services only: where the firm is and when it was filed, as printed.
PRINTED = ("place_label", "day_label")

_CANCELLED = re.compile(r"(?:^|[已予])(?:以|于.{1,12})?注销(?!产品|账)")
_REVOKED = re.compile(r"(?:^|[已予])(?:以|于.{1,12}|被)?撤销")
_LIST_BRACKETS = {"(": 1, "（": 1, ")": -1, "）": -1}
_FORMS = re.compile(r"^(?P<name>.+?)\s*[（(](?P<forms>[^（()）]*)[)）]\s*等?$", re.DOTALL)
_KNOWN_FORMS = {"app", "网站", "小程序", "其他", "公众账号", "公众号", "api", "sdk", "插件", "桌面端", "pc端"}
_LONGEST_CONTENT = 4_000
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


def digest(content: dict[str, Any]) -> str:
    """SHA-256 over the canonical JSON of a version's content."""
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


def order_of(version: RegisterVersion) -> tuple[date, datetime, str, int, int]:
    """Where a version stands among those of its entry: by what it states, not when it came."""
    source = version.source_list
    if source is None:
        return (version.valid_from, version.recorded_at, "", 0, version.pk or sys.maxsize)
    edited = source.edited_at or _EARLIEST
    return (version.valid_from, edited, source.sha256, version.source_row or 0, 0)


def standing_of(remark: str) -> EntryStanding:
    """What a list's remark says the entry is worth; a remark on anything else changes nothing."""
    plain = names.key(remark)
    if _REVOKED.search(plain):
        return EntryStanding.REVOKED
    return EntryStanding.CANCELLED if _CANCELLED.search(plain) else EntryStanding.REGISTERED


def class_of(label: str, number: numbers.ParsedNumber) -> str:
    """The class by the printed name, else by the number; empty if neither tells."""
    known = CLASS_LABELS.get(names.key(label))
    if known:
        return known
    return number.class_code if number.class_code in AlgorithmClass else ""


def split_products(text: str) -> list[dict[str, Any]]:
    """Products as printed, each with its service forms: “甲（APP、网站）、乙(小程序)”.

    Splits only outside brackets, since names hold brackets and lists themselves. What
    cannot be read stays whole as one name; nothing is lost.
    """
    if text.strip() in ("", "-", "--", "——", "/", "无"):
        return []
    return [_product(part) for part in _outside_brackets(text) if part.strip()]


def new_entry(number: str, *, prefixes: tuple[str, ...]) -> RegisterEntry:
    """An entry with what its number alone tells; unsaved, the rest comes from versions."""
    parsed = numbers.parse(number, prefixes=prefixes)
    region = parsed.region_code
    return RegisterEntry(
        number=number, number_key=parsed.key, digits=parsed.digits[:40], prefix=parsed.prefix[:20],
        number_state=parsed.state, region_code=region, province=parsed.province,
        entity_code=parsed.entity_code, class_code=parsed.class_code, year=parsed.year,
        sequence=parsed.sequence, number_name=parsed.name.casefold()[:LONGEST_NUMBER], number_day=parsed.day,
    )  # fmt: skip


def settle(entry: RegisterEntry, versions: Iterable[RegisterVersion], *, kind: str) -> None:
    """Set every column that follows from the versions.

    `kind` is that of the newest version's list or filing; a row of a list that holds two
    kinds says its own.
    """
    ordered = sorted(versions, key=order_of)
    newest = ordered[-1].content
    parsed = numbers.parse(entry.number)
    if entry.is_from_list:
        entry.number = newest["number"]  # two lists may print one number in different case
    entry.name, entry.entity_name = newest["name"], newest["entity_name"]
    entry.name_key, entry.entity_key = names.key(entry.name)[:200], names.key(entry.entity_name)[:200]
    kind = newest.get("kind", kind)
    entry.province = numbers.place_of(newest.get("place_label", "")) or parsed.province
    if entry.is_from_list:
        entry.issued_on = date.fromisoformat(newest["filed_on"]) if newest.get("filed_on") else None
    entry.class_label = newest.get("class_label", "")[:40]
    entry.role = ROLE_LABELS.get(names.key(newest.get("role_label", "")), "")
    is_synthesis = kind == FilingKind.DEEP_SYNTHESIS or bool(entry.role)
    label = "生成合成类" if is_synthesis and not entry.class_label else entry.class_label
    entry.algorithm_class = class_of(label, parsed)
    entry.kind = FilingKind.DEEP_SYNTHESIS if entry.algorithm_class == "01" else kind
    entry.products, entry.main_use = newest.get("products", ""), newest.get("main_use", "")
    entry.fields = newest.get("fields", [])
    entry.content = {key: newest[key] for key in (*LONG_TEXTS, *PRINTED) if newest.get(key)}
    entry.published_on = ordered[0].valid_from
    said = [version.content for version in ordered]
    remarks = dict.fromkeys(filter(None, (content.get("remark", "") for content in said)))
    entry.remarks = "\n".join(remarks)
    entry.standing = _worst(version for version in ordered)
    former = [content[key] for content in said[:-1] for key in ("name", "entity_name")]
    entry.haystack = names.haystack(
        entry.number, entry.name, entry.entity_name, entry.products[:_LONGEST_CONTENT], *former
    )


def settle_from_lists(entries: list[RegisterEntry]) -> None:
    """Settle saved entries that are known from lists alone, and save them again."""
    versions = RegisterVersion.objects.filter(entry__in=entries).select_related("source_list")
    by_entry = groupby(sorted(versions, key=attrgetter("entry_id")), key=attrgetter("entry_id"))
    said = {entry_id: list(found) for entry_id, found in by_entry}
    for entry in entries:
        newest = max(said[entry.pk], key=order_of)
        assert newest.source_list is not None, "an entry from lists has only listed versions"
        settle(entry, said[entry.pk], kind=newest.source_list.kind)
    RegisterEntry.objects.bulk_update(entries, SETTLED_COLUMNS, batch_size=200)


SETTLED_COLUMNS = (
    "name", "name_key", "entity_name", "entity_key", "class_label", "role", "algorithm_class",
    "kind", "products", "main_use", "fields", "content", "published_on", "remarks", "standing",
    "haystack", "number", "province", "issued_on",
)  # fmt: skip


def _worst(versions: Iterable[RegisterVersion]) -> EntryStanding:
    """Revoked over cancelled over registered: an ending, once stated, is not taken back."""
    by_reason = {
        RegisterVersion.Reason.CANCELLED: EntryStanding.CANCELLED,
        RegisterVersion.Reason.REVOKED: EntryStanding.REVOKED,
    }
    found = {
        by_reason.get(RegisterVersion.Reason(v.reason), standing_of(v.content.get("remark", ""))) for v in versions
    }
    if EntryStanding.REVOKED in found:
        return EntryStanding.REVOKED
    return EntryStanding.CANCELLED if EntryStanding.CANCELLED in found else EntryStanding.REGISTERED


def _outside_brackets(text: str) -> list[str]:
    parts, start, depth = [], 0, 0
    for place, character in enumerate(text):
        depth = max(depth + _LIST_BRACKETS.get(character, 0), 0)
        if depth == 0 and character in "、，,；;\n":
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]


def _product(part: str) -> dict[str, Any]:
    found = _FORMS.match(part.strip())
    if found:
        forms = [form.strip() for form in re.split(r"[、，,/]", found["forms"])]
        if all(names.key(form) in _KNOWN_FORMS or form.endswith("小程序") for form in forms):
            return {"name": found["name"].strip(), "forms": forms}
    return {"name": part.strip(), "forms": []}
