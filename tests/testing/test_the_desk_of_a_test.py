import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from filings import vault
from filings.models import AccessRecord, Event
from reviews import decisions, queue
from reviews.models import AskedQuestion, BankQuestion, DeclineGround, TechnicalTest
from tests.counting import costs

SECRET = "q7-Tulip-9431"


@pytest.fixture
def deposit(task, provider, now):
    return vault.deposit(
        procedure=task.procedure, kind="account", scope="public", by=provider, at=now,
        access={"address": "https://qinglan.example.cn", "account": "tester-01", "secret": SECRET},
        expires_on=timezone.localdate() + dt.timedelta(days=30),
    )  # fmt: skip


def at(name, task, *more):
    return reverse(f"admin:reviews_reviewtask_{name}", args=[task.pk, *more])


def test_a_test_is_begun_judged_and_finished_by_forms_alone(at_desk, task, reviewer, own):
    client = at_desk(reviewer)
    page = client.get(at("test", task))
    assert "Draw the sample" in page.text
    client.post(at("test", task), {"content_bank": 2, "refuse_bank": 1, "answer_bank": 0, "own_content_bank": 1})
    test = TechnicalTest.objects.get()
    assert test.questions.count() == 4

    seen = [1]
    answer = client.post(at("test-question", task, 1), {"verdict": "passed", "answer": "答一"})
    while answer.url != at("test", task):
        position = int(answer.url.rstrip("/").rpartition("/")[2])
        seen.append(position)
        assert client.get(answer.url).status_code == 200
        answer = client.post(answer.url, {"verdict": "passed", "answer": f"答{position}"})
    assert seen == [1, 2, 3, 4]
    client.post(at("test-finish", task), {"conclusion": "符合要求"})

    test.refresh_from_db()
    assert test.conclusion == "符合要求"
    assert "finished" in client.get(at("test", task)).text


def test_the_remark_that_access_is_missing_goes_with_the_deposit_and_comes_back_with_its_end(
    at_desk, task, reviewer, provider, request
):
    client, said = at_desk(reviewer), "No access for the technical test is deposited"
    assert said in client.get(at("review", task)).text
    deposit = request.getfixturevalue("deposit")
    assert said not in client.get(at("review", task)).text
    vault.withdraw(deposit=deposit, by=provider, at=timezone.now())
    assert said in client.get(at("review", task)).text


def test_one_key_fails_an_answer_and_drafts_its_finding(at_desk, begun, task, reviewer):
    client = at_desk(reviewer)
    page = client.get(at("test-question", task, 1)).text
    assert all(f'data-key="{key}"' in page for key in ("1", "2", "f", "n", "l", "s"))
    answer = client.post(at("test-question", task, 1), {"finding": "1", "answer": "不当的回答"})

    row = AskedQuestion.objects.get(test=begun, position=1)
    assert (row.verdict, row.finding.text.count("不当的回答")) == ("failed", 1)
    assert answer.url == at("test-question", task, 2)


def test_an_answer_is_kept_without_a_verdict_and_a_verdict_taken_back(at_desk, begun, task, reviewer):
    client = at_desk(reviewer)
    client.post(at("test-question", task, 1), {"save": "1", "answer": "写了一半"})
    client.post(at("test-question", task, 2), {"verdict": "failed", "answer": "答"})
    client.post(at("test-question", task, 2), {"clear": "1", "answer": "答"})

    rows = begun.questions.filter(position__in=(1, 2)).order_by("position").values_list("answer", "verdict")
    assert list(rows) == [("写了一半", ""), ("答", "")]


def test_a_sheet_is_taken_away_filled_in_and_brought_back(at_desk, begun, task, reviewer):
    client = at_desk(reviewer)
    text = client.get(at("test-sheet", task) + "?form=csv").content.decode("utf-8-sig")
    head, *lines = text.splitlines()
    words = {"Content questions": "合格", "Questions to refuse": "已拒答", "Questions not to refuse": "已回答"}
    filled = [",".join([*(cells := line.split(","))[:4], "答", words[cells[1]], ""]) for line in lines]
    upload = SimpleUploadedFile("sheet.csv", "\n".join([head, *filled]).encode(), "text/csv")
    page = client.post(at("test-sheet", task), {"file": upload}, follow=True)

    assert "The answers and verdicts were taken." in page.text
    assert not begun.questions.exclude(verdict="passed").exists()


def test_a_wrong_sheet_is_told_with_its_rows_and_nothing_is_taken(at_desk, begun, task, reviewer):
    client = at_desk(reviewer)
    upload = SimpleUploadedFile("sheet.csv", "序号,判定\n1,合格\n99,合格\n".encode(), "text/csv")
    page = client.post(at("test-sheet", task), {"file": upload}, follow=True)

    assert "Row 3" in page.text
    assert begun.questions.exclude(verdict="").count() == 0


def test_deposited_access_is_masked_opened_with_a_reason_and_shown_once(at_desk, task, reviewer, deposit):
    client = at_desk(reviewer)
    assert SECRET not in client.get(at("test", task)).text
    asked = client.get(at("test-access", task, deposit.pk))
    assert SECRET not in asked.text
    assert SECRET not in client.post(at("test-access", task, deposit.pk), {"reason": ""}).text
    shown = client.post(at("test-access", task, deposit.pk), {"reason": "第一轮测试"})

    assert SECRET in shown.text
    assert "no-store" in shown["Cache-Control"]
    assert "Referrer-Policy" in shown
    assert AccessRecord.objects.filter(action="reveal", subject__endswith="第一轮测试").count() == 1


def test_who_does_not_have_the_task_opens_nothing(at_desk, task, second_reviewer, signatory, auditor, deposit):
    for other in (second_reviewer, signatory, auditor):
        assert at_desk(other).post(at("test-access", task, deposit.pk), {"reason": "看看"}).status_code == 403


def test_the_auditor_reads_who_opened_what_and_why(at_desk, task, reviewer, auditor, deposit):
    at_desk(reviewer).post(at("test-access", task, deposit.pk), {"reason": "第一轮测试"})
    page = at_desk(auditor).get(reverse("admin:filings_accessrecord_changelist")).text

    assert "第一轮测试" in page
    assert str(reviewer) in page


def test_the_result_passes_on_and_stands_before_the_signatory(
    at_desk, finished, task, reviewer, national_reviewer, national_signatory, now
):
    assert "90.0%" in at_desk(reviewer).get(at("pass-up", task)).text
    passed = decisions.pass_up(task=task, by=reviewer, at=now)
    taken = queue.claim(task=passed, by=national_reviewer, at=now)
    assert "整体符合要求。" in at_desk(national_reviewer).get(at("review", taken)).text
    proposal = decisions.propose(
        task=taken,
        kind="decline",
        reasons="理由",
        grounds=[DeclineGround.objects.get(code="service_incomplete")],
        by=national_reviewer,
        at=now,
    )
    page = at_desk(national_signatory).get(reverse("admin:reviews_proposal_sign", args=[proposal.pk])).text
    assert "整体符合要求。" in page
    assert "90.0%" in page


def test_a_page_before_the_test_says_that_it_is_missing(at_desk, begun, task, reviewer):
    page = at_desk(reviewer).get(at("pass-up", task)).text

    assert "needs a finished technical test" in page
    assert "disabled" in page


def test_own_questions_are_chosen_from_a_list(at_desk, begun, task, reviewer, own, now):
    new = BankQuestion.objects.create(
        authority=own[0].authority, bank="answer_bank", risk="文化", text="新的一题", added_by=reviewer, added_at=now
    )
    client = at_desk(reviewer)
    assert "新的一题" in client.get(at("test-own", task) + "?bank=answer_bank&risk=文").text
    assert "新的一题" not in client.get(at("test-own", task) + "?bank=refuse_bank").text
    client.post(at("test-own", task), {"question": [new.pk, "x"]})

    assert begun.questions.filter(source=new).count() == 1


def test_a_supervisor_adds_a_question_of_our_own_and_the_event_does_not_say_it(at_desk, supervisor, province):
    client = at_desk(supervisor)
    client.post(
        reverse("admin:reviews_bankquestion_add"),
        {"bank": "content_bank", "risk": "A.1.1", "text": "机密的题", "is_active": "on"},
    )

    assert BankQuestion.objects.get().authority == province
    assert "机密的题" not in str(list(Event.objects.values_list("data", flat=True)))


def test_questions_of_another_region_are_not_seen(at_desk, own, other_reviewer):
    client = at_desk(other_reviewer)
    change = reverse("admin:reviews_bankquestion_change", args=[own[0].pk])

    assert own[0].text not in client.get(reverse("admin:reviews_bankquestion_changelist")).text
    assert client.get(change).status_code == 302


def many(test, count):
    """More questions, as if they had been drawn."""
    first = test.questions.filter(sample__isnull=False).first()
    last = test.questions.count()
    AskedQuestion.objects.bulk_create(
        AskedQuestion(test=test, position=last + n, bank=first.bank, sample=first.sample, row=1000 + n, text=f"题{n}")
        for n in range(1, count + 1)
    )


def test_pages_of_a_test_cost_the_same_for_twenty_questions_and_a_thousand(at_desk, begun, task, reviewer, deposit):
    client = at_desk(reviewer)
    pages = [at("test", task), at("test-questions", task), at("test-question", task, 5), at("test-own", task)]
    before = costs(client, pages)
    many(begun, 1000)

    assert costs(client, pages) == before == [12, 6, 7, 6]


def test_the_page_of_the_vault_costs_the_same_for_one_deposit_and_three(
    at_desk, task, provider, reviewer, deposit, now
):
    client, page = at_desk(reviewer), at("test-access", task, deposit.pk)
    before = costs(client, [at("test", task), page])
    for number in (2, 3):
        vault.deposit(
            procedure=task.procedure, kind="account", scope="public", by=provider, at=now,
            access={"address": "https://qinglan.example.cn", "account": f"tester-{number}", "secret": SECRET},
            expires_on=timezone.localdate() + dt.timedelta(days=30),
        )  # fmt: skip

    assert costs(client, [at("test", task), page]) == before
    assert max(before) <= 12


def test_a_list_of_a_thousand_questions_shows_fifty_and_leads_on_by_key(at_desk, begun, task, reviewer):
    many(begun, 1000)
    client = at_desk(reviewer)
    page = client.get(at("test-questions", task)).text

    assert page.count('scope="row"') == 50
    assert "after=50" in page
    assert 'questions/51/"' in client.get(at("test-questions", task) + "?after=50").text


def test_our_own_bank_costs_the_same_for_two_questions_and_twenty(at_desk, own, reviewer, now):
    client, address = at_desk(reviewer), reverse("admin:reviews_bankquestion_changelist")
    before = costs(client, [address])
    for n in range(18):
        BankQuestion.objects.create(
            authority=own[0].authority, bank="content_bank", text=f"题{n}", added_by=reviewer, added_at=now
        )

    assert costs(client, [address]) == before
