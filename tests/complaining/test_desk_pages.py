"""Officers work complaints and objections by forms alone; who may not read what the public wrote does not."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from filings import complaints, contents, objections, receipts
from filings.models import Attachment, OfficerRole, PublicFile
from filings.receipts import Person
from tests import factories
from tests.counting import costs

pytestmark = pytest.mark.django_db
CANARY = "金丝雀甲乙丙"
WORDS = "生成了违法内容。"


def picture():
    told, made = PngInfo(), io.BytesIO()
    told.add_text("Author", "canary-author")
    Image.new("RGB", (9, 9), "teal").save(made, "PNG", pnginfo=told)
    return SimpleUploadedFile(f"{CANARY}.png", made.getvalue(), "image/png")


@pytest.fixture
def matter(entry, now):
    person = Person(CANARY, f"{CANARY}@example.cn")
    return complaints.lodge(entry=entry, topic="content", text=WORDS, person=person, files=[picture()], at=now)[0]


def page(matter):
    return reverse("admin:filings_matter_change", args=[matter.pk])


def do(client, matter, action, **data):
    kind = f"admin:filings_matter_{matter.kind}"
    answer = client.post(reverse(kind, args=[matter.pk, action]), data)
    matter.refresh_from_db()
    return answer


def test_a_complaint_is_put_to_the_provider_and_answered_by_forms_alone(client, matter, intake, provider, now):
    client.force_login(intake)
    assert WORDS in client.get(page(matter)).content.decode()
    assert do(client, matter, "forward", text="").status_code == 200
    assert do(client, matter, "ask-more", text="？", due_on=now.date()).status_code == 302
    assert matter.status == "received"
    file = PublicFile.objects.get()
    day = client.get(page(matter)).context["actions"]["forward"].initial["due_on"]
    do(client, matter, "forward", text="请核查。", due_on=day, pictures=[str(file.pk)])
    assert (matter.status, matter.due_on) == ("with_provider", day)
    shown = Attachment.objects.get(matter_posts__matter=matter)
    with contents.open_content(shown.sha256) as content:
        handed = content.read()
    assert b"canary" not in handed
    assert CANARY not in shown.name
    client.force_login(provider)
    own = reverse("filings:matter-detail", args=[matter.pk])
    seen = client.get(own).content.decode()
    assert "请核查。" in seen
    assert WORDS not in seen
    assert CANARY not in seen
    evidence = SimpleUploadedFile("处置.png", factories.PNG, "image/png")
    answer = reverse("filings:complaint-answer", args=[matter.pk])
    assert client.post(answer, {"text": ""}).status_code == 422
    assert client.post(answer, {"text": "已处置。", "files": [evidence]}).status_code == 302
    client.force_login(intake)
    do(client, matter, "ask-more", text="请补充截图。", due_on=day)
    complaints.answer(matter=matter, text="已补充。", by=provider, at=now)
    do(client, matter, "close", text="已核实并处置。")
    assert matter.status == "closed"


@pytest.mark.parametrize("role", ["reviewer", "signatory", "auditor", "administrator", "national_reviewer"])
def test_others_at_the_desk_read_neither_words_nor_names(client, matter, role, request):
    client.force_login(request.getfixturevalue(role))
    shown = client.get(page(matter)).content.decode()
    assert WORDS not in shown
    assert CANARY not in shown
    assert do(client, matter, "ask", text="？").status_code in (403, 404)


def test_reading_a_page_costs_the_same_with_one_message_and_with_three(client, matter, intake, now):
    client.force_login(intake)
    [one] = costs(client, [page(matter)])
    for _each in range(2):
        receipts.add(matter, text="补充。", at=now, files=[picture()])
    [three] = costs(client, [page(matter)])
    assert one == three
    assert three <= 30


def test_an_objection_is_taken_proposed_and_signed_by_forms_and_who_took_part_is_told_why_not(
    client, entry, reviewer, province, now
):
    matter, _code = objections.lodge(entry=entry, text="公示用途不实。", at=now)
    client.force_login(reviewer)
    assert client.get(page(matter)).context["took_part"]
    assert do(client, matter, "take-up").status_code == 403
    fresh, signer = (
        factories.officer(f"fresh-{role}@zj.example.cn", province, role)
        for role in (OfficerRole.REVIEWER, OfficerRole.SIGNATORY)
    )
    client.force_login(fresh)
    assert client.get(page(matter)).context["may_take_up"]
    do(client, matter, "take-up")
    do(client, matter, "propose", kind="uphold", reasons="查证属实。", follow_up="")
    assert matter.status == "under_review"
    do(client, matter, "propose", kind="uphold", reasons="查证属实。", follow_up="通知办理变更。")
    sign = reverse("admin:reviews_proposal_sign", args=[matter.proposals.get().pk])
    client.force_login(signer)
    assert "通知办理变更。" in client.get(sign).content.decode()
    client.post(sign, {"sign": "1"})
    matter.refresh_from_db()
    assert matter.status == "upheld"
    client.force_login(fresh)
    do(client, matter, "follow-up")
    assert matter.objection.followed_up_at is not None


def test_a_provider_objects_from_its_pages_and_takes_it_back(client, entry, entity, provider):
    client.force_login(provider)
    start = reverse("filings:objection-start", args=[entity.pk])
    [one] = costs(client, [start])
    assert one <= 25
    assert client.post(start, {"about": "entry-0", "text": "？"}).status_code == 422
    answer = client.post(start, {"about": f"entry-{entry.pk}", "text": "用途有误。"})
    assert answer.status_code == 302
    assert client.post(start, {"about": f"entry-{entry.pk}", "text": "用途有误。"}).status_code == 422
    matter = entry.objections.get().matter
    assert client.get(answer["Location"]).context["may_withdraw"]
    client.post(reverse("filings:objection-withdraw", args=[matter.pk]))
    matter.refresh_from_db()
    assert matter.status == "withdrawn"
