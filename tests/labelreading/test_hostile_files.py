import io
import struct
import time
import tracemalloc
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filings.labelreading import read
from tests.labelreading import files
from tests.labelreading.files import box, chunk, label, png_chunk

HEAD = b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
END = png_chunk(b"IEND", b"")
BOMB = zlib.compress(bytes(200 * 1024 * 1024), 9)


def _zip(parts, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as package:
        for name, content in parts:
            package.writestr(name, content)
    return out.getvalue()


def _bombed_pdf():
    stream = b"1 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(BOMB)
    return b"%PDF-1.7\n" + stream + BOMB + b"\nendstream endobj\ntrailer<</Info 9 0 R>>\n%%EOF"


def _nested_boxes(depth):
    content = b""
    for _level in range(depth):
        content = box(b"meta", bytes(4) + content)
    return box(b"ftyp", b"isom\0\0\0\0isom") + box(b"moov", box(b"udta", content))


HOSTILE = {
    "nothing": b"",
    "one byte": b"\x89",
    "a text": "AIGC 内容由人工智能生成".encode(),
    "a program": b"MZ" + bytes(1000),
    "png bomb in zTXt": HEAD + png_chunk(b"zTXt", b"AIGC\0\0" + BOMB) + END,
    "png bomb in iTXt": HEAD + png_chunk(b"iTXt", b"AIGC\0\1\0\0\0" + BOMB) + END,
    "png of many bombs": HEAD + png_chunk(b"zTXt", b"C\0\0" + BOMB) * 40 + END,
    "png chunk beyond the end": HEAD + struct.pack(">I", 0xFFFFFFFF) + b"tEXtAIGC\0{}",
    "png of empty chunks": HEAD + png_chunk(b"tEXt", b"") * 50_000 + END,
    "png without end": HEAD + png_chunk(b"tEXt", b"Comment\0x"),
    "png of many labels": HEAD + png_chunk(b"tEXt", b"AIGC\0{}") * 3000 + END,
    "deep JSON": files.png('{"AIGC":' * 30_000),
    "deep list": files.png("[" * 60_000),
    "long number": files.png('{"Label":' + "9" * 60_000 + "}"),
    "megabyte of label": files.png('{"Label":"' + "1" * 900_000 + '"}'),
    "laughing XMP": HEAD
    + png_chunk(
        b"iTXt",
        b"XML:com.adobe.xmp\0\0\0\0\0"
        + files.packet(label(), extra='<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'),
    )
    + END,
    "deep XMP": HEAD + png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + b"<a:AIGC>" * 60_000) + END,
    "jpeg of fill bytes": b"\xff\xd8" + b"\xff" * 100_000,
    "jpeg segment of no length": b"\xff\xd8\xff\xe1\x00\x00" * 1000,
    "jpeg exif in a circle": files.jpeg()[:2]
    + b"\xff\xe1"
    + struct.pack(">H", 40)
    + b"Exif\0\0II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0"
    + bytes(6),
    "webp chunk too long": b"RIFF" + struct.pack("<I", 100) + b"WEBPXMP " + struct.pack("<I", 2**31) + b"x",
    "wav of empty chunks": b"RIFF" + struct.pack("<I", 400_000) + b"WAVE" + chunk(b"junk", b"") * 50_000,
    "wav list in a list": b"RIFF" + struct.pack("<I", 99) + b"WAVE" + chunk(b"LIST", b"INFOLIST" + bytes(4)),
    "mp4 of nested boxes": _nested_boxes(3000),
    "mp4 box of no length": box(b"ftyp", b"isom\0\0\0\0isom") + struct.pack(">I4s", 1, b"moov") + bytes(8),
    "mp4 box longer than its film": box(b"ftyp", b"isom\0\0\0\0isom") + struct.pack(">I4s", 2**31, b"moov"),
    "mp4 of many boxes": box(b"ftyp", b"isom\0\0\0\0isom") + box(b"moov", box(b"free", b"") * 60_000),
    "mp4 keys without end": files.mp4(label()).replace(b"mdta" + b"AIGC", b"\xff" * 8),
    "mp3 tag of 256 MB": b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + bytes(2000),
    "mp3 frame beyond the tag": b"ID3\x04\0\0\0\0\x0f\0TXXX\x7f\x7f\x7f\x7f\0\0\x03AIGC\0",
    "mp3 packed frame": b"ID3\x04\0\0\x7f\x7f\x7f\x7fTXXX\x00\x0c\x3f\x00\0\x08" + BOMB,
    "mp3 of empty frames": b"ID3\x03\0\0\x00\x7f\x7f\x7f" + b"TXXX\0\0\0\0\0\0" * 60_000,
    "pdf bomb": _bombed_pdf(),
    "pdf of many objects": b"%PDF-1.7\n" + b"1 0 obj<<>>endobj " * 60_000,
    "pdf of open strings": b"%PDF-1.7\n9 0 obj<</AIGC(" + b"(" * 100_000 + b"trailer<</Info 9 0 R>>",
    "pdf of many keys": b"%PDF-1.7\n9 0 obj<<" + b"/AIGC(x" * 30_000 + b">>endobj trailer<</Info 9 0 R>>",
    "pdf escapes that are no octal": b"%PDF-1.7\n9 0 obj<</AIGC(\\8\\9\\18\\)>>endobj trailer<</Info 9 0 R>>",
    "docx bomb": _zip([("docProps/custom.xml", bytes(200 * 1024 * 1024))]),
    "docx bomb in bzip2": _zip([("docProps/custom.xml", bytes(50 * 1024 * 1024))], zipfile.ZIP_BZIP2),
    "docx of many parts": _zip([(f"p{number}", b"") for number in range(30_000)]),
    "docx with entities": _zip(
        [("docProps/custom.xml", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>')]
    ),
    "docx cut off": files.word(label())[:-200],
    "docx without parts": b"PK\x03\x04" + bytes(400),
}
SECONDS, MEGABYTES = 3.0, 160


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_gets_a_verdict_within_bounds(case):
    began = time.process_time()
    found = read(io.BytesIO(HOSTILE[case]))
    took = time.process_time() - began
    tracemalloc.start()
    read(io.BytesIO(HOSTILE[case]))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.state in ("absent", "malformed", "present")
    assert took < SECONDS
    assert peak < MEGABYTES * 1024 * 1024


def test_an_entity_is_never_followed():
    found = read(io.BytesIO(HOSTILE["docx with entities"]))
    assert (found.state, found.parts, found.remarks) == ("absent", None, ("file.damaged",))


def test_a_label_behind_a_bomb_is_still_found():
    content = HEAD + png_chunk(b"zTXt", b"C\0\0" + BOMB) * 40 + END + label().encode()
    found = read(io.BytesIO(content))
    assert (found.state, found.place) == ("present", "any.elsewhere")
    assert "file.bounds" in found.remarks


def test_a_long_film_is_stepped_over():
    class Counted(io.BytesIO):
        taken = 0

        def read(self, length=-1):
            found = super().read(length)
            self.taken += len(found)
            return found

    film = files.mp4(label(), "keys")
    head, rest = film[: film.index(b"mdat") - 4], film[film.index(b"moov") - 4 :]
    content = Counted(head + box(b"mdat", bytes(60 * 1024 * 1024)) + rest)
    assert read(content).place == "mp4.keys"
    assert content.taken < 10_000


SEEDS = [make(label()) for make in (files.png, files.jpeg, files.webp, files.mp4, files.mp3, files.wav)]
SEEDS += [files.pdf(label()), files.pdf(label(), "xmp"), files.word(label()), files.png(label(), "xmp")]


@settings(max_examples=400, deadline=None)
@given(
    st.integers(0, len(SEEDS) - 1),
    st.lists(st.tuples(st.integers(0, 1 << 20), st.binary(max_size=8)), max_size=12),
    st.integers(0, 1 << 20),
)
def test_a_spoilt_file_never_breaks_the_reader(seed, changes, cut):
    content = bytearray(SEEDS[seed])
    for place, value in changes:
        place %= len(content)
        content[place : place + len(value)] = value
    if cut % 3 == 0:
        del content[cut % len(content) :]
    found = read(io.BytesIO(bytes(content)))
    assert found.state in ("absent", "malformed", "present")
    assert (found.state == "malformed") == bool(found.problems)
    assert (found.state == "absent") == (not found.place)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_whatever_stands_in_the_field_gets_a_verdict(text):
    printable = text.replace("\0", "")
    found = read(io.BytesIO(files.wav(printable)))
    assert found.state in ("malformed", "present")


def test_metadata_objects_that_never_end_are_not_each_read_to_the_end_of_the_file():
    objects = b"".join(b"%d 0 obj<</Type/Metadata>>stream\n<x:AIGC>\n" % number for number in range(15_000))
    content = b"%PDF-1.7\n" + objects + b" " * (8 * 1024 * 1024)
    begun = time.process_time()
    found = read(io.BytesIO(content))
    assert (found.state, found.remarks) == ("absent", ("file.bounds",))
    assert time.process_time() - begun < 5
