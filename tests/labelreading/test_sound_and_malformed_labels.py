"""More than sixty files, each with the verdict it must get."""

import io

import pikepdf
import pytest

from filings.labelreading import BY_CODE, FORMATS, read
from tests.labelreading import files
from tests.labelreading.files import label

STREAMS = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}
SOUND = {
    "png tEXt": (lambda text: files.png(text, "text"), "png.text"),
    "png zTXt": (lambda text: files.png(text, "ztxt"), "png.text"),
    "png iTXt packed": (lambda text: files.png(text, "itxt-packed"), "png.text"),
    "png XMP": (lambda text: files.png(text, "xmp"), "png.xmp"),
    "png XMP attribute": (lambda text: files.png(text, "xmp-attribute"), "png.xmp"),
    "png Exif": (lambda text: files.png(text, "exif"), "png.exif"),
    "png comment": (lambda text: files.png(text, "comment"), "png.comment"),
    "jpeg XMP": (lambda text: files.jpeg(text, "xmp"), "jpeg.xmp"),
    "jpeg Exif": (lambda text: files.jpeg(text, "exif"), "jpeg.exif"),
    "jpeg Exif unicode": (lambda text: files.jpeg(text, "unicode"), "jpeg.exif"),
    "jpeg description": (lambda text: files.jpeg(text, "description"), "jpeg.exif"),
    "jpeg comment": (lambda text: files.jpeg(text, "comment"), "jpeg.comment"),
    "jpeg segment": (lambda text: files.jpeg(text, "segment"), "jpeg.segment"),
    "webp XMP": (lambda text: files.webp(text, "xmp"), "webp.xmp"),
    "webp Exif": (lambda text: files.webp(text, "exif"), "webp.exif"),
    "mp4 keys": (lambda text: files.mp4(text, "keys"), "mp4.keys"),
    "mp4 keys of the film": (lambda text: files.mp4(text, "moov-meta"), "mp4.keys"),
    "mp4 freeform": (lambda text: files.mp4(text, "freeform"), "mp4.freeform"),
    "mp4 comment": (lambda text: files.mp4(text, "cmt"), "mp4.comment"),
    "mp4 box": (lambda text: files.mp4(text, "udta"), "mp4.udta"),
    "mp4 XMP": (lambda text: files.mp4(text, "xmp"), "mp4.xmp"),
    "mp3 TXXX": (lambda text: files.mp3(text, "txxx"), "mp3.txxx"),
    "mp3 TXXX of 2.3": (lambda text: files.mp3(text, "utf-16", version=3), "mp3.txxx"),
    "mp3 TXXX in UTF-16": (lambda text: files.mp3(text, "utf-16"), "mp3.txxx"),
    "mp3 COMM": (lambda text: files.mp3(text, "comment"), "mp3.comment"),
    "mp3 other TXXX": (lambda text: files.mp3(text, "other"), "mp3.comment"),
    "wav chunk": (lambda text: files.wav(text, "chunk"), "wav.chunk"),
    "wav INFO": (lambda text: files.wav(text, "info"), "wav.info"),
    "wav ICMT": (lambda text: files.wav(text, "comment"), "wav.comment"),
    "wav ID3": (lambda text: files.wav(text, "id3"), "wav.id3"),
    "pdf information": (lambda text: files.pdf(text, "info"), "pdf.info"),
    "pdf object streams": (lambda text: files.pdf(text, "info", **STREAMS), "pdf.info"),
    "pdf XMP": (lambda text: files.pdf(text, "xmp"), "pdf.xmp"),
    "pdf keywords": (lambda text: files.pdf(text, "keywords"), "pdf.comment"),
    "docx custom": (lambda text: files.word(text, "custom"), "docx.custom"),
    "docx core": (lambda text: files.word(text, "core"), "docx.core"),
}
PLAIN = {
    "png": files.png,
    "jpeg": files.jpeg,
    "webp": files.webp,
    "mp4": files.mp4,
    "mp3": files.mp3,
    "wav": files.wav,
    "pdf": files.pdf,
    "docx": files.word,
}
MALFORMED = {
    "no JSON": ("Label=1;ContentProducer=us", ("json",)),
    "cut off": (label()[:40], ("json",)),
    "nothing": (" ", ("empty",)),
    "a list": ('["AIGC"]', ("object",)),
    "a number": ("1", ("object",)),
    "key twice": ('{"Label":"1","Label":"2"}', ("json.twice",)),
    "no Label": (label(without=["Label"]), ("missing:Label",)),
    "no producer": (label(without=["ContentProducer"]), ("missing:ContentProducer",)),
    "no ProduceID": (label(without=["ProduceID"]), ("missing:ProduceID",)),
    "small letters": (label(without=["Label"]).replace("{", '{"label":"1",', 1), ("case:Label",)),
    "Label 4": (label(Label="4"), ("label",)),
    "Label AIGC": (label(Label="AIGC"), ("label",)),
    "Label empty": (label(Label=""), ("empty:Label",)),
    "Label true": (label(Label=True), ("type:Label",)),
    "ProduceID empty": (label(ProduceID=""), ("empty:ProduceID",)),
    "ProduceID number": (label(ProduceID=17), ("type:ProduceID",)),
    "producer empty": (label(ContentProducer=" "), ("empty:ContentProducer",)),
    "code short": (label(ContentProducer=files.PRODUCER[:-1]), ("producer.form",)),
    "code without beginning": (label(ContentProducer=files.PRODUCER[4:]), ("producer.form",)),
    "code with I": (label(ContentProducer=files.PRODUCER.replace("A", "I")), ("producer.form",)),
    "code mistyped": (label(ContentProducer="001191330110MA2QLAN7X810000"), ("producer.check_character",)),
    "the guide's own example": (
        label(Label="value1", ContentProducer="value2", ProduceID="value3"),
        ("label",),
    ),
}


def verdict(content):
    return read(io.BytesIO(content))


@pytest.mark.parametrize("case", SOUND)
def test_a_sound_label_is_found_where_it_stands(case):
    make, place = SOUND[case]
    found = verdict(make(label()))
    assert (found.state, found.place, found.problems, found.also) == ("present", place, (), ())
    assert found.format == case.partition(" ")[0]
    assert found.parts == files.SOUND
    assert found.producer_code.credit_code == files.CREDIT_CODE


@pytest.mark.parametrize("format_", PLAIN)
def test_a_file_without_a_label_has_none(format_):
    found = verdict(PLAIN[format_]())
    assert (found.state, found.format, found.place, found.remarks) == ("absent", format_, "", ())


@pytest.mark.parametrize("case", MALFORMED)
@pytest.mark.parametrize("make", [files.png, files.mp3, files.word], ids=["png", "mp3", "docx"])
def test_a_malformed_label_says_which_part(case, make):
    text, problems = MALFORMED[case]
    found = verdict(make(text))
    assert (found.state, found.problems) == ("malformed", problems)


def test_the_field_may_be_wrapped_in_its_own_name():
    assert verdict(files.png(label(wrapped=True))).parts == files.SOUND


def test_a_name_instead_of_a_code_is_no_fault():
    found = verdict(files.png(label(ContentProducer="杭州青岚智能科技有限公司")))
    assert (found.state, found.producer_code) == ("present", None)
    assert found.remarks == ("characters:ContentProducer",)


def test_remarks_leave_a_label_present():
    found = verdict(files.png(label(Label=1, without=["ReservedCode1"], Extra="x")))
    assert found.state == "present"
    assert set(found.remarks) == {"label.number", "absent:ReservedCode1", "unknown_key"}


def test_a_propagators_code_as_producer_is_remarked():
    found = verdict(files.png(label(ContentProducer=f"0011{files.CREDIT_CODE}20000")))
    assert (found.state, found.remarks) == ("present", ("producer.role",))


@pytest.mark.parametrize(
    "content",
    [
        files.jpeg(label(), "behind"),
        files.mp4(label(), "mdat"),
        files.pdf(label(), "attached"),
        files.png() + label().encode(),
    ],
    ids=["jpeg", "mp4", "pdf", "png"],
)
def test_a_label_found_elsewhere_is_reported_so(content):
    found = verdict(content)
    assert (found.state, found.place, found.is_elsewhere) == ("present", "any.elsewhere", True)
    assert "place" in found.remarks


def test_two_labels_are_remarked_and_the_sound_one_counts():
    out = io.BytesIO()
    out.write(files.png(label()))
    twice = out.getvalue()
    end = twice.rindex(b"IEND") - 4
    second = files.png_chunk(b"tEXt", b"AIGC\0" + label(Label="9").encode())
    found = verdict(twice[:33] + second + twice[33:end] + twice[end:])
    assert (found.state, found.parts["Label"], found.also) == ("present", "1", ("png.text",))
    assert found.remarks == ("several.differ",)


def test_a_picture_whose_comment_speaks_of_other_things_has_no_label():
    assert verdict(files.jpeg("夏日的海边", "unicode")).state == "absent"
    assert verdict(files.mp3("录音于杭州", "comment")).state == "absent"


def test_a_verdict_is_kept_as_plain_values():
    found = verdict(files.png(label(Label="7")))
    assert type(found).from_json(found.as_json()) == found


def test_each_place_and_format_of_the_data_has_a_file_here():
    tried = {place for _make, place in SOUND.values()} | {"any.elsewhere"}
    assert tried == set(BY_CODE)
    assert set(PLAIN) == set(FORMATS)
