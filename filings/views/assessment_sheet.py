"""An assessment as its pages show it: chapters of topics with their progress, and the fields around them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from filings import annexresults, assessing, assessment_forms, rulesets
from filings.dossier.facts import mapping
from filings.dossier.sections.generative.assessment import PLACES, VERDICTS
from filings.layouts import LayoutMaker, Question, anchor
from filings.models import AssessmentSignature, RuleSet

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from django.http import QueryDict

    from filings.drafts import SectionConflict
    from filings.models import Heading, Procedure, Threshold, Topic
    from filings.views.places import Place
    from portal.models import User

OF_ASSESSOR = ("began_on", "ended_on", "summary")
OF_PROVIDER = (*OF_ASSESSOR, "assessor", "organisation", "legal_representative", "security_head", "legal_head")
VERDICT_CHOICES = VERDICTS
ALL = "all"


@dataclass(frozen=True)
class Count:
    """What the check of an annex found for one threshold; ``words`` only where it is one number."""

    threshold: Threshold
    is_met: bool
    words: str


@dataclass
class Line:
    """One topic on the page."""

    topic: Topic
    item: dict[str, Any]
    thresholds: list[Threshold]
    findings: list[Any]
    error: str = ""
    typed: str = ""
    theirs: str = ""
    counts: list[Count] = field(default_factory=list)

    @property
    def key(self) -> str:
        return str(self.item["key"])

    @property
    def path(self) -> str:
        return f"{assessing.SECTION}.topics[{self.key}]"

    @property
    def anchor(self) -> str:
        return anchor(self.path)

    @property
    def is_open(self) -> bool:
        return assessing.is_open(self.item)

    @property
    def verdict(self) -> str:
        return str(dict(VERDICTS).get(self.item.get("verdict", ""), ""))

    @property
    def places(self) -> str:
        """What stands in the input for places: titles of sections and exact paths."""
        titles = dict(PLACES)
        named = [str(titles[code]) for code in self.item.get("sections", []) if code in titles]
        return self.typed or "; ".join([*named, *filter(None, [self.item.get("paths", "")])])

    @property
    def sections(self) -> list[tuple[str, Any]]:
        titles = dict(PLACES)
        return [(code, titles[code]) for code in self.item.get("sections", []) if code in titles]

    @property
    def cites(self) -> tuple[str, ...]:
        return tuple(filter(None, self.topic.cites.split(", ")))


@dataclass
class Chapter:
    """The topics of one chapter: all of them counted, those shown listed."""

    heading: Heading
    standing: assessing.Standing
    lines: list[Line]


@dataclass
class Sheet:
    """The assessment of one dossier, as stored or as just typed."""

    place: Place
    rule_set: RuleSet
    topics: dict[str, Topic]
    items: list[dict[str, Any]]
    stored: Mapping[str, Any]
    data: QueryDict | None = None
    version: int = 0
    value: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    theirs: dict[str, str] = field(default_factory=dict)
    allowed: tuple[str, ...] = OF_PROVIDER
    chapter: str = ALL
    only_open: bool = False
    chapters: list[Chapter] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    conflict_with: Any = None
    verdicts = VERDICT_CHOICES

    @property
    def standing(self) -> assessing.Standing:
        return assessing.standing(self.items)

    @property
    def query(self) -> str:
        wanted = {"chapter": self.chapter} if self.chapter != ALL else {}
        if self.only_open:
            wanted["show"] = "open"
        return f"?{urlencode(wanted)}" if wanted else ""

    @property
    def has_lines(self) -> bool:
        return any(chapter.lines for chapter in self.chapters)

    @property
    def place_titles(self) -> list[Any]:
        return [title for _code, title in PLACES]

    @property
    def answered(self) -> dict[str, Any]:
        """The fields around the topics, as somebody reads them who may not write."""
        return {
            str(question.bound.label): self.place.in_words(question.path, self.stored.get(question.bound.name))
            for question in self.questions
        }

    def save(self, *, by: User, at: dt.datetime) -> None:
        """Raises drafts.SectionConflict, drafts.NotEditable."""
        self.place.save(assessing.SECTION, self.value, base=self.version, by=by, at=at)
        self.version = self.place.version(assessing.SECTION)

    def against(self, conflict: SectionConflict) -> Sheet:
        """The same with what somebody else saved meanwhile beside what was typed here."""
        self.version, self.conflict_with = conflict.version, conflict.by
        titles = dict(VERDICTS)
        for item in mapping(conflict.theirs).get("topics", []):
            if any(f"[{item['key']}]" in each.path for each in conflict.conflicts):
                words = f"{titles.get(item.get('verdict', ''), '–')} · {item.get('evidence', '')}"
                self.theirs[item["key"]] = words
        return self

    def laid_out(self, findings: Iterable[Any] = ()) -> Sheet:
        """With chapters and questions, ready for the template."""
        by_path: dict[str, list[Any]] = {}
        for finding in findings:
            key = finding.path.partition("[")[2].partition("]")[0]
            by_path.setdefault(key, []).append(finding)
        thresholds = rulesets.thresholds(self.rule_set)
        headings = rulesets.headings(self.rule_set)
        counted = assessing.counted(self.place.procedure) if self.place.procedure else {}
        known = {item["topic"]: item for item in self.items}
        gathered: dict[str, list[Line]] = {}
        for code, topic in self.topics.items():
            item = known[code]
            gathered.setdefault(topic.chapter, []).append(
                Line(
                    topic,
                    item,
                    [thresholds[each] for each in topic.scope if each in thresholds],
                    by_path.get(item["key"], []),
                    self.errors.get(item["key"], ""),
                    self.typed.get(item["key"], ""),
                    self.theirs.get(item["key"], ""),
                    [_count(thresholds[each], counted[each]) for each in topic.scope if each in counted],
                )
            )
        self.chapters = [
            Chapter(headings[code], assessing.standing([line.item for line in lines]), self._shown(code, lines))
            for code, lines in gathered.items()
        ]
        self.questions = self._questions(by_path.get("", []))
        return self

    def _shown(self, chapter: str, lines: list[Line]) -> list[Line]:
        if self.chapter not in (ALL, chapter):
            return []
        return [line for line in lines if line.is_open or line.error or line.findings or not self.only_open]

    def _questions(self, findings: list[Any]) -> list[Question]:
        bound = self.place.bind(assessing.SECTION, self.data)
        asked = LayoutMaker(bound, findings=findings).layout().questions
        return [question for question in asked if question.bound.name in self.allowed]


def _count(threshold: Threshold, verdicts: list[dict[str, Any]]) -> Count:
    words = annexresults.found(verdicts[0]) if len(verdicts) == 1 else ""
    return Count(threshold, all(each["met"] for each in verdicts), words)


def read(place: Place, query: QueryDict) -> Sheet:
    """As stored, filtered as the address says."""
    sheet = _sheet(place)
    sheet.chapter = query.get("chapter") or ALL
    sheet.only_open = query.get("show") == "open"
    return sheet


def posted(place: Place, data: QueryDict, *, allowed: tuple[str, ...]) -> Sheet:
    """As somebody typed it; only the fields allowed are taken from it."""
    sheet = _sheet(place)
    sheet.data, sheet.allowed = data, allowed
    text = data.get("base_version", "")
    sheet.version = int(text) if text.isdecimal() and len(text) < 10 else 0
    sheet.chapter = data.get("chapter") or ALL
    sheet.only_open = data.get("show") == "open"
    topics = assessment_forms.Posted(sheet.items, data, place.content)
    bound = place.bind(assessing.SECTION, data)
    sheet.items, sheet.typed = topics.items, topics.typed
    sheet.errors = topics.errors | {p.path: str(p.message) for p in bound.errors if ".topics" not in p.path}
    sheet.value = assessment_forms.joined(sheet.stored, bound.value(), topics.items, allowed=allowed)
    return sheet


def _sheet(place: Place) -> Sheet:
    assert place.procedure is not None, "an assessment stands in a dossier"
    rule_set = rulesets.of(place.procedure)
    stored = mapping(place.content.get(assessing.SECTION))
    topics = rulesets.topics(rule_set)
    items = assessing.items(topics, stored)
    return Sheet(place, rule_set, topics, items, stored, version=place.version(assessing.SECTION))


def signature(procedure: Procedure) -> AssessmentSignature | None:
    """The newest signature of the assessor whose mandate stands."""
    rows = AssessmentSignature.objects.filter(mandate__procedure=procedure, mandate__revoked_at=None)
    return rows.select_related("mandate__assessor").order_by("-pk").first()
