"""Near-same text of another entity's dossier, with the share copied (ARP 24: the entity's own assessment).

Shown to officers and never to providers. An officer learns the other entity's name only where both
are of one province; of another one only the reference, by which the national level finds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from filings.dossier.kinds import KINDS
from filings.models import Submission
from reviews import likeness
from reviews.intake.registry import Found, Reading, Rule, register

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMED = _(
    "%(percent)s %% of this dossier's own words also stand in %(reference)s, “%(filing)s” of %(entity)s: %(sections)s."
)
UNNAMED = _("%(percent)s %% of this dossier's own words also stand in %(reference)s of another province: %(sections)s.")
PROVINCE = 2


def check(reading: Reading) -> Iterator[Found]:
    """Keep this submission's prints, then count them in the others'."""
    likeness.keep(reading.submission, reading.content)
    alike = likeness.likenesses(reading.submission)
    if not alike:
        return
    rows = Submission.objects.filter(pk__in=[each.submission_id for each in alike])
    others = {row.pk: row for row in rows.select_related("procedure__filing__entity").defer("document")}
    province = reading.filing.region_code[:PROVINCE]
    for each in alike:
        yield _told(each, others[each.submission_id], reading.filing.kind, province)


def _told(each: likeness.Likeness, other: Submission, kind: str, province: str) -> Found:
    filing = other.procedure.filing
    is_near = filing.region_code[:PROVINCE] == province
    said = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            titles = {section.code: str(section.title) for section in KINDS[kind].sections}
            values = {
                "percent": each.percent,
                "reference": other.reference,
                "filing": filing.name,
                "entity": filing.entity.name,
                "sections": ", ".join(titles.get(code, code) for code in each.sections),
            }
            said[language] = str(NAMED if is_near else UNNAMED) % values
    return Found(said["en"], zh=said["zh-hans"], en=said["en"])


RULE = register(Rule("text.own_words", _("The text is the entity's own"), "ARP 24", check, service_basis="GAI 17"))
