import datetime as dt
import io

import pytest
import segno
from django.db import IntegrityError, connection, transaction
from django.utils import translation
from PIL import Image

from filings import drafts, events, papers, scans, sealing, submissions
from filings.models import Attachment, Confirmation, Event, Paper, SignedScan
from filings.pagecodes import ANY_PAGE, PageCode
from filings.scans import Verdict
from tests import factories
from tests.scanning import paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def put_in(lock, provider, names, now):
    def put_in(*files):
        scan = scans.upload(lock=lock, files=list(files), names=names, by=provider, at=now)
        events.deliver_due(at=now, only=["filings.read_scan"])
        scan.refresh_from_db()
        return scan

    return put_in


def verdicts(scan):
    return [page["verdict"] for page in scan.pages]


def told(scan):
    with translation.override("en"):
        return [line.text for line in scans.lines(scan) if line.is_problem]


def test_the_right_version_confirms_for_both_and_may_be_submitted(put_in, pages, lock, provider, names, now):
    scan = put_in(paper.as_pdf(pages))

    assert scan.status == "accepted", told(scan)
    assert set(verdicts(scan)) == {Verdict.RIGHT}
    confirmed = Confirmation.objects.filter(sealing=lock)
    assert {c.person_name: c.capacities[0] for c in confirmed} == {name: capacity for capacity, name in names.items()}
    assert {(c.sent_by, c.confirmed_digest, c.email) for c in confirmed} == {(provider, lock.digest, "")}
    assert sealing.missing_confirmations(lock) == []
    submission = submissions.submit(procedure=lock.procedure, by=provider, at=now)
    assert Attachment.objects.filter(submissions=submission, name="scan.pdf").exists()


def test_pages_may_come_as_pictures_in_any_order_twice_and_with_blank_backs(put_in, pages):
    files = [paper.as_picture(page, f"{n}.jpg") for n, page in enumerate([*reversed(pages), pages[0], paper.blank()])]

    scan = put_in(*files)

    assert scan.status == "accepted", told(scan)
    assert verdicts(scan)[-2:] == [Verdict.AGAIN, Verdict.BLANK]


def test_two_pages_side_by_side_on_one_sheet_are_both_found(put_in, pages):
    sheet = Image.new("L", (pages[0].width * 2, pages[0].height), 255)
    sheet.paste(pages[0], (0, 0))
    sheet.paste(pages[1], (pages[0].width, 0))

    scan = put_in(paper.as_pdf([sheet, *pages[2:]]))

    assert scan.status == "accepted", told(scan)


def test_the_long_paper_is_read_back_too(draft, provider, names, now):
    lock = sealing.lock(procedure=draft, by=provider, at=now)
    made = papers.make_for_signature(lock)
    pages = [page for each in made for page in paper.scanned(each)]

    scan = scans.upload(lock=lock, files=[paper.as_pdf(pages)], names=names, by=provider, at=now)
    progress = []
    while scans.read_on(scan, at=now):
        scan.refresh_from_db()
        progress.append(len(scan.pages))
    scan.refresh_from_db()

    assert scan.status == "accepted", told(scan)
    assert scan.total_pages == sum(each.pages for each in made) == len(scan.pages)
    assert progress == list(range(scans.PART, len(pages), scans.PART))


def test_a_missing_page_is_named(put_in, pages, lock):
    place = 1 + Paper.objects.get(sealing=lock, kind="publication").pages + 1  # behind the declaration: its second page

    scan = put_in(paper.as_pdf(pages[:place] + pages[place + 1 :]))

    assert scan.status == "refused"
    assert scan.missing == [["responsibility", 2]]
    (said,) = told(scan)
    assert said.startswith("Missing: page 2 of “Responsibility for algorithm safety")
    assert not Confirmation.objects.filter(sealing=lock).exists()


def test_a_page_of_another_version_is_named_with_both_digests(put_in, pages, lock, provider, now):
    older = lock
    changed = dict(lock.procedure.dossier.content["publication"], principle="改写后的基本原理。" * 10)
    drafts.save_section(
        dossier=lock.procedure.dossier, section="publication", value=changed, base_version=1, by=provider, at=now
    )
    newer = sealing.lock(procedure=lock.procedure, by=provider, at=now + dt.timedelta(minutes=1))
    papers.make_for_signature(newer)
    Paper.objects.filter(sealing=newer, kind="self_assessment").delete()
    names = {c: name for capacities, name, _n in sealing.signers(newer.entity_version) for c in capacities}

    scan = scans.upload(lock=newer, files=[paper.as_pdf(pages[:2])], names=names, by=provider, at=now)
    assert not scans.read_on(scan, at=now)
    scan.refresh_from_db()

    assert scan.status == "refused"
    assert verdicts(scan) == [Verdict.OTHER_VERSION] * 2
    assert older.digest[:8] in told(scan)[0]
    assert newer.digest[:8] in told(scan)[0]


def test_a_page_of_another_procedure_is_foreign_and_says_nothing_of_it(put_in, pages, provider, entity, now):
    other = factories.complete_draft(entity=entity, by=provider, at=now, name="另一算法")
    foreign = paper.scanned(papers.make_for_signature(sealing.lock(procedure=other, by=provider, at=now))[0])

    scan = put_in(paper.as_pdf([*pages, *foreign]))

    assert scan.status == "refused"
    assert verdicts(scan)[-1] == Verdict.FOREIGN
    assert scan.pages[-1]["kind"] == scan.pages[-1]["digest"] == ""


def test_a_page_without_a_code_or_printed_from_the_docx_is_named(put_in, pages, lock):
    covered = pages[0].copy()
    covered.paste(20, (0, 1400, covered.width, covered.height))
    copy = paper.scanned(Paper.objects.get(sealing=lock, kind="declaration"))[0]
    copy.paste(255, (0, 1400, copy.width, copy.height))
    copy.paste(code_of_copies(lock), (900, 1450))

    scan = put_in(paper.as_pdf([covered, copy, *pages[1:]]))

    assert verdicts(scan)[:2] == [Verdict.NO_CODE, Verdict.EDITABLE_COPY]
    assert scan.missing == [["declaration", 1]]
    assert len(told(scan)) == 3


def code_of_copies(lock):
    out = io.BytesIO()
    segno.make(str(PageCode(lock.pk, "declaration", lock.digest, ANY_PAGE)), error="m").save(
        out, kind="png", border=2, scale=4
    )
    return Image.open(out).convert("L")


def test_links_still_out_stop_working_and_a_confirmation_by_link_stays(put_in, pages, lock, provider, now):
    mails = {"legal_representative": "legal@example.cn", "safety_officer": "safety@example.cn"}
    legal, safety = sealing.invite(sealing=lock, emails=mails, by=provider, at=now)
    token = sealing.token_of(legal)
    sealing.confirm(token=token, name=legal.person_name, last_four=factories.IDENTITY_NUMBER[-4:], at=now)

    scan = put_in(paper.as_pdf(pages))

    assert scan.status == "accepted"
    assert [c.capacities for c in scan.confirmations.all()] == [["safety_officer"]]
    safety.refresh_from_db()
    with pytest.raises(sealing.LinkRefused):
        sealing.open_link(sealing.token_of(safety), at=now)


def test_an_edit_while_the_scan_is_read_leaves_it_without_effect(pages, lock, provider, names, now):
    scan = scans.upload(lock=lock, files=[paper.as_pdf(pages)], names=names, by=provider, at=now)
    sealing.void(procedure=lock.procedure, by=provider, at=now, reason="edited")
    events.deliver_due(at=now, only=["filings.read_scan"])

    scan.refresh_from_db()
    assert scan.status == "refused"
    assert told(scan) == ["The dossier was changed or submitted meanwhile; this version is no longer to be signed."]
    assert not scan.confirmations.exists()


def test_the_database_takes_no_confirmation_from_a_scan_that_was_not_accepted(lock, provider, names, now):
    scan = SignedScan.objects.create(
        sealing=lock, names=names, uploaded_by=provider, uploaded_at=now, total_pages=1, status="refused",
        finished_at=now,
    )  # fmt: skip
    forged = Confirmation(
        sealing=lock, scan=scan, capacities=["safety_officer"], person_name="周明澈", token_digest="x",
        sent_by=provider, sent_at=now, expires_at=now, confirmed_at=now, confirmed_digest=lock.digest,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="confirms no lock"), transaction.atomic():
        forged.save()
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE filings_signedscan SET status = 'accepted'")


def test_every_step_leaves_an_event_with_who_uploaded(put_in, pages, provider):
    put_in(paper.as_pdf(pages[:1]))

    steps = Event.objects.filter(kind__startswith="scan.").order_by("pk")
    assert [(each.kind, each.actor) for each in steps] == [("scan.uploaded", provider), ("scan.refused", provider)]
