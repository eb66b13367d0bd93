import io
import resource
import socket
import struct
import threading
import zipfile
import zlib

import pikepdf
import pytest
from django.utils import translation

from filings.uploads import RefusedUpload, examine, kinds
from filings.uploads.refusals import MESSAGES
from tests.attaching import samples

pytestmark = pytest.mark.usefixtures("_in_english")
RELATIONS = "word/_rels/document.xml.rels"
EXTERNAL = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
    'Target="{}" TargetMode="External"/></Relationships>'
)


@pytest.fixture
def _in_english():
    with translation.override("en"):
        yield


def refused(name, content, declared="application/octet-stream", **options):
    with pytest.raises(RefusedUpload) as told:
        examine(samples.upload(name, content, declared), **options)
    return told.value


def with_javascript(document):
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def with_launch(document):
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")


def with_hidden_launch(document):
    inner = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
    annotation = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=inner, Rect=[0, 0, 9, 9])
    document.pages[0].obj.Annots = pikepdf.Array([annotation])


def with_file(document):
    document.attachments["x.exe"] = b"MZ"


def claiming(size):
    """A docx whose one part claims another size than it unpacks to."""
    package = bytearray(samples.repacked(samples.word(), add={"word/media/x.bin": bytes(5000)}))
    place = package.rfind(b"word/media/x.bin") - 46
    package[place + 24 : place + 28] = struct.pack("<I", size)
    return bytes(package)


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def enormous_png():
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")


def zipped_with_flag():
    package = bytearray(samples.word())
    package[package.find(b"PK\x01\x02") + 8] |= 1
    return bytes(package)


def docx(**changes):
    return samples.repacked(DOCX, **changes)


def related(kind, target):
    return samples.repacked(DOCX, replace={RELATIONS: EXTERNAL.format(kind, target)})


TYPES = "[Content_Types].xml"
MACRO_TYPES = b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
POWERPOINT = b'<Types><Override ContentType="application/vnd.ms-powerpoint"/></Types>'
PNG, JPEG, PDF, DOCX = samples.picture(), samples.picture("JPEG"), samples.pdf(), samples.word()

HOSTILE = [
    ("empty", "a.pdf", b""),
    ("bad_name", ".pdf", PDF),
    ("bad_name", "con.pdf", PDF),
    ("hidden_characters", "合同\u202efdp.pdf", PDF),
    ("hidden_characters", "a\x00.pdf", PDF),
    ("double_extension", "付款.exe.pdf", PDF),
    ("executable", "a.exe", PDF),
    ("executable", "a.pdf", b"MZ\x90\x00" + bytes(200)),
    ("executable", "a.png", b"\x7fELF" + bytes(200)),
    ("executable", "a.txt", b"#!/bin/sh\nrm -rf /\n"),
    ("type_not_taken", "a.ofd", b"something else"),
    ("type_not_taken", "noending", PDF),
    ("type_not_taken", "a.docx", docx(replace={TYPES: POWERPOINT})),
    ("archive", "a.zip", samples.archive()),
    ("archive", "a.docx", samples.archive()),
    ("archive", "a.pdf", b"Rar!\x1a\x07\x00" + bytes(50)),
    ("archive", "a.pdf", b"7z\xbc\xaf\x27\x1c" + bytes(50)),
    ("old_office", "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    ("type_mismatch", "a.png", JPEG),
    ("type_mismatch", "a.pdf", b"plain text"),
    ("type_mismatch", "a.xlsx", DOCX),
    ("type_mismatch", "a.txt", PNG),
    ("type_mismatch", "a.mp4", samples.box(b"ftyp", b"qt  \0\0\2\0") + samples.box(b"moov", bytes(20))),
    ("damaged", "a.png", PNG[:60]),
    ("damaged", "a.jpg", JPEG[:-200]),
    ("damaged", "a.pdf", b"%PDF-1.7\nnothing more"),
    ("damaged", "a.docx", claiming(2000)),
    ("damaged", "a.wav", samples.wav()[:-20]),
    ("damaged", "a.mp3", b"ID3\x04\x00\x00\x00\x00\x00\x00" + bytes(900)),
    ("damaged", "a.mp4", samples.mp4()[:-9]),
    ("encrypted", "a.pdf", samples.pdf(encryption=pikepdf.Encryption(owner="o", user="u"))),
    ("encrypted", "a.pdf", samples.pdf(encryption=pikepdf.Encryption(owner="o", user=""))),
    ("encrypted", "a.docx", zipped_with_flag()),
    ("macros", "a.docx", docx(add={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})),
    ("macros", "a.docx", docx(replace={TYPES: MACRO_TYPES})),
    ("macros", "a.xlsx", samples.repacked(samples.sheet(), add={"xl/macrosheets/sheet1.xml": b"<a/>"})),
    ("embedded_object", "a.docx", docx(add={"word/embeddings/oleObject1.bin": b"x"})),
    ("embedded_object", "a.docx", docx(add={"word/media/image9.png": b"MZ" + bytes(90)})),
    ("embedded_object", "a.pdf", samples.pdf(with_file)),
    ("external_reference", "a.docx", related("attachedTemplate", "https://x.cn/t.dotm")),
    ("external_reference", "a.docx", related("hyperlink", "file://server/share")),
    ("external_reference", "a.xlsx", samples.repacked(samples.sheet(), add={"xl/externalLinks/x.xml": b"<a/>"})),
    ("active_content", "a.pdf", samples.pdf(with_javascript)),
    ("active_content", "a.pdf", samples.pdf(with_launch)),
    ("active_content", "a.pdf", samples.pdf(with_hidden_launch)),
    ("active_content", "a.pdf", samples.pdf(with_hidden_launch, object_stream_mode=pikepdf.ObjectStreamMode.generate)),
    ("active_content", "a.csv", b"name,value\nx,=cmd|'/C calc'!A0\n"),
    ("active_content", "a.docx", docx(add={"word/x.xml": b"<w:instrText>DDEAUTO c:\\x</w:instrText>"})),
    ("active_content", "a.docx", docx(replace={RELATIONS: '<!DOCTYPE a [<!ENTITY b "c">]><a/>'})),
    ("bomb", "a.docx", docx(add={"word/x.xml": bytes(64 * 1024 * 1024)})),
    ("too_many_pixels", "a.png", enormous_png()),
    ("polyglot", "a.png", PNG + samples.archive()),
    ("polyglot", "a.pdf", PDF + samples.archive()),
    ("polyglot", "a.jpg", JPEG[:2] + b"\xff\xfe\x00\x20" + b"%PDF-1.7 ".ljust(30) + JPEG[2:]),
    ("polyglot", "a.png", PNG[:33] + struct.pack(">I", 8) + b"tEXt<script" + b"    " + PNG[33:]),
    ("polyglot", "a.docx", b"PK\x03\x04" + bytes(30) + DOCX),
    ("trailing_data", "a.png", PNG + b"secret"),
    ("trailing_data", "a.jpg", JPEG + b"secret"),
    ("trailing_data", "a.webp", samples.picture("WEBP") + b"secret"),
    ("trailing_data", "a.pdf", PDF + b"\nsecret"),
    ("trailing_data", "a.wav", samples.wav() + b"secret"),
    ("trailing_data", "a.mp4", samples.mp4() + b"secret"),
    ("trailing_data", "a.docx", DOCX + b"secret"),
    ("markup", "a.txt", b"hello <script>alert(1)</script>"),
    ("encoding", "a.txt", b"\x81\x00\x02\x03"),
    ("encoding", "a.csv", b"a,b\x00c\n"),
    ("path_in_name", "a.docx", docx(add={"../../etc/cron.d/x": b"x"})),
]  # fmt: skip


@pytest.mark.parametrize(("code", "name", "content"), HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(code, name, content):
    refusal = refused(name, content)

    assert refusal.code == code
    assert "%(" not in refusal.message


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "..\\a.pdf", "C:a.pdf", "/tmp/a.pdf"])
def test_a_path_in_a_name_is_refused(name):
    upload = samples.upload("a.pdf", PDF)
    upload._name = name

    with pytest.raises(RefusedUpload) as told:
        examine(upload)

    assert told.value.code == "path_in_name"


def test_a_file_that_the_browser_declares_as_another_type_is_refused():
    assert refused("a.pdf", PDF, "text/html").code == "type_mismatch"


@pytest.mark.parametrize(
    ("name", "most"), [("a.png", kinds.IMAGE_MOST), ("a.pdf", kinds.DOCUMENT_MOST), ("a.mp4", kinds.MEDIA_MOST)]
)
def test_each_type_has_its_largest_size(name, most):
    head = {"a.png": PNG, "a.pdf": PDF, "a.mp4": samples.mp4()}[name]
    upload = samples.upload(name, head)
    upload.size = most + 1

    with pytest.raises(RefusedUpload) as told:
        examine(upload)

    assert told.value.code == "too_large"


def test_a_field_that_takes_pictures_refuses_a_sound_file():
    refusal = refused("a.wav", samples.wav(), types=kinds.SCANS)

    assert refusal.code == "type_not_taken"
    assert refusal.message == "“a.wav” is of a type that is not taken here. Upload one of: PDF, PNG, JPEG, WebP."


def test_a_zip_that_lies_about_its_size_is_not_unpacked_beyond_it():
    assert refused("a.docx", claiming(10)).code == "damaged"


def test_a_pdf_that_unpacks_to_more_than_it_may_is_refused_and_costs_the_server_nothing():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert refused("a.pdf", samples.packed_pdf(600)).code == "bomb"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024  # KiB


def test_a_pdf_with_packed_objects_is_taken():
    assert examine(samples.upload("a.pdf", samples.packed_pdf(1))).media_type == "application/pdf"


def test_a_package_inside_a_package_is_refused_whatever_its_name():
    assert refused("a.docx", docx(add={"word/embeddings/book.xlsx": samples.sheet()})).code == ("embedded_object")


class Scanner:
    """Something on a socket that answers as clamd does."""

    def __init__(self, path, answers):
        self.answers, self.line = answers, socket.socket(socket.AF_UNIX)
        self.line.bind(str(path))
        self.line.listen()
        self.line.settimeout(10)
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        for answer in self.answers:
            connection, _address = self.line.accept()
            with connection, connection.makefile("rb") as stream:
                command = stream.read(9)
                if command == b"zINSTREAM":
                    stream.read(1)
                    while (length := struct.unpack(">I", stream.read(4))[0]) > 0:
                        stream.read(length)
                connection.sendall(answer + b"\0")

    def close(self):
        self.thread.join()
        self.line.close()


@pytest.fixture
def scanner(tmp_path, settings):
    started = []

    def start(*answers):
        settings.CLAMD_SOCKET = str(tmp_path / "clamd")
        started.append(Scanner(tmp_path / "clamd", answers))

    yield start
    for each in started:
        each.close()


def test_what_the_scanner_finds_is_refused(scanner):
    scanner(b"ClamAV 1.4.3/27800/Mon Nov 23", b"stream: Eicar-Test-Signature FOUND")

    refusal = refused("a.pdf", PDF)

    assert refusal.code == "infected"
    assert "Eicar-Test-Signature" in refusal.message


def test_only_a_scanner_with_signatures_makes_a_file_clean(scanner):
    scanner(b"ClamAV 1.4.3/27800/Mon Nov 23", b"stream: OK")

    assert examine(samples.upload("a.pdf", PDF)).scan == "clean"


def test_a_scanner_without_signatures_leaves_a_file_unscanned(scanner):
    scanner(b"ClamAV 1.4.3", b"stream: OK")

    assert examine(samples.upload("a.pdf", PDF)).scan == "unscanned"


def test_an_absent_scanner_leaves_a_file_unscanned(settings, tmp_path):
    settings.CLAMD_SOCKET = str(tmp_path / "nobody")

    assert examine(samples.upload("a.pdf", PDF)).scan == "unscanned"


def test_every_reason_has_a_test_or_is_tried_where_it_arises():
    tried = {code for code, *_rest in HOSTILE} | {"too_large", "infected"}
    elsewhere = {"too_many_files", "no_room", "broken_off"}

    assert tried | elsewhere == set(MESSAGES)


def test_an_archive_is_recognised_by_its_end_record_alone():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a", "b")

    assert refused("a.png", PNG + bytes(9) + out.getvalue()).code == "polyglot"
