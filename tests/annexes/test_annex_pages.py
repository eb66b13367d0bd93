"""The pages of annexes: templates, results paged by key, columns named once, the desk's read-only view."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from filings import annexes, events
from filings.annexchecks.columns import ANNEXES
from filings.models import AnnexFinding
from reviews import queue
from reviews.models import ReviewTask
from tests import factories
from tests.annexes import desk
from tests.counting import costs


def detail(procedure, annex="keywords"):
    return reverse("filings:annex-detail", args=[procedure.pk, annex])


@pytest.mark.parametrize("annex", ANNEXES)
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_each_template_is_read_by_the_check_it_is_for(client, provider, service, annex, form):
    client.force_login(provider)

    answer = client.get(reverse("filings:annex-template", args=[annex, form]))

    assert answer.status_code == 200
    assert f".{form}" in answer["Content-Disposition"]
    check = desk.hand_in(service, provider, {annex: (f"t.{form}", answer.content)})[annex]
    assert (check.status, check.result["rows"]) == ("done", 0)


def test_a_template_explains_its_columns_and_lists_the_risks(client, provider, service):
    client.force_login(provider)
    answer = client.get(reverse("filings:annex-template", args=["keywords", "xlsx"]))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert len(book.sheetnames) == 3
    assert [row[1] for row in book.worksheets[2].iter_rows(values_only=True)][:2] == ["A.1.1", "A.1.2"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_result_costs_as_much_for_three_remarks_as_for_one(
    client, provider, service, little, count, django_assert_num_queries
):
    for row in range(count):
        little.rows["keywords"][5 + row][0] = little.rows["keywords"][1][0]
    desk.hand_in(service, provider, {"keywords": ("词.xlsx", little.xlsx("keywords"))})
    client.force_login(provider)
    client.get(detail(service))

    with django_assert_num_queries(14):
        answer = client.get(detail(service))

    assert answer.content.decode().count("<strong>") >= count


@pytest.mark.parametrize("annexes_handed_in", [1, 3])
def test_the_list_costs_as_much_for_three_files_as_for_one(
    client, provider, service, little, annexes_handed_in, django_assert_num_queries
):
    files = {annex: desk.whole(little)[annex] for annex in list(ANNEXES)[:annexes_handed_in]}
    desk.hand_in(service, provider, files)
    client.force_login(provider)
    address = reverse("filings:annex-list", args=[service.pk])
    client.get(address)

    with django_assert_num_queries(8):
        answer = client.get(address)

    assert answer.status_code == 200
    assert "Refresh" not in answer


def test_a_second_sheet_takes_the_place_of_the_first_and_two_at_once_are_refused(client, provider, service, little):
    desk.hand_in(service, provider, {"keywords": ("词.xlsx", little.xlsx("keywords"))}, work=False)
    address = reverse("filings:dossier-section", args=[service.pk, "annexes"])
    client.force_login(provider)

    def choose(*names):
        dossier = desk.refreshed(service).dossier
        kept = [each["attachment"] for each in dossier.content["annexes"]["keywords"]]
        new = [SimpleUploadedFile(name, little.csv("keywords") + name.encode()) for name in names]
        posted = {"keywords": kept, "keywords-new": new, **desk.PERIOD}
        posted = {f"annexes-{name}": value for name, value in posted.items()}
        return client.post(address, posted | {"base_version": dossier.section_versions["annexes"]})

    def stored():
        return [each["name"] for each in desk.refreshed(service).dossier.content["annexes"]["keywords"]]

    choose("新词.csv")
    assert stored() == ["新词.csv"]
    assert choose("甲.csv", "乙.csv").status_code == 422
    choose("再新词.csv")
    assert stored() == ["再新词.csv"]


def test_a_running_check_shows_how_far_it_is_and_renews_the_page(client, provider, service, little):
    check = desk.hand_in(service, provider, {"keywords": ("词.xlsx", little.xlsx("keywords"))}, work=False)["keywords"]
    check.done_rows, check.total_rows = 20, 61
    check.save()
    client.force_login(provider)

    answer = client.get(detail(service))

    assert answer["Refresh"] == "3"
    assert 'value="32"' in answer.content.decode()


def test_remarks_are_paged_by_key_and_by_kind(client, provider, service, little):
    little.rows["keywords"] += [[f"重复{number % 2}", "", "A.1.1"] for number in range(130)] + [["x", "", "?"]]
    desk.hand_in(service, provider, {"keywords": ("词.xlsx", little.xlsx("keywords"))})
    client.force_login(provider)

    first = client.get(detail(service))
    second = client.get(detail(service), {"after": first.context["following"]})
    of_kind = client.get(detail(service), {"kind": "unknown_risk"})

    assert (len(first.context["rows"]), len(second.context["rows"])) == (100, 29)
    assert second.context["following"] is None
    assert [row["row"] for row in of_kind.context["rows"]] == [192]


def test_columns_are_named_on_the_page(client, provider, service, little):
    little.rows["keywords"][0] = ["要拦的", "门类", "条目"]
    desk.hand_in(service, provider, {"keywords": ("词.xlsx", little.xlsx("keywords"))})
    client.force_login(provider)
    page = client.get(detail(service)).content.decode()
    assert page.count("<select") == 3

    address = reverse("filings:annex-columns", args=[service.pk, "keywords"])
    twice = client.post(address, {"entry": "要拦的", "risk": "要拦的"})
    named = client.post(address, {"entry": "要拦的", "risk": "条目"})
    events.deliver_due()

    assert (twice.status_code, named.status_code) == (422, 302)
    assert annexes.newest(service)["keywords"].status == "done"


def test_the_file_with_remarks_is_for_the_entity_alone(client, provider, outsider, service, little):
    little.rows["keywords"][5][0] = little.rows["keywords"][4][0]
    check = desk.hand_in(service, provider, {"keywords": ("词.xlsx", little.xlsx("keywords"))})["keywords"]
    address = reverse("filings:annex-report", args=[check.pk])

    client.force_login(provider)
    mine = client.get(address)
    client.force_login(outsider)
    theirs = client.get(address)

    assert mine.status_code == 200
    assert b"".join(mine.streaming_content).startswith(b"PK")
    assert theirs.status_code == 404


def test_the_reviewer_reads_what_was_counted_in_the_round(client, provider, reviewer, service, little, now):
    little.rows["answer_bank"][5][1] = little.rows["answer_bank"][4][1]
    little.rows["refusal_test"] = [row for row in little.rows["refusal_test"] if row[2] != "非拒答"] + [
        [n, row[1], "非拒答", "好的", "否", "合格", little.day]
        for n, row in enumerate(little.rows["answer_bank"][10:17])
    ]
    desk.hand_in(service, provider, desk.whole(little))
    factories.submit(desk.refreshed(service), by=provider, at=timezone.now())
    events.deliver_due()
    task = queue.claim(task=ReviewTask.objects.get(procedure=service), by=reviewer, at=timezone.now())
    client.force_login(reviewer)

    listed = client.get(reverse("admin:reviews_reviewtask_annexes", args=[task.pk]))
    one = client.get(reverse("admin:reviews_reviewtask_annex", args=[task.pk, "answer_bank"]))

    assert [check.annex for _title, check, _state in listed.context["rows"]] == sorted(ANNEXES)
    assert [(row["row"], row["is_note"]) for row in one.context["rows"]] == [(6, False)]
    review = client.get(reverse("admin:reviews_reviewtask_review", args=[task.pk]))
    assert reverse("admin:reviews_reviewtask_annexes", args=[task.pk]) in review.content.decode()
    report = client.get(reverse("filings:annex-report", args=[one.context["check"].pk]))
    assert report.status_code == 200
    assert AnnexFinding.objects.filter(check_of=one.context["check"]).count() == 1


def test_the_reviewers_pages_cost_as_much_for_three_remarks_as_for_one(
    client, provider, reviewer, service, little, now
):
    little.rows["keywords"].append([f" {little.rows['keywords'][1][0]}！", *little.rows["keywords"][1][1:]])
    desk.hand_in(service, provider, desk.whole(little))
    factories.submit(desk.refreshed(service), by=provider, at=timezone.now())
    events.deliver_due()
    task = queue.claim(task=ReviewTask.objects.get(procedure=service), by=reviewer, at=timezone.now())
    client.force_login(reviewer)
    pages = [
        reverse("admin:reviews_reviewtask_annexes", args=[task.pk]),
        reverse("admin:reviews_reviewtask_annex", args=[task.pk, "keywords"]),
    ]
    before = costs(client, pages)
    one = AnnexFinding.objects.filter(check_of__annex="keywords").get()
    for row in (3, 4):
        one.pk, one.row = None, row
        one.save(force_insert=True)

    assert costs(client, pages) == before
    assert max(before) <= 14
