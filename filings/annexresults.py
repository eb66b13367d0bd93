"""Results of checks in words: for the provider's pages, the desk and the gate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from filings import annexworking, rulesets
from filings.annexchecks import findings
from filings.annexchecks.columns import ANNEXES
from filings.annexchecks.refusals import message_of
from filings.models import AnnexCheck

if TYPE_CHECKING:
    from collections.abc import Mapping

    from filings.models import RuleSet, Threshold

PAGE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One verdict as a table prints it; ``of`` is the risk or aspect, "" for the annex as a whole."""

    title: str
    of: str
    required: str
    found: str
    meaning: str
    verdict: str
    source: str
    cites: str


@dataclass(frozen=True, slots=True)
class State:
    """How an annex stands: the word for it and its meaning for colour and icon."""

    text: str
    meaning: str


def titles(rule_set: RuleSet) -> dict[str, str]:
    """What thresholds, risks and aspects of a rule set are called in the reader's language, by code."""
    found = {row.code: row.title for row in rulesets.thresholds(rule_set).values()}
    found |= {row.code: f"{row.code} {row.title}" for row in rulesets.risks(rule_set).values()}
    return found | {row.code: row.title for row in rulesets.aspects(rule_set).values()}


def lines(check: AnnexCheck) -> list[Line]:
    """Every verdict of a check, those missed first, else in the order of the rule set."""
    known, called = rulesets.thresholds(check.rule_set, check.annex), titles(check.rule_set)
    ordered = sorted(check.verdicts, key=lambda verdict: bool(verdict["met"]))
    return [_line(verdict, known.get(verdict["code"]), called) for verdict in ordered]


def _line(verdict: Mapping[str, Any], threshold: Threshold | None, called: Mapping[str, str]) -> Line:
    if verdict["met"]:
        meaning, word = "done", _("met")
    elif verdict["blocks"]:
        meaning, word = "stopped", _("missed: stops the submission")
    else:
        meaning, word = "attention", _("missed: a warning")
    return Line(
        title=called.get(verdict["code"], verdict["code"]),
        of=called.get(verdict["subject"], verdict["subject"]),
        required=required(verdict),
        found=found(verdict),
        meaning=meaning,
        verdict=word,
        source=f"{threshold.source} · {threshold.known}" if threshold else "",
        cites=threshold.cites if threshold else "",
    )


def sentence(verdict: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    """A verdict in words: what is asked, and what was found."""
    title = titles.get(verdict["code"], verdict["code"])
    if verdict["subject"]:
        title = f"{title}（{titles.get(verdict['subject'], verdict['subject'])}）"
    about = {"title": title, "required": required(verdict), "found": found(verdict)}
    return _("%(title)s: %(required)s asked for, %(found)s found.") % about


def required(verdict: Mapping[str, Any]) -> str:
    """Such as “at least 10,000” or “at most 5%”."""
    number = f"{verdict['required']:,}" + ("%" if verdict["unit"] == "percent" else "")
    text = _("at least %(number)s") if verdict["comparison"] == "at_least" else _("at most %(number)s")
    return text % {"number": number}


def found(verdict: Mapping[str, Any]) -> str:
    """A count, or a rate with what it is made of; cut off and never rounded up to what it is not."""
    if verdict["found"] is None:
        return _("not counted by machine")
    if verdict["unit"] != "percent":
        return f"{verdict['found']:,}"
    if not verdict["total"]:
        return _("nothing to take a rate of")
    hundredths = verdict["found"] * 10_000 // verdict["total"]
    return f"{hundredths // 100}.{hundredths % 100:02}% ({verdict['found']:,} / {verdict['total']:,})"


def state(check: AnnexCheck | None, *, is_current: bool = True) -> State:
    """How an annex with a file stands."""
    if check is None or not is_current:
        return State(_("Not checked yet"), "attention")
    if check.status == AnnexCheck.Status.WAITING:
        return State(_("Being checked"), "waiting")
    if check.status == AnnexCheck.Status.REFUSED:
        return State(_("Cannot be read"), "stopped")
    if check.status == AnnexCheck.Status.FAILED:
        return State(_("Failed by an error of the portal"), "stopped")
    if check.status == AnnexCheck.Status.UNMAPPED:
        return State(_("Columns to be named"), "attention")
    if check.stops:
        return State(_("Falls short"), "stopped")
    return State(_("Passed with warnings"), "attention") if check.missed else State(_("Passed"), "done")


def given_up() -> str:
    """What a provider reads whose check failed by an error of ours."""
    return _(
        "The check of this annex failed by an error of the portal, not of your file."
        " An operator has been told. Ask for the check again."
    )


def notes(check: AnnexCheck) -> list[str]:
    """What is to be said about the file as a whole."""
    told = check.result
    if check.status == AnnexCheck.Status.REFUSED:
        return [message_of(told.get("refused", ""), told.get("about", {}))]
    if check.status == AnnexCheck.Status.FAILED:
        return [given_up()]
    said = []
    if told.get("hides"):
        said.append(_("The file hides rows or sheets, which do not count. Show or delete them, and upload it again."))
    said += [
        _("The questions cannot be compared with their bank (%(bank)s), which is missing or cannot be read.")
        % {"bank": ANNEXES[bank].title}
        for bank in told.get("missing_banks", [])
    ]
    left_out = [sheet["name"] for sheet in told.get("sheets", []) if sheet["state"] in ("no_heading", "unmapped")]
    if left_out and check.status == AnnexCheck.Status.DONE:
        said.append(
            _("Sheets without the columns asked for were not read: %(names)s.") % {"names": ", ".join(left_out)}
        )
    if told.get("merged"):
        said.append(_("Merged cells were found: what they say was taken for each row beside them, except for entries."))
    if told.get("stray"):
        said.append(_("Cells far to the right of the table were left out."))
    return said


def faults(check: AnnexCheck) -> list[tuple[str, str, int]]:
    """Code, name and number of each kind of finding, the most frequent first."""
    counted = check.result.get("faults", {})
    return [(code, fault_name(code), counted[code]) for code in sorted(counted, key=lambda c: (-counted[c], c))]


def fault_name(code: str) -> str:
    """What a kind of finding is called in a list."""
    return str(findings.NAMES.get(code, code))


def page_of_findings(check: AnnexCheck, *, code: str = "", after: int = 0) -> tuple[list[dict[str, Any]], int | None]:
    """One page of rows with findings behind the key ``after``, and the key that the next page begins behind."""
    rows = check.findings.filter(pk__gt=after)
    if code:
        rows = rows.filter(code=code)
    kept = list(rows.order_by("pk")[: PAGE + 1])
    shown = [
        {
            "sheet": row.sheet,
            "row": row.row,
            "name": fault_name(row.code),
            "message": findings.message_of(row.code, row.about),
            "is_note": row.code in findings.NOTES,
        }
        for row in kept[:PAGE]
    ]
    return shown, kept[PAGE - 1].pk if len(kept) > PAGE else None


def shown(check: AnnexCheck, *, code: str, after: int) -> dict[str, Any]:
    """What a result page shows of a check, to the provider and at the desk alike."""
    code = code if code in check.result.get("faults", {}) else ""
    rows, following = page_of_findings(check, code=code, after=after)
    return {
        "check": check,
        "state": state(check),
        "lines": lines(check),
        "notes": notes(check),
        "faults": faults(check),
        "kind": code,
        "rows": rows,
        "following": following,
        "is_later": bool(after),
        "most_kept": annexworking.MOST_KEPT if check.result.get("kept", 0) >= annexworking.MOST_KEPT else 0,
    }
