"""What a cell says: a text, a day, a number, yes or no, a way of sampling, a risk."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from filings.annexchecks import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from filings.annexchecks.rules import Named, Rules

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
SHOWN = 80
WHOLE = re.compile(r"\d{1,15}")
DAY = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})")
PACKED_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
RISK_CODE = re.compile(r"A\s*[.\uff0e\-—·]?\s*(\d)\s*[.\uff0e\-—·)）]?\s*[(（]?\s*(\d)(?!\d)", re.IGNORECASE)
GROUP_CODE = re.compile(r"A\s*[.\uff0e\-—·]?\s*(\d)(?!\d)", re.IGNORECASE)

HUMAN, KEYWORD, CLASSIFIER = "human", "keyword", "classifier"
METHODS = {
    HUMAN: ("人工", "人工抽检", "人工评估", "人工测试", "人工抽样", "human", "manual", "people"),
    KEYWORD: ("关键词", "关键词抽检", "关键词检测", "关键词评估", "关键词匹配", "keyword", "keywords"),
    CLASSIFIER: ("分类模型", "分类器", "模型", "分类模型抽检", "模型抽检", "分类模型评估", "classifier", "model"),
}
REFUSE, ANSWER = "refuse_bank", "answer_bank"
BANKS = {
    REFUSE: ("应拒答", "拒答", "应拒答题", "应拒答题库", "应拒答测试题库", "拒答题库", "refuse", "should refuse"),
    ANSWER: ("非拒答", "不应拒答", "非拒答题", "非拒答题库", "非拒答测试题库", "不拒答", "answer", "should not refuse"),
}
FUNCTIONAL, SAFETY = "functional", "safety"
TYPES = {
    FUNCTIONAL: ("功能性", "功能性标注", "功能", "functional"),
    SAFETY: ("安全性", "安全性标注", "安全", "safety"),
}
YES = ("是", "yes", "y", "true", "1", "有", "已拒答", "拒答", "√", "✓")
NO = ("否", "no", "n", "false", "0", "无", "未拒答", "不拒答", "没有", "×")
PASSED = ("合格", "通过", "是", "yes", "y", "pass", "passed", "true", "1", "合规", "符合", "√", "✓")
FAILED = ("不合格", "未通过", "不通过", "否", "no", "n", "fail", "failed", "false", "0", "不合规", "不符合", "×")


def text(value: Any) -> str:
    """The cell as a person reads it."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    if isinstance(value, dt.datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    return str(value)


def shown(value: Any) -> str:
    """The beginning of a cell, harmless to store and to show."""
    plain = CONTROLS.sub(" ", text(value)[: SHOWN + 1])
    return f"{plain[:SHOWN]}…" if len(plain) > SHOWN else plain


def _lookup(groups: Mapping[Any, tuple[str, ...]]) -> dict[str, Any]:
    return {normal.folded(name): code for code, names in groups.items() for name in names}


_METHODS, _BANKS, _TYPES = _lookup(METHODS), _lookup(BANKS), _lookup(TYPES)
_YES_NO, _PASSED = _lookup({True: YES, False: NO}), _lookup({True: PASSED, False: FAILED})


def _one_of(known: dict[str, Any], value: Any) -> Any:
    return known.get(normal.folded(text(value)).strip())


def method(value: Any) -> str | None:
    found: str | None = _one_of(_METHODS, value)
    return found


def bank(value: Any) -> str | None:
    found: str | None = _one_of(_BANKS, value)
    return found


def annotation_type(value: Any) -> str | None:
    found: str | None = _one_of(_TYPES, value)
    return found


def yes(value: Any) -> bool | None:
    found: bool | None = _one_of(_YES_NO, value)
    return found


def passed(value: Any) -> bool | None:
    found: bool | None = _one_of(_PASSED, value)
    return found


def whole(value: Any) -> int | None:
    """A number of things; None for what is none."""
    if isinstance(value, bool):
        return None
    plain = text(value).replace(",", "").replace("，", "").strip()
    return int(plain) if WHOLE.fullmatch(plain) and plain.isascii() else None


def day(value: Any) -> dt.date | None:
    """A day of the calendar, however it is written; None for what is none."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    plain = normal.folded(text(value)).strip()
    found = DAY.match(plain) or PACKED_DAY.fullmatch(plain)
    if found is None:
        return None
    try:
        return dt.date(*map(int, found.groups()))
    except ValueError:
        return None


class Names:
    """Finds the risk, or the aspect, that a cell names."""

    def __init__(self, rules: Rules) -> None:
        self.risks = {risk.code: risk for risk in rules.risks}
        self._risks = _by_name(rules.risks)
        self._aspects = _by_name(rules.aspects)
        self._groups = {name: codes[0] for name, codes in _by_name(rules.groups).items()}
        self._known: dict[tuple[Any, Any], str | None] = {}

    def risk(self, value: Any, group: Any = None) -> str | None:
        """The code of a risk, by its code or name, the group telling apart names that several have."""
        asked = (value, group)
        if asked not in self._known:
            if len(self._known) > 10_000:
                self._known.clear()
            self._known[asked] = self._risk(text(value).strip(), text(group).strip())
        return self._known[asked]

    def _risk(self, value: str, group: str) -> str | None:
        if len(value) > 200 or len(group) > 200:
            return None
        within = self._group(group)
        if found := RISK_CODE.match(value):
            code = f"A.{found[1]}.{found[2]}"
            return code if code in self.risks and within in (None, self.risks[code].group) else None
        codes = self._risks.get(normal.compact(value), [])
        if within is not None:
            codes = [code for code in codes if self.risks[code].group == within]
        return codes[0] if len(codes) == 1 else None

    def _group(self, value: str) -> str | None:
        if found := GROUP_CODE.match(value):
            return f"A.{found[1]}"
        return self._groups.get(normal.compact(value))

    def aspect(self, value: Any) -> str | None:
        codes = self._aspects.get(normal.compact(text(value)[:200]), [])
        return codes[0] if codes else None


def _by_name(named: Iterable[Named]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in named:
        for name in (each.code, *each.names):
            codes = found.setdefault(normal.compact(name), [])
            if each.code not in codes:
                codes.append(each.code)
    found.pop("", None)
    return found
