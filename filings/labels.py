"""Implicit labels of the samples in a dossier: read once, told to provider and officer (LBL 12)."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from filings import contents, gates
from filings.dossier import paths
from filings.dossier.facts import mapping, rows
from filings.dossier.problems import Problem, Severity
from filings.labelreading import READER_VERSION, State, Verdict, read, words
from filings.models import FilingKind, LabelReading

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from filings.models import Procedure

logger = logging.getLogger(__name__)

# Where dossiers ask for samples: section, list of items, field.
SAMPLES = (("labels", "labels", "implicit_sample"), ("output_labels", "samples", "file"))
KINDS = (FilingKind.DEEP_SYNTHESIS, *FilingKind.services)
CITES = ("LBL 5", "LBL 12")
PLAIN_TEXT = "text/plain"
MOST_READ_AT_ONCE = 40
MEANINGS = {State.PRESENT: "done", State.MALFORMED: "attention", State.ABSENT: "attention"}


@dataclass(frozen=True, slots=True)
class Told:
    """A verdict beside a file, in the reader's language: a headline, and what else there is to say."""

    state: str
    meaning: str
    words: str
    sentences: tuple[str, ...]
    place: str
    producer: str

    @property
    def is_look(self) -> bool:
        return self.meaning != "done"


def takes_samples(section: str, field: str) -> bool:
    """Whether files of the field are samples of output."""
    return any(section == code and field == name for code, _items, name in SAMPLES)


def is_sample(path: str) -> bool:
    """Whether a dossier path is that of a field of samples."""
    place = paths.parse(path)
    return (place.section, place.name, place.field) in SAMPLES


def samples(content: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Path and reference of each sample in a document; text files carry no implicit label."""
    for section, items, field in SAMPLES:
        for row in rows(mapping(content.get(section)).get(items)):
            listed = row.get(field)
            for reference in listed if isinstance(listed, list) else ():
                if mapping(reference).get("sha256") and reference.get("type") != PLAIN_TEXT:
                    yield f"{section}.{items}[{row['key']}].{field}", reference


def keep_reading(*, sha256: str, at: dt.datetime) -> Verdict | None:
    """Read a content unless that was done, and keep the verdict; None when the content is not there."""
    known = LabelReading.objects.filter(sha256=sha256, reader_version=READER_VERSION).first()
    if known is not None:
        return Verdict.from_json(known.verdict)
    verdict = _read(sha256)
    if verdict is not None:
        LabelReading.objects.get_or_create(
            sha256=sha256,
            reader_version=READER_VERSION,
            defaults={"state": verdict.state.value, "verdict": verdict.as_json(), "read_at": at},
        )
    return verdict


def verdicts(digests: Iterable[str]) -> dict[str, Verdict]:
    """The verdicts kept over contents, by digest, in one query; none where nothing was asked."""
    wanted = set(digests)
    if not wanted:
        return {}
    kept = LabelReading.objects.filter(sha256__in=wanted, reader_version=READER_VERSION)
    return {each.sha256: Verdict.from_json(each.verdict) for each in kept}


def kept_beside(digest: str) -> Subquery:
    """The verdict kept over each row's content, as JSON, for queries that read the rows anyway."""
    kept = LabelReading.objects.filter(sha256=OuterRef(digest), reader_version=READER_VERSION)
    return Subquery(kept.values("verdict")[:1])


def keep_all(content: Mapping[str, Any], *, at: dt.datetime) -> dict[str, Verdict]:
    """The verdicts over all samples of a document; what was never read is read and kept now."""
    digests = {str(reference["sha256"]) for _path, reference in samples(content)}
    found = verdicts(digests)
    for sha256 in sorted(digests - set(found))[:MOST_READ_AT_ONCE]:
        verdict = keep_reading(sha256=sha256, at=at)
        if verdict is not None:
            found[sha256] = verdict
    return found


def told(verdict: Verdict, credit_code: str) -> Told:
    """A verdict in words, its producer compared with the entity's credit code."""
    sentences = [words.said(code) for code in (*verdict.problems, *verdict.remarks)]
    compared = compare(verdict, credit_code)
    is_other = compared == "other"
    if is_other:
        sentences.append(
            _("The producer's code holds the credit code %(found)s, and the entity's is %(own)s.")
            % {"found": verdict.producer_code.credit_code if verdict.producer_code else "", "own": credit_code}
        )
    elif compared == "name":
        sentences.append(_("The producer is given by name, so it was not compared with the credit code."))
    return Told(
        state=verdict.state.value,
        meaning="attention" if is_other or verdict.is_elsewhere else MEANINGS[verdict.state],
        words=str(words.STATES[verdict.state]),
        sentences=tuple(sentences),
        place=verdict.place,
        producer=verdict.producer,
    )


def compare(verdict: Verdict, credit_code: str) -> str:
    """``same`` or ``other`` for a code, ``name`` for a producer without one, "" where there is none."""
    code = verdict.producer_code
    if code is None:
        return "name" if verdict.producer and not verdict.problems else ""
    return "same" if code.credit_code == credit_code else "other"


def looks(content: Mapping[str, Any], entity: Mapping[str, Any], found: Mapping[str, Verdict]) -> Iterator[Problem]:
    """A problem to look at for each sample whose verdict is not simply “present”."""
    credit_code = credit_code_of(entity)
    for path, reference in samples(content):
        verdict = found.get(str(reference["sha256"]))
        if verdict is None:
            continue
        said = told(verdict, credit_code)
        if said.is_look:
            yield Problem(
                path=path,
                message=_("“%(name)s”: %(words)s. %(sentences)s")
                % {
                    "name": reference.get("name", ""),
                    "words": said.words,
                    "sentences": " ".join(said.sentences),
                },
                section=path.partition(".")[0],
                cites=CITES,
                severity=Severity.LOOK,
                rule=f"label.{verdict.state}",
            )


def credit_code_of(entity: Mapping[str, Any]) -> str:
    """The credit code in an entity's profile; empty until it is said."""
    code = mapping(entity.get("basic")).get("credit_code")
    return code if isinstance(code, str) else ""


def problems(procedure: Procedure, content: Mapping[str, Any], entity: Mapping[str, Any]) -> list[Problem]:
    """The gate: what provider should look at before submitting. Writes nothing, reads what is not read yet."""
    digests = {str(reference["sha256"]) for _path, reference in samples(content)}
    found = verdicts(digests)
    for sha256 in sorted(digests - set(found))[:MOST_READ_AT_ONCE]:
        verdict = _read(sha256)
        if verdict is not None:
            found[sha256] = verdict
    return list(looks(content, entity, found))


def _read(sha256: str) -> Verdict | None:
    try:
        with contents.open_content(sha256) as content:
            return read(cast("BinaryIO", content))
    except contents.ContentMissing:
        logger.warning("the content of a sample is missing: %s", sha256)
        return None
    except Exception:  # a file that breaks the reader must not break the upload; the log tells us
        logger.exception("the label reader broke on %s", sha256)
        return Verdict(State.ABSENT, "", remarks=("file.damaged",))


gates.register("labels", KINDS, problems)
