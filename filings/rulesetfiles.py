"""A rule set from a file: an official clause list as CSV, read row by row and kept as a new set.

Columns: ``kind`` (topic, threshold, risk, aspect, heading; a file without it lists topics),
``code``, ``group``, ``title_zh``, ``title_en``, ``clause``, ``cites``, ``confidence``, ``annex``,
``value``, ``unit``, ``comparison``, ``scope``, ``links``, ``source_zh``, ``source_en``. Kinds that a
file does not list are carried over from the set that counts now. Nothing that is there is changed.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from filings import events, rulesets
from filings.lifecycle import Actor
from filings.models import Article, Aspect, Heading, Risk, RuleSet, Threshold, Topic
from filings.models.law import Confidence

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from django.db.models import Model

    from portal.models import User

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 2_000
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")
MODELS: dict[str, type[Model]] = {
    "heading": Heading, "threshold": Threshold, "risk": Risk, "aspect": Aspect, "topic": Topic,
}  # fmt: skip
COLUMNS = (
    "kind", "code", "group", "title_zh", "title_en", "clause", "cites", "confidence", "annex", "value", "unit",
    "comparison", "scope", "links", "source_zh", "source_en",
)  # fmt: skip
LONGEST = {
    "title_zh": 200, "title_en": 300, "clause": 40, "cites": 100, "source_zh": 200, "source_en": 200, "group": 20,
}  # fmt: skip
ANNEXES = (
    "", "keywords", "content_bank", "refuse_bank", "answer_bank", "corpus_sample", "generated_test", "refusal_test",
    "annotation_rules",
)  # fmt: skip


class Refused(Exception):
    """A file that cannot be loaded; ``problems`` says what is wrong in which row (0 for the whole file)."""

    def __init__(self, problems: list[tuple[int, str]]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class About:
    """What a new set says of itself."""

    code: str
    edition: str
    title_zh: str
    title_en: str
    source_zh: str
    source_en: str
    confidence: str
    in_force_from: dt.date


@dataclass
class Read:
    """The rows of a file by kind, and what is wrong with it."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    problems: list[tuple[int, str]] = field(default_factory=list)

    def codes(self, kind: str) -> set[str]:
        return {row["code"] for row in self.rows.get(kind, [])}


@transaction.atomic
def load(*, content: bytes, about: About, by: User, at: dt.datetime) -> RuleSet:
    """Keep a file as a new rule set; what it does not list comes from the set in force. Raises Refused."""
    if RuleSet.objects.filter(code=about.code, edition=about.edition).exists():
        raise Refused([(0, _("This edition is loaded already. A set is never changed; name another edition."))])
    base = rulesets.current(on=at.date())
    read = parse(content)
    _complete(read, base)
    _check_links(read, on=at.date())
    if read.problems:
        raise Refused(sorted(read.problems))
    rule_set = RuleSet.objects.create(
        **{name: getattr(about, name) for name in About.__slots__},
        created_at=at,
        file_digest=hashlib.sha256(content).hexdigest(),
        based_on=base,
    )
    for kind, rows in read.rows.items():
        manager = MODELS[kind]._default_manager
        manager.bulk_create(
            manager.model(rule_set=rule_set, position=position, **{k: v for k, v in row.items() if k != "row"})
            for position, row in enumerate(rows, start=1)
        )
    counts = {kind: len(rows) for kind, rows in read.rows.items()}
    data = {"rule_set": rule_set.pk, "edition": str(rule_set), "sha256": rule_set.file_digest, "rows": counts}
    events.record("ruleset.loaded", side=Actor.OFFICER, by=by, at=at, staff_only=True, data=data)
    return rule_set


def parse(content: bytes) -> Read:
    """Read the rows of a file, each by itself; never raises."""
    read = Read()
    text = _text(content, read)
    lines = csv.reader(io.StringIO(text), strict=True)
    try:
        header = [cell.strip().lower() for cell in next(lines, [])]
        if "code" not in header or "title_zh" not in header:
            read.problems.append((1, _("The first row names the columns; it needs at least “code” and “title_zh”.")))
            return read
        if unknown := sorted(set(header) - set(COLUMNS) - {""}):
            read.problems.append((1, _("Unknown columns: %(names)s.") % {"names": ", ".join(unknown)[:200]}))
        for number, cells in enumerate(lines, start=2):
            if number > MOST_ROWS + 1:
                read.problems.append((number, _("The file has more than %(most)d rows.") % {"most": MOST_ROWS}))
                break
            if any(cell.strip() for cell in cells):
                _take(read, number, dict(zip(header, (cell.strip() for cell in cells), strict=False)))
    except csv.Error as error:
        read.problems.append((lines.line_num, _("This is not CSV: %(reason)s.") % {"reason": error}))
    if not read.rows and not read.problems:
        read.problems.append((0, _("The file holds no row.")))
    return read


def _text(content: bytes, read: Read) -> str:
    if len(content) > MOST_BYTES:
        read.problems.append((0, _("The file is larger than 2 MB.")))
        return ""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    read.problems.append((0, _("The file is neither UTF-8 nor GB18030 text. Save it as CSV.")))
    return ""


def _take(read: Read, number: int, cells: dict[str, str]) -> None:
    """One row into its kind, or its problems into the list."""
    kind = cells.get("kind") or "topic"
    if kind not in MODELS:
        read.problems.append((number, _("Unknown kind “%(kind)s”.") % {"kind": kind[:40]}))
        return
    found = list(_wrong(kind, cells))
    if cells.get("code") in read.codes(kind):
        found.append(_("The code “%(code)s” stands here twice.") % {"code": cells["code"]})
    read.problems += [(number, each) for each in found]
    if not found:
        read.rows.setdefault(kind, []).append({**_columns(kind, cells), "row": number})


def _wrong(kind: str, cells: dict[str, str]) -> Iterator[str]:
    if not CODE.fullmatch(cells.get("code", "")):
        yield _("The code is empty or holds other characters than letters, digits, “_”, “.” and “-”.")
    if not cells.get("title_zh"):
        yield _("The Chinese title is empty.")
    for name, most in LONGEST.items():
        if len(cells.get(name, "")) > most:
            yield _("“%(column)s” is longer than %(most)d characters.") % {"column": name, "most": most}
    if (cells.get("confidence") or "sure") not in Confidence.values:
        yield _("“confidence” is sure, likely or unsure.")
    if cells.get("annex", "") not in ANNEXES:
        yield _("Unknown annex “%(annex)s”.") % {"annex": cells["annex"][:40]}
    if kind == "threshold":
        if not cells.get("value", "").isdecimal() or len(cells["value"]) > 9:
            yield _("The value of a threshold is a whole number.")
        if cells.get("unit") not in Threshold.Unit.values:
            yield _("Unknown unit “%(unit)s”.") % {"unit": cells.get("unit", "")[:40]}
        if cells.get("comparison") not in Threshold.Comparison.values:
            yield _("“comparison” is at_least or at_most.")
    if kind in ("risk", "topic") and not cells.get("group"):
        yield _("The group or chapter is empty.")


def _columns(kind: str, cells: dict[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "code": cells["code"],
        "title_zh": cells["title_zh"],
        "title_en": cells.get("title_en") or cells["title_zh"],
        "confidence": cells.get("confidence") or "sure",
    }
    measured = {"annex": cells.get("annex", ""), "cites": cells.get("cites", "")}
    lists = {"scope": cells.get("scope", "").split(), "links": cells.get("links", "").split()}
    if kind == "threshold":
        names = ("unit", "comparison")
        sources = {name: cells.get(name, "") for name in ("source_zh", "source_en")}
        return told | measured | lists | sources | {n: cells[n] for n in names} | {"value": int(cells["value"])}
    if kind == "topic":
        return told | measured | lists | {"chapter": cells["group"], "clause": cells.get("clause", "")}
    return told | ({"group": cells["group"]} if kind == "risk" else {})


def _complete(read: Read, base: RuleSet) -> None:
    """What the file does not list comes from the set in force."""
    listed = set(read.rows)
    for kind, model in MODELS.items():
        if kind in listed and kind != "heading":
            continue
        skip = {"id", "rule_set", "position"}
        names = [each.name for each in model._meta.concrete_fields if each.name not in skip]
        known = read.codes(kind)
        rows = model._default_manager.filter(rule_set=base).order_by("position").values(*names)
        read.rows.setdefault(kind, []).extend({**row, "row": 0} for row in rows if row["code"] not in known)


def _check_links(read: Read, *, on: dt.date) -> None:
    """Groups, chapters, measured thresholds and cited articles must be there."""
    headings, thresholds = read.codes("heading"), read.codes("threshold")
    for row in [*read.rows["risk"], *read.rows["topic"]]:
        group = row.get("chapter") or row.get("group")
        if group not in headings:
            read.problems.append((row["row"], _("No heading names the group “%(group)s”.") % {"group": group}))
    for row in read.rows["topic"]:
        for code in row["scope"]:
            if code not in thresholds:
                read.problems.append((row["row"], _("There is no threshold “%(code)s”.") % {"code": code}))
    citing = [*read.rows["topic"], *read.rows["threshold"]]
    cited = {code for row in citing for code in row["cites"].split(", ") if code}
    known = set(Article.objects.in_force(on).filter(code__in=cited).values_list("code", flat=True))
    for row in citing:
        for code in sorted(set(filter(None, row["cites"].split(", "))) - known):
            read.problems.append((row["row"], _("The law pages know no article “%(code)s”.") % {"code": code}))


def export(rule_set: RuleSet) -> str:
    """A set as the file that would load it: an example to start from."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for kind, model in MODELS.items():
        for row in model._default_manager.filter(rule_set=rule_set).order_by("position").values():
            told = {name: row[name] for name in COLUMNS if name in row}
            told |= {name: " ".join(row[name]) for name in ("scope", "links") if name in row}
            told["group"] = row.get("group") or row.get("chapter") or ""
            writer.writerow({"kind": kind, **told})
    return out.getvalue()
