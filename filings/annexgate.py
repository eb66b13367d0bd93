"""What keeps a generative service's dossier from being signed and submitted because of its annexes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from filings import annexes, gates, rulesets
from filings.annexchecks.columns import ANNEXES
from filings.annexchecks.refusals import message_of
from filings.dossier.problems import Problem, Severity
from filings.models import AnnexCheck, FilingKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from filings.models import Procedure

RULE = "annex"


def problems(procedure: Procedure, content: Mapping[str, Any], entity: Mapping[str, Any]) -> list[Problem]:
    """One problem an annex that is not checked yet or cannot be, and one a threshold that is missed.

    Of thresholds only those marked sure stop a submission.
    """
    wanted = annexes.wanted(procedure, content)
    if not wanted:
        return []
    known = annexes.newest(procedure)
    titles = _titles(procedure)
    return [
        problem
        for annex, given in wanted.items()
        for problem in _of_annex(annex, known.get(annex), annexes.digest(given), titles)
    ]


def _titles(procedure: Procedure) -> dict[str, str]:
    assert procedure.rule_set is not None, "what is wanted names it"
    found = {row.code: row.title for row in rulesets.thresholds(procedure.rule_set).values()}
    found |= {row.code: f"{row.code} {row.title}" for row in rulesets.risks(procedure.rule_set).values()}
    return found | {row.code: row.title for row in rulesets.aspects(procedure.rule_set).values()}


def _of_annex(annex: str, check: AnnexCheck | None, digest: str, titles: Mapping[str, str]) -> Iterator[Problem]:
    if check is None or check.digest != digest:
        yield _problem(annex, _("This annex was changed and is not checked yet. Ask for the check, and wait for it."))
    elif check.status == AnnexCheck.Status.WAITING:
        yield _problem(annex, _("The check of this annex is not finished. Wait for its result."))
    elif check.status == AnnexCheck.Status.REFUSED:
        yield _problem(annex, message_of(check.result["refused"], check.result["about"]))
    elif check.status == AnnexCheck.Status.UNMAPPED:
        yield _problem(annex, _("The columns of this annex were not recognised. Say which column is which."))
    else:
        yield from _of_result(annex, check, titles)


def _of_result(annex: str, check: AnnexCheck, titles: Mapping[str, str]) -> Iterator[Problem]:
    if check.result.get("hides"):
        yield _problem(annex, _("The file hides rows or sheets. Show or delete them, and upload the file again."))
    for bank in check.result.get("missing_banks", []):
        text = _("The questions cannot be compared with their bank (%(bank)s), which is missing or cannot be read.")
        yield _problem(annex, text % {"bank": ANNEXES[bank].title})
    for verdict in check.missed:
        severity = Severity.BLOCKING if verdict["blocks"] else Severity.LOOK
        yield _problem(annex, sentence(verdict, titles), severity=severity)


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


def _problem(annex: str, message: str, *, severity: Severity = Severity.BLOCKING) -> Problem:
    return Problem(f"{annexes.SECTION}.{annex}", message, annexes.SECTION, severity=severity, rule=RULE)


gates.register(RULE, FilingKind.services, problems)
