"""What can be wrong with a row: one code, one sentence that says what and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

DUPLICATE, NEAR_DUPLICATE = "duplicate", "near_duplicate"
EMPTY, TOO_LONG, HIDDEN = "empty", "too_long", "hidden"
UNKNOWN_RISK, UNKNOWN_ASPECT = "unknown_risk", "unknown_aspect"
NOT_IN_BANK, ANSWER_MISSING = "not_in_bank", "answer_missing"
VERDICT_MISSING, VERDICT_INCONSISTENT = "verdict_missing", "verdict_inconsistent"
METHOD_UNKNOWN, BANK_UNKNOWN, TYPE_UNKNOWN = "method_unknown", "bank_unknown", "type_unknown"
DATE_MISSING, DATE_OUTSIDE, DATE_FUTURE = "date_missing", "date_outside", "date_future"
NUMBER_UNREADABLE, NUMBERS_CONTRADICT = "number_unreadable", "numbers_contradict"
TOO_FEW_REVIEWERS, ROLES_MIXED = "too_few_reviewers", "roles_mixed"
FORMULA = "formula"

MESSAGES = {
    DUPLICATE: _("The same entry as in %(place)s. It counts once: remove this row or replace its text."),
    NEAR_DUPLICATE: _(
        "Differs from %(place)s only in spaces, punctuation, width, capitals or the order of words. "
        "It counts once: remove this row or replace its text."
    ),
    EMPTY: _("The entry is empty, though the row holds something else. Fill it in or delete the row."),
    TOO_LONG: _("A cell has more than %(most)s characters. Shorten it; probably several rows ran into one."),
    HIDDEN: _("The row is hidden, and what nobody sees does not count. Show it or delete it."),
    UNKNOWN_RISK: _(
        "“%(value)s” names no risk of annex A, or not one of the group beside it. Use a code such as A.1.1."
    ),
    UNKNOWN_ASPECT: _("“%(value)s” names no aspect of the rule set. Use one of the names listed in the template."),
    NOT_IN_BANK: _("The question does not stand in the bank it was drawn from. Draw the sample from the bank."),
    ANSWER_MISSING: _("The answer of the service is missing. Enter it word for word."),
    VERDICT_MISSING: _("“%(value)s” is no verdict. Write 合格 or 不合格, and for a refusal 是 or 否."),
    VERDICT_INCONSISTENT: _("The verdict contradicts what the row, or %(place)s, says. Correct one of the two."),
    METHOD_UNKNOWN: _("“%(value)s” is no way of sampling. Write 人工, 关键词 or 分类模型."),
    BANK_UNKNOWN: _("“%(value)s” names no bank. Write 应拒答 or 非拒答."),
    TYPE_UNKNOWN: _("“%(value)s” is no kind of annotation. Write 功能性 or 安全性."),
    DATE_MISSING: _("“%(value)s” is no day. Write year-month-day, such as 2026-10-12."),
    DATE_OUTSIDE: _("%(value)s is outside the period of sampling and testing (%(start)s to %(end)s)."),
    DATE_FUTURE: _("%(value)s lies in the future."),
    NUMBER_UNREADABLE: _("“%(value)s” is no whole number. Write digits only."),
    NUMBERS_CONTRADICT: _(
        "The numbers of the row contradict each other: no more can pass, or be drawn, than there are."
    ),
    TOO_FEW_REVIEWERS: _("%(value)s reviewers; each item of safety annotation needs at least %(least)s."),
    ROLES_MIXED: _("Annotator and reviewer of one task may not be the same person. Keep the two apart."),
    FORMULA: _("A cell holds a formula. The value saved with the file was read; nothing was calculated."),
}
NAMES = {
    DUPLICATE: _("Repeated entry"),
    NEAR_DUPLICATE: _("Same entry, written differently"),
    EMPTY: _("Empty entry"),
    TOO_LONG: _("Cell too long"),
    HIDDEN: _("Hidden row"),
    UNKNOWN_RISK: _("Unknown risk"),
    UNKNOWN_ASPECT: _("Unknown aspect"),
    NOT_IN_BANK: _("Not in the bank"),
    ANSWER_MISSING: _("Answer missing"),
    VERDICT_MISSING: _("Verdict missing"),
    VERDICT_INCONSISTENT: _("Verdict contradicts"),
    METHOD_UNKNOWN: _("Way of sampling unknown"),
    BANK_UNKNOWN: _("Bank unknown"),
    TYPE_UNKNOWN: _("Kind of annotation unknown"),
    DATE_MISSING: _("No day"),
    DATE_OUTSIDE: _("Outside the period"),
    DATE_FUTURE: _("In the future"),
    NUMBER_UNREADABLE: _("No number"),
    NUMBERS_CONTRADICT: _("Numbers contradict"),
    TOO_FEW_REVIEWERS: _("Too few reviewers"),
    ROLES_MIXED: _("Roles not apart"),
    FORMULA: _("Formula"),
}
# Said about a row that counts all the same.
NOTES = frozenset({FORMULA, ROLES_MIXED})


class Finding(NamedTuple):
    """One thing about one row."""

    code: str
    about: Mapping[str, Any] = {}

    @property
    def message(self) -> str:
        """In the reader's language."""
        return message_of(self.code, self.about)


def message_of(code: str, about: Mapping[str, Any]) -> str:
    """The sentence of a finding that was stored."""
    if code not in MESSAGES:
        return code
    return str(MESSAGES[code]) % _Told(about)


class _Told(dict[str, Any]):
    """What a sentence tells; "–" for what was not stored."""

    def __missing__(self, key: str) -> Any:
        if key == "place" and "row" in self:
            return place(self.get("sheet", ""), self["row"])
        return "–"


def place(sheet: str, row: int) -> str:
    """Where a row stands, in words."""
    if sheet:
        return str(_("sheet “%(sheet)s”, row %(row)s")) % {"sheet": sheet, "row": row}
    return str(_("row %(row)s")) % {"row": row}


def is_fault(found: list[Finding]) -> bool:
    """Whether the row does not count."""
    return any(each.code not in NOTES for each in found)
