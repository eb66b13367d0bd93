"""From a file to a verdict: recognise the format, walk its places, judge what stands there."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, BinaryIO, Self

from filings.labelreading.docx import docx
from filings.labelreading.elsewhere import elsewhere
from filings.labelreading.id3 import mp3
from filings.labelreading.mp4 import mp4
from filings.labelreading.payload import Judged, is_meant_as_label, judge
from filings.labelreading.pdf import pdf
from filings.labelreading.pictures import jpeg, png
from filings.labelreading.places import BY_CODE, ELSEWHERE
from filings.labelreading.producer import ProducerCode, parse
from filings.labelreading.riff import wav, webp
from filings.labelreading.source import Candidate, Damaged, OutOfBounds, Source, Walk

# Kept with every verdict: a new reader reads old files again.
READER_VERSION = "1"
WALKS: dict[str, Walk] = {
    "png": png,
    "jpeg": jpeg,
    "webp": webp,
    "mp4": mp4,
    "mp3": mp3,
    "wav": wav,
    "pdf": pdf,
    "docx": docx,
}
MOST_CANDIDATES = 64


class State(StrEnum):
    PRESENT = "present"
    MALFORMED = "malformed"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a file says of itself.

    ``problems`` make the label malformed and name the part; ``remarks`` deserve a look and change
    nothing. ``also`` names further places that hold a label, of which there should be one only.
    """

    state: State
    format: str
    place: str = ""
    parts: dict[str, str] | None = None
    problems: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def producer(self) -> str:
        """What the label gives as its producer: a code or a name."""
        return (self.parts or {}).get("ContentProducer", "")

    @property
    def producer_code(self) -> ProducerCode | None:
        """The producer's code taken apart, if it is one."""
        return parse(self.producer)

    @property
    def is_elsewhere(self) -> bool:
        return self.place == ELSEWHERE

    def as_json(self) -> dict[str, Any]:
        """Plain values, to be kept in a row."""
        return asdict(self) | {"state": self.state.value}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """A verdict that was kept."""
        lists = {name: tuple(kept.get(name) or ()) for name in ("problems", "remarks", "also")}
        return cls(
            state=State(kept["state"]),
            format=kept["format"],
            place=kept.get("place", ""),
            parts=kept.get("parts"),
            **lists,
        )


def read(content: BinaryIO, name: str = "") -> Verdict:
    """The verdict over one file. Never raises for what a file holds; bounded in time and memory.

    ``name`` decides nothing: a file is what its bytes say.
    """
    source = Source(content)
    format_ = recognised(source)
    if not format_:
        return Verdict(State.ABSENT, "", remarks=("format.unread",))
    remarks: list[str] = []
    found = _gathered(WALKS[format_], source, remarks)
    if not found:
        found = _gathered(elsewhere, Source(content), remarks)
    return _verdict(format_, found, remarks)


def recognised(source: Source) -> str:
    """The format by the first bytes; "" for what is not read."""
    head = source.at(0, 16)
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"RIFF"):
        return {b"WEBP": "webp", b"WAVE": "wav"}.get(head[8:12], "")
    if head[4:8] == b"ftyp":
        return "mp4"
    if head.startswith(b"ID3") or (head[:1] == b"\xff" and len(head) > 1 and head[1] & 0xE6 == 0xE2):
        return "mp3"
    if head.startswith(b"%PDF-"):
        return "pdf"
    return "docx" if head.startswith(b"PK\x03\x04") else ""


def _gathered(walk: Walk, source: Source, remarks: list[str]) -> list[tuple[str, Judged]]:
    """Each label of a walk with its place; what breaks the walk off becomes a remark."""
    found: list[tuple[str, Judged]] = []
    try:
        for candidate in _limited(walk(source)):
            if BY_CODE[candidate.place].is_own or is_meant_as_label(candidate.value):
                found.append((candidate.place, judge(candidate.value)))  # noqa: PERF401 - kept when the walk breaks off
    except OutOfBounds:
        _add(remarks, "file.bounds")
    except Damaged:
        _add(remarks, "file.damaged")
    return found


def _limited(candidates: Iterator[Candidate]) -> Iterator[Candidate]:
    for count, candidate in enumerate(candidates):
        if count >= MOST_CANDIDATES:
            raise OutOfBounds
        yield candidate


def _add(remarks: list[str], code: str) -> None:
    if code not in remarks:
        remarks.append(code)


def _verdict(format_: str, found: list[tuple[str, Judged]], remarks: list[str]) -> Verdict:
    """A sound label counts before a malformed one; more than one is remarked."""
    if not found:
        return Verdict(State.ABSENT, format_, remarks=tuple(remarks))
    place, best = next((each for each in found if not each[1].faults), found[0])
    others = [each for each in found if each[1] is not best]
    if others:
        same = all(judged.parts == best.parts and not judged.faults for _place, judged in others)
        _add(remarks, "several" if same else "several.differ")
    if place == ELSEWHERE:
        _add(remarks, "place")
    return Verdict(
        state=State.MALFORMED if best.faults else State.PRESENT,
        format=format_,
        place=place,
        parts=best.parts,
        problems=tuple(best.faults),
        remarks=(*best.remarks, *remarks),
        also=tuple(dict.fromkeys(each for each, _judged in others)),
    )
