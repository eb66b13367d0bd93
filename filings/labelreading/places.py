"""Where the implicit label sits in each format, as data with its confidence.

The article that asks for it is LBL 5; GB 45438-2025 names the field. The places come from what is
publicly known of the practice guides of TC260 (V1.0, August 2025: PG-20257A video, PG-20258A text,
PG-20259A pictures, PG-202510A sound), of which no original text could be opened, and from files
seen. So none of them is surer than ``likely``.
"""

from dataclasses import dataclass
from enum import StrEnum


class Confidence(StrEnum):
    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Place:
    """One place of one format.

    ``is_own``: the place has the field's own name, so that whatever stands there is meant as a
    label. In the others a text counts only if it speaks of the field.
    """

    code: str
    where: str
    confidence: Confidence
    source: str
    is_own: bool = True

    @property
    def format(self) -> str:
        return self.code.partition(".")[0]


XMP = "property AIGC of http://www.tc260.org.cn/ns/AIGC/1.0/, as element or attribute"
PICTURES, FILMS, SOUNDS, TEXTS = "TC260-PG-20259A", "TC260-PG-20257A", "TC260-PG-202510A", "TC260-PG-20258A"
SEEN = "files seen"
OWN_JUDGEMENT = "by analogy"
LIKELY, UNSURE = Confidence.LIKELY, Confidence.UNSURE

PLACES: tuple[Place, ...] = (
    Place("png.xmp", f"iTXt chunk XML:com.adobe.xmp, {XMP}", LIKELY, PICTURES),
    Place("png.text", "tEXt, zTXt or iTXt chunk with the keyword AIGC", LIKELY, PICTURES),
    Place("png.exif", "eXIf chunk, Exif UserComment (0x9286) or ImageDescription (0x010e)", UNSURE, PICTURES, False),
    Place("png.comment", "tEXt, zTXt or iTXt chunk with another keyword", UNSURE, SEEN, False),
    Place("jpeg.xmp", f"APP1 segment with XMP, {XMP}", LIKELY, PICTURES),
    Place(
        "jpeg.exif", "APP1 segment with Exif, UserComment (0x9286) or ImageDescription (0x010e)", LIKELY, SEEN, False
    ),
    Place("jpeg.comment", "COM segment", UNSURE, OWN_JUDGEMENT, False),
    Place("jpeg.segment", "another APPn segment that begins with AIGC", UNSURE, SEEN),
    Place("webp.xmp", f"chunk “XMP ”, {XMP}", LIKELY, PICTURES),
    Place("webp.exif", "chunk “EXIF”, UserComment (0x9286) or ImageDescription (0x010e)", UNSURE, PICTURES, False),
    Place("mp4.keys", "moov.udta.meta or moov.meta: key AIGC in keys, value in ilst", LIKELY, FILMS),
    Place("mp4.freeform", "moov.udta.meta.ilst, freeform item (----) named AIGC", LIKELY, SOUNDS),
    Place("mp4.udta", "moov.udta, box AIGC", UNSURE, SEEN),
    Place("mp4.comment", "moov.udta.meta.ilst, comment or description (©cmt, desc)", UNSURE, SEEN, False),
    Place("mp4.xmp", f"uuid box be7acfcb-97a9-42e8-9c71-999491e3afac, or moov.udta.XMP_, {XMP}", UNSURE, SEEN),
    Place("mp3.txxx", "ID3v2, frame TXXX (TXX) with the description AIGC", LIKELY, SOUNDS),
    Place("mp3.comment", "ID3v2, frame COMM (COM), or TXXX with another description", UNSURE, OWN_JUDGEMENT, False),
    Place("wav.chunk", "RIFF chunk AIGC", LIKELY, SOUNDS),
    Place("wav.info", "LIST INFO, sub-chunk AIGC", UNSURE, OWN_JUDGEMENT),
    Place("wav.comment", "LIST INFO, sub-chunk ICMT", UNSURE, OWN_JUDGEMENT, False),
    Place("wav.id3", "chunk “id3 ”, frame TXXX with the description AIGC, or COMM", UNSURE, OWN_JUDGEMENT, False),
    Place("pdf.info", "information dictionary, key /AIGC", LIKELY, TEXTS),
    Place("pdf.xmp", f"metadata stream, {XMP}", UNSURE, OWN_JUDGEMENT),
    Place("pdf.comment", "information dictionary, /Subject or /Keywords", UNSURE, OWN_JUDGEMENT, False),
    Place("docx.custom", "docProps/custom.xml, property named AIGC", LIKELY, TEXTS),
    Place("docx.core", "docProps/core.xml, description, keywords, subject or identifier", UNSURE, OWN_JUDGEMENT, False),
    Place("any.elsewhere", "anywhere else in the first 8 MB or the last 2 MB of the file", UNSURE, SEEN, False),
)
BY_CODE = {place.code: place for place in PLACES}
ELSEWHERE = "any.elsewhere"
FORMATS = tuple(dict.fromkeys(place.format for place in PLACES if place.code != ELSEWHERE))
