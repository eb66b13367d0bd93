"""The pages of an inspection: what each side sees and does, what they cost, what the public reads."""

import json

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from filings import events, inspections
from filings.models import Attachment, Matter
from reviews import inspections as desk
from tests import factories
from tests.counting import costs


def at_desk(client, user):
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


def acting(matter, action):
    return reverse("admin:filings_matter_inspection-act", args=[matter.pk, action])


def picture(entity):
    return SimpleUploadedFile("sample.png", factories.labelled(entity), "image/png")


def test_officers_open_by_number_and_by_lot_and_read_what_became_of_each(client, filing, reviewer, province, day):
    page = at_desk(client, reviewer)
    given = {"authority": province.pk, "mode": "cause", "cause": "trace", "reason": "所用模型被标记。"}
    given |= {"numbers": f"{filing.number}\n不存在", "due_on": day.isoformat()}
    shown = page.post(reverse("admin:filings_matter_inspection-open"), given)
    assert [line.outcome for line in shown.context["lines"]] == ["opened"]
    assert shown.context["unknown"] == ["不存在"]
    assert Matter.objects.get(kind="inspection").status == "asked"
    wrong = page.post(reverse("admin:filings_matter_inspection-open"), {**given, "mode": "planned"})
    assert "cause" in wrong.context["form"].errors
    drawn = {"authority": province.pk, "kind": filing.kind, "size": 1, "seed": "s", "reason": "抽查。"}
    shown = page.post(reverse("admin:filings_matter_inspection-draw"), drawn)
    assert [line.outcome for line in shown.context["lines"]] == ["already_open"]


def test_the_provider_answers_hands_in_samples_and_sees_their_verdicts(client, asked, entity, provider, now):
    client.force_login(provider)
    here = reverse("filings:matter-detail", args=[asked.pk])
    for question, _none in inspections.questions(asked):
        address = reverse("filings:inspection-answer", args=[asked.pk, question.pk])
        assert client.post(address, {"text": ""}).status_code == 422
        assert client.post(address, {"text": "已说明。", "files": picture(entity)}).status_code == 302
    address = reverse("filings:inspection-sample", args=[asked.pk])
    assert client.post(address, {"files": picture(entity)}).status_code == 302
    events.deliver_due(only=["filings.inspected_labels"])
    assert [each.told.state for each in client.get(here).context["samples"]] == ["present"]
    assert client.post(reverse("filings:inspection-hand-over", args=[asked.pk])).status_code == 302
    asked.refresh_from_db()
    assert (asked.status, asked.turn) == ("answered", "authority")


def test_both_sides_pages_cost_the_same_however_much_was_asked(client, asked, provider, reviewer, now):
    def both():
        client.force_login(provider)
        found = costs(client, [reverse("filings:matter-detail", args=[asked.pk])])
        client.force_login(reviewer)
        return found + costs(client, [reverse("admin:filings_matter_change", args=[asked.pk])])

    inspections.answer(question=inspections.questions(asked)[0][0], text="说明。", by=provider, at=now)
    expected = both()
    for question, _none in inspections.questions(asked):
        inspections.answer(question=question, text="说明。", by=provider, at=now)
    for row in asked.inspection.checks.all()[:3]:
        desk.check(row=row, state="kept", remark="", by=reviewer, at=now)
    assert both() == expected == [13, 19]


def test_another_ministry_reads_the_inspected_submission_and_nothing_else_of_the_filing(
    client, asked, industry, inspector, reviewer, now
):
    page, address = at_desk(client, inspector), reverse("admin:filings_matter_inspection-dossier", args=[asked.pk])
    submission = asked.inspection.submission
    file = Attachment.objects.filter(submissions=submission).first()
    download = reverse("filings:attachment-download", args=[file.pk])
    assert [page.get(each).status_code for each in (address, download)] == [404, 404]
    desk.join(matter=asked, authority=industry, by=reviewer, at=now)
    assert [page.get(each).status_code for each in (address, download)] == [200, 200]
    task = submission.procedure.tasks.latest("pk")
    assert page.get(reverse("admin:reviews_reviewtask_review", args=[task.pk])).status_code == 404
    row = asked.inspection.checks.first()
    check = reverse("admin:filings_matter_inspection-check", args=[asked.pk, row.pk])
    assert page.post(check, {"state": "kept", "remark": "已核对。"}).status_code == 302
    assert page.get(acting(asked, "close")).status_code == 403
    assert page.get(acting(asked, "question")).status_code == 200
    row.refresh_from_db()
    assert (row.state, row.checked_by) == ("kept", inspector)


def test_the_public_reads_the_text_written_for_it_and_no_more(client, answered, reviewer, now):
    page = at_desk(client, reviewer)
    secret = "内部：标注外包合同编号 889。"
    given = {"result": "in_order", "findings": secret, "is_public": "on", "public_text": ""}
    assert "public_text" in page.post(acting(answered, "close"), given).context["form"].errors
    entry = reverse("register:entry-detail", args=[answered.filing.number])
    assert "Results of inspections" not in page.get(entry).content.decode()
    page.post(acting(answered, "close"), given | {"public_text": "经检查，未发现问题。"})
    client.logout()
    shown = client.get(entry).content.decode()
    assert "经检查，未发现问题。" in shown
    told = json.dumps(client.get(reverse("api:register-entry", args=[answered.filing.number])).json())
    assert secret not in shown + told
    assert answered.inspection.reason not in shown + told
