import io

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from filings import scanreading, scans, sealing
from filings.uploads import RefusedUpload
from tests.scanning import paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def put_in(lock, provider, names, now):
    return lambda *files: scans.upload(lock=lock, files=list(files), names=names, by=provider, at=now)


def a_page():
    return Image.new("L", (600, 800), 240)


def test_the_names_must_be_those_of_the_dossier(lock, provider, names, now):
    with pytest.raises(scans.ScanRefused, match="周明澈"):
        scans.upload(
            lock=lock, files=[paper.as_pdf([a_page()])], names=names | {"safety_officer": "别人"}, by=provider, at=now
        )


def test_a_voided_lock_takes_no_scan(put_in, lock, provider, now):
    sealing.void(procedure=lock.procedure, by=provider, at=now, reason="edited")

    with pytest.raises(scans.ScanRefused):
        put_in(paper.as_pdf([a_page()]))


def test_a_second_scan_waits_for_the_first(put_in):
    put_in(paper.as_pdf([a_page()]))

    with pytest.raises(scans.ScanRefused):
        put_in(paper.as_pdf([a_page()]))


def test_no_file_and_too_many_pages_are_told(put_in):
    with pytest.raises(scans.ScanRefused):
        put_in()
    with pytest.raises(scans.ScanRefused, match=str(scans.MOST_PAGES)):
        put_in(paper.as_pdf([Image.new("1", (10, 10))] * (scans.MOST_PAGES + 1)))


@pytest.mark.parametrize(
    ("code", "name", "content"),
    [
        ("encrypted", "scan.pdf", lambda: locked_pdf()),
        ("type_not_taken", "scan.docx", lambda: b"PK\x03\x04"),
        ("type_mismatch", "scan.pdf", lambda: b"\x89PNG\r\n\x1a\n" + b"x" * 40),
        ("damaged", "scan.pdf", lambda: b"%PDF-1.7\nnothing\n%%EOF"),
        ("empty", "scan.pdf", lambda: b""),
    ],
)
def test_files_that_are_no_scan_get_a_clear_answer(put_in, code, name, content):
    with pytest.raises(RefusedUpload) as refused:
        put_in(SimpleUploadedFile(name, content(), "application/octet-stream"))
    assert refused.value.code == code


def locked_pdf():
    out = io.BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def test_a_page_that_kills_the_reader_is_reported_and_takes_nothing_along(tmp_path):
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff" + b"\0" * 100)

    assert scanreading.read(broken, "image/jpeg", first=1, count=1) == [scanreading.ReadPage(1, is_unreadable=True)]


def test_a_huge_page_is_read_in_bounded_size(tmp_path):
    document = pikepdf.new()
    document.add_blank_page(page_size=(14400, 14400))
    document.save(tmp_path / "huge.pdf")

    (page,) = scanreading.read(tmp_path / "huge.pdf", "application/pdf", first=1, count=1)
    assert page.is_blank
