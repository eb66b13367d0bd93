"""The safety assessment of a generative service: its topics, its rows in the dossier, its gate."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from filings import annexes, gates, rulesets
from filings.dossier import canonical, kinds, paths
from filings.dossier.facts import is_empty, mapping, rows
from filings.dossier.problems import Problem, Severity
from filings.dossier.sections.generative.assessment import (
    FAILS,
    MEETS,
    PLACES,
    THIRD_PARTY,
    UNVERIFIED,
    signed_part,
)
from filings.dossier.topics import key_of
from filings.models import AssessmentSignature

if TYPE_CHECKING:
    from collections.abc import Mapping

    from filings.models import Procedure, Topic

SECTION = "assessment"
ROWS = re.compile(r"\d{1,7}(-\d{1,7})?(, ?\d{1,7}(-\d{1,7})?)*")


class PlaceUnknown(ValueError):
    """A place that is no section, no path of the dossier; its text is in ``args``."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an assessment is: topics with and without verdict."""

    done: int
    total: int

    @property
    def left(self) -> int:
        return self.total - self.done


def items(topics: Mapping[str, Topic], section: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One item a topic of the rule set, in its order, with what was answered so far."""
    known = {row.get("topic"): row for row in rows(mapping(section).get("topics"))}
    return [_item(topic, known.get(topic.code, {})) for topic in topics.values()]


def _item(topic: Topic, answered: Mapping[str, Any]) -> dict[str, Any]:
    """What the rule set says of the topic, and what was answered to it."""
    told: dict[str, Any] = {
        "key": key_of(topic.code),
        "topic": topic.code,
        "name": topic.title_zh,
        "clause_state": "given" if topic.clause else UNVERIFIED,
    }
    if topic.clause:
        told["clause"] = topic.clause
    given = {name: answered[name] for name in ("verdict", "evidence", "paths", "rows") if answered.get(name)}
    sections = answered.get("sections") or [code for code in topic.links if code in dict(PLACES)]
    return told | given | ({"sections": sections} if sections else {})


def standing(items: list[dict[str, Any]]) -> Standing:
    return Standing(sum(not is_open(item) for item in items), len(items))


def is_open(item: Mapping[str, Any]) -> bool:
    """Whether a topic still lacks its verdict, or the evidence or reason for it."""
    return is_empty(item.get("verdict")) or is_empty(item.get("evidence"))


def places(text: str, content: Mapping[str, Any]) -> tuple[list[str], str]:
    """Sections and exact paths out of what was typed, parted by semicolons. Raises PlaceUnknown.

    A section is named by its title or its code; a path must lead to an answer of this dossier.
    """
    titles = {str(title): code for code, title in PLACES} | {code: code for code, _title in PLACES}
    sections, exact = [], []
    for part in re.split(r"[;；\n]", text):
        wanted = part.strip()
        if not wanted:
            continue
        if wanted in titles:
            sections.append(titles[wanted])
            continue
        try:
            found = paths.get(content, wanted)
        except ValueError:
            found = None
        if is_empty(found):
            raise PlaceUnknown(wanted)
        exact.append(wanted)
    return list(dict.fromkeys(sections)), "; ".join(exact)


def digest(section: Mapping[str, Any]) -> str:
    """SHA-256 of what an assessor signs: the canonical section without the signature."""
    return canonical.digest(canonical.canonical_bytes(signed_part(section)))


def asks(kind: str) -> bool:
    """Whether dossiers of this kind hold an assessment."""
    return any(section.code == SECTION for section in kinds.KINDS[kind].sections)


def problems(procedure: Procedure, content: Mapping[str, Any], entity: Mapping[str, Any]) -> list[Problem]:
    """What keeps an assessment from being final: topics never asked, dates, the assessor's signature.

    A topic without verdict or evidence is missing as any other answer is; here stands what
    only the rule set and the mandates know (GAI 17, domain of GB/T 45654-2025).
    """
    if procedure.rule_set_id is None or not asks(procedure.filing.kind):
        return []
    section = mapping(mapping(content).get(SECTION))
    topics = rulesets.topics(rulesets.of(procedure))
    return [
        *_unasked(topics, section),
        *_of_answers(section),
        *_against_annexes(procedure, topics, section),
        *_unsigned(procedure, section),
    ]


def _problem(path: str, message: Any, rule: str, *, severity: Severity = Severity.BLOCKING) -> Problem:
    return Problem(
        path=path, message=message, section=SECTION, cites=("GAI 17",), severity=severity, rule=f"assessment.{rule}"
    )


def _unasked(wanted: Mapping[str, Topic], section: Mapping[str, Any]) -> list[Problem]:
    """Topics of the rule set without an item, and items that are no topic of it."""
    asked = {row.get("topic") for row in rows(section.get("topics"))}
    found = []
    if missing := [topic for code, topic in wanted.items() if code not in asked]:
        said = ngettext(
            "%(count)d topic has no verdict yet: %(first)s.",
            "%(count)d topics have no verdict yet, the first: %(first)s.",
            len(missing),
        )
        found.append(_problem(SECTION, said % {"count": len(missing), "first": missing[0]}, "open"))
    if asked - set(wanted):
        said = _("Topics stand here that are not of the rule set of this filing. Save the assessment again.")
        found.append(_problem(SECTION, said, "foreign"))
    return found


def _of_answers(section: Mapping[str, Any]) -> list[Problem]:
    found = []
    began, ended = section.get("began_on", ""), section.get("ended_on", "")
    if began and ended and ended < began:
        said = _("The assessment ended before it began. Correct one of the two days.")
        found.append(_problem(f"{SECTION}.ended_on", said, "dates"))
    for row in rows(section.get("topics")):
        if row.get("verdict") == FAILS:
            said = _("“%(topic)s” does not conform. Say in its evidence what is done about it.") % {
                "topic": row.get("name", "")
            }
            path = f"{SECTION}.topics[{row['key']}].evidence"
            found.append(_problem(path, said, "fails", severity=Severity.LOOK))
    return found


def counted(procedure: Procedure) -> dict[str, list[dict[str, Any]]]:
    """What the newest checks of the annexes found, by threshold."""
    found: dict[str, list[dict[str, Any]]] = {}
    for check in annexes.newest(procedure).values():
        for verdict in check.verdicts:
            found.setdefault(verdict["code"], []).append(verdict)
    return found


def _against_annexes(procedure: Procedure, topics: Mapping[str, Topic], section: Mapping[str, Any]) -> list[Problem]:
    """Topics said to conform whose annex misses a number that measures them."""
    said_to_meet = [row for row in rows(section.get("topics")) if row.get("verdict") == MEETS]
    measured = [(row, topics[row["topic"]]) for row in said_to_meet if row.get("topic") in topics]
    if not any(topic.scope for _row, topic in measured):
        return []
    missed = {code for code, verdicts in counted(procedure).items() if any(not each["met"] for each in verdicts)}
    said = _("“%(topic)s” is said to conform, but the check of its annex misses a number. Compare the two.")
    return [
        _problem(f"{SECTION}.topics[{row['key']}].verdict", said % {"topic": topic}, "annex", severity=Severity.LOOK)
        for row, topic in measured
        if missed & set(topic.scope)
    ]


def _unsigned(procedure: Procedure, section: Mapping[str, Any]) -> list[Problem]:
    """A third party's assessment counts with its signature under exactly these answers."""
    if section.get("assessor") != THIRD_PARTY:
        return []
    signed = AssessmentSignature.objects.filter(mandate__procedure=procedure, mandate__revoked_at=None)
    newest = signed.order_by("-pk").values_list("digest", flat=True).first()
    if newest is None:
        said = _("The third-party assessor has not signed yet. Invite it, or wait for its signature.")
    elif newest != digest(section) or section.get("signed_digest") != newest:
        said = _("The assessment was changed after the assessor signed it. Ask the assessor to sign again.")
    else:
        return []
    return [_problem(f"{SECTION}.assessor", said, "unsigned")]


gates.register("assessment", tuple(code for code in kinds.KINDS if asks(code)), problems)
