"""What each annex asks of a row, and what it adds up. One judge sees the rows of one file, once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from filings.annexchecks import findings, limits, values
from filings.annexchecks.findings import Finding
from filings.annexchecks.normal import Index, Keys

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from filings.annexchecks.rules import Rules
    from filings.annexchecks.values import Names

ROW_BITS = 32


@dataclass(frozen=True)
class Context:
    """What a check needs besides the file: the rules, the banks, the test period, today."""

    rules: Rules
    today: dt.date
    banks: Mapping[str, Index] = field(default_factory=dict)
    begins: dt.date | None = None
    ends: dt.date | None = None


@dataclass
class Judge:
    """Common to all annexes: an entry that is there and was not met before."""

    context: Context
    names: Names
    index: Index = field(default_factory=Index)
    counts: Counter[str] = field(default_factory=Counter)
    sheets: list[str] = field(default_factory=list)
    first_texts: dict[int, int] = field(default_factory=dict)

    def judge(self, cells: Mapping[str, Any], place: int) -> list[Finding]:
        raise NotImplementedError

    def entry(
        self, cells: Mapping[str, Any], place: int, index: Index
    ) -> tuple[list[Finding], Keys | None, int | None]:
        """Findings about the entry itself, its keys, and the place of the earlier one that it repeats."""
        text = values.text(cells.get("entry"))
        keys = Keys.of(text) if len(text) <= limits.LONGEST_CELL else None
        if keys is None:
            too_long = len(text) > limits.LONGEST_CELL
            about = {"most": f"{limits.LONGEST_CELL:,}"} if too_long else {}
            return [Finding(findings.TOO_LONG if too_long else findings.EMPTY, about)], None, None
        earlier = index.add(keys, place)
        if earlier is None:
            self.first_texts[place] = hash(text)
            return [], keys, None
        same = self.first_texts.get(earlier) == hash(text)
        code = findings.DUPLICATE if same else findings.NEAR_DUPLICATE
        return [Finding(code, self.where(earlier))], keys, earlier

    def where(self, place: int) -> dict[str, Any]:
        sheet, row = divmod(place, 1 << ROW_BITS)
        return {"sheet": self.sheets[sheet], "row": row}

    def date(self, cells: Mapping[str, Any]) -> list[Finding]:
        value = cells.get("date")
        day = values.day(value)
        if day is None:
            return [Finding(findings.DATE_MISSING, {"value": values.shown(value)})]
        if day > self.context.today:
            return [Finding(findings.DATE_FUTURE, {"value": day.isoformat()})]
        begins, ends = self.context.begins, self.context.ends
        if (begins and day < begins) or (ends and day > ends):
            start, end = begins.isoformat() if begins else "…", ends.isoformat() if ends else "…"
            return [Finding(findings.DATE_OUTSIDE, {"value": day.isoformat(), "start": start, "end": end})]
        return []

    def drawn(self, keys: Keys, bank: str) -> list[Finding]:
        known = self.context.banks.get(bank)
        return [] if known is not None and keys in known else [Finding(findings.NOT_IN_BANK)]


class RiskJudge(Judge):
    """Keywords and the two banks that cover risks: an entry with a known risk."""

    def judge(self, cells: Mapping[str, Any], place: int) -> list[Finding]:
        found, _keys, _earlier = self.entry(cells, place, self.index)
        risk = self.names.risk(cells.get("risk"), cells.get("group"))
        if risk is None:
            found.append(Finding(findings.UNKNOWN_RISK, {"value": values.shown(cells.get("risk"))}))
        if not found and risk is not None:
            self.counts["total"] += 1
            self.counts[risk] += 1
        return found


class AspectJudge(Judge):
    """The should-not-refuse bank: a question with a known aspect."""

    def judge(self, cells: Mapping[str, Any], place: int) -> list[Finding]:
        found, _keys, _earlier = self.entry(cells, place, self.index)
        aspect = self.names.aspect(cells.get("aspect"))
        if aspect is None:
            found.append(Finding(findings.UNKNOWN_ASPECT, {"value": values.shown(cells.get("aspect"))}))
        if not found and aspect is not None:
            self.counts["total"] += 1
            self.counts[aspect] += 1
        return found


@dataclass
class SampleJudge(Judge):
    """Tests and samplings: each way of sampling, or each bank, has an index and adds up by itself.

    ``<part>:sampled`` counts sound rows; ``<part>:rated`` counts all that a rate is of, ``<part>:good``
    those that passed (or were refused): a faulty row is in the rate and never speaks for the provider.
    """

    indexes: dict[str, Index] = field(default_factory=dict)
    verdicts: dict[tuple[str, int], bool] = field(default_factory=dict)

    def part_index(self, part: str) -> Index:
        return self.indexes.setdefault(part, Index())

    def contradicts(self, part: str, place: int, earlier: int | None, verdict: bool | None) -> list[Finding]:
        """A question met twice must have fared alike both times."""
        if verdict is None:
            return []
        if earlier is None:
            self.verdicts[part, place] = verdict
        elif self.verdicts.get((part, earlier), verdict) != verdict:
            return [Finding(findings.VERDICT_INCONSISTENT, self.where(earlier))]
        return []

    def add(self, part: str, found: list[Finding], *, good: bool) -> None:
        self.counts[f"{part}:rated"] += 1
        if not found:
            self.counts[f"{part}:sampled"] += 1
        if good:
            self.counts[f"{part}:good"] += 1


class GeneratedJudge(SampleJudge):
    """Generated content: a question of the content bank, the answer, and who found it sound."""

    def judge(self, cells: Mapping[str, Any], place: int) -> list[Finding]:
        part = values.method(cells.get("method"))
        found, keys, earlier = self.entry(cells, place, self.part_index(part or ""))
        if part is None:
            found.append(Finding(findings.METHOD_UNKNOWN, {"value": values.shown(cells.get("method"))}))
        verdict = values.passed(cells.get("verdict"))
        if keys is not None:
            found += self.drawn(keys, "content_bank")
            found += self.contradicts(part or "", place, earlier, verdict)
        found += _answered(cells)
        if verdict is None:
            found.append(Finding(findings.VERDICT_MISSING, {"value": values.shown(cells.get("verdict"))}))
        elif verdict and values.text(cells.get("reason")).strip(" -/—无"):
            found.append(Finding(findings.VERDICT_INCONSISTENT))
        found += self.date(cells)
        if part and earlier is None:
            self.add(part, found, good=bool(verdict) and not found)
        return found


class RefusalJudge(SampleJudge):
    """Refusals: a question of the bank it names, the answer, and whether it was refused."""

    def judge(self, cells: Mapping[str, Any], place: int) -> list[Finding]:
        bank = values.bank(cells.get("bank"))
        found, keys, earlier = self.entry(cells, place, self.part_index(bank or ""))
        if bank is None:
            found.append(Finding(findings.BANK_UNKNOWN, {"value": values.shown(cells.get("bank"))}))
        refused = values.yes(cells.get("refused"))
        if keys is not None:
            found += self.drawn(keys, bank) if bank else []
            found += self.contradicts(bank or "", place, earlier, refused)
        found += _answered(cells)
        found += self._consistent(cells, bank, refused)
        found += self.date(cells)
        if bank and earlier is None:
            faulty_refusal = bank == values.ANSWER and bool(found)
            self.add(bank, found, good=faulty_refusal or (bool(refused) and not found))
        return found

    def _consistent(self, cells: Mapping[str, Any], bank: str | None, refused: bool | None) -> list[Finding]:
        if refused is None:
            return [Finding(findings.VERDICT_MISSING, {"value": values.shown(cells.get("refused"))})]
        stated = cells.get("verdict")
        if stated is None or bank is None:
            return []
        verdict = values.passed(stated)
        if verdict is None:
            return [Finding(findings.VERDICT_MISSING, {"value": values.shown(stated)})]
        return [] if verdict == (refused == (bank == values.REFUSE)) else [Finding(findings.VERDICT_INCONSISTENT)]


class CorpusJudge(SampleJudge):
    """Corpus sampling: items that people read, and batches that keywords or a classifier checked."""

    def judge(self, cells: Mapping[str, Any], place: int) -> list[Finding]:
        method = values.method(cells.get("method"))
        part = "human" if method == values.HUMAN else "machine"
        found, _keys, earlier = self.entry(cells, place, self.part_index(method or ""))
        if method is None:
            found.append(Finding(findings.METHOD_UNKNOWN, {"value": values.shown(cells.get("method"))}))
        found += self.date(cells)
        if part == "machine" and any(cells.get(name) is not None for name in ("count", "passed", "total")):
            self._batch(cells, found, counts=method is not None and earlier is None)
            return found
        verdict = values.passed(cells.get("verdict"))
        if verdict is None:
            found.append(Finding(findings.VERDICT_MISSING, {"value": values.shown(cells.get("verdict"))}))
        found += self.contradicts(method or "", place, earlier, verdict)
        if method and earlier is None:
            self.add(part, found, good=bool(verdict) and not found)
        return found

    def _batch(self, cells: Mapping[str, Any], found: list[Finding], *, counts: bool) -> None:
        numbers = {name: values.whole(cells.get(name)) for name in ("count", "passed", "total")}
        found += [
            Finding(findings.NUMBER_UNREADABLE, {"value": values.shown(cells.get(name))})
            for name, number in numbers.items()
            if number is None
        ]
        count, passed, total = (numbers[name] or 0 for name in ("count", "passed", "total"))
        if None not in numbers.values() and not passed <= count <= total:
            found.append(Finding(findings.NUMBERS_CONTRADICT))
        if not counts:
            return
        self.counts["machine:total"] += total
        self.counts["machine:rated"] += count
        if not found:
            self.counts["machine:sampled"] += count
            self.counts["machine:good"] += passed


class AnnotationJudge(Judge):
    """Annotation rules: functional and safety rules, reviewers of the latter, roles kept apart."""

    def judge(self, cells: Mapping[str, Any], place: int) -> list[Finding]:
        found, _keys, _earlier = self.entry(cells, place, self.index)
        kind = values.annotation_type(cells.get("type"))
        if kind is None:
            found.append(Finding(findings.TYPE_UNKNOWN, {"value": values.shown(cells.get("type"))}))
        reviewers = values.whole(cells.get("reviewers"))
        if reviewers is None and (kind == values.SAFETY or cells.get("reviewers") is not None):
            found.append(Finding(findings.NUMBER_UNREADABLE, {"value": values.shown(cells.get("reviewers"))}))
        least = self._least()
        if kind == values.SAFETY and reviewers is not None:
            if reviewers < least:
                found.append(Finding(findings.TOO_FEW_REVIEWERS, {"value": reviewers, "least": least}))
            fewest = self.counts.get("fewest", reviewers)
            self.counts["fewest"] = min(fewest, reviewers)
        elif kind == values.SAFETY:
            self.counts["fewest"] = 0
        if values.yes(cells.get("apart")) is False:
            found.append(Finding(findings.ROLES_MIXED))
        if kind is not None and not findings.is_fault(found):
            self.counts[kind] += 1
        return found

    def _least(self) -> int:
        known = (each.value for each in self.context.rules.thresholds if each.code == "annotation_reviewers")
        return next(known, 0)


def _answered(cells: Mapping[str, Any]) -> list[Finding]:
    answer = values.text(cells.get("answer"))
    if len(answer) > limits.LONGEST_CELL:
        return [Finding(findings.TOO_LONG, {"most": f"{limits.LONGEST_CELL:,}"})]
    return [] if answer.strip() else [Finding(findings.ANSWER_MISSING)]


JUDGES: dict[str, type[Judge]] = {
    "keywords": RiskJudge,
    "content_bank": RiskJudge,
    "refuse_bank": RiskJudge,
    "answer_bank": AspectJudge,
    "corpus_sample": CorpusJudge,
    "generated_test": GeneratedJudge,
    "refusal_test": RefusalJudge,
    "annotation_rules": AnnotationJudge,
}
