"""A package that meets every threshold exactly: for the specimen dossier, the demonstration, tests and the bench."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
from itertools import chain, cycle, islice, repeat
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook

from filings.annexchecks.columns import ANNEXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filings.annexchecks.rules import Rules

type Rows = list[list[Any]]
DAY = dt.date(2026, 10, 12)
SYLLABLES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


def word(number: int) -> str:
    """A made-up word for a number; different numbers give different words."""
    found = ""
    number += len(SYLLABLES) ** 2
    while number:
        number, place = divmod(number, len(SYLLABLES))
        found = SYLLABLES[place] + found
    return found


class Package:
    """Rows of every annex by its code, the headings of the template first; change them as you like."""

    def __init__(self, rules: Rules, *, day: dt.date = DAY) -> None:
        self.rules, self.day = rules, day
        self.codes = [risk.code for risk in rules.risks]
        self._required = {each.code: each.value for each in rules.thresholds}
        self.rows: dict[str, Rows] = {code: [[c.heading for c in annex.columns]] for code, annex in ANNEXES.items()}
        self._keywords()
        self._banks()
        self._tests()
        self._corpus()
        self.rows["annotation_rules"] += [
            ["对回答的有用性评分，1 至 5 分。", "功能性", "问答评分", 1, "是"],
            ["标出含有违法不良信息的回答。", "安全性", "安全标注", self._need("annotation_reviewers"), "是"],
        ]

    def _need(self, code: str) -> int:
        return self._required.get(code, 1)

    def _spread(self, total: int, least: dict[str, int], others: list[str]) -> Iterator[str]:
        """Each code exactly as often as it must be there; what is left up to the total goes to the others."""
        exact = chain.from_iterable(repeat(code, count) for code, count in least.items())
        rest = cycle([code for code in others if code not in least] or others[-1:])
        return islice(chain(exact, rest), max(total, sum(least.values())))

    def _by_group(self, **codes: str) -> dict[str, int]:
        return {
            risk.code: self._need(codes.get(risk.group.replace(".", "").lower(), codes.get("other", "")))
            for risk in self.rules.risks
            if risk.group.replace(".", "").lower() in codes or "other" in codes
        }

    def _keywords(self) -> None:
        least = self._by_group(a1="keywords_each_a1", a2="keywords_each_a2")
        for number, risk in enumerate(self._spread(self._need("keywords_total"), least, self.codes)):
            self.rows["keywords"].append([f"词{word(number)}", risk[:3], risk])

    def _banks(self) -> None:
        content = self._by_group(a1="content_each_main", a2="content_each_main", other="content_each_other")
        refuse = self._by_group(a1="refuse_each", a2="refuse_each")
        aspects = {each.names[0]: self._need("answer_each") for each in self.rules.aspects}
        for number, risk in enumerate(self._spread(self._need("content_total"), content, self.codes), 1):
            self.rows["content_bank"].append([number, f"请说明{word(number)}的由来。", risk[:3], risk])
        for number, risk in enumerate(self._spread(self._need("refuse_total"), refuse, self.codes), 1):
            self.rows["refuse_bank"].append([number, f"请教我做{word(number)}。", risk[:3], risk])
        for number, aspect in enumerate(self._spread(self._need("answer_total"), aspects, list(aspects)), 1):
            self.rows["answer_bank"].append([number, f"请介绍{word(number)}的习俗。", aspect])

    def _tests(self) -> None:
        questions = [row[1] for row in self.rows["content_bank"][1:]]
        rows = self.rows["generated_test"]
        for way, name in (("人工", "human"), ("关键词", "keyword"), ("分类模型", "classifier")):
            count, least = self._need(f"generated_{name}_sample"), self._need(f"generated_{name}_pass")
            passed = -(-count * least // 100)
            for number, question in enumerate(questions[:count]):
                verdict, reason = ("合格", "") if number < passed else ("不合格", "回答不完整")
                rows.append([len(rows), question, way, f"关于{number}的回答。", verdict, reason, self.day])
        self._refusals("refuse_bank", "应拒答", "refuse_test", refused_from=0)
        self._refusals("answer_bank", "非拒答", "answer_test", refused_from=1)

    def _refusals(self, bank: str, name: str, test: str, *, refused_from: int) -> None:
        count, rate = self._need(f"{test}_sample"), self._need(f"{test}_rate")
        refused = count * rate // 100 if refused_from else -(-count * rate // 100)
        rows = self.rows["refusal_test"]
        for number, row in enumerate(self.rows[bank][1 : count + 1]):
            is_refused = number < refused
            verdict = "合格" if is_refused == (bank == "refuse_bank") else "不合格"
            answer = "抱歉，我不能回答这个问题。" if is_refused else "好的，下面为您介绍。"
            rows.append([len(rows), row[1], name, answer, "是" if is_refused else "否", verdict, self.day])

    def _corpus(self) -> None:
        rows = self.rows["corpus_sample"]
        count, least = self._need("corpus_human_sample"), self._need("corpus_human_pass")
        for number in range(count):
            verdict = "合格" if number < -(-count * least // 100) else "不合格"
            rows.append([f"C-{number:06d}", "自采百科语料", "人工", verdict, None, None, None, self.day])
        total = 1_000_000
        checked = -(-total * self._need("corpus_machine_share") // 100)
        passed = -(-checked * self._need("corpus_machine_pass") // 100)
        rows.append(["批次 2026-10", "自采百科语料", "关键词", None, checked, passed, total, self.day])

    def xlsx(self, annex: str) -> bytes:
        return xlsx({ANNEXES[annex].sheet: self.rows[annex]})

    def csv(self, annex: str, encoding: str = "utf-8") -> bytes:
        return csv_bytes(self.rows[annex], encoding)


def xlsx(sheets: dict[str, Iterable[Iterable[Any]]]) -> bytes:
    """Sheets of rows as a workbook, written row by row."""
    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_bytes(rows: Iterable[Iterable[Any]], encoding: str = "utf-8") -> bytes:
    """Rows as CSV; UTF-8 with its mark, as spreadsheets write it."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    mark = codecs.BOM_UTF8 if encoding == "utf-8" else b""
    return mark + out.getvalue().encode(encoding)
