"""What keeps a generative service's dossier from being signed and submitted because of its annexes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from filings import annexes, annexresults, gates
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
    assert procedure.rule_set is not None, "what is wanted names it"
    titles = annexresults.titles(procedure.rule_set)
    return [
        problem
        for annex, given in wanted.items()
        for problem in _of_annex(annex, known.get(annex), annexes.digest(given), titles)
    ]


def _of_annex(annex: str, check: AnnexCheck | None, digest: str, titles: Mapping[str, str]) -> Iterator[Problem]:
    if check is None or check.digest != digest:
        yield _problem(annex, _("This annex was changed and is not checked yet. Ask for the check, and wait for it."))
    elif check.status == AnnexCheck.Status.WAITING:
        yield _problem(annex, _("The check of this annex is not finished. Wait for its result."))
    elif check.status == AnnexCheck.Status.REFUSED:
        yield _problem(annex, message_of(check.result["refused"], check.result["about"]))
    elif check.status == AnnexCheck.Status.FAILED:
        yield _problem(annex, annexresults.given_up())
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
        yield _problem(annex, annexresults.sentence(verdict, titles), severity=severity)


def _problem(annex: str, message: str, *, severity: Severity = Severity.BLOCKING) -> Problem:
    return Problem(f"{annexes.SECTION}.{annex}", message, annexes.SECTION, severity=severity, rule=RULE)


gates.register(RULE, FilingKind.services, problems)
