"""What in the portal rests on which article: gathered from where the citations stand."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from filings.dossier.fields import spec_of
from filings.dossier.kinds import KINDS, Kind
from filings.law import parse
from portal.guide import QUESTIONS
from portal.guide_services import DUTIES, SUPPORT, TRACKS
from portal.guide_words import CLASSES, TIMES
from reviews.intake.registry import RULES
from reviews.models import DeclineGround


@dataclass(frozen=True, slots=True, order=True)
class Use:
    """One thing that rests on an article: where it is met, and what it is."""

    place: str
    what: str


def uses_by_code() -> dict[str, list[Use]]:
    """All uses, by citation; each once and in order of place."""
    found: dict[str, set[Use]] = defaultdict(set)
    for code, use in _everything():
        found[parse(code).code].add(use)
    return {code: sorted(uses) for code, uses in found.items()}


def _everything() -> Iterator[tuple[str, Use]]:
    yield from _guide()
    for kind in KINDS.values():
        yield from _dossier(kind)
    yield from _review()


def _review() -> Iterator[tuple[str, Use]]:
    for rule in RULES.values():
        for code in filter(None, f"{rule.legal_basis}, {rule.service_basis}".split(", ")):
            yield code, Use(_("Checks of every submission"), str(rule.title))
    chinese = (get_language() or "").startswith("zh")
    for ground in DeclineGround.objects.order_by("code"):
        yield ground.article, Use(_("Grounds for declining"), ground.text_zh if chinese else ground.text_en)


def _guide() -> Iterator[tuple[str, Use]]:
    place = _("Guide")
    for question in QUESTIONS:
        for code in question.cites:
            yield code, Use(place, str(question.text))
    for each in (*CLASSES, *TRACKS.values()):
        for code in each.cites:
            yield code, Use(place, str(each.name))
    for text, codes in (*DUTIES.values(), *SUPPORT):
        for code in codes:
            yield code, Use(place, str(text))
    for when, what, codes in TIMES:
        for code in codes:
            yield code, Use(place, _("%(when)s: %(what)s") % {"when": when, "what": what})


def _dossier(kind: Kind) -> Iterator[tuple[str, Use]]:
    place = str(kind.title)
    for section in kind.sections:
        for code in section.cites:
            yield code, Use(place, str(section.title))
        for form in (section, *section.items.values()):
            for field in form.base_fields.values():
                for code in spec_of(field).cites if hasattr(field, "spec") else ():
                    yield code, Use(place, f"{section.title} · {field.label}")
