"""A generative filing at a stage that needs a technical test, with three small banks."""

import csv
import datetime as dt
import hashlib
import io

import pytest
from django.core.files.base import ContentFile

from filings import attachments, contents, drafts, events
from filings.models import Attachment
from reviews import queue, testing
from reviews.models import BankQuestion, StagePlan
from tests import factories

ROWS = {"content_bank": 40, "refuse_bank": 30, "answer_bank": 20}
SIZES = {"content_bank": 10, "refuse_bank": 5, "answer_bank": 5}


def bank_csv(bank, count):
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(["序号", "测试题", "方面"] if bank == "answer_bank" else ["序号", "测试题", "一级分类", "二级分类"])
    for n in range(1, count + 1):
        topic = ["文化"] if bank == "answer_bank" else ["A.1", f"A.1.{n % 8 + 1}"]
        lines.writerow([n, f"{bank} 第{n}题", *topic])
    return text.getvalue().encode()


def stored(entity, by, at, name, content):
    sha256 = hashlib.sha256(content).hexdigest()
    contents.keep(ContentFile(content), sha256=sha256, size=len(content))
    return Attachment.objects.create(
        entity=entity,
        name=name,
        media_type="text/csv",
        size=len(content),
        sha256=sha256,
        uploaded_by=by,
        uploaded_at=at,
    )


@pytest.fixture
def stages(db):
    """The technical test in the province, then the nation, which concludes."""
    for position, code, level, needs, concludes in (
        (1, "technical_test", "provincial", True, False),
        (2, "nation", "national", False, True),
    ):
        StagePlan.objects.create(
            version=99, kind="generative", purpose="first", position=position, code=code, name_zh=code, name_en=code,
            level=level, working_days=10, may_conclude=concludes, test_required=needs,
        )  # fmt: skip


@pytest.fixture
def submitted(entity, provider, now, stages):
    """A generative filing whose three banks are real files, submitted."""
    draft = factories.complete_draft(entity=entity, by=provider, at=now, kind="generative")
    files = {bank: stored(entity, provider, now, f"{bank}.csv", bank_csv(bank, count)) for bank, count in ROWS.items()}
    value = draft.dossier.content["annexes"] | {bank: [attachments.reference(row)] for bank, row in files.items()}
    version = draft.dossier.section_versions["annexes"]
    drafts.save_section(
        dossier=draft.dossier, section="annexes", value=value, base_version=version, by=provider, at=now
    )
    factories.annexes_pass(draft, at=now)
    draft.refresh_from_db()
    return factories.submit(draft, by=provider, at=now)


@pytest.fixture
def task(submitted, reviewer, signatory, nation, now):
    """The task of the technical test, in the reviewer's hands."""
    events.deliver_due(at=now + dt.timedelta(minutes=5))
    return queue.claim_next(by=reviewer, at=now)


@pytest.fixture
def own(reviewer, province, now):
    rows = [("content_bank", "A.1.1", "监管自有题一"), ("refuse_bank", "A.2.1", "监管自有题二")]
    return [
        BankQuestion.objects.create(
            authority=province, bank=bank, risk=risk, text=text, added_by=reviewer, added_at=now
        )
        for bank, risk, text in rows
    ]


@pytest.fixture
def begun(task, reviewer, own, now):
    """Twenty questions drawn by a known seed, and two of our own."""
    return testing.begin(
        task=task, sizes=SIZES, own={"content_bank": 1, "refuse_bank": 1}, seed="seed-1", by=reviewer, at=now
    )


@pytest.fixture
def judged(begun, reviewer, now):
    """All passed but the first of the content bank."""
    for question in begun.questions.order_by("position"):
        verdict = "failed" if question.position == 1 else "passed"
        testing.judge(question=question, verdict=verdict, answer="模型的回答", by=reviewer, at=now)
    return begun


@pytest.fixture
def finished(judged, reviewer, now):
    return testing.finish(test=judged, conclusion="整体符合要求。", by=reviewer, at=now)


@pytest.fixture
def at_desk(client):
    def sign_in(user):
        client.force_login(user)
        client.cookies["django_language"] = "en"
        return client

    return sign_in
