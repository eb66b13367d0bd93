import datetime as dt
import io

import pikepdf
import pypdfium2
import pytest
from django.utils import timezone

from filings import fonts, papers, sealing
from filings.models import Finding, Paper, Procedure, RegisterEntry
from filings.papers import letters
from tests import factories

pytestmark = pytest.mark.django_db
SIGNED = ["declaration", "publication", "responsibility", "self_assessment"]


@pytest.fixture
def at():
    return timezone.now()


@pytest.fixture
def owner():
    return factories.user("owner@example.cn", "林晓")


@pytest.fixture
def draft(installation, owner, at):
    entity = factories.verified_entity(owner=owner, at=at)
    return factories.complete_draft(entity=entity, by=owner, at=at)


@pytest.fixture
def lock(draft, owner, at):
    return sealing.lock(procedure=draft, by=owner, at=at)


@pytest.fixture
def submission(draft, owner, at):
    procedure = factories.submit(draft, by=owner, at=at)
    return procedure.submissions.get()


def pages(paper):
    with papers.open_paper(paper) as content:
        document = pypdfium2.PdfDocument(content.read())
    try:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


def test_a_lock_brings_four_papers_once(lock):
    first = papers.make_for_signature(lock)
    second = papers.make_for_signature(lock)

    assert [paper.kind for paper in first] == SIGNED
    assert second == first
    assert Paper.objects.count() == 4


def test_the_same_document_gives_the_same_bytes(lock):
    before = {paper.kind: paper.sha256 for paper in papers.make_for_signature(lock)}
    Paper.objects.all().delete()

    assert {paper.kind: paper.sha256 for paper in papers.make_for_signature(lock)} == before


def test_every_page_names_its_digest_number_and_template(lock):
    for paper in papers.make_for_signature(lock):
        read = pages(paper)
        for number, page in enumerate(read, 1):
            assert lock.digest in page
            assert f"第{number}页共{len(read)}页" in page
            assert f"文书模板版本{paper.template_version}" in page


def test_the_papers_say_what_was_entered_and_no_identity_number(lock):
    read = {paper.kind: "".join(pages(paper)) for paper in papers.make_for_signature(lock)}
    content, entity = lock.procedure.dossier.content, lock.entity_version.content

    assert content["publication"]["principle"].replace(" ", "")[:20] in read["publication"]
    assert entity["organisation"]["setup"].replace(" ", "")[:20] in read["responsibility"]
    assert all(f"第{n}章" in read["self_assessment"] for n in "一二三四五六")
    assert all(content["algorithm"]["name"] in text for text in read.values())
    assert not any(factories.IDENTITY_NUMBER in text for text in read.values())


def test_fonts_are_embedded_so_that_no_reader_sees_boxes(lock):
    with papers.open_paper(papers.make_for_signature(lock)[0]) as content:
        document = pikepdf.open(io.BytesIO(content.read()))

    embedded = [each for each in document.objects if isinstance(each, pikepdf.Dictionary) and "/FontFile3" in each]
    assert embedded


def test_without_a_chinese_font_no_paper_is_made(lock, monkeypatch):
    monkeypatch.setattr(fonts, "OWN_FONTS", fonts.OWN_FONTS / "none")
    monkeypatch.setattr(fonts, "SYSTEM_FONTS", ())
    fonts.chinese_fonts.cache_clear()
    try:
        with pytest.raises(fonts.NoChineseFont):
            papers.make_for_signature(lock)
    finally:
        fonts.chinese_fonts.cache_clear()
    assert Paper.objects.count() == 0


def test_the_receipt_tells_reference_digest_and_the_day_of_the_answer(submission):
    first, second = papers.make_receipt(submission), papers.make_receipt(submission)

    text = "".join(pages(first))
    assert first == second
    assert submission.reference in text
    assert submission.digest in text
    assert "三十个工作日" in text
    assert "不代表备案已经完成" in text


def test_the_notice_of_rectification_lists_every_sent_finding_with_its_place(submission, at):
    procedure = submission.procedure
    for path, text, sent in (("algorithm.name", "名称与产品不一致", at), ("data.formats", "未发出的意见", None)):
        Finding.objects.create(
            procedure=procedure, submission=submission, path=path, section=path.partition(".")[0], text=text,
            source="intake", legal_basis="ARP 24", raised_at=at, sent_at=sent,
        )  # fmt: skip
    procedure.rectify_by = dt.date(2026, 12, 30)

    text = "".join(pages(papers.make_letter("rectification", procedure, at=at)))

    assert "名称与产品不一致" in text
    assert "未发出的意见" not in text
    assert "2026年12月30日前" in text
    assert "《互联网信息服务算法推荐管理规定》第24条" in text
    assert "algorithm.name" not in text


def test_a_refusal_states_grounds_articles_and_how_to_object(submission, at):
    procedure = submission.procedure
    procedure.status, procedure.decision_reasons = "declined", "自评估报告缺少第三章。"

    text = "".join(pages(papers.make_letter("decision", procedure, at=at, grounds=[("材料不齐全", "ARP 25")])))

    assert "不予备案决定书" in text
    assert "材料不齐全" in text
    assert "第25条" in text
    assert "自评估报告缺少第三章。" in text
    assert "行政复议" in text


def test_the_certificate_is_one_page_with_the_number_and_no_praise(submission, at):
    procedure = submission.procedure
    Procedure.objects.filter(pk=procedure.pk).update(decided_at=at)
    number = "演示算备330110000000101260011号"
    entry = RegisterEntry.objects.create(
        number=number, number_key=number, number_state="ok", kind="deep_synthesis", algorithm_class="01",
        role="provider", name=procedure.filing.name, name_key="x", entity_name=procedure.filing.entity.name,
        entity_key="y", filing=procedure.filing, published_on=dt.date(2026, 11, 23),
    )  # fmt: skip

    paper = papers.make_certificate(entry, at=at)

    (text,) = pages(paper)
    assert number in text
    assert f"/verify/{number}/" in text
    assert letters.NO_ENDORSEMENT in text
    assert papers.make_certificate(entry, at=at) == paper
