"""MP4, WAV and MP3: the containers' own structure, from the first box to the last byte."""

import struct
from typing import BinaryIO

from filings.uploads.refusals import RefusedUpload
from filings.uploads.signatures import read_at

MP4_BRANDS = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"dash", b"M4V ", b"MSNV")
BIT_RATES = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
SAMPLINGS = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
FRAMES_READ = 12


def check_mp4(content: BinaryIO, *, size: int) -> None:
    """Boxes follow each other to the end of the file and hold a film."""
    brand = read_at(content, 8, 4)
    if brand not in MP4_BRANDS:
        raise RefusedUpload("type_mismatch", claimed="MP4", found=brand.decode("latin-1").strip())
    place = 0
    names: set[bytes] = set()
    while place < size:
        head = read_at(content, place, 16)
        if len(head) < 8:
            raise RefusedUpload("trailing_data")
        length, name = struct.unpack(">I4s", head[:8])
        if length == 1 and len(head) == 16:
            (length,) = struct.unpack(">Q", head[8:])
        elif length == 0:
            length = size - place
        if length < 8 or not all(32 <= each < 127 or each == 0xA9 for each in name):
            raise RefusedUpload("trailing_data" if {b"moov", b"mdat"} <= names else "damaged", why=str(place))
        names.add(name)
        place += length
    if place != size:
        raise RefusedUpload("damaged", why="EOF")
    if not {b"moov", b"mdat"} <= names and b"moof" not in names:
        raise RefusedUpload("damaged", why="moov")


def check_wav(content: BinaryIO, *, size: int) -> None:
    """One RIFF chunk of sound that ends with the file."""
    (length,) = struct.unpack("<I", read_at(content, 4, 4))
    if length + 8 > size:
        raise RefusedUpload("damaged", why="RIFF")
    if size - (length + 8) > 1:
        raise RefusedUpload("trailing_data")
    place = 12
    names: set[bytes] = set()
    while place + 8 <= length + 8:
        name, inner = struct.unpack("<4sI", read_at(content, place, 8))
        names.add(name)
        place += 8 + inner + inner % 2
    if not {b"fmt ", b"data"} <= names or place > length + 9:
        raise RefusedUpload("damaged", why="data")


def check_mp3(content: BinaryIO, *, size: int) -> None:
    """Behind the tag, frames of sound that follow each other."""
    head = read_at(content, 0, 10)
    place = 0
    if head.startswith(b"ID3"):
        place = 10 + sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
    for _frame in range(FRAMES_READ):
        if place >= size and _frame:
            return
        length = _frame_length(read_at(content, place, 4))
        if not length:
            raise RefusedUpload("damaged", why=f"frame {_frame + 1}")
        place += length


def _frame_length(head: bytes) -> int:
    """The length of the MPEG layer III frame that begins so; 0 if none does."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return 0
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, sampling, padding = head[2] >> 4, head[2] >> 2 & 3, head[2] >> 1 & 1
    if version == 1 or layer != 1 or rate in {0, 15} or sampling == 3:
        return 0
    kilobits = BIT_RATES[1 if version == 3 else 2][rate]
    return (144 if version == 3 else 72) * kilobits * 1000 // SAMPLINGS[version][sampling] + padding
