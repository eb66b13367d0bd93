"""Facts that the dossier tells otherwise than the entity told them before, or than the register has them.

Compared are structured answers, never prose. Everything asks for a second look: a fact may have
changed. Only filings of the entity itself are looked at.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from filings import gates, names, numbers
from filings.dossier.facts import mapping
from filings.dossier.problems import Problem, Severity
from filings.dossier.retelling import differences
from filings.lifecycle import FilingStanding
from filings.models import AnnexCheck, Filing, FilingKind, RegisterEntry, Submission

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from filings.models import Procedure

# Lists and banks as texts call them, the longer names first.
SIZED = {
    "关键词": "keywords",
    "非拒答测试题库": "answer_bank",
    "非拒答题库": "answer_bank",
    "拒答测试题库": "refuse_bank",
    "拒答题库": "refuse_bank",
    "内容测试题库": "content_bank",
    "生成内容测试题库": "content_bank",
}
SIZES = re.compile(
    rf"(?P<what>{'|'.join(SIZED)})[^\d，。；、]{{0,12}}(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d{{1,7}}(?:\.\d{{1,3}})?)"
    r"\s*(?P<many>万)?\s*余?(?:多)?(?:条|个|道|题|词)"
)
MOST_FILINGS = 20
MOST_DIFFERENCES = 30
NUMBERS = "service.algorithm_numbers"
# What has ended without a number says nothing of the service as it is.
TOLD_IN = (FilingStanding.PENDING, FilingStanding.REGISTERED)


def problems(procedure: Procedure, content: Mapping[str, Any], entity: Mapping[str, Any]) -> list[Problem]:
    """The gate, and what the officer is shown: contradictions with earlier filings and with the register."""
    return [
        *earlier(procedure, content),
        *numbers_of_others(content, entity),
        *counted_otherwise(procedure, content),
    ]


def earlier(procedure: Procedure, content: Mapping[str, Any]) -> Iterator[Problem]:
    """Each fact told otherwise in the newest submission of another filing of the same entity."""
    filing = procedure.filing
    found, seen = 0, set()
    for submission in _newest(filing):
        other = submission.procedure.filing
        document = json.loads(bytes(submission.document))
        for each in differences(filing.kind, content, other.kind, mapping(document.get("content"))):
            if each.path in seen:
                continue
            seen.add(each.path)
            found += 1
            if found > MOST_DIFFERENCES:
                return
            yield Problem(
                path=each.path,
                message=_(
                    "“%(now)s” here, and “%(then)s” in “%(filing)s” %(number)s. Correct it, or change that filing."
                )
                % {"now": each.now, "then": each.then, "filing": other.name, "number": other.number or ""},
                section=each.path.partition(".")[0],
                cites=("ARP 24",),
                severity=Severity.LOOK,
                rule="consistency.earlier",
            )


def _newest(filing: Filing) -> list[Submission]:
    """The last submission of each other standing filing of the entity, newest first; one query."""
    rows = (
        Submission.objects.filter(
            procedure__filing__entity=filing.entity_id,
            procedure__filing__standing__in=TOLD_IN,
        )
        .exclude(procedure__filing=filing.pk)
        .select_related("procedure__filing")
        .order_by("procedure__filing", "-submitted_at", "-pk")
        .distinct("procedure__filing")
    )
    return sorted(rows[:MOST_FILINGS], key=lambda row: row.submitted_at, reverse=True)


def numbers_of_others(content: Mapping[str, Any], entity: Mapping[str, Any]) -> Iterator[Problem]:
    """Algorithm numbers quoted as the entity's own that the register has under another name."""
    quoted = mapping(content.get("service")).get("algorithm_numbers")
    name = names.key(str(mapping(entity.get("basic")).get("name") or ""))
    texts = [each for each in str(quoted or "").replace("，", ",").replace("、", ",").split(",") if each.strip()]
    keys = {numbers.parse(text, prefixes=numbers.known_prefixes()).key: text.strip() for text in texts[:20]}
    if not keys:
        return
    rows = RegisterEntry.objects.filter(number_key__in=keys).exclude(entity_key=name)
    for entry in rows.only("number", "number_key", "entity_name").order_by("pk"):
        yield Problem(
            path=NUMBERS,
            message=_("%(number)s is the number of %(holder)s in the register. Name a number of your own.")
            % {"number": entry.number, "holder": entry.entity_name},
            section="service",
            cites=("DSP 19",),
            severity=Severity.LOOK,
            rule="consistency.number",
        )


def counted_otherwise(procedure: Procedure, content: Mapping[str, Any]) -> Iterator[Problem]:
    """Sizes of lists and banks told in words that the newest check of the annex counted otherwise; one query.

    A text that says “more than” or rounds down is right as long as the annex holds as many.
    """
    told = list(_sizes_told(content))
    if not told:
        return
    checks = AnnexCheck.objects.filter(procedure=procedure, status=AnnexCheck.Status.DONE)
    counts = {
        check.annex: check.result.get("counts", {}).get("total")
        for check in checks.only("annex", "result").order_by("pk")
    }
    for path, annex, size in told:
        found = counts.get(annex)
        if isinstance(found, int) and size > found:
            yield Problem(
                path=path,
                message=_("This text speaks of %(told)s entries, and %(found)s were counted in the annex. Correct one.")
                % {"told": f"{size:,}", "found": f"{found:,}"},
                section=path.partition(".")[0],
                cites=("GAI 17",),
                severity=Severity.LOOK,
                other_path=f"annexes.{annex}",
                rule="consistency.annex",
            )


def _sizes_told(content: Mapping[str, Any]) -> Iterator[tuple[str, str, int]]:
    """Path, annex and number for each size that a plain answer speaks of."""
    for section, answers in content.items():
        for name, value in mapping(answers).items():
            for match in SIZES.finditer(value) if isinstance(value, str) else ():
                size = Decimal(match["number"].replace(",", "")) * (10_000 if match["many"] else 1)
                yield f"{section}.{name}", SIZED[match["what"]], int(size)


gates.register("consistency", tuple(FilingKind.values), problems)
