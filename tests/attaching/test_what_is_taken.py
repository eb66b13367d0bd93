import hashlib

import pytest

from filings.uploads import examine, kinds
from tests.attaching import samples

SOUND = [
    ("备案证明.pdf", samples.pdf, "application/pdf"),
    ("流程图.png", samples.picture, "image/png"),
    ("营业执照.JPG", lambda: samples.picture("JPEG"), "image/jpeg"),
    ("界面.webp", lambda: samples.picture("WEBP"), "image/webp"),
    ("制度.docx", samples.word, kinds.DOCX),
    ("语料来源.xlsx", samples.sheet, kinds.XLSX),
    ("语料.csv", lambda: "来源,规模\n公开,100\n电话,+86-571-88886666\n".encode(), "text/csv"),
    ("说明.txt", lambda: "生成内容说明：不含违法信息。".encode("gb18030"), "text/plain"),
    ("说明.txt", lambda: "第一行\n第二行".encode("utf-16"), "text/plain"),
    ("演示.mp4", samples.mp4, "video/mp4"),
    ("样本.mp3", samples.mp3, "audio/mpeg"),
    ("样本.wav", samples.wav, "audio/wav"),
]


@pytest.mark.parametrize(("name", "build", "media_type"), SOUND)
def test_a_sound_file_passes_with_its_real_type_and_hash(name, build, media_type):
    content = build()

    found = examine(samples.upload(name, content, media_type))

    assert (found.name, found.media_type, found.size) == (name, media_type, len(content))
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert found.scan == "unscanned"


@pytest.mark.parametrize(
    "declared", ["", "application/octet-stream", "application/vnd.ms-excel", "text/csv; charset=gbk"]
)
def test_a_browser_may_declare_a_csv_as_it_is_used_to(declared):
    found = examine(samples.upload("语料.csv", b"a,b\n1,2\n", declared))

    assert found.media_type == "text/csv"


def test_a_photo_with_the_phones_preview_behind_it_passes():
    photo = samples.picture("JPEG")

    assert examine(samples.upload("照片.jpg", photo + photo)).media_type == "image/jpeg"


def test_dots_inside_a_name_are_harmless_and_a_long_name_is_shortened_before_its_ending():
    assert examine(samples.upload("报告 v1.2（终稿）.pdf", samples.pdf())).name == "报告 v1.2（终稿）.pdf"
    assert examine(samples.upload("长" * 190 + ".pdf", samples.pdf())).name == "长" * 145 + "….pdf"
