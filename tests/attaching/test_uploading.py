import hashlib
import uuid

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from filings import attachments, contents, sealed
from filings.dossier.sections.entity import LegalRepresentative
from filings.models import AccessRecord, Attachment, MemberRole, OfficerRole, SealedValue
from filings.uploads import RefusedUpload, kinds
from tests.attaching import samples
from tests.attaching.cast import NOW, entity, member, officer, person

pytestmark = pytest.mark.django_db
PDF = samples.pdf()
JSON = {"headers": {"accept": "application/json", "accept-language": "en"}}


@pytest.fixture
def owner():
    return person()


@pytest.fixture
def firm(owner):
    return entity(owner)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def send(client, firm, name="证明.pdf", content=PDF, **more):
    address = reverse("filings:attachment-upload", args=[firm.pk])
    return client.post(address, {"file": samples.upload(name, content), **more}, **JSON)


def kept(firm, owner, name="证明.pdf", content=PDF):
    return attachments.accept_upload(entity=firm, filing=None, upload=samples.upload(name, content), by=owner, at=NOW)


def test_an_accepted_file_is_answered_with_the_reference_that_a_section_stores(firm, owner):
    answer = send(signed_in(owner), firm)

    row = Attachment.objects.get()
    assert answer.status_code == 201
    assert answer.json() == attachments.reference(row) | {"url": f"/files/{row.pk}/"}
    assert (row.name, row.media_type, row.size, row.scan) == ("证明.pdf", "application/pdf", len(PDF), "unscanned")
    assert default_storage.open(contents.path_of(hashlib.sha256(PDF).hexdigest())).read() == PDF


def test_a_refused_file_leaves_nothing_and_says_why(firm, owner):
    answer = send(signed_in(owner), firm, "证明.pdf", b"MZ" + bytes(99))

    assert answer.status_code == 422
    assert answer.json()["code"] == "executable"
    assert "证明.pdf" in answer.json()["message"]
    assert not Attachment.objects.exists()


def test_trying_again_after_a_broken_connection_keeps_one_file(firm, owner):
    client = signed_in(owner)

    first, second = send(client, firm).json(), send(client, firm).json()

    assert first == second
    assert Attachment.objects.count() == 1


def test_a_half_written_content_is_replaced(firm, owner):
    sha256 = hashlib.sha256(PDF).hexdigest()
    path = contents.path_of(sha256)
    default_storage.delete(path)
    default_storage.save(path, samples.upload("x", PDF[:20]))

    row = kept(firm, owner)

    assert attachments.open_content(row).read() == PDF


def test_an_upload_takes_at_most_ten_queries(firm, owner):
    client = signed_in(owner)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert send(client, firm).status_code == 201

    assert len(queries) <= 10


def test_without_javascript_the_page_shows_the_reason_or_the_stored_file(firm, owner):
    client, address = signed_in(owner), reverse("filings:attachment-upload", args=[firm.pk])

    refused = client.post(address, {"file": samples.upload("a.zip", samples.archive())})
    taken = client.post(address, {"file": samples.upload("证明.pdf", PDF)}, follow=True)

    assert refused.status_code == 422
    assert 'role="alert"' in refused.content.decode()
    assert "证明.pdf" in taken.content.decode()


def test_a_body_larger_than_any_file_is_not_kept(firm, owner, monkeypatch):
    monkeypatch.setattr(kinds, "LARGEST", 1000)

    answer = send(signed_in(owner), firm, "a.txt", b"x" * 200_000)

    assert (answer.status_code, answer.json()["code"]) == (422, "too_large")


def test_a_file_that_never_arrived_is_told(firm, owner):
    answer = signed_in(owner).post(reverse("filings:attachment-upload", args=[firm.pk]), {}, **JSON)

    assert (answer.status_code, answer.json()["code"]) == (422, "broken_off")


def test_the_token_is_asked_for(firm, owner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)

    assert send(client, firm).status_code == 403


@pytest.mark.parametrize(
    ("role", "status"), [(MemberRole.OWNER, 201), (MemberRole.EDITOR, 201), (MemberRole.VIEWER, 403)]
)
def test_owners_and_editors_upload_and_viewers_do_not(firm, role, status):
    colleague = person("colleague@example.cn")
    member(firm, colleague, role)

    assert send(signed_in(colleague), firm).status_code == status


def test_strangers_and_officers_find_no_place_to_upload(firm):
    for user in (person("stranger@example.cn"), officer("officer@example.cn")):
        assert send(signed_in(user), firm).status_code == 404


def test_the_files_of_an_entity_have_a_number_and_a_sum(firm, owner, monkeypatch):
    kept(firm, owner)
    monkeypatch.setattr(attachments, "ENTITY_MOST_FILES", 1)
    with pytest.raises(RefusedUpload) as files:
        kept(firm, owner, "二.png", samples.picture())
    monkeypatch.setattr(attachments, "ENTITY_MOST_FILES", 9)
    monkeypatch.setattr(attachments, "ENTITY_MOST_BYTES", len(PDF))
    with pytest.raises(RefusedUpload) as size:
        kept(firm, owner, "二.png", samples.picture())

    assert (files.value.code, size.value.code) == ("too_many_files", "no_room")


def test_a_members_picture_is_shown_and_all_else_is_saved(firm, owner):
    client = signed_in(owner)
    picture = client.get(f"/files/{kept(firm, owner, '图.png', samples.picture()).pk}/")
    text = client.get(f"/files/{kept(firm, owner, '说明.txt', b'text').pk}/")

    assert picture["Content-Disposition"].startswith("inline")
    assert text["Content-Disposition"].startswith("attachment")
    for answer in (picture, text):
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert answer["Cache-Control"] == "private, no-store"
    assert b"".join(text.streaming_content) == b"text"
    assert not AccessRecord.objects.exists()


def test_strangers_other_regions_and_early_officers_do_not_find_a_file(firm, owner):
    address = f"/files/{kept(firm, owner).pk}/"
    others = [person("stranger@example.cn"), officer("o@example.cn"), officer("p@example.cn", prefix="44")]

    assert [signed_in(each).get(address).status_code for each in others] == [404, 404, 404]
    assert signed_in(owner).get(f"/files/{uuid.uuid4()}/").status_code == 404
    assert Client().get(address).status_code == 302


def test_an_officers_download_is_recorded(firm, owner):
    from tests import factories

    verified = factories.verified_entity(owner=owner, at=NOW)
    row = Attachment.objects.filter(entity=verified).order_by("pk")[0]
    region = verified.region_code[:2]
    reviewer = officer("reviewer@example.cn", prefix=region)

    answer = signed_in(reviewer).get(f"/files/{row.pk}/")

    record = AccessRecord.objects.get()
    assert answer.status_code == 200
    assert (record.actor, record.action, record.entity, record.subject) == (reviewer, "download", verified, row.name)


def test_a_scan_of_an_identity_paper_is_sealed_and_never_stored_in_plain(firm, owner):
    scan = samples.picture("JPEG")

    answer = send(
        signed_in(owner), firm, "张三身份证.jpg", scan,
        kind="entity", section="legal_representative", field="legal_representative-identity_scan",
    )  # fmt: skip

    row = SealedValue.objects.get()
    assert answer.json() == attachments.reference(row)
    assert answer.json()["name"] == f"identity-{row.digest[:8]}.jpg"
    assert sealed.reveal(row) == scan
    assert not Attachment.objects.exists()
    assert not default_storage.exists(contents.path_of(hashlib.sha256(scan).hexdigest()))


def test_an_identity_paper_must_be_something_to_look_at(firm, owner):
    answer = send(
        signed_in(owner), firm, "a.docx", samples.word(),
        kind="entity", section="legal_representative", field="legal_representative-identity_scan",
    )  # fmt: skip

    assert answer.json()["code"] == "type_not_taken"


def test_files_that_come_with_a_section_are_kept_and_named_in_its_data(firm, owner, rf):
    name = "legal_representative-identity_scan"
    request = rf.post(
        "/", {f"{name}-new": [samples.upload("a.png", samples.picture()), samples.upload("b.exe", b"MZ")]}
    )
    data = request.POST.copy()

    refused = attachments.take_posted(
        section=LegalRepresentative, data=data, files=request.FILES, entity=firm, filing=None, by=owner, at=NOW
    )

    row = SealedValue.objects.get()
    assert data.getlist(name) == [str(row.pk)]
    assert [(each.code, each.about["field"]) for each in refused] == [("executable", name)]
    assert attachments.known(entity=firm, identifiers=[str(row.pk), "no identifier"]) == {
        str(row.pk): attachments.reference(row)
    }


def test_nobody_can_name_another_entitys_file(firm, owner):
    other = entity(person("other@example.cn"), code="0000002", name="另一家公司")
    row = kept(other, owner)

    assert attachments.known(entity=firm, identifiers=[str(row.pk)]) == {}


@pytest.fixture
def number(firm, owner):
    from tests import factories

    verified = factories.verified_entity(owner=owner, at=NOW)
    return sealed.seal(entity=verified, kind="identity_number", value="110101199003071234", by=owner, at=NOW)


def test_an_officer_reveals_a_value_only_with_a_reason_and_is_recorded(number):
    reviewer = officer("reviewer@example.cn", prefix=number.entity.region_code[:2])
    client, address = signed_in(reviewer), f"/sealed/{number.pk}/reveal/"

    asked = client.get(address).content.decode()
    silent = client.post(address, {"reason": " "})
    told = client.post(address, {"reason": "核对营业执照"})

    record = AccessRecord.objects.get()
    assert "1101**********1234" in asked
    assert "110101199003071234" not in asked + silent.content.decode()
    assert silent.status_code == 422
    assert "110101199003071234" in told.content.decode()
    assert told["Cache-Control"] == "private, no-store"
    assert (record.actor, record.action) == (reviewer, "reveal")
    assert record.subject == f"identity_number {number.pk}: 核对营业执照"


def test_a_sealed_value_is_revealed_to_no_one_else(number, owner):
    region = number.entity.region_code[:2]
    address = f"/sealed/{number.pk}/reveal/"

    def status(user):
        return signed_in(user).post(address, {"reason": "x"}).status_code

    assert status(person("stranger@example.cn")) == 404
    assert status(officer("far@example.cn", prefix="44" if region != "44" else "33")) == 404
    assert status(owner) == 403
    assert status(officer("auditor@example.cn", OfficerRole.AUDITOR, prefix=region)) == 403
    assert not AccessRecord.objects.exists()
