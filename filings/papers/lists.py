"""The periodic lists 备案清单 of what was published together, in the columns of the official ones."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from filings.models import FilingKind, ProviderRole
from filings.papers.setting import Sheet

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from filings.models import RegisterEntry

ROLES = {ProviderRole.PROVIDER: "服务提供者", ProviderRole.SUPPORTER: "服务技术支持者"}
TITLES = {
    FilingKind.RECOMMENDATION: "境内互联网信息服务算法备案清单",
    FilingKind.DEEP_SYNTHESIS: "境内深度合成服务算法备案清单",
    FilingKind.GENERATIVE: "生成式人工智能服务已备案信息",
}
# Heads of the columns as the lists print them, and shares of the line; 0 is a narrow column.
ALGORITHM = ("序号", "算法名称", "算法类别", "主体名称", "应用产品", "主要用途", "备案编号", "备注")
SYNTHESIS = ("序号", "算法名称", "角色", "主体名称", "应用产品", "主要用途", "备案编号", "备注")
ALGORITHM_WIDTHS = (0, 3, 2, 3, 3, 5, 4, 1)
FILED = ("序号", "属地", "模型名称", "备案单位", "备案编号", "备案时间")
REGISTERED = ("序号", "属地", "应用/功能名称", "登记单位", "上线编号", "登记时间")
SERVICE_WIDTHS = (0, 2, 4, 4, 5, 3)


@dataclass(frozen=True, slots=True)
class Listed:
    """One list: its family, and the sheet that is printed."""

    kind: str
    rows: int
    sheet: Sheet


def composed(entries: Iterable[RegisterEntry], *, on: dt.date, issuer: str, address: str) -> list[Listed]:
    """A list for each family that has entries; services of both tracks stand in one, in two tables."""
    by_family: dict[str, list[RegisterEntry]] = {kind: [] for kind in TITLES}
    for entry in entries:
        family = FilingKind.GENERATIVE if entry.is_service else FilingKind(entry.kind)
        by_family[family].append(entry)
    return [
        Listed(kind, len(found), _sheet(kind, found, on, issuer, address)) for kind, found in by_family.items() if found
    ]


def _sheet(kind: str, entries: list[RegisterEntry], on: dt.date, issuer: str, address: str) -> Sheet:
    numbers = "\n".join(entry.number for entry in entries)
    blocks = _services(entries) if kind == FilingKind.GENERATIVE else (_algorithms(kind, entries),)
    return Sheet(
        title=f"{TITLES[FilingKind(kind)]}（{on.year}年{on.month}月）",
        issuer=issuer,
        digest=hashlib.sha256(numbers.encode()).hexdigest(),
        digest_label="备案编号摘要（SHA-256）",
        qr_text=address,
        made_on=on,
        blocks=blocks,
    )


def _algorithms(kind: str, entries: list[RegisterEntry]) -> dict[str, Any]:
    is_synthesis = kind == FilingKind.DEEP_SYNTHESIS
    lines = [
        [
            str(place), entry.name, ROLES.get(ProviderRole(entry.role), "") if is_synthesis and entry.role else
            entry.class_label, entry.entity_name, entry.products or "--", entry.main_use, entry.number, entry.remarks,
        ]
        for place, entry in enumerate(entries, 1)
    ]  # fmt: skip
    return _table(SYNTHESIS if is_synthesis else ALGORITHM, lines, ALGORITHM_WIDTHS)


def _services(entries: list[RegisterEntry]) -> tuple[dict[str, Any], ...]:
    tables = []
    for kind, heads in ((FilingKind.GENERATIVE, FILED), (FilingKind.GENERATIVE_REGISTRATION, REGISTERED)):
        lines = [
            [str(place), entry.content.get("place_label", ""), entry.name, entry.entity_name, entry.number, _day(entry)]
            for place, entry in enumerate((each for each in entries if each.kind == kind), 1)
        ]
        if lines:
            tables.append(_table(heads, lines, SERVICE_WIDTHS))
    return tuple(tables)


def _day(entry: RegisterEntry) -> str:
    day = entry.issued_on
    return f"{day.year}/{day.month}/{day.day}" if day else ""


def _table(heads: Sequence[str], lines: list[list[str]], widths: Sequence[int]) -> dict[str, Any]:
    return {"type": "table", "columns": list(heads), "lines": lines, "widths": list(widths)}
