"""From an anonymous complaint to its answer, and who never learns who complained."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from filings import complaints, receipts, sealed
from filings.models import AccessRecord, Attachment, Event, Identity, Matter, MatterPost, PublicFile
from filings.receipts import Person
from filings.transitions import TransitionNotAllowed
from filings.uploads import RefusedUpload
from reviews import complaints as desk
from tests import factories

pytestmark = pytest.mark.django_db
CANARY = "金丝雀甲乙丙"


@pytest.fixture
def lodged(entry, now):
    picture = SimpleUploadedFile(f"{CANARY}.png", factories.PNG, "image/png")
    person = Person(CANARY, f"{CANARY}@example.cn")
    return complaints.lodge(
        entry=entry, topic="content", text="生成了违法内容。", person=person, files=[picture], at=now
    )


def test_a_complaint_goes_from_anybody_to_its_answer(lodged, provider, intake, now):
    matter, code = lodged
    assert receipts.find(code.lower().replace("-", " ")) == matter
    assert not Matter.objects.visible_to(provider).exists()
    assert not Event.objects.visible_to(provider).filter(matter=matter).exists()
    desk.ask_person(matter=matter, text="何时发生？", by=intake, at=now)
    receipts.add(matter, text="昨天上午。", at=now)
    desk.forward(matter=matter, text="有人反映该服务生成违法内容，请核查。", by=intake, at=now)
    matter.refresh_from_db()
    assert (matter.status, matter.turn, matter.told_provider) == ("with_provider", "provider", True)
    assert Matter.objects.visible_to(provider).get() == matter
    complaints.answer(matter=matter, text="已处置并优化。", by=provider, at=now)
    desk.close(matter=matter, text="已核查属实并处置。", by=intake, at=now)
    matter.refresh_from_db()
    assert (matter.status, matter.closed_at) == ("closed", now)
    assert [m.kind for m in matter.public_messages.order_by("pk")] == ["told", "asked", "added", "outcome"]
    assert [p.kind for p in matter.posts.order_by("pk")] == ["forwarded", "answer", "outcome"]
    with pytest.raises(TransitionNotAllowed):
        receipts.add(matter, text="再补充。", at=now)


def test_no_table_holds_in_plain_who_complained_or_how_their_file_is_called(lodged, intake, now):
    desk.forward(matter=lodged[0], text="请核查。", by=intake, at=now)
    desk.reveal(matter=lodged[0], reason="需要核实情况", by=intake, at=now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        tables = [name for (name,) in cursor.fetchall()]
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{CANARY}%"])
            assert cursor.fetchone() == (0,), table
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{CANARY.encode().hex()}%"])
            assert cursor.fetchone() == (0,), table
    assert CANARY not in repr(receipts.person_of(lodged[0]))


def test_only_intake_and_supervisor_of_the_handling_authority_learn_it_and_leave_a_record(
    lodged, provider, intake, supervisor, reviewer, signatory, auditor, administrator, national_reviewer, now
):
    matter, _code = lodged
    file = PublicFile.objects.select_related("message__matter").get()
    for person in (provider, reviewer, signatory, auditor, administrator, national_reviewer):
        for act in (
            lambda person=person: desk.reveal(matter=matter, reason="好奇", by=person, at=now),
            lambda person=person: desk.open_file(file=file, by=person, at=now),
            lambda person=person: desk.forward(matter=matter, text="转办", by=person, at=now),
        ):
            with pytest.raises(PermissionDenied):
                act()
    with pytest.raises(ValidationError):
        desk.reveal(matter=matter, reason=" ", by=intake, at=now)
    assert not AccessRecord.objects.filter(action="reveal").exists()
    for person in (intake, supervisor):
        assert desk.reveal(matter=matter, reason="需要核实情况", by=person, at=now) == Person(
            CANARY, f"{CANARY}@example.cn"
        )
        desk.open_file(file=file, by=person, at=now).close()
    assert AccessRecord.objects.filter(action="reveal").count() == 2
    assert not Attachment.objects.filter(sha256=file.sha256, name__contains=CANARY).exists()


def test_who_complained_may_have_their_name_erased_and_keys_can_be_changed(lodged, now):
    assert sealed.rotate() > 0
    assert receipts.person_of(lodged[0]).name == CANARY
    receipts.forget(lodged[0], at=now)
    receipts.forget(lodged[0], at=now)
    assert receipts.person_of(lodged[0]) is None
    assert Identity.objects.get().ciphertext is None
    assert Event.objects.filter(kind="matter.complaint.forgotten").count() == 1


def test_a_repeated_complaint_names_the_first(lodged, entry, intake, now):
    second, _code = complaints.lodge(entry=entry, topic="content", text="同上。", at=now)
    for ground, first in (("duplicate", None), ("no_facts", lodged[0]), ("duplicate", second), ("boring", None)):
        with pytest.raises(ValidationError):
            desk.reject(matter=second, ground=ground, text="已有相同投诉。", first=first, by=intake, at=now)
    desk.reject(matter=second, ground="duplicate", text="已有相同投诉。", first=lodged[0], by=intake, at=now)
    second.refresh_from_db()
    assert (second.status, second.complaint.duplicate_of_id) == ("rejected", lodged[0].pk)


def test_an_unanswered_complaint_is_closed_only_after_its_day(lodged, intake, now):
    desk.forward(matter=lodged[0], text="请核查。", by=intake, at=now)
    with pytest.raises(ValidationError):
        desk.close(matter=lodged[0], text="未答复。", by=intake, at=now)
    desk.close(matter=lodged[0], text="逾期未答复。", by=intake, at=now + dt.timedelta(days=40))
    lodged[0].refresh_from_db()
    assert lodged[0].status == "closed"


def test_hostile_files_and_too_many_are_refused(entry, now):
    bad = SimpleUploadedFile("run.exe", b"MZ", "application/octet-stream")
    many = [SimpleUploadedFile(f"{n}.png", factories.PNG, "image/png") for n in range(4)]
    for files in ([bad], many):
        with pytest.raises(RefusedUpload):
            complaints.lodge(entry=entry, topic="other", text="见附件。", files=files, at=now)
    assert not Matter.objects.filter(kind="complaint").exists()
    assert not MatterPost.objects.exists()
