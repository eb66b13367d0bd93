import io
import re
import subprocess

import docx
import pypdfium2
import pytest
import zxingcpp
from django.utils import timezone
from PIL import Image

from filings import pagecodes, papers, sealing
from filings.models import Paper
from filings.papers import word
from scripts import system_packages
from tests import factories

pytestmark = pytest.mark.django_db
CHINESE_FONT = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def lock(installation):
    at = timezone.now()
    owner = factories.user("owner@example.cn", "林晓")
    entity = factories.verified_entity(owner=owner, at=at)
    return sealing.lock(procedure=factories.complete_draft(entity=entity, by=owner, at=at), by=owner, at=at)


def opened(paper):
    with papers.open_paper(paper) as content:
        return docx.Document(io.BytesIO(content.read()))


def whole_text(document):
    paragraphs = [each.text for each in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    heads = [each.text for each in document.sections[0].header.paragraphs]
    return "".join("".join([*heads, *paragraphs, *cells]).split())


def test_a_lock_brings_an_editable_copy_of_every_paper_once(lock):
    signed, first, second = papers.make_for_signature(lock), papers.make_to_edit(lock), papers.make_to_edit(lock)

    assert first == second
    assert [each.kind for each in first] == [each.kind for each in signed]
    assert {each.format for each in first} == {Paper.Format.DOCX}


def test_the_copies_say_what_the_dossier_says(lock):
    read = {paper.kind: whole_text(opened(paper)) for paper in papers.make_to_edit(lock)}
    content, entity = lock.procedure.dossier.content, lock.entity_version.content

    for text in content["publication"].values():
        assert "".join(str(text).split()) in read["publication"]
    assert "".join(entity["organisation"]["setup"].split()) in read["responsibility"]
    assert all(f"第{n}章" in read["self_assessment"] for n in "一二三四五六")
    assert all(content["algorithm"]["name"] in text for text in read.values())
    assert not any(factories.IDENTITY_NUMBER in text for text in read.values())


def test_every_page_of_a_copy_carries_digest_code_and_page_numbers(lock):
    for paper in papers.make_to_edit(lock):
        foot = opened(paper).sections[0].footer
        text = "".join(cell.text for table in foot.tables for row in table.rows for cell in row.cells)
        assert lock.digest in text.replace(" ", "")
        assert 'w:instr="PAGE"' in foot._element.xml
        assert 'w:instr="NUMPAGES"' in foot._element.xml
        (picture,) = foot.part.related_parts.values()
        with Image.open(io.BytesIO(picture.blob)) as code:
            (found,) = scanned(code)
        assert found == pagecodes.PageCode(lock.pk, paper.kind, lock.digest, pagecodes.ANY_PAGE)


def test_styles_name_a_font_for_chinese_text(lock):
    document = opened(papers.make_to_edit(lock)[0])

    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        fonts = document.styles[name].element.rPr.rFonts
        assert CHINESE_FONT.search(fonts.get(docx.oxml.ns.qn("w:eastAsia")))
    assert document.core_properties.title == "算法备案承诺书"
    assert document.core_properties.identifier == lock.digest
    assert document.core_properties.language == "zh-CN"


def test_the_same_document_gives_the_same_bytes_as_docx(lock):
    before = {paper.kind: paper.sha256 for paper in papers.make_to_edit(lock)}
    Paper.objects.all().delete()

    assert {paper.kind: paper.sha256 for paper in papers.make_to_edit(lock)} == before


def test_a_text_with_characters_that_xml_cannot_carry_is_printed_all_the_same():
    assert "a\ufffdb" in word._table_xml([["a\x00b<&"]], [100])


def test_libreoffice_prints_a_copy_with_its_text(lock, tmp_path):
    paper = papers.make_to_edit(lock)[3]
    source = tmp_path / "report.docx"
    with papers.open_paper(paper) as content:
        source.write_bytes(content.read())

    printed = converted(source, tmp_path)

    text = "".join("".join(page.get_textpage().get_text_bounded().split()) for page in printed)
    assert "算法安全自评估报告" in text
    assert "".join(lock.procedure.dossier.content["algorithm"]["name"].split()) in text
    assert lock.digest in text
    assert len(printed) > 3
    assert f"第{len(printed)}页共{len(printed)}页" in text
    assert f"第{len(printed) + 1}页" not in text


def test_what_the_tests_need_names_the_word_processor_that_is_missing(monkeypatch):
    monkeypatch.setattr(system_packages, "office", lambda: None)

    assert "libreoffice-writer-nogui" in system_packages.missing()


def scanned(picture):
    return [pagecodes.read(each.text) for each in zxingcpp.read_barcodes(picture)]


def converted(source, folder):
    office = system_packages.office()
    assert office, "LibreOffice is not installed; `make test` installs it or says how"
    command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    done = subprocess.run(
        [*command, "--outdir", folder, source], capture_output=True, text=True, timeout=180, check=False
    )
    assert done.returncode == 0, done.stderr
    return pypdfium2.PdfDocument(source.with_suffix(".pdf").read_bytes())
