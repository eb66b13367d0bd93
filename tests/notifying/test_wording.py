import datetime as dt

import pytest
from django.utils import translation

from filings import sentences, wording
from filings.lifecycle import PROCEDURE_TRANSITIONS, Actor, FilingStanding, ProcedureStatus
from filings.models import Authority, Event, Filing, Posting, Procedure
from portal.models import User

DAY = dt.date(2026, 11, 30)


def procedure(status, **fields):
    filing = Filing(
        kind="deep_synthesis",
        name="青岚图文创作生成合成算法",
        standing=fields.pop("standing", "pending"),
        number=fields.pop("number", None),
    )
    known = {"stage_name_zh": "省级审核", "stage_name_en": "Provincial review", "due_on": DAY, "rectify_by": DAY}
    return Procedure(filing=filing, status=status, **{**known, **fields})


@pytest.mark.parametrize(
    ("status", "provider", "staff"),
    [
        ("draft", "Being filled in", "Draft"),
        ("submitted", "Submitted, automatic checks are running", "Awaiting automatic checks"),
        (
            "in_review",
            "In review (Provincial review, answer due by 30 November 2026)",
            "In review (Provincial review · Wang)",
        ),
        ("rectifying", "Please rectify (2 findings, due 30 November 2026)", "Provider rectifies"),
        (
            "awaiting_signature",
            "In review (Provincial review, answer due by 30 November 2026)",
            "Awaiting signature",
        ),
        ("granted", "Filed (n-1)", "Filed (n-1)"),
        ("declined", "Filing declined (incomplete)", "Filing declined"),
        ("withdrawn", "Withdrawn", "Withdrawn"),
        ("lapsed", "Not rectified in time, closed", "Not rectified in time, closed"),
    ],
)
def test_a_status_has_a_name_for_the_provider_and_one_for_staff(status, provider, staff):
    number = "n-1" if status == "granted" else None
    standing = "registered" if status == "granted" else "pending"
    case = procedure(status, number=number, standing=standing, decision_reasons="incomplete")
    with translation.override("en"):
        assert str(wording.for_provider(case, findings=2)) == provider
        assert str(wording.for_staff(case, officer="Wang")) == staff


@pytest.mark.parametrize("standing", FilingStanding.values)
def test_the_public_reads_of_numbered_filings_only(standing):
    with translation.override("en"):
        said = wording.for_public(Filing(kind="deep_synthesis", standing=standing))
    assert (said.text if said else None) == {"registered": "Filed", "cancelled": "Cancelled", "revoked": "Revoked"}.get(
        standing
    )


@pytest.mark.parametrize("status", ProcedureStatus.values)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_status_says_what_is_next(status, language):
    with translation.override(language):
        assert wording.next_step(procedure(status))


@pytest.mark.parametrize("transition", PROCEDURE_TRANSITIONS, ids=lambda t: t.name)
def test_every_move_has_a_sentence_for_staff_and_inner_moves_none_for_providers(transition):
    event = Event(kind=f"procedure.{transition.name}", at=dt.datetime.now(dt.UTC), side=Actor.OFFICER, data={})
    with translation.override("en"):
        assert sentences.sentence(event, to_staff=True).endswith(".")
        assert bool(sentences.sentence(event)) == (transition.name not in ("propose", "send_back"))


def test_a_staff_only_event_has_no_sentence_for_providers():
    event = Event(kind="finding.answered", audience="staff", data={})
    assert sentences.sentence(event) == ""


def test_a_provider_reads_the_authoritys_name_and_not_the_officers():
    officer = User(display_name="王审核", email="w@example.cn")
    posting = Posting(authority=Authority(name_zh="浙江省网信办", name_en="CAC of Zhejiang"))
    event = Event(kind="procedure.sign_return", side=Actor.OFFICER, actor=officer, posting=posting, data={})
    with translation.override("zh-hans"):
        assert sentences.actor(event) == "浙江省网信办"
        assert "王审核" in sentences.actor(event, to_staff=True)


def test_a_sentence_takes_its_dates_from_the_event():
    event = Event(kind="procedure.fail_intake", at=dt.datetime.now(dt.UTC), data={"rectify_by": "2026-11-30"})
    with translation.override("en"):
        assert "30 November 2026" in sentences.sentence(event)


def test_a_stage_is_named_in_the_readers_language():
    event = Event(kind="procedure.pass_up", data={"to_zh": "国家级审核", "to_en": "National review"})
    with translation.override("en"):
        assert sentences.sentence(event) == "The review moved on to the next stage: National review."
    with translation.override("zh-hans"):
        assert "国家级审核" in sentences.sentence(event)
