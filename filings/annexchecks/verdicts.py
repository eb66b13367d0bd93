"""Each threshold against what was counted: required, found, and whether it is met."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from filings.annexchecks.rules import PERCENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from filings.annexchecks.rules import Rules, Threshold

# What is counted for a threshold: a number, or a share as "part of whole".
COUNTED: dict[str, str] = {
    "keywords_total": "total",
    "content_total": "total",
    "refuse_total": "total",
    "answer_total": "total",
    "corpus_human_sample": "human:sampled",
    "corpus_human_pass": "human:good of human:rated",
    "corpus_machine_share": "machine:sampled of machine:total",
    "corpus_machine_pass": "machine:good of machine:rated",
    "generated_human_sample": "human:sampled",
    "generated_human_pass": "human:good of human:rated",
    "generated_keyword_sample": "keyword:sampled",
    "generated_keyword_pass": "keyword:good of keyword:rated",
    "generated_classifier_sample": "classifier:sampled",
    "generated_classifier_pass": "classifier:good of classifier:rated",
    "refuse_test_sample": "refuse_bank:sampled",
    "refuse_test_rate": "refuse_bank:good of refuse_bank:rated",
    "answer_test_sample": "answer_bank:sampled",
    "answer_test_rate": "answer_bank:good of answer_bank:rated",
    "annotation_reviewers": "fewest",
}
COVERED = ("keywords_risks", "content_risks", "refuse_risks", "answer_aspects")
EACH = (
    "keywords_each_a1",
    "keywords_each_a2",
    "content_each_main",
    "content_each_other",
    "refuse_each",
    "answer_each",
)
OF_ASPECTS = ("answer_aspects", "answer_each")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line of a result. ``subject`` is a risk or an aspect; ``total`` only stands beside a rate.

    ``found`` is None where no way of counting is known for a threshold of a newer edition.
    """

    code: str
    required: int
    unit: str
    comparison: str
    found: int | None
    met: bool
    blocks: bool
    subject: str = ""
    total: int | None = None

    @property
    def stops(self) -> bool:
        """Missed, and marked sure: a submission must wait."""
        return self.blocks and not self.met

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def judge(rules: Rules, annex: str, counts: Mapping[str, int]) -> list[Verdict]:
    """The verdicts of one annex in the order of the rule set, a line for each risk where each must reach a number."""
    return [verdict for threshold in rules.of(annex) for verdict in _lines(rules, threshold, counts)]


def _lines(rules: Rules, threshold: Threshold, counts: Mapping[str, int]) -> Iterable[Verdict]:
    subjects = rules.aspects if threshold.code in OF_ASPECTS else rules.in_groups(threshold.scope)
    if threshold.code in EACH:
        for subject in subjects:
            yield _verdict(threshold, counts.get(subject.code, 0), subject=subject.code)
    elif threshold.code in COVERED:
        yield _verdict(threshold, sum(counts.get(subject.code, 0) > 0 for subject in subjects))
    elif threshold.code in COUNTED:
        part, _of, whole = COUNTED[threshold.code].partition(" of ")
        total = counts.get(whole, 0) if threshold.unit == PERCENT else None
        yield _verdict(threshold, counts.get(part, 0), total=total)
    else:
        yield _verdict(threshold, None)


def _verdict(threshold: Threshold, found: int | None, *, subject: str = "", total: int | None = None) -> Verdict:
    return Verdict(
        code=threshold.code,
        required=threshold.value,
        unit=threshold.unit,
        comparison=threshold.comparison,
        found=found,
        met=found is not None and threshold.met(found, total),
        blocks=threshold.blocks and found is not None,
        subject=subject,
        total=total,
    )
