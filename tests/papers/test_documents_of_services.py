import io

import docx
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from filings import attachments, drafts, events, gates, papers, sealing
from filings.annexchecks.specimen import Package
from filings.models import Paper
from filings.papers import annexes
from tests import factories
from tests.annexes.package import small

pytestmark = pytest.mark.django_db
LISTS = ["annex_keywords", "annex_content_bank", "annex_refuse_bank", "annex_answer_bank"]


@pytest.fixture(autouse=True)
def no_gates(monkeypatch):
    """Papers are made of whatever was locked; what keeps a dossier from being locked is tried elsewhere."""
    monkeypatch.setattr(gates, "GATES", {})


@pytest.fixture
def package():
    return Package(small())


@pytest.fixture
def service(entity, provider, now, package):
    """A draft of a generative service with lists that can be read."""
    draft = factories.complete_draft(entity=entity, by=provider, at=now, kind="generative")
    hand_in(draft, provider, now, {code: package.xlsx(code) for code in annexes.PRINTED})
    return draft


def hand_in(draft, provider, now, files):
    value = dict(draft.dossier.content["annexes"])
    for code, content in files.items():
        ending = "csv" if not content.startswith(b"PK") else "xlsx"
        upload = SimpleUploadedFile(f"{code}.{ending}", content, "application/octet-stream")
        kept = attachments.accept_upload(
            entity=draft.filing.entity, filing=draft.filing, upload=upload, by=provider, at=now
        )
        value[code] = [attachments.reference(kept)]
    version = draft.dossier.section_versions.get("annexes", 0)
    drafts.save_section(
        dossier=draft.dossier, section="annexes", value=value, base_version=version, by=provider, at=now
    )
    draft.refresh_from_db()


def read(paper):
    with papers.open_paper(paper) as content:
        data = content.read()
    if paper.format == Paper.Format.DOCX:
        document = docx.Document(io.BytesIO(data))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        text = "".join([*(each.text for each in document.paragraphs), *cells])
    else:
        text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data))
    return "".join(text.split())


def tight(text):
    return "".join(str(text).split())


def test_a_filing_signs_its_form_commitment_and_report_and_all_quote_one_dossier(service, provider, now):
    lock = sealing.lock(procedure=service, by=provider, at=now)

    made = {paper.kind: paper for paper in papers.make_for_signature(lock)}
    copies = {paper.kind: paper for paper in papers.make_to_edit(lock)}

    assert list(made) == ["filing_form", "declaration", "publication", "responsibility", "assessment_report"]
    assert list(copies) == list(made)
    content = service.dossier.content
    for kind in ("filing_form", "assessment_report"):
        for text in (read(made[kind]), read(copies[kind])):
            assert tight(content["service"]["name"]) in text
            assert tight(content["corpora"]["corpora"][0]["name"]) in text
            assert tight(content["annexes"]["keywords"][0]["sha256"]) in text
            assert tight(content["assessment"]["summary"])[:16] in text
    report = read(copies["assessment_report"])
    for topic in content["assessment"]["topics"]:
        assert tight(topic["name"]) in report
        assert tight(topic["evidence"]) in report
    assert "上线备案表" in read(made["filing_form"])
    assert tight(content["service"]["main_use"])[:16] in read(made["filing_form"])
    assert set(made) <= set(Paper.Kind.for_signature)


def test_a_registration_has_the_shorter_form(entity, provider, now):
    draft = factories.complete_draft(entity=entity, by=provider, at=now, kind="generative_registration")
    lock = sealing.lock(procedure=draft, by=provider, at=now)

    made = {paper.kind: paper for paper in papers.make_for_signature(lock)}

    assert list(made) == ["registration_form", "declaration", "publication", "responsibility"]
    text = read(made["registration_form"])
    assert "登记申请表" in text
    assert "二、调用已备案模型情况" in text
    assert tight(draft.dossier.content["service"]["name"]) in text


def test_keyword_list_and_banks_are_printed_row_by_row_in_both_formats(service, provider, now, package):
    lock = sealing.lock(procedure=service, by=provider, at=now)
    events.deliver_due(at=now, only=["filings.annexes_as_pdf", "filings.annexes_to_edit"])

    for form in Paper.Format.values:
        made = Paper.objects.filter(sealing=lock, kind__startswith="annex_", format=form).order_by("pk")
        assert [paper.kind for paper in made] == LISTS
        text = read(made[0])
        heads, *rows = package.rows["keywords"]
        assert all(tight(row[heads.index("关键词")]) in text for row in rows)
        assert service.dossier.content["annexes"]["keywords"][0]["sha256"] in text
    assert not set(LISTS) & set(Paper.Kind.for_signature)


def test_making_the_lists_twice_makes_nothing_twice(service, provider, now):
    lock = sealing.lock(procedure=service, by=provider, at=now)

    assert len(papers.make_annexes(lock, Paper.Format.DOCX)) == len(LISTS)
    assert papers.make_annexes(lock, Paper.Format.DOCX) == []


def test_an_annex_that_cannot_be_read_or_has_other_columns_says_so(service, provider, now):
    hand_in(service, provider, now, {"keywords": "甲,乙\n一,二\n".encode(), "content_bank": factories_png()})
    lock = sealing.lock(procedure=service, by=provider, at=now)

    said = {paper.kind: read(paper) for paper in papers.make_annexes(lock, Paper.Format.DOCX)}

    assert "未能识别表头" in said["annex_keywords"]


def factories_png():
    return "题目\n".encode()


def test_only_the_first_rows_of_a_very_long_list_are_printed(monkeypatch):
    monkeypatch.setattr(annexes, "MOST_ROWS", 3)
    lines = "\n".join(["关键词,一级分类,二级分类", *(f"词{n},A.1,A.1.1" for n in range(9))])

    facts, table, note = annexes.composed("keywords", io.BytesIO(lines.encode()), about={"name": "x.csv"}, mapping={})

    assert [line[1] for line in table["lines"]] == ["词0", "词1", "词2"]
    assert "前 3 行" in note["text"]
    assert facts["rows"][0] == ["文件", "x.csv"]
