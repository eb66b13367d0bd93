"""Files built by the tests, sound and hostile."""

import io
import struct
import zipfile
import zlib

import docx
import openpyxl
import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def upload(name, content, declared="application/octet-stream"):
    return SimpleUploadedFile(name, content, declared)


def picture(form="PNG", size=(40, 30)):
    out = io.BytesIO()
    Image.new("RGB", size, (18, 63, 120)).save(out, form)
    return out.getvalue()


def pdf(change=None, **options):
    document = pikepdf.new()
    document.add_blank_page()
    if change:
        change(document)
    out = io.BytesIO()
    document.save(out, **options)
    return out.getvalue()


def word():
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("算法安全管理制度")
    document.save(out)
    return out.getvalue()


def sheet():
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = "语料来源"
    book.save(out)
    return out.getvalue()


def repacked(package, *, add=None, replace=None, compression=zipfile.ZIP_DEFLATED):
    """The package again with parts added or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", compression) as new:
        for part in old.namelist():
            new.writestr(part, (replace or {}).get(part, old.read(part)))
        for part, content in (add or {}).items():
            new.writestr(part, content)
    return out.getvalue()


def archive():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("evidence.txt", "text")
    return out.getvalue()


def wav():
    body = (
        b"WAVEfmt "
        + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16)
        + b"data"
        + struct.pack("<I", 80)
        + bytes(80)
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def mp3(frames=20):
    head = b"\xff\xfb\x90\x00"
    return b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10) + (head + bytes(413)) * frames


def box(name, content):
    return struct.pack(">I", len(content) + 8) + name + content


def mp4():
    return box(b"ftyp", b"isom\0\0\2\0isomiso2") + box(b"moov", bytes(40)) + box(b"mdat", bytes(200))


def packed_pdf(megabytes):
    """A small PDF with one object whose stream unpacks to so many megabytes."""
    packer = zlib.compressobj(1)
    packed = packer.compress(b"5 0 << /A 1 >>") + b"".join(packer.compress(b" " * 2**20) for _ in range(megabytes))
    packed += packer.flush()
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R /X 5 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] >>",
        4: b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream"
        % (len(packed), packed),
    }
    content, places = b"%PDF-1.5\n", {}
    for number, body in objects.items():
        places[number] = len(content)
        content += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    rows = bytes(6) + b"".join(b"\1" + places[number].to_bytes(4) + b"\0" for number in objects)
    rows += b"\2" + (4).to_bytes(4) + b"\0" + b"\1" + len(content).to_bytes(4) + b"\0"
    table = b"<< /Type /XRef /Size 7 /W [1 4 1] /Root 1 0 R /Length %d >>\nstream\n%b\nendstream" % (len(rows), rows)
    return b"%b6 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (content, table, len(content))
